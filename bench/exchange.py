"""Importing actions: this platform against django-import-export's defaults and raw `bulk_create`.

Each side goes from the file on disk to the commit with its own reader, checks included, and writes
history. Ratios of medians, measured in turn in one run, on SQLite and on PostgreSQL (where its
programs are on this machine). What the public reads follows in the background: publishing these
cities has a line of its own. Then 100,000 rows at once in a process of their own: seconds and the
most memory it held. No limit is set here: a person compares the numbers.
"""

import contextlib
import os
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
MANY = 100_000
SLUGS = [f"bench-{n}" for n in range(50)]
HEADERS = ("City", "Number", "Action type", "Description", "Language", "Last update")


def main():
    from tests.postgres import find_binaries, temporary_cluster

    with tempfile.TemporaryDirectory() as folder:
        run("SQLite", f"sqlite:///{folder}/bench.sqlite3", folder)
        if find_binaries() is None:
            print("PostgreSQL is missing on this machine: not measured.")
        else:
            with temporary_cluster() as url:
                run("PostgreSQL", url.replace("@/citiesnature?", "@/postgres?"), folder)


def run(database, url, folder):
    print(f"-- {database}", flush=True)
    for part in ("compare", "many"):
        environment = os.environ | {"DATABASE_URL": url}
        command = [sys.executable, __file__, part, folder]
        subprocess.run(command, env=environment, cwd=ROOT, check=True)


# The parts, each in a process of its own


def prepare():
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from publishing import following

    settings.DEBUG = False
    # As where a worker lives: so many cities are published by it, not within the import.
    following.worker_checks.append(lambda: True)
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_catalogue", stdout=nowhere)
    make_cities()


def make_cities():
    from profiles.changes import create_in_bulk, recording
    from profiles.models import ChangeSet, City, Country, PublishRequest

    country = Country.objects.first()
    with recording(None, ChangeSet.Kind.DEMO, "bench"):
        have = set(City.objects.values_list("slug", flat=True))
        missing = [slug for slug in SLUGS if slug not in have]
        at_once = {"country": country, "publishing": City.Publishing.AT_ONCE}
        new = create_in_bulk(City, [City(name=s, slug=s, **at_once) for s in missing])
        PublishRequest.objects.bulk_create(PublishRequest(city=city) for city in new)


def clear():
    """Take all actions away, with their history, and let the database tidy up after itself."""
    from django.db import connection
    from django.db.models import F

    from actions.models import Action
    from profiles.models import ChangeSet, City

    Action.history.all()._raw_delete(using="default")
    Action.objects.all()._raw_delete(using="default")
    ChangeSet.objects.filter(reason="measured").delete()
    City.objects.update(last_action_number=0, content_version=F("content_version") + 1)
    publish_lagging()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")


def write_file(path, rows, description):
    """A workbook of `rows` actions, spread evenly over the cities."""
    import xlsxwriter

    from actions.models import ActionType

    codes = list(ActionType.objects.filter(retired=False).values_list("code", flat=True))
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("Actions")
        page.write_row(0, 0, HEADERS)
        for row in range(rows):
            slug, number = SLUGS[row % len(SLUGS)], row // len(SLUGS) + 1
            text = f"{description} {row}: " + "hedges, ponds and meadows " * 4
            code = codes[row % len(codes)]
            page.write_row(row + 1, 0, (slug, number, code, text, "en", "2026-04-08"))
    return path


def ours(path):
    from exchange.applying import apply
    from exchange.planning import make_plan
    from exchange.reading import read

    plan = make_plan(read(path))
    if not plan.is_sound:
        raise RuntimeError("\n".join(map(str, plan.problems[:5])))
    apply(plan, "measured")
    return plan.totals


