"""What an import does to the database: what is written, by whom, in how many queries."""

import datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from actions.models import Action, Statement, Value
from catalogue.models import Topic
from exchange.applying import NotApplied, apply
from exchange.lookups import context
from hub.models import Resource
from profiles.changes import city_changed
from profiles.models import ChangeSet, City, CitySlug, Publication, PublishRequest, State
from publishing.publish import bring_up_to_date, publish
from tests.exchange.workbooks import plan_of
from tests.factories import make_city

pytestmark = pytest.mark.django_db
ACTION = ["City", "Number", "Action type", "Description"]


def only_problem(path, user):
    (problem,) = plan_of(path, user).problems
    return problem


def test_one_change_set_and_one_content_version(anji, workbook, django_capture_on_commit_callbacks):
    heard = []
    receiver = lambda **news: heard.extend(news["city_ids"])  # noqa: E731
    city_changed.connect(receiver)
    sheets = {
        "Cities": [["City", "Population"], ["anji-county", 600001]],
        "Actions": [ACTION, ["anji-county", 31, "carbon", "New"], ["anji-county", 1, None, "Old"]],
        "Baselines": [
            ["City", "Action number", "Measure", "Value"],
            ["anji-county", 1, "total_area", 1887],
            ["anji-county", 31, "tree_cover", 60],
        ],
    }
    with django_capture_on_commit_callbacks(execute=True):
        changes = apply(plan_of(workbook(**sheets)), "book.xlsx")
    city_changed.disconnect(receiver)
    assert (changes.kind, changes.reason, changes.user) == ("import", "book.xlsx", None)
    before = anji.content_version
    anji.refresh_from_db()
    assert anji.content_version == before + 1
    assert anji.last_action_number == 31
    assert heard == [anji.pk]
    written = {
        model.__name__: sorted(
            model.history.filter(change_set=changes).values_list("history_type", flat=True)
        )
        for model in (City, Action, Statement, Value)
    }
    assert written == {
        "City": ["~"],
        "Action": ["+", "~"],
        "Statement": ["+", "~"],
        "Value": ["+", "~"],
    }


def test_history_tells_old_and_new(anji, workbook):
    apply(plan_of(workbook(Cities=[["City", "Population"], ["anji-county", 700000]])))
    newest, oldest = City.history.filter(slug="anji-county").order_by("-history_id")
    assert (oldest.population, newest.population) == (600000, 700000)


def test_nothing_to_write_leaves_nothing(anji, workbook):
    before = ChangeSet.objects.count(), anji.content_version
    plan = plan_of(workbook(Cities=[["City", "Population"], ["anji-county", 600000]]))
    assert apply(plan) is None
    anji.refresh_from_db()
    assert before == (ChangeSet.objects.count(), anji.content_version)


def test_check_writes_nothing(catalogue, workbook, answer):
    path = workbook(Cities=[["City", "Name", "Country"], ["new-town", "New Town", "DE"]])
    said = answer(path, "--check")
    assert (said["status"], said["written"]) == (0, False)
    assert said["sheets"]["Cities"]["new"] == 1
    assert not City.objects.exists()
    assert answer(path)["written"]
    assert answer(path)["sheets"]["Cities"]["unchanged"] == 1


def test_empty_cell_and_missing_column_leave_values(anji, workbook):
    about = anji.about
    path = workbook(Cities=[["City", "About", "Population"], ["anji-county", None, 5]])
    apply(plan_of(path))
    anji.refresh_from_db()
    assert (anji.about, anji.population, anji.head_name) == (about, 5, "Yun Lin")


def test_a_changed_city_is_found_by_its_new_words(anji, workbook):
    apply(plan_of(workbook(Cities=[["City", "Local name"], ["anji-county", "安吉县"]])))
    assert City.objects.filter(search_text__contains="安吉").exists()


