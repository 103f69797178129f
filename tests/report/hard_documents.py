"""Documents that are hard to set: each name in `DOCUMENTS` with a function that makes one.

`.venv/bin/python -m tests.report.hard_documents FOLDER` writes them as PDFs, to be looked at.
"""

import datetime
import os
import sys
from dataclasses import replace
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citiesnature.settings.development")
    import django

    django.setup()

from actions.models import Statement
from actions.record import CommitmentRecord
from report import pdf
from tests.cbi.records import NATURAL_AREAS, assessment, chosen
from tests.records import make_action_record, make_record, make_statement_record, shipped_catalogue

from .samples import make_document

BASELINE, TARGET, PROGRESS = Statement.Kind.BASELINE, Statement.Kind.TARGET, Statement.Kind.PROGRESS
WORD = "Unterwasserbiodiversitätsbeobachtungsstation" * 7
ENGLISH = "Hedges, ponds and old trees are kept, and new ones planted with the schools. "
HEBREW = "העיר נוטעת עצים, משקמת נחלים ושומרת על שטחים פתוחים יחד עם בתי הספר. "
COVER, CLEAN, AREA = (
    "urban-heat.green_cover",
    "water-pollution.share_good_quality",
    "protected-areas.protected_area",
)


def actions_of(count, words=ENGLISH, language="en"):
    """Actions of all types in turn, each second with a course of two to four values."""
    for number, code in enumerate(islice(cycle(shipped_catalogue().action_types), count), 1):
        measure = next((m for m in MEASURES.get(code, ()) if m.is_numeric), None)
        said = number % 4 if measure and number % 2 else 0
        statements = [
            make_statement_record(BASELINE, {measure.code: 10 + number % 9}, year=2015 + number % 7)
            for _ in range(said > 0)
        ]
        statements += [
            make_statement_record(PROGRESS, {measure.code: 20 + step}, date=day(2023 + step))
            for step in range(said)
        ]
        statements += [
            make_statement_record(TARGET, {measure.code: 60}, due_year=2026 + number % 9)
            for _ in range(said % 3)
        ]
        text = {language: f"{words * (1 + number % 5)}{number}"}
        yield make_action_record(code, *statements, number=number, description=text)


def day(year):
    return datetime.date(min(year, 2026), 3, 31)


MEASURES = {}
for row in shipped_catalogue().measures.values():
    MEASURES.setdefault(row.action_type, []).append(row)


def made(*codes):
    return [CommitmentRecord(commitment=code) for code in codes or shipped_catalogue().commitments]


def a_city(*, language="en", **parts):
    return make_document(make_record(city={"language": language}, **parts))


def many_actions():
    """Three hundred actions."""
    return a_city(commitments=made(), actions=list(actions_of(300)))


def long_action():
    """An action of 30,000 characters between two short ones."""
    actions = list(actions_of(3))
    long = make_action_record("natural-areas", number=4, description={"en": ENGLISH * 390})
    return a_city(actions=[*actions, long])


def long_words():
    """Words of 300 letters wherever a city writes."""
    words = {"en": f"{WORD} and {'W' * 300}"}
    baseline = make_statement_record(
        BASELINE,
        {"ecosystem-policies.extent_or_names": WORD},
        source=words,
        source_url="https://example.org/" + "x" * 300,
    )
    target = make_statement_record(TARGET, text=words, due_year=2030)
    action = make_action_record(
        "ecosystem-policies", baseline, target, description=words, summary=words
    )
    results = [NATURAL_AREAS, chosen("education", reason=words, evidence=words)]
    return a_city(actions=[action], assessments=[assessment(2024, *results)])


def many_values():
    """A figure with 120 values, and others with one to four."""
    few = {1: (), 2: (2024,), 3: (2023, 2024), 4: (2022, 2023, 2024)}
    actions = [
        make_action_record(
            "urban-heat",
            make_statement_record(BASELINE, {COVER: 20}, year=2014),
            *(
                make_statement_record(
                    PROGRESS,
                    {COVER: Decimal(200 + step) / 10},
                    date=day(2015) + datetime.timedelta(30 * step),
                )
                for step in range(118)
            ),
            make_statement_record(TARGET, {COVER: 40}, due_year=2030),
        )
    ]
    actions += [
        make_action_record(
            "water-pollution",
            make_statement_record(BASELINE, {CLEAN: 40}, year=2018),
            *(
                make_statement_record(PROGRESS, {CLEAN: 42 + 9 * n}, date=day(year))
                for n, year in enumerate(years)
            ),
            make_statement_record(TARGET, {CLEAN: 90}, due_year=due),
            number=10 + key,
        )
        for (key, years), due in zip(few.items(), (None, 2025, 2030, 2035), strict=True)
    ]
    falls = make_action_record(
        "protected-areas",
        make_statement_record(PROGRESS, {AREA: "12345678.25"}, date=day(2020)),
        make_statement_record(PROGRESS, {AREA: "12345600.25"}, date=day(2022)),
        number=20,
    )
    return a_city(actions=[*actions, falls])


def almost_empty():
    """One action in a few words, and nothing else."""
    return a_city(actions=[make_action_record("connectivity", description={"en": "A hedge."})])


def empty():
    return a_city()


def made_only():
    """Commitments without an action."""
    return a_city(commitments=made())


def leftwards():
    """Everything from right to left, for readers from right to left."""
    document = a_city(language="he", commitments=made(), actions=list(actions_of(12, HEBREW, "he")))
    return replace(document, language="he")


DOCUMENTS = {
    function.__name__.replace("_", "-"): function
    for function in (
        many_actions,
        long_action,
        long_words,
        many_values,
        almost_empty,
        empty,
        made_only,
        leftwards,
    )
}


def write_all(folder):
    for name, make in DOCUMENTS.items():
        (folder / f"{name}.pdf").write_bytes(pdf.render(make()))


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
