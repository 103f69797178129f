"""Taking back the part of an import on which nobody has worked since: whole things or nothing."""

import pytest

from actions.models import Action, Statement, Value
from exchange import jobs
from exchange.jobs.part import part_of, stayed, taken_back
from exchange.models import Job
from hub.models import Resource
from pathway.models import Step, StepItem
from profiles.models import Assignment, City
from tests.admin.forms import fields_of
from tests.clients import client_of, words_of
from tests.exchange.test_undo import (
    ACTION,
    BASELINE,
    LINK,
    OWN_FIGURE,
    RESOURCE,
    everything,
    imported,
)
from tests.factories import make_statement, writing

pytestmark = pytest.mark.django_db
State = Job.State
PATHWAY = ["City", "Step", "Title", "Link"]


@pytest.fixture
def run(workbook):
    return lambda user, **sheets: imported(user, workbook(**sheets))


@pytest.fixture
def job(anji, officer, run):
    """New actions 31, 32 and 33 with figures, a changed action 1 and a changed city."""
    return run(
        officer,
        Cities=[["City", "Population"], ["anji-county", 7]],
        Actions=[
            ACTION,
            ["anji-county", 31, "carbon", "New"],
            ["anji-county", 32, "carbon", "Newer"],
            ["anji-county", 33, "urban-heat", "Newest"],
            ["anji-county", 1, None, "Changed"],
        ],
        **{"Own figures": [OWN_FIGURE, ["anji-county", 31, 1, "Trees", "count"]]},
        Baselines=[
            BASELINE,
            ["anji-county", 31, "tree_cover", 5],
            ["anji-county", 31, "Trees", 5000],
            ["anji-county", 32, "tree_cover", 6],
            ["anji-county", 1, "total_area", 5],
        ],
    )


def labels(job):
    return {
        str(model._base_manager.get(pk=pk).number) if model is Action else model.__name__
        for model, pk in stayed(job)
    }


def taken_in_part(job, user):
    jobs.undo(job, user, part=True)
    assert (job.state, job.undoes_part) == (State.UNDONE, True), job.message


def change_value(action, number):
    value = Value.objects.filter(statement__action=action).first()
    with writing():
        value.number = number
        value.save()


def test_things_stay_whole_that_somebody_has_worked_on(anji, officer, job):
    former = Action.history.filter(number=1).exclude(change_set=job.change_set)
    words = former.latest("history_id").description
    make_statement(anji.actions.get(number=31), "target", text="Theirs", due_year=2030)
    change_value(anji.actions.get(number=32), 9)
    taken_in_part(job, officer)
    assert labels(job) == {"31", "32"}
    assert not anji.actions.filter(number=33).exists()
    assert anji.actions.get(number=1).description == words
    assert City.objects.get(pk=anji.pk).population != 7
    new = anji.actions.get(number=31)
    assert new.own_figures.count() == 1
    assert Value.objects.filter(statement__action=new).count() == 2
    assert Statement.objects.filter(action=new, text="Theirs").exists()
    counts = {one.kind: (one.new, one.changed, one.removed) for one in taken_back(job)}
    assert counts["actions"] == (1, 1, 0) and counts["cities"] == (0, 1, 0)
    assert job.undo_change_set.kind == "undo"
    anji.refresh_from_db()
    assert anji.last_action_number == 32


def test_figures_of_two_times_do_not_meet(anji, officer, run):
    """The year of a baseline does not go back under a value that somebody has corrected since."""
    head = ["City", "Action number", "Year", "Measure", "Value"]
    run(officer, Baselines=[head, ["anji-county", 1, 2020, "total_area", 5]])
    job = run(
        officer,
        Cities=[["City", "Population"], ["anji-county", 7]],
        Baselines=[head, ["anji-county", 1, 2024, "total_area", 6]],
    )
    value = Value.objects.get(statement__action__number=1, measure__key="total_area")
    with writing():
        value.number = 8
        value.save()
    taken_in_part(job, officer)
    value.refresh_from_db()
    assert (value.number, value.statement.year) == (8, 2024)


