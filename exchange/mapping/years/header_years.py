"""The year that a header names, and whether its figures were observed or are aimed at."""

import re
import unicodedata

from django.utils.translation import gettext as _

from catalogue.folding import fold
from intake.dates import FIRST_YEAR, LAST_YEAR, other_calendar

PROGRESS, TARGET, BASELINE = "progress", "target", "baseline"

KINDS = (
    (
        BASELINE,
        (
            *("baseline", "base line", "base year", "reference year", "starting point", "initial"),
            *("situation initiale", "annee de reference", "etat initial", "linea base"),
            *("linea de base", "ano base", "linha de base", "valor inicial", "ausgangswert"),
            *("basisjahr", "ausgangslage", "referenzjahr", "situazione iniziale", "anno base"),
            *("nulmeting", "basjar", "базов", "исходн", "基线", "基線", "基准", "基準", "기준"),
            *("خط الاساس", "سنه الاساس", "ปีฐาน", "stan wyjsciowy", "rok bazowy", "baz yil"),
        ),
    ),
    (
        TARGET,
        (
            *("target", "goal", "objective", "aim ", "planned", "projected", "projection"),
            *("forecast", "expected", "objectif", "cible", "prevu", "prevision", "meta ", "metas "),
            *("objetivo", "previsto", "proyec", "projec", "obiettivo", "traguardo", "ziel"),
            *(
                "soll ",
                "sollwert",
                "geplant",
                "prognose",
                "doel",
                "streefwaarde",
                "verwacht",
                "malsattning",
            ),
            *("maltal", "tavoite", "cel ", "docelow", "planowan", "cil ", "hedef", "цел", "план"),
            *("прогноз", "目标", "目標", "规划", "規劃", "计划", "計画", "목표", "계획", "هدف"),
            *("مستهدف", "לעד", "יעד", "เปาหมาย", "muc tieu", "sasaran", "lakshya", "लकषय"),
        ),
    ),
)
"""Kind → the beginnings of words for it, folded, or whole words with a blank behind. The last one
in the header counts."""

SIGNS = {
    kind: re.compile(
        "|".join(
            (r"\b" if sign.isascii() else "") + re.sub(" $", r"(?![a-z])", sign) for sign in signs
        )
    )
    for kind, signs in KINDS
}

PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d) ?[/–—-] ?(\d\d|(?:19|20)\d\d)(?!\d)")  # noqa: RUF001
YEAR = re.compile(r"(?<!\d)(?<!\d,)(\d{4})(?![.,]?\d)")
SHORT = re.compile(r"\b(?:fy|ay|ej|exercice|gj) ?'?(\d\d)(?:/(\d\d))?\b", re.IGNORECASE)
OBSERVED = re.compile(
    r"\b(?:observed|observado|observe|actual|value|values|valor|valeur|wert|ist|year|ano|annee|jahr|"
    r"real|reached|fy|y|x)\b|年|ปี"
)
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
BUDDHIST = re.compile(r"[\u0e00-\u0e7f]|\bB\.?E\b")


def years_in(header):
    """[(year, note)] of the years that a header names; of a period its last one."""
    text = unicodedata.normalize("NFKC", header)
    found = []
    for period in PERIOD.finditer(text):
        first, last = period[1], period[2]
        last = last if len(last) == len(first) else first[:2] + last
        if 0 < int(last) - int(first) < 100:
            note = _("%(period)s is taken as %(year)s.")
            found.append((int(last), note % {"period": period[0], "year": last}))
    rest = PERIOD.sub(" ", text)
    for short in SHORT.finditer(rest):
        year = 2000 + int(short[2] or short[1])
        note = _("%(period)s is taken as %(year)s.")
        found.append((year, note % {"period": short[0], "year": year}))
    for match in YEAR.finditer(rest):
        number = int(match[1])
        meant = other_calendar(number) if BUDDHIST.search(text) else None
        if FIRST_YEAR <= number <= LAST_YEAR:
            found.append((number, ""))
        elif meant:
            note = _("%(period)s is taken as %(year)s.")
            found.append((meant[0], note % {"period": meant[1], "year": meant[0]}))
    return found


def year_in_header(header):
    """(year, note) of the one year that a header names; (None, "") where it names none or more."""
    found = dict(years_in(header))
    return next(iter(found.items())) if len(found) == 1 else (None, "")


def kind_in_header(header):
    """The kind that the words of a header say; "" where they say none."""
    words = fold(unicodedata.normalize("NFKC", header)).replace("_", " ")
    places = [(match.start(), kind) for kind in SIGNS for match in SIGNS[kind].finditer(words)]
    return max(places)[1] if places else ""


def measure_in_header(header):
    """The folded words of a header without its year and the words for a kind."""
    words = fold(unicodedata.normalize("NFKC", header)).replace("_", " ")
    for pattern in (PERIOD, SHORT, YEAR, *SIGNS.values(), OBSERVED):
        words = pattern.sub(" ", words)
    return " ".join(re.findall(r"[^\W\d_]{2,}", words))


def name_in_header(header):
    """The same as it is written, without what stands in brackets: “Green area 2019 (ha)”."""
    text = BRACKETS.sub(" ", header).replace("_", " ")
    said = [word for word in text.split() if measure_in_header(word) or is_letter(word)]
    while said and is_letter(said[-1]) and OBSERVED.fullmatch(fold(said[-1])):
        said.pop()
    return " ".join(said)


def is_letter(word):
    """Whether a word is one letter, as in “Alberi messi a dimora” or “Group B”."""
    return len(word) == 1 and word.isalpha()


def kind_of_year(header, year, this_year):
    """(kind, why) of the figures of a column."""
    if kind := kind_in_header(header):
        return kind, _("The header says so.")
    if year > this_year:
        return TARGET, _("The year is still to come.")
    return PROGRESS, _("The year has begun.")
