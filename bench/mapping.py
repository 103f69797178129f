"""Lists of another form: from a file to a workbook of our sheets, against a script for that list.

The script is what somebody writes who knows the list already: it reads the file with calamine,
takes three columns by their places, and writes the workbook with XlsxWriter; it guesses and checks
nothing. Ratios of medians, in turn in one run, with other words each time. Then 50,000 rows of 20
columns in a process of their own: seconds, and the most memory that it held, for the page on which
the list is first seen and for the making of its workbook.
"""

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citiesnature.settings.development")

ROWS, RUNS = 5_000, 3
MANY, COLUMNS = 50_000, 20
HEADERS = ("Nr.", "Maßnahme", "Beschreibung", "Kategorie", "Fläche in ha", "Beginn")
CATEGORIES = ("Bäume pflanzen", "Gewässer", "Umweltbildung", "Grünflächen")
WORDS = "Hecke Teich Wiese Dach Ufer Allee Park Moor Wald Garten Bach Feld".split()
CITY = "bench-of-lists"


def main():
    with tempfile.TemporaryDirectory() as folder:
        for part in ("compare", "page", "make"):
            environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
            command = [sys.executable, __file__, part, folder]
            subprocess.run(command, env=environment, cwd=ROOT, check=True)


def prepare():
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from actions.models import ActionType
    from profiles.changes import create_in_bulk, recording
    from profiles.models import ChangeSet, City, Country

    settings.DEBUG = False
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_catalogue", stdout=nowhere)
    if not City.objects.filter(slug=CITY).exists():
        with recording(None, ChangeSet.Kind.DEMO, "bench"):
            country = Country.objects.first()
            create_in_bulk(City, [City(name="Bench", slug=CITY, country=country)])
    codes = list(ActionType.objects.order_by("pk").values_list("code", flat=True))
    return dict(zip(CATEGORIES, codes, strict=False))


def write_list(path, rows, columns, seed):
    import xlsxwriter

    rng = random.Random(seed)  # noqa: S311 (words of a list, no secret)
    more = [f"Spalte {at}" for at in range(len(HEADERS), columns)]
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("Maßnahmen")
        page.write_row(0, 0, [*HEADERS, *more])
        for at in range(1, rows + 1):
            words = " ".join(rng.choices(WORDS, k=12))
            area = f"{rng.randrange(1, 9999)},{rng.randrange(10)}"
            cells = [f"M-{at}", f"{words[:40]} {at}", words, rng.choice(CATEGORIES), area]
            page.write_row(at, 0, [*cells, "01.04.2023", *(rng.choice(WORDS) for _ in more)])


def decisions(codes):
    return {
        "constants": {"city": CITY, "language": "de", "key_columns": ["nr."]},
        "words": {"words": {"kategorie": codes}},
    }


def draft_of(path, codes):
    from exchange.mapping.draft import Draft

    return Draft(path, "Plan.xlsx", decisions(codes), None)


def ours(path, out, codes):
    from exchange.mapping.making.book import write_made
    from exchange.mapping.making.made import make

    made = make(draft_of(path, codes))
    write_made(made, out)
    return len(made.sheets["Actions"])


def script(path, out, codes):
    import python_calamine
    import xlsxwriter

    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    headers = ("City", "Number", "Action type", "Summary", "Description", "Language")
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        page = book.add_worksheet("Actions")
        page.write_row(0, 0, headers)
        for number, row in enumerate(rows[1:], start=1):
            page.write_row(number, 0, [CITY, number, codes[row[3]], row[1], row[2], "de"])
    return len(rows) - 1


def check(made, wanted):
    if made != wanted:
        sys.exit(f"{made} rows were made of {wanted}.")


def compare(folder):
    codes = prepare()
    taken = {ours: [], script: []}
    for run in range(RUNS):
        path = f"{folder}/list-{run}.xlsx"
        write_list(path, ROWS, len(HEADERS), run)
        for side, seconds in taken.items():
            begun = time.perf_counter()
            check(side(path, f"{folder}/out.xlsx", codes), ROWS)
            seconds.append(time.perf_counter() - begun)
    mine, theirs = (statistics.median(seconds) for seconds in taken.values())
    print(f"{ROWS:,} rows: {mine:.2f} s, the script {theirs:.2f} s: {mine / theirs:.1f} times")


def many(folder):
    path = f"{folder}/many.xlsx"
    if not Path(path).exists():
        write_list(path, MANY, COLUMNS, 0)
    return path


def page(folder):
    codes, path = prepare(), many(folder)
    from exchange.admin.mapping.making import first_made

    begun = time.perf_counter()
    first_made(draft_of(path, codes))
    report(f"{MANY:,} rows of {COLUMNS} columns, the page of a step", begun)


def make_many(folder):
    codes, path = prepare(), many(folder)
    begun = time.perf_counter()
    check(ours(path, f"{folder}/out.xlsx", codes), MANY)
    report(f"{MANY:,} rows of {COLUMNS} columns, the workbook", begun)


def report(what, begun):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {time.perf_counter() - begun:.1f} s, {peak:.0f} MB at most", flush=True)


PARTS = {"compare": compare, "page": page, "make": make_many}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        PARTS[sys.argv[1]](sys.argv[2])
    else:
        main()
