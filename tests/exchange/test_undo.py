"""Taking an import back: exactly what it wrote, and nothing of anybody else's."""

from dataclasses import replace

import pytest
from django.core.files import File
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.models import Action, Statement, Value
from catalogue.models import Topic
from exchange import jobs, tasks
from exchange.garbled import probable_text
from exchange.jobs import api
from exchange.jobs.obstacles import find_obstacles
from exchange.lookups.context import ImportContext
from exchange.models import Job
from exchange.planning import make_plan
from exchange.reading import read
from exchange.sheets import SHEETS
from hub.models import Resource
from profiles.models import Assignment, City, PublicAddress, PublicCity, Role
from profiles.texts import shows_nothing
from report.sources import working_document
from tests.exchange.workbooks import write_workbook
from tests.factories import make_action, make_city, make_statement, make_user, withdraw, writing
from tests.published import publish_all

pytestmark = pytest.mark.django_db
ACTION = ["City", "Number", "Action type", "Description"]
BASELINE = ["City", "Action number", "Measure", "Value"]
OWN_FIGURE = ["City", "Action number", "Figure number", "What is counted", "Kind"]
RESOURCE = ["City", "Title", "Kind", "Link", "Topics"]
LINK = "https://example.org/guide"
State = Job.State


def imported(user, path):
    with open(path, "rb") as file:
        job = jobs.receive(user, File(file, "cities.xlsx"))
    assert job.state == State.READY, job.preview["problems"]
    jobs.confirm(job, user)
    assert job.state == State.APPLIED, job.message
    return job


@pytest.fixture
def run(workbook):
    """A function that imports sheets as `user` and returns the job."""
    return lambda user, **sheets: imported(user, workbook(**sheets))


def exported():
    """All rows of all sheets, as an export writes them."""
    cities = City.objects.all()
    sheets = [cls(ImportContext()) for cls in SHEETS]
    return {
        sheet.sheet_name: list(sheet.export_rows(sheet.export_queryset(cities))) for sheet in sheets
    }


def everything():
    """What people can see of all cities, and the counters that they cannot see."""
    counters = dict(City.objects.values_list("slug", "last_action_number"))
    documents = {
        city.slug: repr(replace(working_document(city), content_version=0))
        for city in City.objects.order_by("slug")
    }
    return exported(), documents, counters


def undone(job, user):
    assert not find_obstacles(job, user)
    jobs.undo(job, user)
    assert job.state == State.UNDONE, job.message
    return job


def refused(job, user):
    before = everything()
    obstacles = find_obstacles(job, user)
    jobs.undo(job, user)
    assert job.state == State.APPLIED
    assert everything() == before
    said = job.message.splitlines()[1:]
    for obstacle, line in zip(obstacles.rows, said, strict=False):
        assert obstacle.label.partition(": ")[0] == line.partition(": ")[0], "it was foretold"
    assert obstacles.count == len(said) or "more" in said[-1]
    return job.message


