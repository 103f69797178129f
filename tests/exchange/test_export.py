"""The way out and back: what is exported is imported without a change."""

import datetime
import tempfile
from decimal import Decimal
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from actions.models import Action, ActionType, CityCommitment, Commitment, Statement, Value
from catalogue.loader import load
from catalogue.models import Topic
from exchange.applying import apply
from exchange.demo.sources import ANJI, FOLDER, read_source, sources, workbook_of
from exchange.planning import make_plan
from exchange.reading import read
from exchange.sheets import SHEETS
from exchange.writing.formats import FORMATS, write
from exchange.writing.selection import Selection
from exchange.writing.templates import NotWritten, export
from hub.models import Resource
from pathway.models import Step, StepItem
from profiles.changes import recording
from profiles.models import ChangeSet, City, Country

DEEP = [source for source in sources() if not source.is_light]


def exported(path, **filters):
    export(City.objects.filter(**filters), path)
    return path


def exported_sheets(folder):
    """Each sheet that has rows as a .csv of its own."""
    whole = Selection.of_cities(None, City.objects.all())
    for sheet in SHEETS:
        path = folder / f"{sheet.sheet_name}.csv"
        write(whole, FORMATS["csv"], path, sheet=sheet.sheet_name)
        if path.read_bytes().count(b"\r\n") > 1:
            yield path


def anji_alone():
    return [(read(ANJI), None)]


def light_cities():
    light = [source for source in sources() if source.is_light]
    cities = [(source.slug, source.stages[0].sheets) for source in light]
    return [(workbook_of(cities), None)]


def stages_of(source):
    return [(source.workbook(stage), source.enclosed()) for stage in source.stages]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "workbooks",
    [anji_alone, light_cities, *(partial(stages_of, source) for source in DEEP)],
    ids=["anji", "light", *(source.slug for source in DEEP)],
)
def test_demo_comes_back_unchanged(catalogue, tmp_path, workbooks):
    rows = 0
    for workbook, enclosed in workbooks():
        first = make_plan(workbook, enclosed=enclosed)
        assert apply(first) is not None
        rows += first.totals["new"]
    written = ChangeSet.objects.count()
    plan = make_plan(read(exported(tmp_path / "all.xlsx")))
    assert plan.is_sound, plan.problems
    assert plan.totals == {"new": 0, "changed": 0, "unchanged": rows, "wrong": 0}
    assert apply(plan) is None
    for path in exported_sheets(tmp_path):
        plan = make_plan(read(path))
        assert plan.is_sound, plan.problems
        assert not plan.changes_anything
        assert plan.totals["unchanged"]
    assert ChangeSet.objects.count() == written


@pytest.mark.django_db
def test_anji_has_what_the_document_prints(anji):
    actions = anji.actions
    statements = Statement.objects.filter(action__city=anji)
    assert actions.count() == 30
    assert actions.exclude(description="").count() == 30
    assert [
        actions.filter(action_type__commitment__area__number=number).count() for number in (1, 2, 3)
    ] == [17, 4, 9]
    assert actions.values("action_type").distinct().count() == 29
    assert actions.values("action_type__commitment").distinct().count() == 13
    assert anji.commitments.count() == 13
    assert statements.baselines().count() == 18
    assert statements.targets().count() == 1
    assert statements.progress().count() == 0
    assert Value.objects.filter(statement__action__city=anji, status="yes").count() == 4
    officials = Value.objects.get(measure__key="officials")
    assert (officials.number, officials.precision) == (356, "more-than")
    assert (anji.population, anji.country_id, anji.is_sample) == (600000, anji.country.pk, False)
    assert anji.state == "published"