def test_what_is_still_referred_to_stays(anji, officer, run):
    """A resource of the import stays, because somebody has put it on a step since."""
    topic = Resource._meta.get_field("topics").related_model.objects.first().code
    job = run(
        officer,
        Resources=[
            RESOURCE,
            ["anji-county", "Guide", "guide", LINK, topic],
            ["anji-county", "Other", "guide", f"{LINK}/2", topic],
        ],
    )
    used = Resource.objects.get(title="Guide")
    with writing():
        StepItem.objects.create(city=anji, step=Step.objects.first(), title="Guide", resource=used)
    taken_in_part(job, officer)
    assert list(anji.resources.filter(url__startswith=LINK)) == [used]


def test_a_place_taken_since_is_left_alone(anji, officer, run):
    """Somebody has put the former link of an item on the step again."""
    head = ["City", "Step", "Title", "Link"]
    run(officer, Pathway=[head, ["anji-county", "set-baseline", "Report", LINK]])
    item = StepItem.objects.get(url=LINK)
    job = run(officer, Cities=[["City", "Population"], ["anji-county", 7]])
    with writing() as session:
        item.url = f"{LINK}/new"
        item.save()
        Job.objects.filter(pk=job.pk).update(change_set=session.change_set)
        session.change_set.user = officer
        session.change_set.save()
    with writing():
        StepItem.objects.create(city=anji, step=item.step, title="Again", url=LINK)
    job.refresh_from_db()
    part = part_of(job)
    assert part.by_model == [] and list(part.kept) == [(StepItem, item.pk)]


def test_all_of_it_where_nobody_has_worked_on_it(anji, officer, run):
    before = everything()
    job = run(officer, Actions=[ACTION, ["anji-county", 31, "carbon", "New"]])
    jobs.undo(job, officer, part=True)
    assert (job.state, job.undoes_part) == (State.UNDONE, False)
    assert everything() == before


def test_nothing_where_all_of_it_was_worked_on(anji, officer, run):
    job = run(officer, Actions=[ACTION, ["anji-county", 31, "carbon", "New"]])
    change = anji.actions.get(number=31)
    with writing():
        change.description = "Theirs"
        change.save()
    before = everything()
    jobs.undo(job, officer, part=True)
    assert (job.state, everything()) == (State.APPLIED, before)
    page = words_of(client_of(officer).get(f"{job.get_absolute_url()}undo/"))
    assert "Take back the rest" not in page


def test_a_person_who_has_signed_in_keeps_the_role(anji, staff, run):
    head = ["City", "E-mail", "Role", "Name"]
    job = run(
        staff,
        Officers=[
            head,
            ["anji-county", "made@example.org", "officer", "Maya Made"],
            ["anji-county", "idle@example.org", "officer", "Ida Idle"],
        ],
    )
    made = job.made_users.get(email="made@example.org")
    made.last_login = made.date_joined
    made.save()
    jobs.undo(job, staff, part=True)
    assert job.state == State.UNDONE, job.message
    roles = Assignment.objects.filter(user__email__in=["made@example.org", "idle@example.org"])
    assert [role.user for role in roles] == [made]
    assert list(job.made_users.all()) == [made]


def test_the_pages_say_what_goes_and_what_stays(anji, officer, job):
    change_value(anji.actions.get(number=32), 9)
    client, url = client_of(officer), f"{job.get_absolute_url()}undo/"
    page = client.get(url)
    said = words_of(page)
    for words in (
        "The rest can be taken back", "Actions: 2 new rows are deleted",
        "Actions: 1 changed row says again", "These stay whole", "Anji County 32: ",
    ):  # fmt: skip
        assert words in said
    assert "changed by the platform on" in said
    done = words_of(client.post(url, fields_of(page.text), follow=True))
    assert "Taken back in part" in done and "Actions: 2 new rows are deleted" in done
    assert "These stayed whole" in done and "Anji County 32: " in done
    assert anji.actions.filter(number=32).exists()
    assert not anji.actions.filter(number__in=(31, 33)).exists()
