"""What a list becomes, and what each of its columns is."""

import pytest

from exchange.mapping.columns.columns import guess_uses
from exchange.mapping.columns.content import contents_of
from exchange.mapping.columns.targets import guess_target
from exchange.mapping.columns.use import NOT_IMPORTED
from exchange.mapping.table.layout import SourceRow, columns_of
from exchange.models.mapping import Target


def read(headers, *rows):
    made = [SourceRow("List", number, list(row)) for number, row in enumerate(rows, start=2)]
    return columns_of(headers), made


def fields(target, headers, *rows):
    columns, rows = read(headers, *rows)
    return [use.field for use in guess_uses(target, columns, rows, {})]


PLAN = (
    ["Axe", "Titre", "Descriptif", "Thématique", "Personne pilote", "Budget", "Statut", "Fin"],
    ["Axe 1", "Planter", "Planter 200 arbres", "Eau", "Ana Sol", 1200, "En cours", "2030-12-31"],
    ["", "Semer", "Semer une prairie", "Arbres", "Jo Lac", 800, "À venir", "31/12/2027"],
    ["", "Creuser", "Creuser une mare", "Eau", "Ana Sol", 50, "À venir", "31/12/2028"],
    ["Axe 2", "Compter", "Compter les oiseaux", "Arbres", "Jo Lac", 0, "Réalisé", "2025-01-01"],
)
CITIES = (
    ["name", "iso", "lat", "lng", "population", "region", "initiatives_committed"],
    ["Łódka", "POL", 51.76, 19.46, "1,765,000", "NA", "Net2019;;Compact2021"],
    ["Đà Xanh", "VNM", 16.05, 108.2, "NA", "NA", "Compact2021"],
    ["San Inventado", "CRI", 9.93, -84.09, "2e+05", "NA", "Net2019;;Compact2021"],
)
YEARS = (
    ["Indicador", "Unidad", "Observado 2018", "Observado 2019", "Meta 2030", "Fuente"],
    ["Superficie verde", "ha", 310.5, "n/d", 400, "Anuario"],
    ["Residuos", "kg", "más de 15", 398, 150, "Anuario"],
)
LONG = (
    ["Indicator code", "Indicator", "Type of disaggregation", "Disaggregation", "Year", "Value"],
    ["12.1", "Green space", "City", "Al-Waha", 2019, 22.1],
    ["12.1", "Green space", "City", "Al-Waha", 2021, 22.4],
)
PLEDGES = (["Ville", "Engagement", "Signé le"], ["Lyon", "Charte", "03/05/2021"])


@pytest.mark.parametrize(
    ("lines", "target"),
    [
        (PLAN, "actions"),
        (CITIES, "cities"),
        (YEARS, "statements"),
        (LONG, "statements"),
        (PLEDGES, "commitments"),
        ((["nome", "codigo_ibge", "capital"], ["Abadia", 5200050, 0]), "cities"),
        ((["Projekt", "2024", "2025"], ["Bäume", 1, 2]), "statements"),
        ((["Maßnahme", "Beschreibung", "2024", "2025"], ["Bäume", "Viele", 1, 2]), "actions"),
        (
            (
                ["Maßnahme", "Zuständigkeit", "Status", "Stand 2019", "Stand 2020", "Ziel 2030"],
                ["Bäume", "Umweltamt", "läuft", 1, 2, 9],
            ),
            "actions",
        ),
        ((["x1", "x2"], ["a", "b"]), "actions"),
    ],
)
def test_the_target_is_guessed_with_its_reason(lines, target):
    found, why = guess_target(*read(*lines))
    assert found == target
    assert why


@pytest.mark.parametrize(
    ("field", "whole", "narrowed"),
    [
        (
            "population",
            ["Population (2020)", "Resident population", "Население, тыс. чел.", "人口（万人）"],
            ["Population density", "Population (per km²)", "Urban population (%)", "人口密度"]
            + ["Population growth", "Population 15-64", "Densité de population"],
        ),
        (
            "area",
            ["Area (1000 ha)", "Superficie km2", "Fläche in ha", "行政区域面积"],
            ["Green area (ha)", "Waldfläche (ha)", "绿地面积", "Area of parks (ha)"],
        ),
    ],
)
def test_a_figure_of_a_city_is_guessed_where_the_header_means_all_of_it(field, whole, narrowed):
    for header in [*whole, *narrowed]:
        head = ["City", "Country", header]
        found = fields(Target.CITIES, head, ["Anji", "CHN", 250], ["Lyon", "FRA", 31])[2]
        assert (found == field) == (header in whole), header


def test_a_day_of_the_work_is_none_on_which_a_commitment_was_made():
    rows = [["Lyon", "Charter", "2024-03-01"], ["Anji", "Charter", "2023-05-01"]]
    for header, field in [("Deadline", NOT_IMPORTED), ("Start", NOT_IMPORTED), ("Date", "made_on")]:
        assert fields(Target.COMMITMENTS, ["City", "Commitment", header], *rows)[2] == field


