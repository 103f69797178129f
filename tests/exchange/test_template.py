"""The workbook as people get it: what helps to fill it in, and that programs can open it."""

import datetime
import re
import tracemalloc
import zipfile

import openpyxl
import pytest

from actions.models import ActionType
from exchange.planning import make_plan
from exchange.reading import read
from exchange.sheets import SHEETS, sheet_classes
from exchange.writing.formats import FORMATS, write
from exchange.writing.layout import LINE
from exchange.writing.page import ROWS_BELOW
from exchange.writing.selection import Selection
from exchange.writing.templates import write_template
from profiles.models import City
from tests.exchange.workbooks import save_by_libreoffice
from tests.factories import make_city, make_user

pytestmark = pytest.mark.django_db

LIST = re.compile(r"Lists!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)")


_books = {}


@pytest.fixture
def blank(port_officer, tmp_path):
    """The template of an officer, written and opened once: tests read it only."""
    if "blank" not in _books:
        write_template(port_officer, tmp_path / "blank.xlsx")
        _books["blank"] = openpyxl.load_workbook(tmp_path / "blank.xlsx")
    return _books["blank"]


@pytest.fixture
def of_anji(anji):
    return make_user("officer.anji@example.org", officer_of=anji)


@pytest.fixture
def filled(of_anji, tmp_path):
    if "filled" not in _books:
        write_template(of_anji, tmp_path / "filled.xlsx", City.objects.all())
        _books["filled"] = (tmp_path / "filled.xlsx").read_bytes()
    path = tmp_path / "filled.xlsx"
    path.write_bytes(_books["filled"])
    return path


def at(page, header):
    """The letter of the column with this header."""
    return next(cell.column_letter for cell in page[1] if cell.value == header)


def rule_of(page, header):
    letter = at(page, header)
    rules = page.data_validations.dataValidation
    return next((rule for rule in rules if str(rule.sqref).startswith(f"{letter}2:")), None)


def offered(book, rule):
    """The words of the list that a drop-down refers to."""
    first, start, last, end = LIST.fullmatch(rule.formula1.lstrip("=")).groups()
    assert first == last
    return [cell.value for (cell,) in book["Lists"][f"{first}{start}:{last}{end}"]]


class TestBlank:
    def test_has_every_sheet_between_read_me_and_lists_and_no_row(self, blank, port_officer):
        names = [sheet.sheet_name for sheet in sheet_classes(port_officer)]
        assert blank.sheetnames == ["Read me", *names, "Lists"]
        assert all(blank[name].max_row == 1 for name in names)
        assert not any(page.sheet_state != "visible" for page in blank)
        assert not any(page.protection.sheet for page in blank)

    def test_only_platform_staff_get_the_sheets_for_staff(self, tmp_path, blank):
        write_template(make_user(is_staff=True), tmp_path / "staff.xlsx")
        of_staff = openpyxl.load_workbook(tmp_path / "staff.xlsx").sheetnames
        assert set(of_staff) - set(blank.sheetnames) == {
            s.sheet_name for s in SHEETS if s.staff_only
        }

    def test_headers_are_bold_frozen_and_say_what_they_take(self, blank):
        page = blank["Actions"]
        assert page.freeze_panes == "B2"
        assert all(cell.font.bold for cell in page[1])
        note = page[f"{at(page, 'Number')}1"].comment.text
        assert "A number that is free makes a new action." in note
        assert "Names the row." in note
        assert "Accepted: a whole number such as 12." in note
        assert "Needed in a new row." in page[f"{at(page, 'Action type')}1"].comment.text

    def test_empty_rows_have_the_formats_of_their_columns(self, blank):
        formats = {
            header: blank[sheet].column_dimensions[at(blank[sheet], header)].number_format
            for sheet, header in [
                ("Cities", "Population"),
                ("Actions", "Last update"),
                ("Actions", "Description"),
                ("Baselines", "Value"),
            ]
        }
        assert formats == {
            "Population": "#,##0",
            "Last update": "yyyy-mm-dd",
            "Description": "@",
            "Value": "General",
        }

    def test_columns_that_name_the_row_are_shaded(self, blank):
        for cls in SHEETS:
            if cls.staff_only:
                continue
            page = blank[cls.sheet_name]
            shaded = [
                column.header
                for column in cls.fields.values()
                if page.column_dimensions[at(page, column.header)].fill.fill_type == "solid"
            ]
            assert shaded == [c.header for c in cls.fields.values() if c.is_key]

    def test_drop_downs_offer_the_catalogue_and_let_names_through(self, blank):
        rule = rule_of(blank["Actions"], "Action type")
        codes = list(ActionType.objects.values_list("code", flat=True))
        assert offered(blank, rule) == codes
        assert rule.errorStyle == "warning"
        assert rule.showErrorMessage
        assert str(rule.sqref).endswith(f"2:{at(blank['Actions'], 'Action type')}{ROWS_BELOW + 1}")

    @pytest.mark.parametrize(
        ("sheet", "header", "word"),
        [
            ("Cities", "Country", "CN"),
            ("Cities", "State", "published"),
            ("Cities", "Sample", "yes"),
            ("Cities", "Language", "zh-Hans"),
            ("Commitments", "Commitment", "ecosystems"),
            ("Baselines", "Measure", "total_area"),
            ("Baselines", "Unit", "ha"),
            ("Targets", "Precision", "more-than"),
            ("Pathway", "Step", "set-baseline"),
        ],
    )
    def test_offers(self, blank, sheet, header, word):
        assert word in offered(blank, rule_of(blank[sheet], header))

    def test_offers_own_cities_only(self, port_officer, tmp_path):
        make_city("Elsewhere")
        write_template(port_officer, tmp_path / "blank.xlsx")
        book = openpyxl.load_workbook(tmp_path / "blank.xlsx")
        assert offered(book, rule_of(book["Actions"], "City")) == ["port-trial"]
        assert "elsewhere" not in {cell.value for row in book["Lists"].rows for cell in row}

    def test_several_words_in_one_cell_are_not_warned_of(self, blank):
        rule = rule_of(blank["Resources"], "Topics")
        assert "business-finance" in offered(blank, rule)
        assert not rule.showErrorMessage

    def test_lists_have_names_and_official_words_beside_the_codes(self, blank):
        rows = list(blank["Lists"].iter_rows(values_only=True))
        place = rows[0].index("Action type")
        official = dict(ActionType.objects.values_list("code", "name"))
        assert {row[place]: row[place + 1] for row in rows[2 : 2 + len(official)]} == official
        assert LIST.fullmatch(blank.defined_names["list_actiontype"].attr_text)
        assert max(row.height or LINE for row in blank["Lists"].row_dimensions.values()) <= 2 * LINE

    def test_read_me_tells_of_every_column(self, blank, port_officer):
        rows = ([cell for cell in row if cell] for row in blank["Read me"].values)
        words = [row for row in rows if row]
        for cls in sheet_classes(port_officer):
            assert [cls.sheet_name] in words
            assert [str(cls.purpose)] in words
            headers = [row[0] for row in words]
            assert {column.header for column in cls.fields.values()} <= set(headers)
        text = "\n".join(" ".join(row) for row in words)
        assert "deletes nothing" in text
        assert re.search(r"Written on \d{4}-\d\d-\d\d, without any rows so far\.", text)


