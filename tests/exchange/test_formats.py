"""The way out as .csv and .json, and what of it somebody gets."""

import csv
import io
import json
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from actions.models import Action, CityCommitment, Statement
from exchange.planning import make_plan
from exchange.reading import read
from exchange.sheets import SHEETS
from exchange.writing.formats import FORMATS, csv_cell, write
from exchange.writing.selection import Selection
from hub.models import Resource
from profiles.csv_json import csv_line, json_value
from profiles.models import City
from tests.factories import make_action, make_city, make_statement, make_user

GUARDED = "=+-@\t\r'"


def text_of(selection, ending, sheet=None):
    file = io.BytesIO()
    write(selection, FORMATS[ending], file, sheet=sheet)
    return file.getvalue().decode("utf-8")


def rows_of(selection, sheet):
    """The rows of a .csv, without its mark and headers, its guards still there."""
    return list(csv.reader(io.StringIO(text_of(selection, "csv", sheet), newline="")))[1:]


@pytest.fixture
def city(catalogue):
    return make_city("Port Trial", about="-5 °C in winter", population=120_000)


@pytest.fixture
def whole(city):
    return Selection.of_cities(None, City.objects.all())


class TestCSV:
    def test_is_what_excel_opens(self, whole):
        text = text_of(whole, "csv", "Cities")
        assert text.startswith("\ufeffCity,Name,Local name,Country,")
        assert text.count("\r\n") == text.count("\n") == 2

    def test_guards_text_and_leaves_numbers_alone(self, city, whole, recorded):
        with recorded():
            city.latitude, city.longitude = Decimal("-33.5"), Decimal("151")
            city.head_name = "=1+1"
            city.save()
        (row,) = rows_of(whole, "Cities")
        assert "'-5 °C in winter" in row
        assert "'=1+1" in row
        assert {"-33.5", "151", "120000"} <= set(row)

    @pytest.mark.parametrize(
        ("number", "written"),
        [
            ("1.234", "1.2340"),
            ("-12.500", "-12.5"),
            ("1234.567", "1234.567"),
            ("1.2345", "1.2345"),
            ("1E+3", "1000"),
            ("-0", "0"),
        ],
    )
    def test_no_number_reads_in_two_ways(self, number, written):
        assert csv_cell(Decimal(number)) == written

    @limits(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([*GUARDED, ""]),
                st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1),
            ).map("".join),
            min_size=1,
            max_size=20,
        )
    )
    def test_reading_takes_away_what_writing_puts_before_a_text(self, texts):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "Cities.csv"
            lines = [csv_line(["City", "About"])]
            lines += [csv_line(["port-trial", csv_cell(text)]) for text in texts]
            path.write_bytes(("\ufeff" + "".join(lines)).encode())
            data = read(path).sheets["cities"]
        assert [row[1] for _number, row in data.rows] == texts


class TestJSON:
    def test_has_typed_rows_by_header(self, city, whole):
        make_action(city, "natural-areas", baseline={"total_area": Decimal("12.50")})
        said = json.loads(text_of(whole, "json"), parse_float=Decimal)
        assert (said["format"], said["version"]) == ("citiesnature-sheets", 1)
        assert list(said["sheets"]) == [sheet.sheet_name for sheet in SHEETS]
        (row,) = said["sheets"]["Baselines"]
        assert (row["City"], row["Action number"]) == ("port-trial", 1)
        assert (row["Value"], row["Unit"], row["Year"]) == (Decimal("12.5"), "km2", None)
        assert said["sheets"]["Cities"][0]["Population"] == 120_000
        assert len(said["sheets"]["Actions"][0]["Last update"]) == len("2026-04-08")
        assert said["sheets"]["Pathway"] == []

    def test_numbers_keep_all_their_digits(self):
        assert json_value(Decimal("12345678901234567.12345")) == "12345678901234567.12345"

    def test_text_stays_text(self, whole, city, recorded):
        with recorded():
            city.head_name = '=1+1 "quoted" \u2028 😀'
            city.save()
        (row,) = json.loads(text_of(whole, "json"))["sheets"]["Cities"]
        assert row["Head of government"] == '=1+1 "quoted" \u2028 😀'