def test_a_cell_is_filled_from_above_only_in_groups_that_nothing_breaks():
    def fills(*rows):
        rows = [
            [axis, group, f"Plan {at}", "Trees are planted"]
            for at, (axis, group) in enumerate(rows)
        ]
        columns, rows = read(["Nr", "Handlungsfeld", "Titel", "Beschreibung"], *rows)
        return guess_uses(Target.ACTIONS, columns, rows, {})[1].fills_down

    assert fills(*[("1", "Parks"), ("1", ""), ("1", ""), ("2", "Rivers"), ("2", ""), ("2", "")])
    assert not fills(*[("1", "Parks"), ("2", ""), ("1", ""), ("2", "Rivers"), ("1", ""), ("2", "")])
    assert not fills(
        *[("1", "Parks"), ("1", ""), ("1", "Rivers"), ("2", ""), ("2", "Parks"), ("2", "")]
    )


def test_a_plan_of_actions():
    columns, rows = read(*PLAN)
    uses = guess_uses(Target.ACTIONS, columns, rows, {})
    found = [(use.field, use.has_title, use.fills_down) for use in uses]
    assert found == [
        ("description", True, True),
        ("title", False, False),
        ("description", False, False),
        ("action_type", False, False),
        (NOT_IMPORTED, False, False),
        (NOT_IMPORTED, False, False),
        ("description", True, False),
        ("days", True, False),
    ]
    assert all(use.why and use.is_guess for use in uses)


def test_cities():
    columns, rows = read(*CITIES)
    uses = guess_uses(Target.CITIES, columns, rows, {})
    assert [use.field for use in uses] == [
        *("name", "country", "latitude", "longitude", "population", "state", "commitments")
    ]
    assert uses[-1].separator == ";;"


def test_figures():
    years = ["measure", "unit", "value_of_year", "value_of_year", "value_of_year", "source"]
    assert fields(Target.STATEMENTS, *YEARS) == years
    long = [NOT_IMPORTED, "measure", NOT_IMPORTED, "city", "year", "value"]
    assert fields(Target.STATEMENTS, *LONG) == long


def test_names_of_people_notes_and_addresses_of_mails_are_not_imported():
    headers = ["Projekt", "Ansprechpartner", "Bemerkungen", "X", "Kosten"]
    row = ["Bäume", "Ana Sol", "Bitte noch einmal anrufen", "ana@example.org", "12 €"]
    assert fields(Target.ACTIONS, headers, row)[1:] == [NOT_IMPORTED] * 4


@pytest.mark.parametrize(
    ("mails", "field"),
    [(["info@a.org", "stadt@b.org"], "contact_email"), (["info@a.org", "j.lac@b.org"], "")],
)
def test_mail_addresses_of_people_are_not_imported(mails, field):
    rows = [["Lima", "PER", mail] for mail in mails]
    assert fields(Target.CITIES, ["City", "ISO", "E-mail"], *rows)[2] == field


def test_long_texts_below_action_describe_it():
    rows = [["1", "Ein langer Text " * 30], ["2", "Noch ein langer Text " * 30]]
    assert fields(Target.ACTIONS, ["Nr", "Maßnahme"], *rows) == ["key", "description"]


def test_a_field_for_one_column_goes_to_the_likeliest():
    headers, rows = ["Country", "ISO", "Ort", "Name"], [["Peru", "PER", "A", "Lima"]]
    found = fields(Target.CITIES, headers, *rows)
    assert found == ["country", NOT_IMPORTED, NOT_IMPORTED, "name"]


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("ID", ["A-1", "A-2", "A-3"], "key"),
        ("ID", ["A-1", "A-1", "A-3"], NOT_IMPORTED),
        ("ID", ["A-1", "", "A-3"], NOT_IMPORTED),
        ("Ende", [46388, "2028", "31.12.2027"], "days"),
        ("Ende", ["bald", "2028", "Herbst"], "description"),
        ("Fläche in ha", [1.5, 2, 3], "description"),
        ("Zielwert", [1.5, 2, 3], "target"),
        ("Ziel Fläche 2030 (ha)", [1.5, 2, 3], "target"),
        ("Ziel 2030", ["1.200", "ca. 15 %", "3,5 ha"], "target_text"),
        ("Full Year Forecast 2018/19", [1.5, 2, 3], NOT_IMPORTED),
        ("YTD Actual", [1.5, 2, 3], NOT_IMPORTED),
        ("Geplante Kosten", [1.5, 2, 3], NOT_IMPORTED),
        ("Dauerhaft", ["ja", "nein", "ja"], NOT_IMPORTED),
        ("foo", [1.5, 2, 3], NOT_IMPORTED),
        ("foo", ["Ein langer Text " * 8, "Noch ein langer Text " * 8, ""], "description"),
        ("Stadt", [1, 2, 3], NOT_IMPORTED),
    ],
)
def test_cells_decide_with_the_header(header, values, field):
    rows = [[f"Action {at}", f"Text {at}", value] for at, value in enumerate(values)]
    assert fields(Target.ACTIONS, ["Titel", "Beschreibung", header], *rows)[2] == field