class TestTakenBack:
    def test_new_and_changed_rows_of_all_sheets(self, anji, officer, run):
        before = everything()
        number = anji.last_action_number
        job = run(
            officer,
            Cities=[["City", "Population", "About"], ["anji-county", 7, "Other words"]],
            Commitments=[["City", "Commitment"], ["anji-county", "pollution"]],
            Actions=[
                ACTION,
                ["anji-county", number + 1, "carbon", "New"],
                ["anji-county", 1, None, "Changed"],
            ],
            **{"Own figures": [OWN_FIGURE, ["anji-county", number + 1, 1, "Trees", "count"]]},
            Baselines=[
                BASELINE,
                ["anji-county", number + 1, "tree_cover", 5],
                ["anji-county", number + 1, "Trees", 5000],
                ["anji-county", 1, "total_area", 5],
            ],
            Progress=[
                ["City", "Action number", "Date", "Text"],
                ["anji-county", number + 1, "2026-01-02", "On the way"],
            ],
            Pathway=[
                ["City", "Step", "Title", "Link"],
                ["anji-county", "set-baseline", "Report", "https://example.org/report"],
            ],
            Resources=[
                RESOURCE,
                ["anji-county", "Guide", "guide", LINK, "business-finance"],
            ],
        )
        assert everything() != before
        undone(job, officer)
        assert everything() == before

    def test_a_new_city_with_everything_below_it(self, staff, catalogue, run):
        before = everything()
        job = run(
            staff,
            Cities=[["City", "Name", "Country"], ["new-town", "New Town", "DE"]],
            Actions=[ACTION, ["new-town", 4, "carbon", "Text"]],
            Baselines=[BASELINE, ["new-town", 4, "tree_cover", 12.5]],
            Resources=[RESOURCE, ["new-town", "Guide", "guide", LINK, Topic.objects.first().code]],
        )
        undone(job, staff)
        assert everything() == before
        assert not City.objects.exists()

    def test_all_of_it_is_history_under_one_change_set(self, anji, officer, run):
        job = run(
            officer,
            Cities=[["City", "Population"], ["anji-county", 7]],
            Actions=[ACTION, ["anji-county", 31, "carbon", "New"]],
            Baselines=[BASELINE, ["anji-county", 31, "tree_cover", 5]],
        )
        version = City.objects.get(pk=anji.pk).content_version
        undone(job, officer)
        taken = job.undo_change_set
        assert (taken.kind, taken.user) == ("undo", officer)
        assert f"Import {job.pk}" in taken.reason
        written = {
            model.__name__: model.history.get(change_set=taken).history_type
            for model in (City, Action, Statement, Value)
        }
        assert written == {"City": "~", "Action": "-", "Statement": "-", "Value": "-"}
        assert City.objects.get(pk=anji.pk).content_version == version + 1

    def test_topics_go_back(self, anji, officer, run):
        one, two = Topic.objects.order_by("code")[:2]
        with writing():
            resource = Resource.objects.create(city=anji, title="Guide", url=LINK)
            resource.topics.set([one])
        job = run(officer, Resources=[RESOURCE, ["anji-county", None, None, LINK, two.code]])
        assert list(resource.topics.all()) == [two]
        undone(job, officer)
        assert list(resource.topics.all()) == [one]
        newest = resource.history.first()
        assert [linked.topic for linked in newest.topics.all()] == [one]

    def test_cleared_cells_are_filled_again(self, anji, officer, workbook):
        before = everything()
        path = workbook(Cities=[["City", "About", "Population"], ["anji-county", None, 7]])
        with path.open("rb") as file:
            job = jobs.receive(officer, File(file, "cities.xlsx"), clears=True)
        jobs.confirm(job, officer)
        assert City.objects.get(pk=anji.pk).about == ""
        undone(job, officer)
        assert everything() == before

    def test_the_same_workbook_again_after_it_was_taken_back(self, anji, officer, workbook):
        number = anji.last_action_number + 1
        path = workbook(Actions=[ACTION, ["anji-county", number, "carbon", "New"]])
        undone(imported(officer, path), officer)
        anji.refresh_from_db()
        assert anji.last_action_number == number - 1
        imported(officer, path)
        assert anji.actions.filter(number=number).exists()

    def test_a_number_that_somebody_removed_stays_used(self, anji, officer, run, workbook):
        number = make_action(anji, "carbon").number
        with writing():
            anji.actions.get(number=number).delete()
        job = run(officer, Actions=[ACTION, ["anji-county", number + 1, "carbon", "New"]])
        undone(job, officer)
        anji.refresh_from_db()
        assert anji.last_action_number == number
        path = workbook(Actions=[ACTION, ["anji-county", number, "carbon", "New"]])
        (problem,) = make_plan(read(path), officer).problems
        assert "belonged to an action that was removed" in problem.message

    def test_imports_one_upon_the_other_the_last_one_first(self, anji, officer, run):
        states, done = [everything()], []
        for n in (7, 8, 9):
            sheets = {
                "Cities": [["City", "Population"], ["anji-county", n]],
                "Actions": [ACTION, ["anji-county", 100, "carbon", f"Words {n}"]],
            }
            done.append(run(officer, **sheets))
            states.append(everything())
        for job in reversed(done):
            assert everything() == states.pop()
            undone(job, officer)
        assert everything() == states.pop()


