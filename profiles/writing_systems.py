"""Which script a language is written in: Latin letters or others, and from which side."""

import unicodedata

from catalogue.translated import OFFICIAL_LANGUAGE

NON_LATIN = {
    *("am", "ar", "bg", "bn", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "kk", "km", "kn"),
    *("ko", "lo", "mk", "ml", "mn", "mr", "my", "ne", "pa", "ps", "ru", "si", "sr", "ta", "te"),
    *("th", "ti", "uk", "ur", "yi", "zh"),
}
"""Languages that are commonly written in another script than the Latin one."""


def is_latin(text):
    """Whether every letter of `text` is a Latin one (and there is one)."""
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and all(unicodedata.name(c, "").startswith("LATIN") for c in letters)


def language_of(text, language):
    """The language tag for a name of a city that writes in `language`.

    A name in Latin letters from a city that writes another script is the English form.
    """
    if language.split("-")[0] in NON_LATIN and "Latn" not in language and is_latin(text):
        return OFFICIAL_LANGUAGE
    return language


LEFTWARDS = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
LEFTWARD_SCRIPTS = {"arab", "hebr", "nkoo", "syrc", "thaa"}
"""As `direction` in report/parts/words.typ."""


def is_leftwards(tag):
    """Whether text of this language tag is written from right to left."""
    language, *others = tag.lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), None)
    return script in LEFTWARD_SCRIPTS if script else language in LEFTWARDS