def test_a_key_may_lack_in_few_rows_which_are_named():
    rows = [[f"B-{at}", f"Action {at}"] for at in range(60)]
    rows[7][0], rows[9][0] = "", "B-1"
    columns, made = read(["ID", "Titel"], *rows)
    use = guess_uses(Target.ACTIONS, columns, made, {})[0]
    assert use.field == "key"
    assert use.why.endswith("It is empty in row 9. Row 11 has that of a row above.")


@pytest.mark.parametrize(
    ("headers", "last", "around", "target"),
    [
        (["CPRO", "NOMBRE", "DC"], "07", "Relación de municipios y sus códigos", "cities"),
        (["code", "nombre", "provinceCode"], "13", "list.csv", "cities"),
        (["code", "nombre", "color"], "azul", "list.csv", "actions"),
        (["code", "nombre", "Descripción"], "Un texto", "municipios.csv", "actions"),
    ],
)
def test_bare_lists_of_names_are_of_cities_where_something_says_so(headers, last, around, target):
    rows = [[f"0{at}", f"Villa{'x' * at}", last] for at in range(3)]
    assert guess_target(*read(headers, *rows), [around])[0] == target


def test_where_nothing_describes_an_action_its_title_does():
    assert fields(Target.ACTIONS, ["Nr", "Titel"], ["1", "Bäume"])[1] == "description"


def test_what_was_decided_goes_before_the_guess():
    columns, rows = read(*CITIES)
    said = {"columns": {"iso": {"field": NOT_IMPORTED}, "region": {"field": "country"}}}
    uses = guess_uses(Target.CITIES, columns, rows, said)
    assert [(use.field, use.is_guess) for use in (uses[1], uses[5])] == [
        (NOT_IMPORTED, False),
        ("country", False),
    ]
    of_another = {"target": "actions", **said}
    assert guess_uses(Target.CITIES, columns, rows, of_another)[1].field == "country"


def test_words_in_cells_are_divided_by_what_comes_again():
    values = [
        ["a; b", "one, two and three", "x | y"],
        ["b; a", "four, five and six", "y | z"],
        ["a", "seven", "x"],
    ]
    columns, rows = read(["A", "B", "C"], *values)
    contents = contents_of(columns, rows)
    assert [contents[column.key].separator for column in columns] == [";", "", "|"]


def test_a_header_that_ends_with_a_word_for_keys_names_its_rows_where_its_cells_do():
    columns, rows = read(["Facility ID", "Name"], ["PK1", "Fountain"], ["PK2", "Basin"])
    assert [use.field for use in guess_uses(Target.ACTIONS, columns, rows, {})][0] == "key"
    columns, rows = read(["Facility ID", "Name"], ["PK1", "Fountain"], ["PK1", "Basin"])
    assert [use.field for use in guess_uses(Target.ACTIONS, columns, rows, {})][0] == ""


def test_where_headers_say_the_years_no_other_column_does():
    columns, rows = read(["Maßnahme", "Beginn", "2019", "2020"], ["Bäume", "01.03.2019", 1, 2])
    found = [use.field for use in guess_uses(Target.STATEMENTS, columns, rows, {})]
    assert found == ["measure", "", "value_of_year", "value_of_year"]


def test_the_column_of_the_cities_is_found_under_another_header():
    columns, rows = read(["Capoluoghi", "Zona", "2019", "2020"], ["Torino", "Nord", 1, 2])
    decided = {"columns": {"comuni": {"field": "city"}}}
    uses = guess_uses(Target.STATEMENTS, columns, rows, decided, {"torino", "asti"})
    assert [use.field for use in uses][:2] == ["city", ""]
    assert "“comuni”" in uses[0].why
    uses = guess_uses(Target.STATEMENTS, columns, rows, {}, {"torino", "asti"})
    assert uses[0].field == ""


def test_a_later_year_of_what_is_progress_is_offered_as_progress():
    headers = ["Titel", "Bäume 2019", "Bäume 2021", "Bäume 2022", "Ziel Bäume 2022", "Hecken 2022"]
    columns, rows = read(headers, ["Pflanzen", 1, 2, 3, 4, 5], ["Pflegen", 1, 2, 3, 4, 5])
    said = {"bäume 2019": {"field": "baseline"}, "bäume 2021": {"field": "progress"}}
    uses = guess_uses(Target.ACTIONS, columns, rows, {"columns": said})
    taken = [(use.column.name, use.is_guess) for use in uses if use.field == "progress"]
    assert taken == [("Bäume 2021", False), ("Bäume 2022", True)]
    assert next(use.field for use in uses if use.column.name == "Bäume 2019") == "baseline"
