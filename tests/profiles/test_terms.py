"""How the words of a search are looked for in a text at hand; the database does the same."""

import pytest
from django.utils import translation

from catalogue.folding import word_line
from profiles.terms import Term, excerpt, marked, terms_of


def marks(typed, text):
    return [piece.words for piece in marked(text, terms_of(typed)) if piece.hit]


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("trees", "Street trees. A tree-lined street.", ["trees", "tree"]),
        ("heat", "A theatre for wheat", []),
        ("forest", "Reforestation of two forests", ["forestation", "forests"]),
        ("restoring", "RESTORATION, and we restore", ["RESTORATION", "restore"]),
        ("eu", "The EU and Europe", ["EU"]),
        ("eau", "Protéger l’eau, le bateau", ["eau"]),
        ("foret", "La forêt, les forêts", ["forêt", "forêts"]),
        ("湿地", "本市修复河边湿地。", ["湿地"]),
        ("水", "水土流失", ["水"]),
        ("wetland river", "River wetlands", ["River", "wetlands"]),
        ("alwaha", "Al-Waha", ["Al-Waha"]),
    ],
)
def test_what_is_found_is_marked(typed, text, found):
    assert marks(typed, text) == found
    line = word_line(text)
    assert all(term.is_in(line) for term in terms_of(typed)) is bool(found)


def test_the_pieces_are_the_text():
    text = "Trees <b>and</b> STREET trees"
    assert "".join(piece.words for piece in marked(text, terms_of("tree and"))) == text
    assert "".join(piece.words for piece in excerpt(text, terms_of("tree"))) == text


def test_endings_are_those_of_readers_of_english():
    with translation.override("fr"):
        assert terms_of("les forêts") == [Term("les", ("les",)), Term("forets", ("forets",))]
    assert terms_of("the forests") == [Term("forests", ("forest",))]


def test_a_word_that_is_found_nowhere_else_may_stand_within_others():
    term = Term("baum", ("baum",))
    line = word_line("Jeder Stadtbaum zählt")
    assert not term.is_in(line)
    assert Term("baum", ("baum",), anywhere=True).is_in(line)
