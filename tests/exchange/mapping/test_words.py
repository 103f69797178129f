"""Each word of a list is decided once; what is clear is guessed, all else is asked."""

import pytest

from exchange import cells
from exchange.mapping.words.blanks import is_blank, is_blank_text, yes_or_no
from exchange.mapping.words.vocabulary import Vocabulary, load
from exchange.mapping.words.words import BY_ROW, LEAVE_OUT, read_words, word_key
from exchange.problems import CellError
from tests.exchange.mapping.lists import list_of

TYPES = Vocabulary(
    [("Nature", [("trees", "Plant trees"), ("ponds", "Dig ponds"), ("bees", "Help the bees")])],
    exact=[("Plant trees", "trees"), ("Dig ponds", "ponds"), ("hedge", "trees"), ("hedge", "bees")],
    phrases=[("street tree", "trees"), ("wildbienen", "bees"), ("湿地", "ponds"), ("bee", "bees")],
)


@pytest.fixture
def draft_of(monkeypatch):
    """A function that gives the draft of rows of which “Kind” says the action type."""

    def make(*kinds, separator="", type_column="", title="", **words):
        fields = {"Kind": "action_type" if not type_column else "", "Name": "title"}
        rows = [[kind, title or f"Row {number}"] for number, kind in enumerate(kinds)]
        draft = list_of(
            "actions",
            fields,
            *rows,
            separators={"Kind": separator},
            type_column=type_column,
            words=words,
        )
        draft.__dict__["vocabularies"] = {"action_type": TYPES}
        return draft

    return make


def codes(draft):
    """What each row of “Kind” is; "asked" where nothing is known."""
    column, found = draft.columns[0], []
    for row in draft.rows:
        try:
            found.append(read_words(draft, column, row))
        except CellError:
            found.append("asked")
    return found


def test_spellings_of_one_word_are_decided_once_with_their_cells_counted(draft_of):
    draft = draft_of("Élevé", "eleve", "élevé", "Élevé ", "NA", "", True, "Élevé", "Bas")
    (made,) = draft.words.values()
    assert [(one.word, one.count) for one in made.words] == [("Élevé", 5), ("TRUE", 1), ("Bas", 1)]
    assert word_key("ÉLEVÉ") == word_key("eleve")
    decided = {"kind": {"eleve": "trees", "bas": LEAVE_OUT, "true": ""}}
    draft = draft_of("Élevé", "eleve", "Bas", "NA", True, words=decided)
    assert codes(draft) == [["trees"], ["trees"], None, [], []]
    assert not draft.words["kind"].words[0].is_guess
    assert draft.words["kind"].words[0].label == "Plant trees"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("plant trees", "trees"),
        ("Plant tree", "trees"),
        ("ponds", None),
        ("hedge", None),
        ("Street trees on the market", "trees"),
        ("Wildbienenweide", "bees"),
        ("保护湿地", "ponds"),
        ("bee", "bees"),
        ("beer", None),
        ("Street trees and Wildbienen", None),
        ("plans", None),
    ],
)
def test_what_is_clear_is_guessed(draft_of, word, code):
    draft = draft_of(word)
    assert codes(draft) == [[code] if code else "asked"]
    (made,) = draft.words["kind"].words
    assert made.is_guess


def test_choices_are_offered_by_likeness_and_a_weak_one_is_not_taken():
    assert TYPES.guess("Ponds and other waters") is None
    assert TYPES.likeliest("Ponds and other waters") == ["ponds"]


def test_several_words_of_a_cell(draft_of):
    draft = draft_of("dig ponds; street tree", "['dig ponds', 'street tree']", separator=";")
    assert codes(draft) == [["ponds", "trees"]] * 2
    assert [one.count for one in draft.words["kind"].words] == [2, 2]


def test_a_word_is_decided_row_by_row(draft_of):
    words = {"kind": {"green": BY_ROW}}
    draft = draft_of("Green", "Green", words=words, rows={"kind": {"list:3": LEAVE_OUT}})
    assert codes(draft) == ["asked", None]
    draft = draft_of("Green", "Green", title="Wildbienenhotel", words=words)
    assert codes(draft) == [["bees"], ["bees"]]
    assert draft.words["kind"].guessed_rows == {("list", 2), ("list", 3)}


