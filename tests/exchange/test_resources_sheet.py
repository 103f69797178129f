"""The sheet Resources: links and files, states as `hub.moderation` has them, words for others."""

import json

import pytest
from django.core.files import File

from actions.models import Statement
from exchange import jobs
from exchange.applying import apply
from exchange.models import Job
from exchange.planning import make_plan
from exchange.reading import read
from exchange.writing.formats import FORMATS, write
from exchange.writing.selection import Selection
from hub.models import Resource
from profiles.models import City
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_resource,
    make_statement,
    make_upload,
    writing,
)
from tests.published import publish_all

pytestmark = pytest.mark.django_db

HEAD = ["City", "Title", "Kind", "Link", "State", "Note"]
LINK = "https://example.org/guide"
UNKNOWN = "There is no such resource among those of the city and the public ones."


def messages(plan):
    return [problem.message for problem in plan.problems]


class TestColumns:
    def test_a_row_fills_in_all_there_is(self, port, plan):
        make_upload(port, "cover.png")
        done = plan(
            Resources=[
                ["City", "Title", "Kind", "Link", "Summary", "Language", "Languages", "Year"]
                + ["Organisation", "Topics", "KMGBF targets", "Licence", "Cover", "State"],
                ["port-trial", "Guide", "case study", LINK, "What we did", "de", "en, zh-Hans"]
                + [2024, "Friends", "governance-management", "2; 12", "CC-BY-4.0", "Cover.PNG"]
                + ["published"],
            ]
        )
        assert done.is_sound, done.problems
        apply(done)
        row = Resource.objects.get()
        assert (row.kind, row.languages, row.year) == ("case-study", "en zh-Hans", 2024)
        assert [target.number for target in row.targets.all()] == [2, 12]
        assert row.history.latest().targets.count() == 2
        assert (row.licence.code, row.cover.name) == ("CC-BY-4.0", "cover.png")
        assert row.published_on is not None

    @pytest.mark.parametrize(
        ("link", "file", "said"),
        [
            (LINK, "plan.pdf", "Only one of these cells may be filled in: Link, File."),
            (None, None, "One of these cells must be filled in: Link, File."),
            (None, "paln.pdf", "Did you mean “plan.pdf”?"),
        ],
    )
    def test_a_row_has_a_link_or_a_file(self, port, plan, link, file, said):
        make_upload(port)
        head = ["City", "Title", "Kind", "Link", "File"]
        found = plan(Resources=[head, ["port-trial", "Plan", "plan", link, file]])
        assert len(found.problems) == 1
        assert said in found.problems[0].message

    def test_without_both_columns_nothing_names_a_row(self, port, plan):
        found = plan(Resources=[["City", "Title"], ["port-trial", "Plan"]])
        assert messages(found) == ["These columns are missing: one of Link, File."]

    def test_a_file_of_the_city_names_its_row(self, port, plan):
        make_resource(port, "Plan", file=make_upload(port))
        sheet = [["City", "Title", "File"], ["port-trial", "The plan", "folder\\PLAN.pdf"]]
        apply(plan(Resources=sheet))
        assert Resource.objects.get().title == "The plan"
        assert plan(Resources=sheet).totals["unchanged"] == 1

    def test_a_cover_is_an_image(self, port, plan):
        make_upload(port)
        head = ["City", "Title", "Kind", "Link", "Cover"]
        found = plan(Resources=[head, ["port-trial", "Plan", "plan", LINK, "plan.pdf"]])
        assert [(p.cell, p.message) for p in found.problems] == [("E2", "A cover is an image.")]

    def test_a_file_of_another_city_is_unknown(self, port, port_officer, plan):
        make_upload(make_city("Elsewhere"), "secret.pdf")
        head = ["City", "Title", "Kind", "File"]
        said = [
            str(
                messages(plan(port_officer, Resources=[head, ["port-trial", "Plan", "plan", name]]))
            )
            for name in ("secret.pdf", "no-such.pdf")
        ]
        assert said[0].replace("secret", "no-such") == said[1] != "[]"