@pytest.mark.django_db
class TestFile:
    def page(self, anji, path, name):
        return openpyxl.load_workbook(exported(path / "anji.xlsx"))[name]

    def test_sheets_and_headers(self, anji, tmp_path):
        book = openpyxl.load_workbook(exported(tmp_path / "anji.xlsx"))
        assert book.sheetnames == ["Read me", *(sheet.sheet_name for sheet in SHEETS), "Lists"]
        for sheet in SHEETS:
            page = book[sheet.sheet_name]
            headers = [cell.value for cell in page[1]]
            assert headers == [column.header for column in sheet.fields.values()]
            assert all(cell.font.bold for cell in page[1])
            assert page.freeze_panes == "B2"

    def test_types_of_cells(self, anji, tmp_path):
        page = self.page(anji, tmp_path, "Cities")
        row = {page.cell(1, at).value: page.cell(2, at) for at in range(1, page.max_column + 1)}
        assert row["Population"].value == 600000
        assert row["Population"].number_format == "#,##0"
        assert (row["Country"].value, row["Sample"].value) == ("CN", "no")
        page = openpyxl.load_workbook(tmp_path / "anji.xlsx")["Actions"]
        row = {page.cell(1, at).value: page.cell(2, at) for at in range(1, page.max_column + 1)}
        assert isinstance(row["Last update"].value, datetime.datetime)
        assert row["Last update"].number_format == "yyyy-mm-dd"

    def test_text_is_never_a_formula_or_a_link(self, anji, tmp_path, recorded):
        nasty = '=HYPERLINK("https://example.org")'
        with recorded():
            anji.head_name, anji.website = nasty, "https://example.org/"
            anji.save()
        page = self.page(anji, tmp_path, "Cities")
        cells = {cell.value: cell for cell in page[2]}
        assert cells[nasty].data_type == "s"
        assert cells["https://example.org/"].hyperlink is None
        assert make_plan(read(tmp_path / "anji.xlsx")).totals["changed"] == 0

    def test_text_that_does_not_fit_leaves_no_file(self, anji, tmp_path):
        City.objects.update(about="x" * 32_768)
        with pytest.raises(NotWritten, match="Cities L2"):
            exported(tmp_path / "anji.xlsx")
        assert list(tmp_path.iterdir()) == []

    def test_a_file_that_was_there_is_replaced_whole(self, anji, tmp_path):
        path = tmp_path / "anji.xlsx"
        path.write_text("old")
        City.objects.update(about="x" * 32_768)
        with pytest.raises(NotWritten):
            exported(path)
        assert path.read_text() == "old"

    def test_one_city_only(self, anji, tmp_path):
        quiet = read_source(FOLDER / "quietwater.json")
        apply(make_plan(quiet.workbook(quiet.stages[0])))
        path = tmp_path / "one.xlsx"
        call_command("export_workbook", "--city", "quietwater", "--output", path)
        assert [row[1].value for row in openpyxl.load_workbook(path)["Cities"].rows][1:] == [
            "Quietwater"
        ]

    @pytest.mark.parametrize(
        ("city", "name", "words"),
        [
            ("anji-conty", "out.xlsx", "Did you mean “anji-county”?"),
            ("anji-county", "out.xls", "must end in one of: .xlsx, .zip, .csv, .json."),
            ("anji-county", "out.csv", "choose it with --sheet"),
            ("anji-county", "nowhere/out.xlsx", "No such file"),
        ],
    )
    def test_command_says_what_is_wrong(self, anji, tmp_path, city, name, words):
        with pytest.raises(CommandError, match=words.replace("?", r"\?")):
            call_command("export_workbook", "--city", city, "--output", tmp_path / name)
        assert list(tmp_path.iterdir()) == []


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n\t\r"),
    max_size=60,
) | st.sampled_from(
    [
        "=1+1",
        "_x0041_",
        "'quoted",
        " blank ",
        "1.234",
        "0012",
        "é e\u0301",
        "مدينة",
        "#REF!",
        "TRUE",
    ]
)
NAMES = TEXTS.filter(str.strip)
DATES = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
YEARS = st.integers(1900, 2100)
NUMBERS = st.decimals(0, 10**8, places=6, allow_nan=False)


def number(digits, places):
    return st.decimals(0, 10**digits, places=places, allow_nan=False)


