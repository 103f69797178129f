"""The endings of English words: one form of a word finds the others, and no other word."""

import pytest

from catalogue.english import LEFT_OUT, beginnings, without_question_words


def finds(typed, written):
    return written.startswith(beginnings(typed))


@pytest.mark.parametrize(
    "forms",
    [
        ("wetland", "wetlands"),
        ("tree", "trees"),
        ("marsh", "marshes"),
        ("policy", "policies"),
        ("city", "cities"),
        ("restore", "restores", "restored", "restoring", "restoration"),
        ("plant", "plants", "planted", "planting"),
        ("plan", "plans", "planned", "planning"),
        ("protect", "protecting", "protection"),
        ("reduce", "reducing", "reduction"),
        ("manage", "managing", "management"),
        ("conserve", "conservation"),
    ],
)
def test_each_form_finds_the_others(forms):
    assert [(a, b) for a in forms for b in forms if not finds(a, b)] == []


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("species", "special"),
        ("policy", "police"),
        ("heat", "health"),
        ("seed", "see"),
        ("grass", "gras"),
        ("station", "state"),
        ("spring", "spread"),
        ("cement", "cent"),
    ],
)
def test_what_ends_alike_is_another_word(typed, other):
    assert not finds(typed, other)


@pytest.mark.parametrize("word", ["eu", "co2", "湿地", "forêt", "100%", "лес"])
def test_what_is_no_english_word_stays_as_it_is(word):
    assert beginnings(word) == (word,)


def test_the_words_of_a_question_are_left_out_unless_there_are_no_others():
    asked = "which cities restore wetlands".split()
    assert without_question_words(asked) == ["restore", "wetlands"]
    assert without_question_words(["which", "city"]) == ["which", "city"]
    assert all(word == word.lower() for word in LEFT_OUT)
