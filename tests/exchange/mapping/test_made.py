"""What a list becomes: a workbook of ours that the import takes, and finds again next year."""

import csv
import datetime

import pytest
from openpyxl import Workbook

from actions.models import Action, Statement
from exchange.applying import apply
from exchange.mapping.columns.fields import FIELDS
from exchange.mapping.draft import Draft
from exchange.mapping.making.book import write_made
from exchange.mapping.making.made import make
from exchange.mapping.making.our_cells import OurCells
from exchange.mapping.making.result import Doubt, by_kind
from exchange.models.mapping import Target
from profiles.models import City
from tests.exchange.workbooks import plan_of
from tests.factories import make_action, make_city

HEAD = [
    "Nr",
    "Stadt",
    "Maßnahme",
    "Beschreibung",
    "Fläche 2020 (ha)",
    "Ziel Fläche 2030 (ha)",
    "Amt",
]
PLAN = [
    HEAD,
    [
        "A1",
        "Port Trial",
        "Moor wiedervernässen",
        "Die Gräben werden geschlossen.",
        "12,5",
        "40",
        "Umwelt",
    ],
    ["A2", "Port Trial", "Hecken pflanzen", "Auf städtischen Feldern.", "3", "ca. 9", ""],
    ["A3", "Port Trial", "Dächer begrünen", "Mit heimischen Arten.", "", "", "Bau"],
]
USES = {
    "nr": "key",
    "stadt": "city",
    "massnahme": "title",
    "beschreibung": "description",
    "fläche 2020 (ha)": "baseline",
    "ziel fläche 2030 (ha)": "target",
    "amt": "department",
}
ACTIONS = {
    "target": {"target": "actions"},
    "columns": {"columns": {key: {"field": field} for key, field in USES.items()}},
    "constants": {"action_type": "awareness-education"},
}


@pytest.fixture
def draft_of(tmp_path):
    """A function that writes rows as a .csv and gives the draft of it."""

    def write(rows, decisions=None, name="list.csv", user=None):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
        return Draft(path, name, decisions or {}, user)

    return write


@pytest.fixture
def planned(tmp_path):
    """A function that makes the workbook of a draft and plans its import: (`Made`, plan)."""

    def run(draft):
        made, path = make(draft), tmp_path / "made.xlsx"
        write_made(made, path, draft.user)
        return made, plan_of(path)

    return run


def test_each_field_leads_to_a_column_that_is_there():
    sheets = {Target.CITIES: "Cities", Target.COMMITMENTS: "Commitments", Target.ACTIONS: "Actions"}
    ours = OurCells(None)
    for target, sheet in sheets.items():
        ours.refuse_unknown(sheet, [one.header for one in FIELDS[target] if one.header])
    with pytest.raises(KeyError):
        ours.refuse_unknown("Cities", ["Kontinent"])


def test_doubts_of_one_kind_are_one_line():
    rows = [*range(5, 9), 12]
    doubts = [Doubt(f"“{row}” is 2030-09-{row:02}.", "T", row, "Fin") for row in rows]
    doubts.insert(2, Doubt("The title is long.", "T", 6, "Titre"))
    kinds = [(kind.first.row, kind.count, kind.rows) for kind in by_kind(doubts)]
    assert kinds == [(5, 5, "5–8, 12"), (6, 1, "6")]  # noqa: RUF001 (the dash of ranges)