class TestGeneratedCity(HypothesisCase):
    """Any city that the models allow comes back from its workbook without a change."""

    @classmethod
    def setUpTestData(cls):
        load()

    @limits(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_comes_back_unchanged(self, data):
        with recording(None, ChangeSet.Kind.ADMIN, "generated"):
            self.make_city(data.draw)
        with tempfile.TemporaryDirectory() as folder:
            self.changes_nothing(exported(Path(folder) / "city.xlsx"))
            for path in exported_sheets(Path(folder)):
                self.changes_nothing(path)

    def changes_nothing(self, path):
        plan = make_plan(read(path))
        self.assertEqual([], [str(problem) for problem in plan.problems])
        changes = [(row.number, row.changes) for s in plan.sheets for row in s.rows if row.changes]
        self.assertEqual([], changes)
        self.assertEqual((0, 0), (plan.totals["new"], plan.totals["changed"]))
        self.assertIsNone(apply(plan))

    def make_city(self, draw):
        located = draw(st.booleans())
        population = draw(st.none() | st.integers(0, 10**9))
        city = City.objects.create(
            name=draw(NAMES),
            slug=draw(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))[:80].strip("-"),
            local_name=draw(TEXTS),
            country=Country.objects.get(code=draw(st.sampled_from(["DE", "NA", "CN"]))),
            latitude=draw(st.decimals(-90, 90, places=5)) if located else None,
            longitude=draw(st.decimals(-180, 180, places=5)) if located else None,
            population=population,
            population_year=draw(st.none() | YEARS) if population is not None else None,
            area_km2=draw(st.none() | st.decimals("0.001", 10**6, places=3)),
            about=draw(TEXTS),
            head_statement=draw(TEXTS),
            is_withdrawn=draw(st.booleans()),
            is_sample=draw(st.booleans()),
        )
        for commitment in draw(st.sets(st.sampled_from(list(Commitment.objects.all())))):
            CityCommitment.objects.create(
                city=city, commitment=commitment, made_on=draw(st.none() | DATES)
            )
        for at in range(draw(st.integers(0, 4))):
            self.make_action(draw, city, at + 1)
        self.make_links(draw, city)

    def make_action(self, draw, city, number):
        types = ActionType.objects.prefetch_related("measures")
        action = Action.objects.create(
            city=city,
            number=number * draw(st.sampled_from([1, 10, 1000])),
            action_type=draw(st.sampled_from(list(types))),
            description=draw(NAMES),
            updated_on=draw(DATES),
        )
        for kind in draw(st.sets(st.sampled_from(Statement.Kind.values))):
            self.make_statement(draw, action, kind)

    def make_statement(self, draw, action, kind):
        statement = Statement.objects.create(
            action=action,
            kind=kind,
            year=draw(st.none() | YEARS) if kind != "target" else None,
            due_year=draw(st.none() | YEARS) if kind == "target" else None,
            date=draw(DATES) if kind == "progress" else None,
            text=draw(TEXTS),
            source=draw(TEXTS),
            updated_on=draw(DATES),
        )
        for measure in action.action_type.measures.all():
            if draw(st.booleans()):
                self.make_value(draw, statement, measure)

    def make_value(self, draw, statement, measure):
        value = Value(statement=statement, measure=measure)
        if measure.kind == "status":
            value.status = draw(st.sampled_from(Value.Status.values))
        elif measure.kind == "text":
            value.text = draw(NAMES)
        else:
            places = 0 if measure.kind == "count" else 6
            most = 100 if measure.kind == "percent" else 10**8
            value.number = draw(st.decimals(0, most, places=places)) + Decimal(0)
            value.precision = draw(st.sampled_from(Value.Precision.values))
        value.save()

    def make_links(self, draw, city):
        for at in range(draw(st.integers(0, 2))):
            link = f"https://example.org/{at}?q=%20#x"
            step = draw(st.sampled_from(list(Step.objects.all())))
            StepItem.objects.create(city=city, step=step, title=draw(NAMES), url=link)
            resource = Resource.objects.create(city=city, title=draw(NAMES), url=link)
            resource.topics.set(draw(st.sets(st.sampled_from(list(Topic.objects.all())))))
