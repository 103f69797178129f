"""Lists over 4,000 invented cities and 240,000 actions: each page against counting the actions.

Medians of whole answers, nothing cached, on a database of its own: SQLite, and PostgreSQL where its
programs are on this machine. The measure is one plain count of the rows that cities edit; it takes
turns with the page. Nothing is judged. `lists.py measure CITIES` takes the database of
DATABASE_URL, and fills it where it has no cities.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citiesnature.settings.development")

from explorer import against, seconds  # noqa: E402 (its folder has to be on the path)

CITIES, RUNS = 4_000, 5
FILE = "/actions/types/natural-areas/data"
PUBLIC = (
    "/",
    "/cities/",
    "/cities/?page=150",
    "/cities/?sort=size&page=150",
    "/cities/?q=la&page=2",
    "/cities/?region=europe&page=2",
    "/cities/?region=europe&target=3&size=not-given",
    "/cities/?view=map",
    "/cities/?view=map&region=europe",
    "/regions/europe/",
    "/countries/CN/",
    "/cities/feed.xml",
    "/cities/data.csv",
    f"{FILE}.csv",
    f"{FILE}.json",
    f"{FILE}.csv?sort=-total_area",
)
LIST = "/admin/actions/action/"
OF_STAFF = (
    LIST,
    f"{LIST}?p=50",
    f"{LIST}?q=wetland",
    f"{LIST}?look=no-baseline",
    f"{LIST}?city__id__exact=CITY",
    f"{LIST}?city_name=la",
    f"{LIST}?o=7",
    "/admin/actions/citycommitment/",
    "/admin/profiles/city/",
)


def main(script=__file__):
    """Measure by a script on both databases."""
    from tests.postgres import find_binaries, temporary_cluster

    with tempfile.TemporaryDirectory() as folder:
        run(script, "SQLite", f"sqlite:///{folder}/bench.sqlite3")
    if find_binaries() is None:
        print("PostgreSQL is missing on this machine: not measured.")
        return
    with temporary_cluster() as url:
        run(script, "PostgreSQL", url.replace("@/citiesnature?", "@/postgres?"))


def run(script, database, url):
    print(f"-- {database}", flush=True)
    command = [sys.executable, script, "measure", str(CITIES)]
    subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, cwd=ROOT, check=True)


def prepare(count):
    """So many invented cities, all of them published."""
    from django.core.management import call_command
    from django.db import connection

    from profiles.changes import city_changed
    from profiles.lagging import lagging
    from profiles.models import PublicCity
    from publishing.catching_up import publish_some
    from publishing.following import follow_cities

    call_command("migrate", verbosity=0)
    if PublicCity.objects.exists():
        return
    city_changed.disconnect(follow_cities)
    with open(os.devnull, "w") as nowhere:
        call_command("load_catalogue", stdout=nowhere)
        call_command("make_cities", count, seed=1, stdout=nowhere)
    if not all(went_well for _city, went_well in publish_some(list(lagging()))):
        raise SystemExit("Not all cities could be published.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def people(city):
    """(name, client, pages): a visitor, platform staff, and an officer of the city."""
    from django.test import Client

    from accounts.models import User
    from profiles.changes import recording
    from profiles.models import Assignment, ChangeSet

    with recording(None, ChangeSet.Kind.DEMO, "bench"):
        staff, _made = User.objects.get_or_create(email="staff@bench.test", is_staff=True)
        officer, _made = User.objects.get_or_create(email="officer@bench.test")
        Assignment.objects.get_or_create(user=officer, role="officer", city=city)
    clients = {"visitor": Client(), "staff": Client(), "officer": Client()}
    for name, user in (("staff", staff), ("officer", officer)):
        clients[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for name, pages in (("visitor", PUBLIC), ("staff", OF_STAFF), ("officer", [LIST])):
        yield name, clients[name], [page.replace("CITY", str(city.pk)) for page in pages]


def measure():
    from django.db import connection

    from actions.models import Action
    from profiles.models import City

    count, queries = Action.objects.count, []

    def counted(execute, *call):
        queries.append(call[0])
        return execute(*call)

    unit = statistics.median(seconds(count) for _ in range(RUNS)) * 1000
    print(f"{City.objects.count():,} cities, {count():,} actions: counting them {unit:.1f} ms")
    for name, client, pages in people(City.objects.order_by("pk")[10]):
        for page in pages:

            def answer(client=client, page=page):
                return b"".join(client.get(page))

            with connection.execute_wrapper(counted):
                answer()
            ratio, took = against([count], answer, RUNS)
            print(f"{ratio:6.1f} times, {took * 1000:4.0f} ms,", end=" ")
            print(f"{len(queries):2} queries: {page} ({name})")
            queries.clear()


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        import django

        django.setup()
        from django.conf import settings

        settings.DEBUG, settings.ALLOWED_HOSTS = False, ["testserver"]
        prepare(int(sys.argv[2]))
        measure()
