"""The sheets Pathway and Steps: what stands on the steps, and how far a city is with them."""

import datetime

import pytest

from exchange.applying import apply
from exchange.planning import make_plan
from exchange.reading import read
from exchange.writing.templates import export
from pathway.models import StepItem, StepProgress
from profiles.models import City
from tests.exchange.workbooks import save_by_libreoffice
from tests.factories import (
    make_city,
    make_item,
    make_progress,
    make_resource,
    make_upload,
    make_user,
)

pytestmark = pytest.mark.django_db

LINK = "https://example.org/report"
ITEMS = ["City", "Step", "Title", "Link", "File", "Resource", "Language", "Versions"]
STEPS = ["City", "Step", "State", "Started on", "Done on"]
DAY = datetime.date


@pytest.fixture
def port(catalogue):
    return make_city("Port Trial", content_language="de")


def item(*values):
    return ["port-trial", "set-baseline", *values]


class TestItems:
    def test_each_kind_of_target(self, port, plan):
        make_upload(port)
        guide = make_resource(make_city("Elsewhere"), url=LINK)
        sheet = [
            ITEMS,
            item("Report", LINK, None, None, None, None),
            item("Plan", None, "plan.pdf", None, None, None),
            item("Guide", None, None, f"elsewhere: {LINK}", None, None),
        ]
        apply(plan(Pathway=sheet))
        found = {row.title: (row.url, row.upload, row.resource) for row in port.step_items.all()}
        assert found["Report"] == (LINK, None, None)
        assert found["Plan"][1].name == "plan.pdf"
        assert found["Guide"] == ("", None, guide)
        again = plan(Pathway=sheet)
        assert not again.changes_anything
        assert again.totals["unchanged"] == 3

    @pytest.mark.parametrize("targets", [(LINK, "plan.pdf", None), (None, None, None)])
    def test_a_row_has_exactly_one(self, port, plan, targets):
        make_upload(port)
        (problem,) = plan(Pathway=[ITEMS, item("Plan", *targets, None, None)]).problems
        assert problem.message.endswith("Link, File, Resource.")

    def test_a_file_with_links_alone_is_read_as_before(self, port, plan):
        apply(plan(Pathway=[ITEMS[:4], item("Report", LINK)]))
        assert StepItem.objects.get().url == LINK

    def test_a_draft_of_another_city_is_unknown(self, port, plan):
        officer = make_user("officer@example.org", officer_of=port)
        draft = make_resource(make_city("Elsewhere"), url=LINK, state="draft")
        said = [
            plan(officer, Pathway=[ITEMS, item("Guide", None, None, word, None, None)]).problems
            for word in (f"elsewhere: {LINK}", f"/resources/{draft.pk}/", "/resources/987654/")
        ]
        assert {problem.message for (problem,) in said} == {said[2][0].message}

    def test_versions_in_two_languages_are_one_item(self, port, plan):
        sheet = [
            ITEMS,
            item("Bericht", LINK, None, None, None, "report"),
            item("Report", f"{LINK}/en", None, None, "en", "report"),
        ]
        apply(plan(Pathway=sheet))
        assert {row.version_set for row in port.step_items.all()} == {"report"}

    @pytest.mark.parametrize("language", ["de", None])
    def test_a_language_has_one_version(self, port, plan, language):
        make_item(port, 1, "Bericht", version_set="report")
        head = ["City", "Step", "Title", "Link", "Language", "Versions"]
        step = port.step_items.get().step.code
        row = ["port-trial", step, "Noch einer", LINK, language, "report"]
        (problem,) = plan(Pathway=[head, row]).problems
        assert problem.cell == "F2"
        assert problem.message == "There is a version in this language already: “Bericht”."


class TestSteps:
    def test_states_and_days(self, port, plan):
        sheet = [STEPS, item("done", DAY(2024, 3, 1), DAY(2025, 6, 30))]
        apply(plan(Steps=sheet))
        row = StepProgress.objects.get()
        assert (row.state, row.started_on, row.done_on) == (
            "done",
            DAY(2024, 3, 1),
            DAY(2025, 6, 30),
        )
        assert not plan(Steps=sheet).changes_anything

    @pytest.mark.parametrize(
        ("state", "start", "end", "said"),
        [
            ("under-way", None, DAY(2025, 1, 1), "Only a step that is done has a day of its end."),
            ("not-started", DAY(2025, 1, 1), None, "A step that is not started has no day"),
            ("done", DAY(2025, 1, 2), DAY(2025, 1, 1), "It cannot be done before it was started."),
            ("done", DAY(2099, 1, 2), None, "This day is still to come."),
            ("ready", None, None, "This is not one of the words for it."),
        ],
    )
    def test_what_does_not_fit_is_said(self, port, plan, state, start, end, said):
        (problem,) = plan(Steps=[STEPS, item(state, start, end)]).problems
        assert said in problem.message

    def test_a_step_that_goes_back_loses_the_day_of_its_end(self, port, plan):
        make_progress(port, 1, "done", started_on=DAY(2024, 1, 1), done_on=DAY(2025, 1, 1))
        step = port.steps.get().step.code
        done = plan(Steps=[STEPS[:3], ["port-trial", step, "under-way"]])
        assert ("Done on", DAY(2025, 1, 1), None) in done.sheets[0].rows[0].changes
        apply(done)
        row = StepProgress.objects.get()
        assert (row.state, row.started_on, row.done_on) == ("under-way", DAY(2024, 1, 1), None)


@pytest.fixture
def much(port):
    """Items of every kind, versions, steps of every state."""
    make_item(port, 1, "Bericht", version_set="report")
    make_item(port, 1, "Report", version_set="report", language="en", position=2)
    make_item(port, 2, "Plan", upload=make_upload(port))
    make_item(port, 3, "Guide", resource=make_resource(make_city("Elsewhere")))
    make_item(port, 3, "Own", resource=make_resource(port, state="draft"))
    make_item(port, 3, "Friends", resource=make_resource(None))
    make_progress(port, 1, "done", started_on=DAY(2024, 1, 1), done_on=DAY(2025, 1, 1))
    make_progress(port, 2, "not-started")
    make_progress(port, 3)
    return port


def changes_nothing(path):
    again = make_plan(read(path))
    assert again.is_sound, again.problems
    assert not again.changes_anything
    assert again.totals["unchanged"] == 11


def test_what_is_exported_comes_back_unchanged(much, tmp_path):
    export(City.objects.filter(pk=much.pk), tmp_path / "all.xlsx")
    changes_nothing(tmp_path / "all.xlsx")


@pytest.mark.libreoffice
def test_libreoffice_keeps_it(much, tmp_path):
    export(City.objects.filter(pk=much.pk), tmp_path / "all.xlsx")
    changes_nothing(save_by_libreoffice(tmp_path / "all.xlsx", tmp_path))
