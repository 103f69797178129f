"""What is guessed to hold for all rows of a list."""

import csv

import pytest

from exchange.admin.mapping.steps.constants import ConstantsStep
from exchange.downloaded.language_of_text import guess
from exchange.mapping.constants import Guess, readable
from exchange.mapping.draft import Draft
from exchange.mapping.words.vocabulary import Vocabulary
from tests.exchange.mapping.drafts import make_draft
from tests.exchange.mapping.lists import list_of
from tests.factories import make_action, make_city


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("Plan 2025.csv", "Plan"),
        ("Plan_climat_2024-03-01 (2).xlsx", "Plan climat"),
        ("maßnahmen-stadt v3 FINAL.ods", "maßnahmen stadt"),
        ("2025.csv", "2025"),
    ],
)
def test_a_list_is_called_by_its_file_without_dates(file_name, name):
    assert readable(file_name) == name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Planter des arbres dans les cours des écoles"),
        ("de", "Straßenränder pflegen und Bäume pflanzen"),
        ("pt", "A câmara vai plantar árvores nas ruas e não usar herbicidas"),
        ("es", "Superficie verde pública y medidas para las áreas"),
        ("pl", "Sadzenie drzew na ulicach oraz ochrona łąk"),
        ("zh-Hans", "保护湿地，发展生态"),
        ("", "Park 1 A-17 OK"),
        ("", "Kommune, byen, mål"),  # Danish or Norwegian
    ],
)
def test_the_language_of_a_list_is_told_by_its_words_where_it_is_clear(language, text):
    assert guess([text]) == language


@pytest.mark.parametrize(
    ("headers", "texts", "language"),
    [
        (["Titre de l'action", "Objectifs"], ["Action 1", "Sous action", "Une description"], "fr"),
        (["Title", "Description of the action"], ["Action 1", "Description 1", "Action 2"], ""),
        (["Title", "Description"], ["Hecken pflanzen", "Die Hecken werden im Herbst und"], "de"),
        (["Titel", "Text"], ["The ponds of all parks are dug"], "en"),
    ],
)
def test_english_is_told_by_the_cells_and_not_by_headers_or_by_one_word(headers, texts, language):
    draft = list_of("actions", dict.fromkeys(headers, "description"), *([one] * 2 for one in texts))
    assert Guess(draft).language({}) == language


def test_a_language_that_nothing_tells_is_asked_once():
    guessed = frozenset(("language",))
    uses = {"Title": "title", "City": "city"}
    draft = make_draft("actions", uses, [["Xyzzy", "Mossby"]], cities=[], guessed=guessed)
    words = "Say in which language the texts are, or leave it at that of the city's texts."
    assert words in ConstantsStep(draft).open
    draft.constants.guessed = frozenset()
    assert words not in ConstantsStep(draft).open


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "says"),
    [
        ("CH", "Say in which language the new cities write."),
        ("BR", "new cities in the language of their country: Portuguese"),
    ],
)
def test_new_cities_write_the_language_of_their_country_or_it_is_asked(country, says):
    guessed, known = frozenset(("language",)), {"adds_cities": True, "country": country}
    draft = make_draft(
        "cities", {"Name": "name"}, [["Mossby"]], cities=[], guessed=guessed, **known
    )
    step = ConstantsStep(draft)
    assert (says in step.open) == (country == "CH")
    assert (says in step.sentence) == (country == "BR")


@pytest.mark.django_db
def test_a_list_that_was_here_before_keeps_its_name_and_its_city(catalogue, tmp_path):
    for name in ("Port Trial", "Elsewhere"):
        city = make_city(name)
    for key in ("A-1", "A-2", "A-3"):
        make_action(city, reference=f"Plan of all: {key}")
    path = tmp_path / "Measures in Elsewhere.csv"
    rows = [
        ["No", "Measure", "What is done"],
        *([f"A-{n}", f"Ponds {n}", "Dug."] for n in (2, 3, 4)),
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    decisions = {"target": {"target": "actions"}}
    constants = Draft(path, path.name, decisions, None).constants
    assert (constants.city, constants.key_columns) == ("elsewhere", ("no",))
    assert constants.list_name == "Plan of all"


TYPES = Vocabulary(
    [("Nature", [("trees", "Plant trees"), ("ponds", "Dig ponds")])],
    exact=[("Plant trees", "trees"), ("Dig ponds", "ponds")],
    phrases=[],
)


@pytest.fixture
def types(monkeypatch):
    monkeypatch.setattr("exchange.mapping.words.vocabulary.load", lambda name: TYPES)


def type_column_of(fields, *rows):
    """The column that is guessed to tell the action type; that guess asks no database."""
    return Guess(list_of("actions", fields, *rows)).type_column({"action_type": ""})


@pytest.mark.parametrize(
    ("header", "kinds"),
    [
        ("assessment", ["#01873B", "#ffcc00"]),
        ("Status", ["En cours", "À venir"]),
        ("Action en amélioration continue", ["TRUE", "FAUX"]),
        ("provinceCode", ["11", "12"]),
        ("Category", ["A1", "B2"]),
        ("Sistema", ["Alfa", "Beta"]),
        ("CODAUTO", ["01", "02"]),
    ],
)
def test_codes_colours_and_other_words_are_no_action_types(header, kinds, types):
    rows = [[f"Xyzzy {at}", kinds[at % 2]] for at in range(8)]
    assert type_column_of({"Title": "title", header: ""}, *rows) == "title"


@pytest.mark.parametrize(
    ("header", "kinds"),
    [
        ("Handlungsfeld", ["Alfa", "Beta"]),
        ("Axe", ["Eau", "Sol"]),
        ("X", ["Plant trees", "Dig ponds"]),
    ],
)
def test_a_column_of_categories_or_of_words_like_ours_tells_the_type(header, kinds, types):
    rows = [[f"Xyzzy {at}", kinds[at % 2]] for at in range(8)]
    assert type_column_of({"Title": "title", header: ""}, *rows) == header.casefold()


def test_merged_cells_of_categories_tell_the_type(types):
    rows = [[f"Xyzzy {at}", word] for at, word in enumerate(("Eau", "", "", "Sol", "", ""))]
    draft = list_of("actions", {"Title": "title", "Axe": "description"}, *rows)
    draft.uses[1].fills_down = True
    assert Guess(draft).type_column({"action_type": ""}) == "axe"


@pytest.mark.parametrize("count", [2, 12])
def test_one_type_is_asked_for_all_titles_that_tell_none(count, types):
    rows = [[f"Xyzzy {at}"] for at in range(count)] + [["Dig ponds"]]
    draft = list_of("actions", {"Title": "title"}, *rows, type_column="title")
    assert len(draft.words["title"].open_words) == count
    draft.constants.action_type = "trees"
    del draft.__dict__["words"]
    assert not draft.words["title"].open_words
