"""The explorer with 1,000 invented cities and 60,000 actions: each page against counting actions.

Medians of whole answers, nothing cached, on a database of its own: SQLite, and PostgreSQL where its
programs are on this machine. The measure is one count over the public actions, in the table from
which the pages read; it takes turns with the page. Earlier runs in docs/performance.md counted the
rows that cities edit: this count takes turns too, and gives the ratio in brackets. Nothing is
judged.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citiesnature.settings.development")

CITIES, RUNS = 1_000, 15
PAGES = (
    "/actions/",
    "/actions/types/natural-areas/",
    "/actions/types/natural-areas/?region=europe&sort=-total_area&unit=ha&page=2",
    "/actions/types/ecosystem-policies/",
    "/actions/targets/3/",
)


def main():
    from tests.postgres import find_binaries, temporary_cluster

    with tempfile.TemporaryDirectory() as folder:
        run("SQLite", f"sqlite:///{folder}/bench.sqlite3")
    if find_binaries() is None:
        print("PostgreSQL is missing on this machine: not measured.")
        return
    with temporary_cluster() as url:
        run("PostgreSQL", url.replace("@/citiesnature?", "@/postgres?"))


def run(database, url):
    print(f"-- {database}", flush=True)
    command = [sys.executable, __file__, "measure"]
    subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, cwd=ROOT, check=True)


def prepare():
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.DEBUG, settings.ALLOWED_HOSTS = False, ["testserver"]
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_catalogue", stdout=nowhere)
        call_command("make_cities", CITIES, seed=1, stdout=nowhere)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure():
    from django.db import connection
    from django.test import Client

    from actions.models import Action, PublicAction
    from profiles.models import City

    client, queries = Client(), []

    def counted(execute, *call):
        queries.append(call[0])
        return execute(*call)

    def answer(page):
        return b"".join(client.get(page))

    public = PublicAction.objects.filter(city__is_sample=False)
    cities = City.objects.filter(is_withdrawn=False, is_sample=False)
    edited = Action.objects.filter(city__in=cities)
    counts = [public.count, edited.count]
    units = [statistics.median(seconds(count) for _ in range(RUNS)) * 1000 for count in counts]
    print(f"{public.count():,} public actions: counting them {units[0]:.1f} ms,", end=" ")
    print(f"the rows that cities edit {units[1]:.1f} ms")
    for page in PAGES:
        with connection.execute_wrapper(counted):
            answer(page)
        ratio, of_rows, took = against(counts, lambda page=page: answer(page))
        print(f"{ratio:5.1f} ({of_rows:.1f}) times, {took * 1000:3.0f} ms,", end=" ")
        print(f"{len(queries):2} queries: {page}")
        queries.clear()


def against(counts, call, runs=RUNS):
    """How many times as long as each of these counts a call takes, and its seconds: medians.

    All take turns, so that a machine that grows slow for a while is slow for all.
    """
    rounds = []
    for _ in range(runs):
        took = seconds(call)
        rounds.append((*(took / seconds(count) for count in counts), took))
    return map(statistics.median, zip(*rounds, strict=True))


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        prepare()
        measure()