@pytest.mark.django_db
def test_the_same_list_next_year_changes_its_actions(catalogue, port, draft_of, planned):
    make_action(port)
    made, plan = planned(draft_of(PLAN, ACTIONS, "Plan 2025.csv"))
    assert (plan.problems, made.left_out) == ([], [])
    apply(plan)
    rows = Action.objects.filter(city=port).exclude(reference="").order_by("number")
    assert [(row.number, row.reference, row.summary, row.department) for row in rows] == [
        (2, "Plan: A1", "Moor wiedervernässen", "Umwelt"),
        (3, "Plan: A2", "Hecken pflanzen", ""),
        (4, "Plan: A3", "Dächer begrünen", "Bau"),
    ]
    figure = rows[0].own_figures.get()
    assert (figure.name, figure.kind, figure.unit) == ("Fläche", "area", "ha")
    states = Statement.objects.filter(action=rows[1]).order_by("kind")
    stated = [(one.kind, one.year or one.due_year, one.values.get()) for one in states]
    assert [(*one[:2], one[2].number, one[2].precision) for one in stated] == [
        ("baseline", 2020, 3, "exactly"),
        ("target", 2030, 9, "about"),
    ]
    again = planned(draft_of(PLAN, ACTIONS, "Plan 2026.csv"))[1]
    assert again.is_sound
    assert not again.changes_anything
    made = make(draft_of(PLAN[:2], ACTIONS, "Plan 2027.csv"))
    assert made.open_doubts[0].message == (
        "2 rows of last time are not in this list: “A2”, “A3”. Their actions stay as they are."
    )
    unread = [*PLAN[:2], PLAN[2], ["A3", "Nowhere", *PLAN[3][2:]]]
    assert all("last time" not in one.message for one in make(draft_of(unread, ACTIONS)).doubts)
    first = make(draft_of(PLAN, ACTIONS, "Plan 2027.csv"), most=1)
    assert all("last time" not in one.message for one in first.doubts)
    later = [HEAD, *PLAN[1:], ["A4", "Port Trial", "Teich anlegen", "Am Bahnhof.", "", "", ""]]
    later[1] = [*later[1][:5], "45", "Umwelt"]
    later[2] = [*later[2][:5], "10", ""]
    later[3] = [*later[3][:3], "Mit heimischen Arten und Moosen.", "", "", "Bau"]
    plan = planned(draft_of(later, ACTIONS, "Plan_2026-03-01 final.csv"))[1]
    assert plan.is_sound
    assert (plan.totals["new"], plan.totals["changed"]) == (1, 3)
    apply(plan)
    assert port.actions.count() == 5
    assert port.actions.get(reference="Plan: A4").number == 5
    no_longer_about = rows[1].statements.get(kind="target").values.get()
    assert (no_longer_about.number, no_longer_about.precision) == (10, "exactly")


@pytest.mark.django_db
def test_rows_that_cannot_be_actions_are_named(catalogue, port, draft_of):
    long = "Ein Titel, " * 20
    rows = [
        HEAD,
        ["A1", "Port Trial", long, "Text.", "viele", "", ""],
        ["A1", "Port Trial", "Noch einmal", "Text.", "", "", ""],
        ["A1", "Port Trial", "Noch einmal", "Text.", "", "", ""],
        ["A2", "Port Trial", "", "", "", "", ""],
        ["", "Port Trial", "Ohne Nummer", "Text.", "", "", ""],
        ["A3", "Bielstadt", "", "", "", "", ""],
    ]
    constants = {**ACTIONS["constants"], "adds_cities": True}
    constants |= {"continues": "", "country": port.country.code}
    decisions = {**ACTIONS, "constants": constants}
    made = make(draft_of(rows, decisions))
    assert [(number, why) for _table, number, _words, why in made.left_out] == [
        (4, "Row 3 says the same."),
        (5, "Neither a title nor a description stands in this row."),
        (7, "Neither a title nor a description stands in this row."),
    ]
    assert "Cities" not in made.sheets
    first, second, last = made.sheets["Actions"]
    assert [first["Reference"], second["Reference"]] == ["list: A1", "list: A1 (2)"]
    assert "Summary" not in first
    assert first["Description"].startswith(long.strip())
    assert made.sheets["Baselines"][0]["Text"] == "Fläche 2020 (ha): viele"
    assert "Reference" not in last
    assert {doubt.header for doubt in made.open_doubts} == {"Summary", "Year", "Reference"}