class TestRefused:
    @pytest.fixture
    def job(self, anji, officer, run):
        return run(
            officer,
            Cities=[["City", "Population"], ["anji-county", 7]],
            Actions=[ACTION, ["anji-county", 31, "carbon", "New"]],
        )

    def test_a_row_edited_since(self, anji, officer, job):
        with writing():
            city = City.objects.get(pk=anji.pk)
            city.population = 9
            city.save()
        assert "city “Anji County”" in refused(job, officer)
        assert City.objects.get(pk=anji.pk).population == 9

    def test_a_new_row_edited_since(self, anji, officer, job):
        with writing():
            action = anji.actions.get(number=31)
            action.description = "Better words"
            action.save()
        message = refused(job, officer)
        assert "action “Anji County 31: " in message
        assert "city “" not in message

    def test_a_new_row_to_which_somebody_has_added(self, anji, officer, job):
        make_statement(anji.actions.get(number=31), "target", text="More", due_year=2030)
        assert "statement “target: Anji County 31: " in refused(job, officer)

    def test_a_new_row_that_somebody_removed(self, anji, officer, job):
        with writing():
            anji.actions.get(number=31).delete()
        assert "Anji County 31" in refused(job, officer)

    def test_a_new_row_that_somebody_removed_with_all_below_it(self, anji, officer, run):
        job = run(
            officer,
            Actions=[ACTION, ["anji-county", 31, "carbon", "New"]],
            Baselines=[BASELINE, ["anji-county", 31, "tree_cover", 5]],
        )
        with writing():
            anji.actions.get(number=31).delete()
        message = refused(job, officer)
        assert "action “Anji County 31: " in message
        assert "statement (removed since, with the row to which it belonged)" in message

    def test_rights_lost_between_the_click_and_the_worker(self, officer, job, monkeypatch):
        monkeypatch.setattr(api, "runs_here", lambda job: False)
        jobs.undo(job, officer)
        with writing():
            officer.assignments.all().delete()
        tasks.run.call(job.pk, job.run, officer.pk)
        job.refresh_from_db()
        assert (job.state, "may not edit" in job.message) == (State.APPLIED, True)

    def test_a_city_to_which_somebody_has_added(self, staff, catalogue, run):
        job = run(staff, Cities=[["City", "Name", "Country"], ["new-town", "New Town", "DE"]])
        city = City.objects.get(slug="new-town")
        make_action(city, "carbon")
        with writing():
            Assignment.objects.create(user=make_user(), role=Role.OFFICER, city=city)
        message = refused(job, staff)
        assert "action “New Town 1: " in message
        assert "assignment “" in message

    def test_a_city_that_is_public(self, staff, catalogue, run):
        head = ["City", "Name", "Country", "State"]
        job = run(staff, Cities=[head, ["new-town", "New Town", "DE", "published"]])
        publish_all()
        assert "Withdraw it on its page" in str(find_obstacles(job, staff).reason)
        jobs.undo(job, staff)
        assert (job.state, "New Town" in job.message) == (State.APPLIED, True)
        city = City.objects.get(slug="new-town")
        withdraw(city)
        publish_all()
        undone(job, staff)
        publish_all()
        assert not PublicCity.objects.exists()
        assert PublicAddress.objects.filter(slug="new-town").exists()

    def test_values_given_since_to_an_action_whose_type_goes_back(self, anji, officer, run):
        action = make_action(anji, "carbon")
        job = run(officer, Actions=[ACTION[:3], ["anji-county", action.number, "urban-heat"]])
        make_statement(Action.objects.get(pk=action.pk), "baseline", {"green_cover": 5})
        assert f"Anji County {action.number}" in refused(job, officer)

    def test_an_edit_that_was_taken_back_by_hand_is_no_obstacle(self, anji, officer, job):
        for number in (9, 7):
            with writing():
                city = City.objects.get(pk=anji.pk)
                city.population = number
                city.save()
        undone(job, officer)

    def test_work_on_other_rows_is_no_obstacle(self, anji, officer, job):
        other = make_action(anji, "carbon")
        with writing():
            anji.actions.get(number=1).delete()
        undone(job, officer)
        anji.refresh_from_db()
        assert anji.last_action_number == other.number
        assert anji.actions.filter(pk=other.pk).exists()

    def test_many_rows_are_counted(self, anji, officer, run, monkeypatch):
        monkeypatch.setattr("profiles.undo.NAMED", 20)
        monkeypatch.setattr("exchange.jobs.obstacles.NAMED", 20)
        rows = [["anji-county", 100 + n, "carbon", "New"] for n in range(30)]
        job = run(officer, Actions=[ACTION, *rows])
        with writing():
            for action in anji.actions.filter(number__gte=100):
                action.description = "Better"
                action.save()
        message = refused(job, officer)
        assert "30 rows" in message
        assert message.splitlines()[-1] == "… and 10 more."

    def test_twice(self, officer, job):
        undone(job, officer)
        with pytest.raises(jobs.NotNow, match="taken back"):
            jobs.undo(job, officer)

    def test_what_was_not_written(self, anji, officer, workbook):
        path = workbook(Cities=[["City", "Population"], ["anji-county", 7]])
        with path.open("rb") as file:
            job = jobs.receive(officer, File(file, "cities.xlsx"))
        with pytest.raises(jobs.NotNow, match="Nothing of it has been written"):
            jobs.undo(job, officer)

    def test_officers_of_other_cities_and_of_what_staff_wrote(self, anji, officer, job, staff):
        with pytest.raises(jobs.NotNow, match="not yours"):
            jobs.undo(job, make_user(officer_of=make_city("Other Town")))
        Job.objects.filter(pk=job.pk).update(user=officer)
        job.change_set.user = staff
        job.change_set.save()
        with pytest.raises(jobs.NotNow, match="Platform staff wrote"):
            jobs.undo(job, officer)
        assert "Platform staff wrote" in find_obstacles(job, officer).reason

    def test_an_error_on_the_way_leaves_all(self, officer, job, monkeypatch):
        def fail(cities):
            raise ZeroDivisionError

        monkeypatch.setattr("exchange.jobs.steps.lower_counters", fail)
        assert "nothing was changed" in refused(job, officer)