class TestFilled:
    def test_changes_nothing_when_it_is_sent_back(self, filled, of_anji):
        plan = make_plan(read(filled), of_anji)
        assert plan.is_sound, plan.problems
        assert not plan.changes_anything
        assert plan.totals["unchanged"] > 60

    def test_drop_downs_go_on_below_the_rows(self, filled):
        page = openpyxl.load_workbook(filled)["Actions"]
        assert str(rule_of(page, "City").sqref) == f"A2:A{page.max_row + ROWS_BELOW}"

    def test_only_own_cities_are_in_it(self, of_anji, tmp_path):
        make_city("Elsewhere")
        write_template(of_anji, tmp_path / "filled.xlsx", City.objects.all())
        page = openpyxl.load_workbook(tmp_path / "filled.xlsx")["Cities"]
        assert [cell.value for cell in page["A"]] == ["City", "anji-county"]

    def test_keeps_to_what_excel_takes(self, filled):
        """Excel repairs, that is mutilates, what exceeds its limits."""
        book = openpyxl.load_workbook(filled)
        for page in book:
            assert len(page.title) <= 31
            for rule in page.data_validations.dataValidation:
                texts = (rule.formula1, rule.error, rule.prompt)
                assert all(len(text or "") <= 255 for text in texts)
                assert len(rule.errorTitle or "") <= 32
            notes = [cell.comment.text for row in page.rows for cell in row if cell.comment]
            assert all(len(note) <= 32_767 for note in notes)
        for name in book.defined_names:
            assert re.fullmatch(r"[a-z_]{3,255}", name)

    def test_holds_no_formula_and_no_link(self, filled):
        with zipfile.ZipFile(filled) as archive:
            names = archive.namelist()
            pages = [archive.read(name) for name in names if "/worksheets/sheet" in name]
        assert not any(b"<f>" in page or b"hyperlink" in page for page in pages)
        assert "xl/calcChain.xml" not in names

    @pytest.mark.libreoffice
    def test_libreoffice_keeps_what_is_in_it(self, filled, of_anji, tmp_path):
        saved = save_by_libreoffice(filled, tmp_path)
        plan = make_plan(read(saved), of_anji)
        assert plan.is_sound, plan.problems
        assert not plan.changes_anything
        book = openpyxl.load_workbook(saved)
        rules = book["Actions"].data_validations.dataValidation
        assert any("Lists" in rule.formula1 for rule in rules)
        assert book["Actions"]["B1"].comment is not None


class ManyRows(Selection):
    """So many actions, made up as they are asked for."""

    def __init__(self, count):
        super().__init__(None, City.objects.none())
        self.count = count

    def rows_of(self, sheet):
        if sheet.sheet_name == "Actions":
            for number in range(self.count):
                text = f"Hedge {number} has been planted where a wall stood. " * 3
                row = {"city": "port-trial", "number": number, "description": text}
                row["updated_on"] = datetime.date(2026, 4, 8)
                yield [row.get(name) for name in sheet.fields]


def test_memory_does_not_grow_with_the_rows(catalogue, tmp_path):
    def peak(count):
        tracemalloc.start()
        write(ManyRows(count), FORMATS["xlsx"], tmp_path / "many.xlsx")
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(2_000) < peak(100) * 1.1