def test_new_city_with_everything_below_it(catalogue, workbook):
    apply(
        plan_of(
            workbook(
                Cities=[["City", "Name", "Country"], ["new-town", "New Town", "Germany"]],
                Commitments=[["City", "Commitment"], ["new-town", "climate"]],
                Actions=[ACTION, ["new-town", 4, "carbon", "Text"]],
                Baselines=[
                    ["City", "Action number", "Measure", "Value", "Unit"],
                    ["new-town", 4, "tree_cover", 12.5, "%"],
                ],
                Pathway=[
                    ["City", "Step", "Title", "Link"],
                    ["new-town", "set-baseline", "Report", "https://example.org/report"],
                ],
                Resources=[
                    ["City", "Title", "Kind", "Link", "Topics"],
                    [
                        "new-town",
                        "Guide",
                        "guide",
                        "https://example.org/guide",
                        "governance-management",
                    ],
                ],
            )
        )
    )
    city = City.objects.get(slug="new-town")
    assert (city.content_version, city.last_action_number, city.state) == (1, 4, "draft")
    assert city.actions.get().updated_on == datetime.datetime.now(datetime.UTC).date()
    value = Value.objects.get(statement__action__city=city)
    assert (value.number, value.amount, value.unit, value.precision) == (
        value.number,
        value.number,
        "percent",
        "exactly",
    )
    assert city.step_items.get().step.code == "set-baseline"
    assert city.resources.get().topics.get().code == "governance-management"


def test_topics_have_history(anji, workbook):
    link = "https://example.org/guide"
    head = ["City", "Title", "Kind", "Link", "Topics"]
    one, two = Topic.objects.order_by("code")[:2]
    apply(plan_of(workbook(Resources=[head, ["anji-county", "Guide", "guide", link, one.code]])))
    apply(plan_of(workbook(Resources=[head, ["anji-county", "Guide", "guide", link, two.name]])))
    apply(plan_of(workbook(Resources=[head, ["anji-county", "Guide, again", None, link, None]])))
    resource = Resource.objects.get()
    assert resource.topics.get() == two
    codes = [
        [linked.topic.code for linked in past.topics.all()]
        for past in resource.history.order_by("history_id")
    ]
    assert codes == [[one.code], [two.code], [two.code]]


def test_amount_follows_number_and_unit(anji, workbook):
    head = ["City", "Action number", "Measure", "Value", "Unit"]
    apply(plan_of(workbook(Baselines=[head, ["anji-county", 4, "protected_area", 15174, "ha"]])))
    value = Value.objects.get(measure__code="protected-areas.protected_area")
    assert (value.number, value.unit, value.amount) == (15174, "ha", value.amount)
    assert value.amount.normalize() == value.number.normalize() / 100


class TestDates:
    """The date of the last update moves with a change, is imported, and is not set back."""

    def plan(self, workbook, description, date):
        rows = [[*ACTION, "Last update"], ["anji-county", 1, "natural-areas", description, date]]
        return plan_of(workbook(Actions=rows))

    def dated(self, workbook, description, date):
        plan = self.plan(workbook, description, date)
        apply(plan)
        return plan.totals, Action.objects.get(number=1).updated_on

    def test_change_sets_today(self, anji, workbook):
        Action.objects.update(updated_on=datetime.date(2020, 1, 1))
        totals, date = self.dated(workbook, "New words", None)
        assert (totals["changed"], date) == (1, datetime.datetime.now(datetime.UTC).date())

    def test_given_date_is_set(self, anji, workbook):
        old = datetime.date(2019, 5, 6)
        totals, date = self.dated(workbook, anji.actions.get(number=1).description, old)
        assert (totals["changed"], date) == (1, old)

    def test_a_later_date_is_set_though_the_row_had_it_before(self, anji, workbook):
        later = datetime.date(2026, 1, 2)
        for date in (later, datetime.date(2019, 5, 6), later):
            assert self.dated(workbook, "Words", date)[1] == date

    def test_the_same_file_again_changes_nothing(self, anji, workbook):
        exported = datetime.date(2026, 1, 2)
        self.dated(workbook, anji.actions.get(number=1).description, exported)
        totals, changed_on = self.dated(workbook, "New words", exported)
        assert (totals["changed"], changed_on > exported) == (1, True)
        totals, date = self.dated(workbook, "New words", exported)
        assert (totals["unchanged"], date) == (1, changed_on)

    def test_rows_as_stored_but_for_a_former_date_are_not_planned(
        self, anji, workbook, monkeypatch
    ):
        """Nor where a text has blanks at its end. Reading and checking the cells takes long."""
        exported = datetime.date(2026, 1, 2)
        self.dated(workbook, "Words", exported)
        self.dated(workbook, "New words", exported)
        monkeypatch.setattr("exchange.sheets.base.sheet.Sheet.clean_cells", None)
        assert self.dated(workbook, "New words ", exported)[0]["unchanged"] == 1

    def test_what_a_former_date_asks_is_asked_again(self, anji, workbook):
        long_ago = "1948-04-08"
        for words in ("Words", "New words"):
            self.dated(workbook, words, long_ago)
        plan = self.plan(workbook, "New words", long_ago)
        assert [note.cell for note in plan.notes] == ["E2"]
        assert plan.totals["unchanged"] == 1

    def test_an_old_file_with_a_new_change_sets_today(self, anji, workbook):
        exported = datetime.date(2026, 1, 2)
        self.dated(workbook, anji.actions.get(number=1).description, exported)
        self.dated(workbook, "New words", exported)
        totals, date = self.dated(workbook, "Newer words", exported)
        assert (totals["changed"], date) == (1, datetime.datetime.now(datetime.UTC).date())

    def test_the_same_statement_again_changes_nothing(self, anji, workbook):
        head = ["City", "Action number", "Measure", "Value", "Last update"]
        row = ["anji-county", 1, "total_area", 1900, datetime.date(2026, 4, 8)]
        path = workbook(Baselines=[head, row])
        assert plan_of(path).totals["changed"] == 1
        apply(plan_of(path))
        assert plan_of(path).totals["unchanged"] == 1