class TestStates:
    def sheet(self, state, note=None):
        return [HEAD, ["port-trial", "Guide", "guide", LINK, state, note]]

    @pytest.mark.parametrize(("state", "kept"), [(None, "draft"), ("submitted", "submitted")])
    def test_officers_bring_drafts_and_submit_them(self, port, port_officer, plan, state, kept):
        apply(plan(port_officer, Resources=self.sheet(state)))
        assert Resource.objects.get().state == kept

    @pytest.mark.parametrize("state", ["published", "returned"])
    def test_officers_publish_and_return_nothing(self, port, port_officer, plan, state):
        found = plan(port_officer, Resources=self.sheet(state))
        assert [problem.column for problem in found.problems] == ["State"]

    def test_officers_do_not_publish_a_draft_that_is_there(self, port, port_officer, plan):
        make_resource(port, url=LINK, state="draft")
        assert not plan(port_officer, Resources=self.sheet("published")).is_sound

    def test_what_is_returned_says_why(self, port, plan):
        make_resource(port, url=LINK, state="submitted")
        found = plan(Resources=self.sheet("returned"))
        assert messages(found) == ["Say what the city should change."]
        apply(plan(Resources=self.sheet("returned", "Name the year.")))
        assert Resource.objects.get().state_note == "Name the year."

    def test_submitting_again_keeps_the_note_and_publishing_takes_it_away(
        self, port, port_officer, plan
    ):
        make_resource(port, url=LINK, state="returned", state_note="Name the year.")
        submitted = self.sheet("submitted", "Name the year.")
        apply(plan(port_officer, Resources=submitted))
        assert Resource.objects.get().state_note == "Name the year."
        assert not plan(port_officer, Resources=submitted).changes_anything
        published = self.sheet("published", "Name the year.")
        apply(plan(Resources=published))
        row = Resource.objects.get()
        assert (row.state, row.state_note, row.published_on is None) == ("published", "", False)
        assert not plan(Resources=published).changes_anything

    @pytest.mark.parametrize(
        ("stored", "written"),
        [
            ("published", "submitted"),
            ("published", "returned"),
            ("returned", "submitted"),
            ("returned", "draft"),
            ("returned", "published"),
            ("submitted", "published"),
            ("submitted", "returned"),
        ],
    )
    def test_a_state_from_before_is_told_and_passed_over(
        self, port, port_officer, plan, stored, written
    ):
        note = "" if stored == "published" else "Name the year."
        make_resource(port, url=LINK, state=stored, state_note=note)
        sheet = self.sheet(written, "An older note.")
        sheet[1][1] = "Another title"
        done = plan(port_officer, Resources=sheet)
        assert done.is_sound, done.problems
        assert [doubt.cell for doubt in done.doubts] == ["E2"]
        apply(done)
        row = Resource.objects.get()
        assert (row.title, row.state, row.state_note) == ("Another title", stored, note)

    def test_a_workbook_goes_round_while_staff_publish(self, port, port_officer, tmp_path):
        resource = make_resource(port, url=LINK, state="submitted")
        path = tmp_path / "all.xlsx"
        write(Selection.of_cities(port_officer, City.objects.all()), FORMATS["xlsx"], path)
        with writing():
            resource.state = "published"
            resource.save()
        for user in (port_officer, None):
            again = make_plan(read(path), user)
            assert again.is_sound, again.problems
            assert not again.changes_anything
            assert [doubt.message for doubt in again.doubts] == [
                "It is published by now, and stays so."
            ]

    @pytest.mark.parametrize("user", ["officer", "platform"])
    def test_what_was_returned_is_not_submitted_with_its_note_unread(
        self, port, port_officer, plan, user
    ):
        make_resource(port, url=LINK, state="returned", state_note="Name the year.")
        who = port_officer if user == "officer" else None
        unread = plan(who, Resources=self.sheet("submitted"))
        assert not unread.changes_anything
        ((said,),) = [[doubt.message for doubt in unread.doubts]]
        assert "“Name the year.”" in said
        apply(plan(who, Resources=self.sheet("submitted", "Name the year.")))
        assert Resource.objects.get().state == "submitted"

    def test_draft_over_published_withdraws_it(self, port, port_officer, plan):
        make_resource(port, url=LINK)
        apply(plan(port_officer, Resources=self.sheet("draft")))
        assert Resource.objects.get().state == "draft"

    def test_a_wrong_state_is_said_with_those_that_are_open(self, port, port_officer, plan):
        make_resource(port, url=LINK, state="draft")
        (problem,) = plan(port_officer, Resources=self.sheet("published")).problems
        assert problem.expected == "one of: draft, submitted"
        (problem,) = plan(Resources=self.sheet("returned", "Why?")).problems
        assert problem.expected == "one of: draft, submitted, published"
        assert "by you" not in problem.message

    def test_officers_do_not_write_notes(self, port, port_officer, plan):
        make_resource(port, url=LINK, state="returned", state_note="Name the year.")
        found = plan(port_officer, Resources=self.sheet("returned", "Never mind."))
        assert messages(found) == ["Only platform staff can change this."]

    def test_another_link_is_another_resource_that_is_reviewed(self, port, port_officer, plan):
        make_resource(port, url=LINK)
        sheet = [HEAD, ["port-trial", "Guide", "guide", f"{LINK}/2", None, None]]
        apply(plan(port_officer, Resources=sheet))
        states = dict(Resource.objects.values_list("url", "state"))
        assert states == {LINK: "published", f"{LINK}/2": "draft"}