@pytest.mark.django_db
def test_a_row_without_a_title_goes_on_with_the_one_above(catalogue, port, draft_of):
    rows = [
        ["Maßnahme", "Beschreibung", "Kosten", "Ziel 2030 (m)"],
        ["Hecken", "Pflanzen.", "12 €", ""],
        ["", "Auch am Fluss.", "", "300"],
        ["Dächer", "Begrünen.", "", ""],
    ]
    constants = {"city": "port-trial", "action_type": "awareness-education"}
    uses = {"massnahme": {"field": "title"}, "beschreibung": {"field": "description"}}
    uses |= {"kosten": {"field": ""}, "ziel 2030 (m)": {"field": "target"}}
    decisions = {"target": {"target": "actions"}, "constants": constants}
    draft = draft_of(rows, {**decisions, "columns": {"columns": uses}}, "Grün in der Stadt (2).csv")
    assert draft.constants.key_columns == ("massnahme",)
    assert draft.constants.list_name == "Grün in der Stadt"
    made = make(draft)
    first, last = made.sheets["Actions"]
    assert first["Description"] == "Pflanzen.\n– Auch am Fluss. · Ziel 2030 (m): 300"
    assert last["Reference"] == "Grün in der Stadt: Dächer"
    without = {**constants, "key_columns": []}
    made = make(draft_of(rows, {**draft.decisions, "constants": without}))
    assert "Nothing names a row of this list" in made.open_doubts[0].message
    assert not any("Reference" in row for row in made.sheets["Actions"])
    assert [one[2:] for one in made.left_out] == [
        ("Kosten", "The column “Kosten” is not imported.")
    ]


@pytest.mark.django_db
def test_parts_of_an_action_that_repeat_its_title_go_on_with_it(catalogue, port, draft_of):
    rows = [
        ["Axe", "Titre de l'action", "Titre de la sous-action", "Descriptif"],
        ["Axe 1", "Haies", "", "Planter des haies."],
        ["Axe 1", "Haies", "Trouver", "Des espèces locales."],
        ["Axe 1", "Mares", "Creuser", "Deux mares."],
    ]
    constants = {"city": "port-trial", "action_type": "awareness-education"}
    draft = draft_of(rows, {"target": {"target": "actions"}, "constants": constants})
    assert draft.constants.continues == "titre de l'action"
    hedges, ponds = (row["Description"] for row in make(draft).sheets["Actions"])
    assert draft.constants.key_columns == ("titre de l'action",)
    part = "– Des espèces locales.\nTitre de la sous-action: Trouver"
    assert hedges == f"Planter des haies.\nAxe: Axe 1\n{part}"
    assert "Creuser" in ponds


@pytest.mark.django_db
def test_figures_without_their_day_stay_in_words(catalogue, port, draft_of, planned):
    rows = [
        [
            "Title",
            "Text",
            "Area 2020 (ha)",
            "Trees 2019",
            "Area now (ha)",
            "Area 2021 (ha)",
            "Talk",
        ],
        ["Hedges", "Planted.", "12.5", "40", "13", "14", "tlhIngan"],
    ]
    fields = ["title", "description", "baseline", "baseline", "progress", "progress", "language"]
    keys = [header.lower() for header in rows[0]]
    uses = {key: {"field": field} for key, field in zip(keys, fields, strict=True)}
    decisions = {
        "target": {"target": "actions"},
        "columns": {"columns": uses},
        "constants": {"city": "port-trial", "action_type": "access-to-nature"},
    }
    made, plan = planned(draft_of(rows, decisions))
    assert plan.problems == []
    (action,) = made.sheets["Actions"]
    assert action["Description"] == "Planted.\nArea now (ha): 13\nTrees 2019: 40"
    # The type has one official measure of areas: theirs are of it, and that is said.
    assert [(row["Year"], row["Measure"]) for row in made.sheets["Baselines"]] == [
        (2020, "green_blue_area")
    ]
    assert "Own figures" not in made.sheets
    assert [str(row["Date"]) for row in made.sheets["Progress"]] == ["2021-12-31"]
    said = [(doubt.column, doubt.message) for doubt in made.open_doubts]
    assert ("Area now (ha)", "It stands in the description. No day of it is known.") in said
    assert any("into the official measure" in message for _column, message in said)
    assert {"Trees 2019", "Talk"} <= {column for column, _message in said}


