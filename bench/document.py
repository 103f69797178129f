"""How the document grows: a city with ten times the actions, page data against PDF.

Ratios of medians, measured in turn in one run on a database of its own. Each PDF is of another city
with words and figures of its own, because the typesetter remembers what it has laid out. Nothing is
judged here.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
FOLDER = tempfile.TemporaryDirectory()
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER.name}/bench.sqlite3"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citiesnature.settings.development")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

settings.DEBUG = False

from actions.models import Action, ActionType, Statement, Value  # noqa: E402
from profiles.changes import create_in_bulk, recording  # noqa: E402
from profiles.models import ChangeSet, City, Country  # noqa: E402
from report.pdf import render  # noqa: E402
from report.sources import working_document  # noqa: E402

RUNS = 15
WORDS = "river park tree school pond hedge street roof wetland bird shade garden soil".split()


def fill(name, count):
    """A city with `count` actions, each with a baseline of as many values as its type measures."""
    by_chance = random.Random(name)  # noqa: S311 (words and figures, no secrets)
    types = ActionType.objects.exclude(baseline_template="").prefetch_related("measures")
    with recording(None, ChangeSet.Kind.DEMO, "bench"):
        city = City.objects.create(name=name, slug=name.lower(), country=Country.objects.first())
        actions = [
            Action(
                city=city,
                number=n + 1,
                action_type=types[n % len(types)],
                description=" ".join(by_chance.choices(WORDS, k=70)),
            )
            for n in range(count)
        ]
        create_in_bulk(Action, actions)
        statements = [Statement(action=a, kind="baseline") for a in actions]
        create_in_bulk(Statement, statements)
        values = [
            value_of(statement, measure, by_chance.randint(1, 9_999))
            for statement in statements
            for measure in statement.action.action_type.measures.all()
        ]
        create_in_bulk(Value, values)
    return City.objects.select_related("country__region").get(pk=city.pk)


def value_of(statement, measure, number):
    given = {"text": {"text": "plans"}, "status": {"status": "yes"}}.get(measure.kind)
    value = Value(statement=statement, measure=measure, **(given or {"number": number}))
    value.fill_amount()
    return value


def medians(*calls):
    """Median seconds of each call, all called in turn `RUNS` times, with the number of the run."""
    times = [[] for _ in calls]
    for run in range(RUNS):
        for call, taken in zip(calls, times, strict=True):
            start = time.perf_counter()
            call(run)
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def main():
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_catalogue", stdout=nowhere)
    few = [fill(f"Few{run}", 30) for run in range(RUNS)]
    many = [fill(f"Many{run}", 300) for run in range(RUNS)]
    documents = list(map(working_document, few)), list(map(working_document, many))
    render(working_document(fill("First", 30)))
    build_few, build_many, pdf_few, pdf_many = medians(
        lambda run: working_document(few[run]),
        lambda run: working_document(many[run]),
        lambda run: render(documents[0][run]),
        lambda run: render(documents[1][run]),
    )
    [again] = medians(lambda run: render(documents[0][0]))
    print(f"document of 300 actions / of 30: {build_many / build_few:.1f} times the time")
    print(f"PDF of 300 actions / of 30:      {pdf_many / pdf_few:.1f} times the time")
    print(f"PDF / document, 30 actions:      {pdf_few / build_few:.1f} times the time")
    print(f"the same PDF again / a first one: {again / pdf_few:.2f} times the time")
    print(
        f"medians: {build_few * 1000:.0f} ms to build, {pdf_few * 1000:.0f} ms to set (30 actions)"
    )


if __name__ == "__main__":
    main()