class TestReferences:
    def baseline(self, word):
        head = ["City", "Action number", "Text", "Source resource"]
        return [head, ["port-trial", 1, "Counted.", word]]

    @pytest.fixture
    def action(self, port):
        return make_action(port, "natural-areas")

    def test_by_link_by_file_by_city_and_by_page(self, port, action, plan):
        own = make_resource(port, url=LINK, state="draft")
        filed = make_resource(port, file=make_upload(port))
        there = make_resource(make_city("Elsewhere"), url=f"{LINK}/there")
        partner = make_resource(None, url=f"{LINK}/partner")
        words = {
            LINK: own,
            "PLAN.pdf": filed,
            f"elsewhere: {LINK}/there": there,
            f"/resources/{there.pk}/": there,
            f"https://testserver/en/resources/{partner.pk}/": partner,
        }
        for word, resource in words.items():
            apply(plan(Baselines=self.baseline(word)))
            assert Statement.objects.get().source_resource == resource, word

    def test_rows_of_the_same_workbook(self, port, action, plan):
        make_upload(port)
        done = plan(
            Baselines=self.baseline(LINK),
            Pathway=[["City", "Step", "Title", "Resource"]]
            + [["port-trial", "set-baseline", "Plan", "plan.pdf"]],
            Resources=[["City", "Title", "Kind", "Link", "File"]]
            + [["port-trial", "Guide", "guide", LINK, None]]
            + [["port-trial", "Plan", "plan", None, "plan.pdf"]],
        )
        assert done.is_sound, done.problems
        apply(done)
        assert Statement.objects.get().source_resource.url == LINK
        assert port.step_items.get().resource.file.name == "plan.pdf"

    def test_what_one_may_not_see_is_unknown_in_the_same_words(
        self, port, port_officer, action, plan
    ):
        other = make_city("Elsewhere")
        hidden = make_resource(other, url=f"{LINK}/hidden", state="draft")
        words = [
            f"elsewhere: {LINK}/hidden",
            f"/resources/{hidden.pk}/",
            f"{LINK}/hidden",
            f"nowhere: {LINK}/hidden",
            "/resources/999999/",
            f"https://example.org/resources/{hidden.pk}/",
        ]
        for word in words:
            found = plan(port_officer, Baselines=self.baseline(word))
            assert [(p.cell, p.message) for p in found.problems] == [("D2", UNKNOWN)], word

    @pytest.mark.parametrize("is_sample", [True, False])
    def test_invented_and_real_cities_do_not_point_to_each_other(self, catalogue, plan, is_sample):
        here = make_city("Port Trial", is_sample=is_sample)
        make_action(here, "natural-areas")
        there = make_resource(make_city("Elsewhere", is_sample=not is_sample), url=f"{LINK}/there")
        partner = make_resource(None, url=f"{LINK}/partner")
        for word in (f"elsewhere: {LINK}/there", f"/resources/{there.pk}/"):
            assert messages(plan(Baselines=self.baseline(word))) == [UNKNOWN]
        assert plan(Baselines=self.baseline(f"/resources/{partner.pk}/")).is_sound

    def test_a_city_that_becomes_a_real_one_in_the_same_workbook(self, catalogue, plan):
        here = make_city("Port Trial", is_sample=True)
        make_action(here, "natural-areas")
        make_resource(here, url=LINK)
        there = make_resource(make_city("Elsewhere"), url=f"{LINK}/there")
        for word in (LINK, f"/resources/{there.pk}/"):
            done = plan(
                Cities=[["City", "Sample"], ["port-trial", "no"]], Baselines=self.baseline(word)
            )
            assert done.is_sound, done.problems

    def test_a_near_word_is_offered(self, port, action, plan):
        make_resource(port, url=LINK)
        (problem,) = plan(Baselines=self.baseline("https://example.org/giude")).problems
        assert problem.message == f"{UNKNOWN} Did you mean “{LINK}”?"

    def test_evidence_of_an_indicator(self, port, plan):
        make_resource(port, url=LINK)
        done = plan(
            Assessments=[["City", "Edition", "Year"], ["port-trial", "2021", 2024]],
            Indicators=[
                ["City", "Edition", "Year", "Indicator", "Own points", "Reason"]
                + ["Evidence resource"],
                ["port-trial", "2021", 2024, "17", 2, "Adopted.", LINK],
            ],
        )
        assert done.is_sound, done.problems
        apply(done)
        assert port.assessments.get().results.get().evidence_resource.url == LINK