@pytest.mark.django_db
def test_cities_come_with_what_is_known_of_them(catalogue, port, draft_of, planned):
    rows = [
        ["City", "Country", "Population", "Area (ha)", "lat", "lon", "Commitments", "Web"],
        ["Port Trial", "Germany", "12500", "250", "54.5", "10.25", "", "www.port.example/nature"],
        ["Nueva Prueba", "ESP", "8000", "", "0", "0.0", "knowledge", "no address"],
        ["Nueva Prueba", "ESP", "8001", "", "", "", "", ""],
    ]
    fields = ["name", "country", "population", "area", "latitude", "longitude", "commitments"]
    fields.append("website")
    keys = [header.lower() for header in rows[0]]
    uses = {key: {"field": field} for key, field in zip(keys, fields, strict=True)}
    words = {"commitments": {"knowledge": "knowledge"}}
    decisions = {
        "target": {"target": "cities"},
        "columns": {"columns": uses},
        "constants": {"adds_cities": True},
        "words": {"words": words},
        "places": {"port trial (de)": "port-trial"},
    }
    made, plan = planned(draft_of(rows, decisions))
    assert [one[1:] for one in made.left_out] == [
        (4, "Nueva Prueba · ESP · 8001", "Row 3 is of this city too.")
    ]
    assert plan.problems == []
    apply(plan)
    port.refresh_from_db()
    assert (port.population, port.area_km2) == (12_500, 2.5)
    assert port.website == "https://www.port.example/nature"
    (refused,) = [one for one in made.open_doubts if one.header == "Website"]
    assert (refused.our_row, refused.words) == (1, "no address")
    new = City.objects.get(slug="nueva-prueba")
    assert (new.name, new.country.code, new.population) == ("Nueva Prueba", "ES", 8000)
    assert (new.latitude, new.longitude) == (None, None)
    nowhere = [one.header for one in made.open_doubts if "lie in the sea" in one.message]
    assert nowhere == ["Latitude", "Longitude"]
    assert new.commitments.get().commitment.code == "knowledge"


@pytest.mark.django_db
def test_new_cities_write_the_language_of_their_country_and_count_in_the_year_of_the_header(
    catalogue, port, draft_of, planned
):
    rows = [
        ["nome", "country", "populacao_2022"],
        ["Vila Prova", "Brazil", "8000"],
        ["Probedorf", "Switzerland", "many"],
        ["Port Trial", "Germany", "12500"],
    ]
    keys = dict(zip(rows[0], ["name", "country", "population"], strict=True))
    decisions = {
        "target": {"target": "cities"},
        "columns": {"columns": {key: {"field": field} for key, field in keys.items()}},
        "constants": {"adds_cities": True},
        "places": {"port trial (de)": "port-trial"},
    }
    made, plan = planned(draft_of(rows, decisions))
    assert plan.problems == []
    known = [(row.get("Language"), row.get("Population year")) for row in made.sheets["Cities"]]
    assert known == [("pt", 2022), (None, None), (None, 2022)]
    (doubt,) = [one for one in made.open_doubts if one.header == "Language"]
    assert doubt.our_row == 1
    assert "the year of 2 numbers" in made.doubts[-1].message

    actions = [["Stadt", "Land", "Maßnahme"], ["Vila Prova", "Brazil", "Hecken pflanzen"]]
    fields = {"stadt": "city", "land": "country", "maßnahme": "description"}
    decisions["target"] = {"target": "actions"}
    decisions["columns"] = {"columns": {key: {"field": one} for key, one in fields.items()}}
    decisions["constants"] |= {"language": "de", "action_type": "awareness-education"}
    sheets = planned(draft_of(actions, decisions))[0].sheets
    assert [sheets[name][0]["Language"] for name in ("Cities", "Actions")] == ["pt", "de"]