class TestAccess:
    def test_foreign_and_unknown_city_read_the_same(self, officer, workbook, recorded, staff):
        head = ["City", "Name", "Country"]
        apply(plan_of(workbook(Cities=[head, ["other-town", "Other Town", "DE"]]), staff))
        said = {
            slug: only_problem(workbook(Actions=[ACTION, [slug, 1, "carbon", "x"]]), officer)
            for slug in ("other-town", "other-home", "Other Town")
        }
        assert {p.message for p in said.values()} == {
            "There is no such city among those you may edit."
        }
        assert {p.cell for p in said.values()} == {"A2"}

    @pytest.mark.parametrize("slug", ["other-town", "no-town"])
    def test_officer_cannot_make_or_change_other_cities(self, officer, workbook, staff, slug):
        head = ["City", "Name", "Country"]
        apply(plan_of(workbook(Cities=[head, ["other-town", "Other Town", "DE"]]), staff))
        problem = only_problem(workbook(Cities=[head, [slug, "Mine", "DE"]]), officer)
        assert (problem.cell, problem.message) == (
            "A2",
            "There is no such city among those you may edit.",
        )

    @pytest.mark.parametrize(
        ("header", "value"), [("Country", "DE"), ("State", "withdrawn"), ("Sample", "yes")]
    )
    def test_officer_cannot_change_what_staff_keep(self, officer, workbook, header, value):
        problem = only_problem(workbook(Cities=[["City", header], ["anji-county", value]]), officer)
        assert (problem.cell, problem.message) == ("B2", "Only platform staff can change this.")

    def test_officer_repeats_what_is_stored(self, officer, workbook):
        head = ["City", "Country", "State", "Sample", "Population"]
        row = ["anji-county", "China", "published", "no", 7]
        changes = apply(plan_of(workbook(Cities=[head, row]), officer))
        assert changes.user == officer
        assert City.history.latest("history_id").history_user == officer

    def test_right_taken_away_meanwhile(self, officer, workbook):
        plan = plan_of(workbook(Cities=[["City", "Population"], ["anji-county", 7]]), officer)
        officer.is_active = False
        with pytest.raises(NotApplied, match="no longer edit"):
            apply(plan)

    def test_state_follows_the_table(self, anji, staff, workbook):
        def sheet(state):
            return workbook(Cities=[["City", "State"], ["anji-county", state]])

        publish(anji.pk)
        for state in ("draft", "withdrawn"):
            problem = only_problem(sheet(state), staff)
            assert f"published cannot become {state} by a workbook" in problem.message

    def test_staff_publish_a_city_for_the_first_time(self, staff, workbook):
        city = make_city("Port Trial", state="draft", population=7)
        rows = ["City", "Population", "State"], ["port-trial", 8, "published"]
        apply(plan_of(workbook(Cities=[*rows]), staff))
        assert PublishRequest.objects.get().requested_by == staff
        assert city.history.latest("history_id").history_user == staff
        bring_up_to_date(city.pk)
        assert (Publication.objects.get().kind, City.objects.get(pk=city.pk).state) == (
            Publication.Kind.FIRST,
            State.PUBLISHED,
        )

    def test_former_address_is_not_given_again(self, anji, staff, workbook):
        CitySlug.objects.create(slug="old-anji", city=anji)
        head = ["City", "Name", "Country"]
        problem = only_problem(workbook(Cities=[head, ["old-anji", "Anji", "CN"]]), staff)
        assert "led to another city" in problem.message