def defaults(path):
    """A resource as the library's documentation writes it."""
    import tablib
    from import_export import fields, resources, widgets

    from actions.models import Action, ActionType
    from profiles.changes import recording
    from profiles.models import ChangeSet, City

    class ActionResource(resources.ModelResource):
        city = fields.Field("city", "City", widgets.ForeignKeyWidget(City, "slug"))
        number = fields.Field("number", "Number", widgets.IntegerWidget())
        action_type = fields.Field(
            "action_type", "Action type", widgets.ForeignKeyWidget(ActionType, "code")
        )
        description = fields.Field("description", "Description")
        language = fields.Field("language", "Language")
        updated_on = fields.Field("updated_on", "Last update", widgets.DateWidget())

        class Meta:
            model = Action
            import_id_fields = ("city", "number")
            fields = ("city", "number", "action_type", "description", "language", "updated_on")

    with open(path, "rb") as file:
        data = tablib.Dataset().load(file, "xlsx")
    with recording(None, ChangeSet.Kind.IMPORT, "measured"):
        result = ActionResource().import_data(data, use_transactions=True, raise_errors=True)
    return result.totals


def raw(path):
    """No file, no check: the rows and their history straight into the tables."""
    from actions.models import Action, ActionType
    from profiles.changes import recording
    from profiles.models import ChangeSet, City

    cities = list(City.objects.filter(slug__in=SLUGS))
    types = list(ActionType.objects.filter(retired=False))
    rows = [
        Action(
            city=cities[n % len(cities)],
            number=n // len(cities) + 1,
            action_type=types[n % len(types)],
            description=f"raw {n}: " + "hedges, ponds and meadows " * 4,
        )
        for n in range(ROWS)
    ]
    with recording(None, ChangeSet.Kind.IMPORT, "measured") as session:
        Action.objects.bulk_create(rows, batch_size=500)
        Action.history.bulk_history_create(
            rows, batch_size=500, custom_historical_attrs={"change_set": session.change_set}
        )


def publish_lagging():
    """What a worker does after the import."""
    from profiles.lagging import lagging
    from publishing.catching_up import publish_some

    if not all(went_well for _city, went_well in publish_some(list(lagging()))):
        raise SystemExit("Not all cities could be published.")


def timed(call, *arguments):
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start


def compare(folder):
    """5,000 rows new, changed, unchanged, each side in turn."""
    first = write_file(Path(folder, "first.xlsx"), ROWS, "first")
    second = write_file(Path(folder, "second.xlsx"), ROWS, "second")
    took = {}
    for _ in range(RUNS):
        for name, side in (("ours", ours), ("defaults", defaults)):
            clear()
            for what, path in (("new", first), ("changed", second), ("unchanged", second)):
                took.setdefault((name, what), []).append(timed(side, path))
                if name == "ours":
                    took.setdefault(("worker", what), []).append(timed(publish_lagging))
        clear()
        took.setdefault(("raw", "new"), []).append(timed(raw, None))
    clear()
    median = {key: statistics.median(times) for key, times in took.items()}
    for what in ("new", "changed", "unchanged"):
        mine, theirs = median["ours", what], median["defaults", what]
        print(f"{ROWS:,} {what + ':':<11} {theirs / mine:5.1f} times django-import-export", end="")
        print(f"   ({mine:.2f} s against {theirs:.2f} s)")
    for what in ("new", "changed"):
        print(
            f"publishing {len(SLUGS)} cities, rows {what + ':':<9} {median['worker', what]:.2f} s"
        )
    share = median["raw", "new"] / median["ours", "new"]
    print(f"{ROWS:,} new:        {share:5.2f} of raw bulk_create   ({median['raw', 'new']:.2f} s)")


def many(folder):
    """100,000 rows new, changed, unchanged: seconds, and the most memory that the process held."""
    paths = [write_file(Path(folder, f"many-{n}.xlsx"), MANY, f"text {n}") for n in (1, 2)]
    clear()
    for what, path in (("new", paths[0]), ("changed", paths[1]), ("unchanged", paths[1])):
        taken = timed(ours, path)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{MANY:,} {what + ':':<11} {taken:5.1f} s, {held} MB at most so far", flush=True)
    clear()


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        prepare()
        with contextlib.suppress(BrokenPipeError):
            {"compare": compare, "many": many}[sys.argv[1]](sys.argv[2])