@pytest.mark.django_db
def test_commitments_come_once_each(catalogue, port, draft_of, planned):
    rows = [
        ["Ville", "Engagement", "Date"],
        ["Port Trial", "climate", "2024-03-01"],
        ["Port Trial", "climate", "2024-03-02"],
        ["Port Trial", "", "2024-03-02"],
    ]
    uses = {"ville": "city", "engagement": "commitment", "date": "made_on"}
    decisions = {
        "target": {"target": "commitments"},
        "columns": {"columns": {key: {"field": field} for key, field in uses.items()}},
    }
    made, plan = planned(draft_of(rows, decisions))
    assert [one[3] for one in made.left_out] == [
        "Row 2 has this commitment of the city already.",
        "No commitment stands in this row.",
    ]
    assert plan.problems == []
    apply(plan)
    assert str(port.commitments.get().made_on) == "2024-03-01"
    signed = [["Ville", "Date"], ["Port Trial", "2024-03-01"]]
    decisions["constants"] = {"commitment": "knowledge"}
    (row,) = make(draft_of(signed, decisions)).sheets["Commitments"]
    assert row["Commitment"] == "knowledge"


@pytest.mark.django_db
def test_figures_of_years_make_actions_that_are_found_again(catalogue, port, draft_of, planned):
    rows = [
        ["Indicador", "Unidad", "2019", "2021", "Meta 2030"],
        ["Residuos a vertedero", "t", "412", "380", "150"],
    ]
    measure = {"action": "new", "action_type": "awareness-education", "figure": "own"}
    measure |= {"figure_kind": "amount", "unit": "t"}
    decisions = {
        "target": {"target": "statements"},
        "constants": {"city": "port-trial", "list_name": "Anuario"},
        "years": {"measures": {"residuos a vertedero": measure}},
    }
    _made, plan = planned(draft_of(rows, decisions))
    assert plan.problems == []
    apply(plan)
    action = port.actions.get()
    assert (action.reference, action.description) == (
        "Anuario: Residuos a vertedero",
        "Residuos a vertedero",
    )
    assert action.own_figures.get().falls
    kinds = list(action.statements.order_by("kind").values_list("kind", flat=True))
    assert kinds == ["baseline", "progress", "target"]
    rows[1][3] = "379"
    plan = planned(draft_of(rows, decisions))[1]
    assert (plan.totals["new"], plan.totals["changed"]) == (0, 1)
    assert make_city("Elsewhere").actions.count() == 0


@pytest.mark.django_db
def test_an_official_figure_has_its_unit_beside_it(catalogue, port, draft_of, planned):
    rows = [
        ["Indicator", "Unit", "2019", "2021", "2030"],
        ["Municipal waste to landfill per person", "kg per person and year", "412", "", ""],
        ["Public green or blue areas", "km2", "", "3,5", "4,5"],
    ]
    words = ("other-pollution", "landfill_per_person"), ("access-to-nature", "green_blue_area")
    measures = {
        row[0].casefold(): {"action": "new", "action_type": code, "figure": key}
        for row, (code, key) in zip(rows[1:], words, strict=True)
    }
    decisions = {
        "target": {"target": "statements"},
        "constants": {"city": "port-trial"},
        "years": {"measures": measures},
    }
    made, plan = planned(draft_of(rows, decisions))
    assert plan.problems == []
    sheets = ("Baselines", "Targets")
    said = [(str(row["Value"]), row["Unit"]) for name in sheets for row in made.sheets[name]]
    assert said == [("0.412", "t/person/year"), ("3.5", "km2"), ("4.5", "km2")]
    assert [doubt.row for doubt in made.open_doubts] == [2]