def test_change_meanwhile_is_said_and_not_overwritten(anji, workbook, recorded):
    plan = plan_of(workbook(Cities=[["City", "Population"], ["anji-county", 7]]))
    with recorded():
        anji.actions.get(number=2).delete()
    with pytest.raises(NotApplied, match="changed meanwhile"):
        apply(plan)
    anji.refresh_from_db()
    assert anji.population == 600000


def test_what_the_database_refuses_is_one_message(anji, workbook, answer, monkeypatch):
    def refuse(*arguments):
        raise IntegrityError("unique")

    monkeypatch.setattr("exchange.sheets.base.rows.create_in_bulk", refuse)
    said = answer(
        workbook(
            Cities=[["City", "Population"], ["anji-county", 7]],
            Actions=[ACTION, ["anji-county", 31, "carbon", "x"]],
        )
    )
    assert (said["status"], said["written"], len(said["problems"])) == (1, False, 1)
    anji.refresh_from_db()
    assert anji.population == 600000


def test_queries_do_not_grow_with_rows(catalogue, tmp_path, workbook, undated):
    def count(rows, cities):
        path = workbook(
            Cities=[
                ["City", "Name", "Country"],
                *[[f"town-{rows}-{n}", "Town", "DE"] for n in range(cities)],
            ],
            Actions=[
                ACTION,
                *[[f"town-{rows}-{n % cities}", n + 1, "carbon", "Text"] for n in range(rows)],
            ],
            Baselines=[
                ["City", "Action number", "Measure", "Value"],
                *[[f"town-{rows}-{n % cities}", n + 1, "tree_cover", 5] for n in range(rows)],
            ],
        )
        with CaptureQueriesContext(connection) as new:
            apply(plan_of(path))
        with CaptureQueriesContext(connection) as unchanged:
            assert plan_of(path).totals["unchanged"] == rows * 2 + cities
        Value.objects.update(number=6)
        with CaptureQueriesContext(connection) as changed:
            assert plan_of(path).totals["changed"] == rows
            apply(plan_of(path))
        return len(new), len(unchanged), len(changed)

    # Two cities: several are locked in order, one is not.
    few, many = count(4, 2), count(60, 6)
    assert few == many
    assert max(many) < 60


def test_the_reason_is_the_file_without_its_folders(anji, workbook, tmp_path):
    folder = tmp_path / ("deep" * 50) / ("deep" * 50)
    folder.mkdir(parents=True)
    path = workbook(Cities=[["City", "Population"], ["anji-county", 7]])
    call_command("import_workbook", path.rename(folder / path.name))
    assert ChangeSet.objects.latest("pk").reason.endswith(": workbook.xlsx")


def test_officer_of_import_command_is_the_platform(anji, workbook):
    call_command("import_workbook", workbook(Cities=[["City", "Population"], ["anji-county", 7]]))
    assert ChangeSet.objects.latest("pk").user is None


def test_of_thousands_of_wrong_cells_few_get_a_hint(anji, workbook, monkeypatch):
    """Looking for the nearest word takes long."""
    looked = []
    monkeypatch.setattr(context, "did_you_mean", lambda word, words: looked.append(word) or "")
    rows = [[f"anji-coumty-{n}", n + 1, f"carbom-{n}", "Text"] for n in range(3000)]
    plan = plan_of(workbook(Actions=[ACTION, *rows]))
    assert len(looked) == context.MOST_HINTS
    assert len(plan.problems) == 6000
    assert plan.totals["wrong"] == 3000