def test_the_words_of_any_column_may_tell_the_action_type(draft_of):
    draft = draft_of("Street trees", "Benches", type_column="kind")
    assert codes(draft) == [["trees"], "asked"]


def test_one_type_for_all_rows_is_enough_where_titles_tell_none(draft_of):
    asked = draft_of("x", "y", type_column="name")
    assert [word.word for word in asked.words["name"].open_words] == ["Row 0", "Row 1"]
    chosen = draft_of("x", "y", type_column="name")
    chosen.constants.action_type = "trees"
    assert chosen.words["name"].open_words == []
    # The words of a column of categories are asked all the same.
    categories = draft_of("Axe 1", "Axe 1", "Axe 2", type_column="kind")
    categories.constants.action_type = "trees"
    assert len(categories.words["kind"].open_words) == 2


def test_no_is_nothing_where_a_column_says_yes_and_no_only(draft_of):
    assert codes(draft_of("VRAI", "FAUX")) == ["asked", []]
    assert codes(draft_of("VRAI", "FAUX", "Autre")) == ["asked"] * 3


@pytest.mark.parametrize(
    ("name", "word", "code"),
    [
        ("statement", "Meta 2030", "target"),
        ("statement", "línea base", "baseline"),
        ("statement", "目标值", "target"),
        ("statement", "Ausgangswert", "baseline"),
        ("statement", "Ist", "progress"),
        ("statement", "standard", None),
        ("language", "Français", "fr"),
        ("language", "espagnol", "es"),
        ("language", "zho", "zh"),
        ("language", "fr_FR", "fr-FR"),
        ("language", "简体中文", "zh-Hans"),
        ("language", "NA", None),
    ],
)
def test_kinds_of_statements_and_languages_in_many_languages(name, word, code):
    assert load(name).guess(word) == code


@pytest.mark.parametrize(
    ("name", "word", "code"),
    [
        ("action_type", "Increase protected areas", "protected-areas"),
        ("action_type", "Éducation à la nature", "awareness-education"),
        ("action_type", "Moor wiedervernässen", "restoration"),
        ("action_type", "海绵城市建设", "nature-based-solutions"),
        ("action_type", "Biodiversité", None),
        ("action_type", "adaptation", None),
        ("commitment", "Control pollution", "pollution"),
        ("commitment", "CitiesNet2019", None),
        ("commitment", "ClimateMayors2019", None),
        ("commitment", "Climate", "climate"),
    ],
)
def test_words_of_the_catalogue(catalogue, name, word, code):
    assert load(name).guess(word) == code


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (value, True)
        for value in (
            *(
                None,
                "",
                " \xa0",
                "NA",
                "n/a",
                "N/D",
                "n.d.",
                "nd",
                "k. A.",
                "-",
                "–",
                "—",
                ".",
                "..",
            ),
            *("…", "null", "None", "#N/A", "[Enter a number]", "à compléter", "Champ texte", "无"),
            *("暂无", "なし", "yok", "нет данных", "لا يوجد", "<Insert text>", "(à compléter)"),
            *("请填写", "---", "−", "– –", "Sin datos", "?", cells.Broken("#N/A")),  # noqa: RUF001
        )
    ]
    + [
        (value, False)
        for value in (
            *(0, 0.0, False, "0", "no", "No", "нет", "否", "non", "nein", "12 n/a", "Nantes", "✓"),
            *(
                "€",
                "‰",
                "°",
                "$ €",
                "●",
                "→",
                "[1]",
                "['adaptation']",
                "(km²)",
                "+",
                "*",
                "#",
                "X",
                "Enter the park",
                "NA-12",
            ),
            cells.Broken("#REF!"),
        )
    ],
)
def test_blanks(value, says):
    assert is_blank(value) is says


def test_what_is_to_come_says_something_in_a_text_alone():
    words = ["TBD", "offen", "(to be confirmed)", "à définir", "待定"]
    assert [(is_blank(word), is_blank_text(word)) for word in words] == [(True, False)] * 5
    assert is_blank_text("n/a")


def test_yes_and_no():
    assert [yes_or_no(one) for one in (True, "VRAI", "wahr", "是", "Oui")] == [True] * 5
    assert [yes_or_no(one) for one in (False, "FAUX", "falsch", "否", "no")] == [False] * 5
    assert yes_or_no("perhaps") is None and yes_or_no(1) is None