@pytest.mark.django_db
def test_of_two_figures_for_one_moment_none_is_taken(catalogue, port, draft_of, planned):
    rows = [
        ["Indicator", "Unit", "2019", "2021", "2023"],
        ["Hedges", "km", "1,5", "3,5", "4,5"],
        ["Hedges", "km", "1,5", "4,5", ""],
    ]
    decisions = {
        "target": {"target": "statements"},
        "constants": {"city": "port-trial", "action_type": "connectivity"},
    }
    made, plan = planned(draft_of(rows, decisions))
    assert plan.problems == []
    assert made.counts == {"Actions": 1, "Own figures": 1, "Baselines": 1, "Progress": 1}
    assert [(one.row, one.words, one.needs_person) for one in made.doubts] == [
        (3, "1,5", False),
        (2, "3,5", True),
        (3, "4,5", True),
        (2, "3,5", False),
    ]
    assert "31 December. (3 figures" in made.doubts[-1].message


@pytest.mark.django_db
def test_plain_counts_are_taken_and_a_refused_figure_leaves_nothing(
    catalogue, port, draft_of, planned
):
    rows = [
        ["Ziel", "Einheit", "2019", "2021"],
        ["Patenschaften", "Anzahl", "310", "402"],
        ["Brunnen", "Stück", "3", "8"],
        ["Versorgung", "%", "45", "150"],
    ]
    decisions = {
        "target": {"target": "statements"},
        "columns": {"columns": {"ziel": {"field": "measure"}}},
        "constants": {"city": "port-trial", "action_type": "awareness-education"},
    }
    made, plan = planned(draft_of(rows, decisions))
    assert plan.problems == []
    rows_made = made.sheets["Baselines"] + made.sheets["Progress"]
    assert [str(row["Value"]) for row in rows_made] == ["310", "3", "45", "402", "8"]
    assert [row.get("Unit", "") for row in made.sheets["Own figures"]] == ["", "", "percent"]
    (doubt,) = [one for one in made.open_doubts if one.words == "150"]
    assert "between 0 and 100" in doubt.message


@pytest.mark.django_db
def test_days_stand_in_the_description_and_what_fills_down_is_not_said_twice(
    catalogue, port, tmp_path
):
    book = Workbook()
    for row in (
        ["Axe", "Titre de l’action", "Descriptif", "Date de début", "Date de fin"],
        ["Axe 1", "Semer", "Une prairie", datetime.date(2024, 6, 19), 46388],
        ["", "", "Choisir les espèces", "", ""],
        ["", "Creuser", "Une mare", datetime.date(2025, 1, 2), "2028"],
        ["Axe 2", "Planter", "Des haies", datetime.date(2025, 3, 4), datetime.date(2027, 5, 6)],
    ):
        book.active.append(row)
    book.save(tmp_path / "plan.xlsx")
    constants = {"city": port.slug, "action_type": "awareness-education"}
    decisions = {"constants": constants}
    made = make(Draft(tmp_path / "plan.xlsx", "plan.xlsx", decisions, None))
    assert [row["Description"] for row in made.sheets["Actions"]] == [
        "Une prairie\nAxe: Axe 1\nDate de début: 2024-06-19\nDate de fin: 2027-01-01\n"
        "– Choisir les espèces",
        "Une mare\nAxe: Axe 1\nDate de début: 2025-01-02\nDate de fin: 2028",
        "Des haies\nAxe: Axe 2\nDate de début: 2025-03-04\nDate de fin: 2027-05-06",
    ]
    (doubt,) = [one for one in made.doubts if one.column == "Date de fin"]
    assert (doubt.words, doubt.our_row, doubt.header) == ("46388", 0, "Description")
    (filled,) = [one for one in made.doubts if one.column == "Axe"]
    assert (filled.row, filled.needs_person) == (3, True)
    assert "In 2 rows the cell is empty" in filled.message