@pytest.mark.django_db
class TestSelection:
    def sheets(self, selection):
        said = json.loads(text_of(selection, "json"))
        return {name: rows for name, rows in said["sheets"].items() if rows}

    def test_an_officer_gets_nothing_of_others(self, city):
        make_action(make_city("Elsewhere"))
        officer = make_user(officer_of=city)
        make_action(city)
        for selection in (
            Selection.of_cities(officer, City.objects.all()),
            Selection.of_rows(officer, Action, Action.objects.all()),
            Selection.of_rows(officer, City, City.objects.all()),
        ):
            found = self.sheets(selection)
            assert {row["City"] for rows in found.values() for row in rows} == {"port-trial"}
            assert "Officers" not in [sheet.sheet_name for sheet in selection.sheets]

    def test_platform_staff_get_officers_too(self, city):
        make_user("o@example.org", officer_of=city)
        staff = make_user(is_staff=True)
        assert self.sheets(Selection.of_cities(staff, City.objects.all())).keys() == {
            "Cities",
            "Officers",
        }

    def test_nobody_without_a_role_gets_anything(self, city):
        assert not self.sheets(Selection.of_cities(make_user(), City.objects.all()))

    def test_chosen_actions_bring_what_is_said_of_them(self, city):
        chosen = make_action(city, "natural-areas", baseline={"total_area": 12})
        make_statement(chosen, Statement.Kind.TARGET, {"natural_area": 5}, due_year=2030)
        make_action(city, "natural-areas", baseline={"total_area": 1})
        found = self.sheets(Selection.of_rows(None, Action, Action.objects.filter(pk=chosen.pk)))
        assert found.keys() == {"Actions", "Baselines", "Targets"}
        assert [row["Value"] for row in found["Baselines"]] == [12]
        assert len(found["Actions"]) == 1

    @pytest.mark.parametrize("model", [CityCommitment, Resource])
    def test_chosen_rows_of_other_lists_come_alone(self, city, model):
        make_action(city)
        selection = Selection.of_rows(None, model, model.objects.all())
        assert [sheet.model for sheet in selection.sheets] == [model]

    def test_is_named_after_the_city_or_the_sheet(self, city):
        rows = Selection.of_rows(None, Action, Action.objects.all())
        assert Selection.of_cities(None, City.objects.all()).name == "port-trial"
        assert rows.name == "port-trial-actions"
        make_city("Elsewhere")
        assert Selection.of_cities(None, City.objects.all()).name == "cities"
        assert rows.name == "actions"

    def test_statements_without_a_year_come_first(self, city):
        """SQLite and PostgreSQL do not agree on where empty ones go."""
        action = make_action(city, "natural-areas")
        for year in (2030, None, 2025):
            make_statement(action, Statement.Kind.TARGET, due_year=year)
        targets = self.sheets(Selection.of_cities(None, City.objects.all()))["Targets"]
        assert [row["Due year"] for row in targets] == [None, 2025, 2030]


class TestCommand:
    def test_writes_what_the_ending_says(self, city, tmp_path):
        call_command("export_workbook", "--output", tmp_path / "all.json")
        call_command("export_workbook", "--output", tmp_path / "c.csv", "--sheet", "Cities")
        assert json.loads((tmp_path / "all.json").read_text("utf-8"))["sheets"]["Cities"]
        assert (tmp_path / "c.csv").read_bytes().startswith(b"\xef\xbb\xbfCity,")

    @pytest.mark.parametrize("options", [(), ("--city", "port-trial")])
    def test_writes_a_template(self, city, tmp_path, options):
        path = tmp_path / "template.xlsx"
        call_command("export_workbook", "--template", "--output", path, *options)
        assert make_plan(read(path)).totals["unchanged"] == bool(options)

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (("a.csv", "--sheet", "Citis"), "Did you mean “Cities”"),
            (("a.csv", "--template"), "must end in .xlsx"),
            (("a.xlsx", "--template", "--sheet", "Cities"), "must end in .xlsx"),
        ],
    )
    def test_says_what_is_wrong(self, city, tmp_path, options, words):
        name, *rest = options
        with pytest.raises(CommandError, match=words):
            call_command("export_workbook", "--output", tmp_path / name, *rest)
        assert not list(tmp_path.iterdir())