class TestPeople:
    """Accounts that an import made go with it, unless somebody has used them."""

    @pytest.fixture
    def job(self, anji, staff, run):
        head = ["City", "E-mail", "Role", "Name"]
        return run(
            staff,
            Officers=[head, ["anji-county", "made@example.org", "officer", "Maya Made"]],
        )

    def test_untouched(self, staff, job):
        made = job.made_users.get()
        undone(job, staff)
        assert not type(made).objects.filter(pk=made.pk).exists()

    def test_signed_in(self, staff, job):
        made = job.made_users.get()
        made.last_login = made.date_joined
        made.save()
        assert "the account of Maya Made" in refused(job, staff)

    def test_with_a_password(self, staff, job):
        made = job.made_users.get()
        made.set_password("grass-snakes")
        made.save()
        assert "the account of Maya Made" in refused(job, staff)

    def test_with_a_role_given_since(self, staff, job, anji):
        with writing():
            Assignment.objects.create(user=job.made_users.get(), role=Role.CONTACT, city=anji)
        assert "the account of Maya Made" in refused(job, staff)


def test_queries_grow_with_batches_not_with_rows(anji, officer, run):
    def count(first, rows):
        numbers = range(first, first + rows)
        job = run(
            officer,
            Actions=[ACTION, *[["anji-county", n, "carbon", "New"] for n in numbers]],
            Baselines=[BASELINE, *[["anji-county", n, "tree_cover", 5] for n in numbers]],
        )
        changed = run(
            officer,
            Baselines=[BASELINE, *[["anji-county", n, "tree_cover", 6] for n in numbers]],
        )
        with CaptureQueriesContext(connection) as queries:
            undone(changed, officer)
            undone(job, officer)
        return len(queries)

    few, many = count(100, 3), count(200, 120)
    assert many <= few + 6, "SQLite takes some 100 rows in one statement"


WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12).filter(
    lambda words: not probable_text(words) and not shows_nothing(words)
)


@st.composite
def sheets(draw, stored, population):
    """Rows that change some of Anji's and add others."""
    numbers = draw(st.lists(st.integers(1, 60), unique=True, max_size=6))
    links = draw(st.lists(st.integers(1, 5), unique=True, max_size=3))
    topics = st.lists(st.sampled_from(stored["topics"]), unique=True, max_size=3)
    types = {n: None if n in stored["numbers"] else "carbon" for n in numbers}
    return {
        "Cities": [
            ["City", "Population", "Local name"],
            ["anji-county", population, draw(WORDS)],
        ],
        "Actions": [ACTION, *[["anji-county", n, types[n], draw(WORDS)] for n in numbers]],
        "Baselines": [
            ["City", "Action number", "Text"],
            *[["anji-county", n, draw(WORDS)] for n in numbers],
        ],
        "Resources": [
            RESOURCE,
            *[
                [
                    "anji-county",
                    draw(WORDS),
                    "guide",
                    f"https://example.org/{n}",
                    "; ".join(draw(topics)),
                ]
                for n in links
            ],
        ],
    }


@given(data=st.data())
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_after_an_import_and_its_undo_all_is_as_before(anji, officer, tmp_path, data):
    topics = list(Topic.objects.values_list("code", flat=True)[:4])
    states, done = [], []
    with transaction.atomic():
        for population in (1, 2):
            stored = {"numbers": set(anji.actions.values_list("number", flat=True))}
            drawn = data.draw(sheets(stored | {"topics": topics}, population))
            states.append(everything())
            done.append(imported(officer, write_workbook(tmp_path / "book.xlsx", drawn)))
        for job in reversed(done):
            undone(job, officer)
            assert everything() == states.pop()
        transaction.set_rollback(True)