@pytest.mark.django_db
def test_a_figure_that_no_header_names_is_found_again_next_year(catalogue, port, draft_of, planned):
    fields = {"Nr": "key", "Maßnahme": "title", "Text": "description", "Einheit": "unit"}
    fields |= {"Stand 2019": "baseline", "Stand 2020": "progress", "Ziel 2030": "target"}
    decisions = {
        "target": {"target": "actions"},
        "columns": {"columns": {key.casefold(): {"field": one} for key, one in fields.items()}},
        "constants": {"city": "port-trial", "action_type": "awareness-education"},
    }
    decisions["columns"]["columns"] |= {
        "massnahme": {"field": "title"},
        "stand 2021": {"field": "progress"},
    }
    rows = [[*fields], ["1.1", "Paten finden", "Für Bäume.", "Anzahl", "310", "355", "1000"]]
    made, plan = planned(draft_of(rows, decisions, "Plan 2020.csv"))
    assert plan.problems == []
    assert made.sheets["Own figures"][0]["What is counted"] == "Paten finden"
    apply(plan)
    rows[0].append("Stand 2021")
    rows[1] = ["1.1", "Patenschaften", *rows[1][2:], "402"]
    made, plan = planned(draft_of(rows, decisions, "Plan 2021.csv"))
    assert "Own figures" not in made.sheets
    assert [str(row["Date"]) for row in made.sheets["Progress"]] == ["2020-12-31", "2021-12-31"]
    assert (plan.totals["new"], plan.totals["changed"], plan.problems) == (1, 1, [])
    assert "it goes into “Paten finden”" in made.doubts[0].message


@pytest.mark.django_db
def test_the_indicator_of_a_row_names_its_figure(catalogue, port, draft_of, planned):
    rows = [
        ["Ação", "Descrição", "Indicador", "Unidade", "Valor base", "Meta", "Prazo"],
        ["Sebes", "Plantar sebes.", "Comprimento de sebes", "m", "120", "400", "2030"],
        ["Hortas", "Abrir hortas.", "Hortas abertas", "", "3", "10", "2028"],
    ]
    fields = ["title", "description", "description", "unit", "baseline", "target", "target_year"]
    keys = [header.lower() for header in rows[0]]
    uses = {key: {"field": field} for key, field in zip(keys, fields, strict=True)}
    uses["indicador"]["has_title"] = True
    decisions = {
        "target": {"target": "actions"},
        "columns": {"columns": uses},
        "constants": {"city": "port-trial", "action_type": "awareness-education"},
    }
    made, plan = planned(draft_of(rows, decisions))
    assert plan.problems == []
    own = [
        [row[name] for name in ("What is counted", "Kind")] for row in made.sheets["Own figures"]
    ]
    assert own == [["Comprimento de sebes", "amount"], ["Hortas abertas", "count"]]
    assert [row["Due year"] for row in made.sheets["Targets"]] == [2030, 2028]
    assert made.sheets["Actions"][0]["Description"].endswith("Indicador: Comprimento de sebes")


@pytest.mark.django_db
def test_words_for_nothing_are_counted_and_what_is_to_come_stays_in_texts(
    catalogue, port, draft_of
):
    rows = [
        [*HEAD, "Kosten", "Beginn"],
        ["A1", "Port Trial", "Moor", "Gräben.", "12,5", "TBD", "k. A.", "offen", "TBD"],
        ["A2", "Port Trial", "Hecken", "Felder.", "3", "TBD", "Bau", "N/A", "31.12.2025"],
    ]
    uses = {key: {"field": field} for key, field in USES.items()}
    uses["kosten"] = {"field": "description", "has_title": True}
    uses["beginn"] = {"field": "days", "has_title": True}
    made = make(draft_of(rows, {**ACTIONS, "columns": {"columns": uses}}))
    first, second = (row["Description"] for row in made.sheets["Actions"])
    assert first == "Gräben.\nKosten: offen\nBeginn: TBD"
    assert second.startswith("Felder.\nBeginn: ")
    assert "Targets" not in made.sheets
    assert [(words, why) for _table, _row, words, why in made.left_out] == [
        ("TBD", "2 cells of “Ziel Fläche 2030 (ha)” have it: they count as empty."),
        ("k. A.", "1 cell of “Amt” has it: it counts as empty."),
        ("N/A", "1 cell of “Kosten” has it: it counts as empty."),
    ]