class TestRoundTrip:
    @pytest.fixture
    def full(self, port):
        """Every kind of target, state and reference, of the city's own and of others."""
        there = make_resource(make_city("Elsewhere"), url=LINK, topics=["governance-management"])
        filed = make_resource(
            port,
            "Plan",
            file=make_upload(port),
            cover=make_upload(port, "cover.png"),
            languages="en zh-Hans",
            targets=[2, 12],
        )
        make_resource(port, "Old", state="returned", state_note="Which year?", url=f"{LINK}/old")
        action = make_action(port, "natural-areas")
        make_statement(action, Statement.Kind.BASELINE, source_resource=filed)
        make_statement(action, Statement.Kind.TARGET, due_year=2030, source_resource=there)
        partner = make_resource(None)
        make_statement(action, Statement.Kind.PROGRESS, date="2025-01-01", source_resource=partner)
        assessment = make_assessment(
            port, local_biodiversity_strategy={"points": 2, "reason": "Adopted."}
        )
        with writing():
            assessment.results.update(evidence_resource=filed)
        publish_all()
        return port

    def test_nothing_changes_for_staff_and_officers(self, full, port_officer, tmp_path):
        path = tmp_path / "all.xlsx"
        for user in (None, port_officer):
            cities = City.objects.filter(pk=full.pk)
            write(Selection.of_cities(user, cities), FORMATS["xlsx"], path)
            again = make_plan(read(path), user)
            assert again.is_sound, again.problems
            assert not again.changes_anything
            assert not again.totals["changed"]

    def test_what_was_withdrawn_elsewhere_is_still_written_and_read(
        self, full, port_officer, tmp_path
    ):
        there = Resource.objects.get(city__slug="elsewhere")
        with writing():
            there.state = "draft"
            there.save()
        path = tmp_path / "targets.json"
        write(Selection.of_cities(port_officer, City.objects.all()), FORMATS["json"], path)
        row = json.loads(path.read_text())["sheets"]["Targets"][0]
        assert row["Source resource"] == f"/resources/{there.pk}/"
        write(Selection.of_cities(port_officer, City.objects.all()), FORMATS["xlsx"], path)
        again = make_plan(read(path.rename(tmp_path / "all.xlsx")), port_officer)
        assert again.is_sound, again.problems
        assert not again.changes_anything

    def test_chosen_resources_come_alone(self, full):
        selection = Selection.of_rows(None, Resource, Resource.objects.all())
        assert [sheet.sheet_name for sheet in selection.sheets] == ["Resources"]


def test_a_stored_row_that_referred_to_a_new_one_goes_back(port, port_officer, workbook):
    """The resource that the import made is gone, and the statement that was there stays."""
    make_statement(make_action(port, "natural-areas"), Statement.Kind.BASELINE, text="Counted.")
    path = workbook(
        Resources=[["City", "Title", "Kind", "Link"], ["port-trial", "Guide", "guide", LINK]],
        Baselines=[["City", "Action number", "Source resource"], ["port-trial", 1, LINK]],
    )
    with path.open("rb") as file:
        job = jobs.receive(port_officer, File(file, "book.xlsx"))
    jobs.confirm(job, port_officer)
    assert Statement.objects.get().source_resource is not None
    jobs.undo(job, port_officer)
    assert job.state == Job.State.UNDONE, job.message
    assert Statement.objects.get().source_resource is None
    assert not Resource.objects.exists()
