"""Which script a language is written in: Latin letters or others, and from which side."""

import re
import unicodedata
from functools import cache

from django.utils.dates import MONTHS
from django.utils.translation import override

from catalogue.atoms import Text
from catalogue.translated import OFFICIAL_LANGUAGE

LEFTWARDS = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
LEFTWARD_SCRIPTS = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}
"""`direction` in report/parts/words.typ has those for which there are fonts."""

NON_LATIN = {
    *("am", "bg", "bn", "el", "gu", "hi", "hy", "ja", "ka", "kk", "km", "kn", "ko", "lo", "mk"),
    *("ml", "mn", "mr", "my", "ne", "pa", "ru", "si", "sr", "ta", "te", "th", "ti", "uk", "zh"),
    *LEFTWARDS,
}
"""Languages that are commonly written in another script than the Latin one."""


def is_latin(text):
    """Whether every letter of `text` is a Latin one (and there is one)."""
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and all(unicodedata.name(c, "").startswith("LATIN") for c in letters)


def is_non_latin(language):
    """Whether texts with this language tag are commonly written in letters that are not Latin."""
    return language.split("-")[0] in NON_LATIN and "latn" not in language.lower()


def language_of(text, language):
    """The language tag for a name of a city that writes in `language`.

    A name in Latin letters from a city that writes another script is the English form.
    """
    return OFFICIAL_LANGUAGE if is_non_latin(language) and is_latin(text) else language


def platform_text(words, language):
    """Words of the platform, in the active language `language`, as a `Text`.

    Those that nobody has translated yet are English, and so are the months in them, which Django
    has translated. It is seen in languages that are not written in Latin letters.
    """
    if is_non_latin(language):
        months = _months(language)
        pattern = re.compile("|".join(map(re.escape, months)))
        if is_latin(pattern.sub("", words)):
            english = pattern.sub(lambda found: months[found[0]], words)
            return Text(english, OFFICIAL_LANGUAGE)
    return Text(words, language)


@cache
def _months(language):
    """The names of the months → their English names; what contains another one comes first."""
    names = []
    for one in (language, OFFICIAL_LANGUAGE):
        with override(one):
            names.append(list(map(str, MONTHS.values())))
    return dict(sorted(zip(*names, strict=True), key=lambda pair: -len(pair[0])))


def is_leftwards(tag):
    """Whether text of this language tag is written from right to left."""
    language, *others = tag.lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), None)
    return script in LEFTWARD_SCRIPTS if script else language in LEFTWARDS
