"""The public site with 4,000 invented cities and the samples: each page alone, then 50 visitors.

gunicorn under the settings of production, on a PostgreSQL of its own, nothing kept: what a visitor
waits on this machine, and processor time of web and database. Pages take turns. Files that are
streamed are left out. Nothing is judged. `public_site.py measure` takes the database of
DATABASE_URL, and fills it where it has no cities.
"""

import contextlib
import http.client
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import pages  # noqa: E402 (its folder has to be on the path)

CITIES, TURNS = 4_000, 21
VISITORS, SECONDS, PAUSES = 50, 60, (0, 5)
PORTS = 8491, 8492
LARGE = 300
"""Actions of the largest city."""

OWN, CHILDREN = 11, 13
"""Where the processor time of a process stands, and that of its children which have ended."""

WORDS = "heat", "wetlands", "湿地", "park river", "zzzz", "wetlnads", "france", "germany forest"
LIST = "/cities/?"
TYPE = "/actions/types/natural-areas/"
PLAIN = (
    "/",
    "/cities/",
    *(LIST + "page=" + page for page in ("2", "150", "last")),
    *(LIST + f"sort={order}" for order in ("newest", "size", "newest&page=150", "size&page=150")),
    *(LIST + "q=" + words for words in ("la", "la&page=2", "zzz", "france")),
    *(LIST + "region=" + region for region in ("europe", "europe&target=3&size=million")),
    *(LIST + chosen for chosen in ("target=3", "index=any", "language=fr", "phase=1")),
    *(LIST + "view=map" + part for part in ("", "&zoom=3&at=48,10", "&zoom=9&at=48,10")),
    *(LIST + "view=map&region=" + part for part in ("europe", "africa&target=3")),
    *(f"/countries/{code}/" for code in ("CN", "FR", "BR")),
    *("/regions/" + part for part in ("europe/", "africa/", "europe/?page=last")),
    "/search/",
    *("/search/?q=" + quote(words) for words in (*WORDS, "nowhere-to-be-found")),
    "/search/?q=trees&kind=actions&page=40",
    "/actions/",
    *(TYPE + part for part in ("", "?page=150", "?region=europe&sort=-total_area&unit=ha&page=2")),
    "/actions/types/ecosystem-policies/",
    "/actions/targets/3/",
    *("/figures/", "/cbi/", "/pathway/", "/resources/", "/about/", "/privacy/", "/contact/"),
    *("/sitemap.xml", "/sitemap-cities.xml", "/sitemap-places.xml", "/sitemap-catalogue.xml"),
    *("/cities/feed.xml", "/robots.txt"),
)
SAMPLE, ANJI = "/cities/al-waha/", "/cities/anji-county/"
OF_SAMPLES = (
    *(ANJI + part for part in ("", "actions/", "actions/4/", "share.png", "versions/")),
    *(SAMPLE + part for part in ("", "actions/", "pathway/", "cbi/", "resources/", "actions/2/")),
    *(SAMPLE + part for part in ("ask/", "versions/", "versions/2/", "versions/feed.xml")),
    *(SAMPLE + part for part in ("share.png", "profile.json")),
    "/cities/three-otters/",
    "/cities/suan-nam/",
)
OF_INVENTED = ("", "actions/", "actions/3/", "share.png")


def main():
    from tests.postgres import temporary_cluster

    with temporary_cluster() as url:
        url = url.replace("@/citiesnature?", "@/postgres?")
        command = [sys.executable, __file__, "measure"]
        subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, cwd=ROOT, check=True)


def fill():
    """The invented cities, made in a process of its own under the settings of development."""
    import django
    import lists

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from actions.management.commands import make_cities
    from profiles.models import PublicCity

    settings.DEBUG = False
    if PublicCity.objects.exists():
        return
    lists.prepare(CITIES)
    make_cities.ACTIONS = LARGE, LARGE
    call_command("make_cities", 1, seed=2)
    call_command("publish_lagging")


def addresses(url):
    """What is asked for: fixed addresses, and those of some invented cities."""
    import psycopg

    query = (
        "(SELECT slug FROM profiles_publiccity ORDER BY action_count DESC LIMIT 1) UNION ALL "
        "(SELECT slug FROM profiles_publiccity WHERE action_count = 60 ORDER BY city_id LIMIT 3)"
    )
    login = {"host": url.partition("host=")[2], "user": "citiesnature", "dbname": "postgres"}
    with psycopg.connect(**login) as connection:
        slugs = [slug for (slug,) in connection.execute(query)]
    invented = [f"/cities/{slug}/{part}" for slug in slugs for part in OF_INVENTED]
    return [*PLAIN, *OF_SAMPLES, *invented]


class Clock:
    """Processor seconds so far of the children of a process, of those too that have ended."""

    def __init__(self, pid):
        self.pid = pid

    def seconds(self):
        spent = ticks(self.pid, CHILDREN)
        for child in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split():
            with contextlib.suppress(OSError):  # it has just ended
                spent += ticks(child, OWN)
        return spent / os.sysconf("SC_CLK_TCK")


def ticks(pid, first):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[first]) + int(fields[first + 1])


def get(port, address):
    """(status, seconds) on a connection of its own."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, time.perf_counter() - start


def part_of(times, share):
    """The time within which such a share of the answers came, in milliseconds."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)] * 1000


def alone(port, asked, web, database):
    """Each page in turn: times, and the processor time of web and database."""
    times, web_spent, database_spent = defaultdict(list), Counter(), Counter()
    for turn in range(TURNS + 1):
        for address in asked:
            before = web.seconds(), database.seconds()
            status, seconds = get(port, address)
            if status != 200:
                raise SystemExit(f"{address} answered with {status}.")
            if turn:  # in the first turn the process warms up
                times[address].append(seconds)
                web_spent[address] += web.seconds() - before[0]
                database_spent[address] += database.seconds() - before[1]
    for address in sorted(asked, key=lambda one: -part_of(times[one], 0.95)):
        took = times[address]
        print(f"{part_of(took, 0.5):5.0f} {part_of(took, 0.95):5.0f} ms,", end=" ")
        print(f"processor {web_spent[address] / TURNS * 1000:4.0f}", end=" ")
        print(f"{database_spent[address] / TURNS * 1000:4.0f} ms: {address}")
    show(f"{len(asked)} addresses, {TURNS} turns", [one for took in times.values() for one in took])


def show(name, times):
    parts = ", ".join(f"{part_of(times, share):,.0f}" for share in (0.5, 0.95, 0.99, 1))
    print(f"{name}: half within, 95 %, 99 %, all: {parts} ms", flush=True)


def visit(port, asked, pause, web):
    """Visitors for a minute. `pause`: the seconds that they read a page, on average."""
    end, before = time.perf_counter() + SECONDS, web.seconds()

    def visitor(number):
        drawn, found = random.Random(number), []  # noqa: S311 (nothing secret)
        time.sleep(drawn.uniform(0, pause))
        while time.perf_counter() < end:
            found.append(get(port, drawn.choice(asked)))
            time.sleep(drawn.uniform(0, 2 * pause))
        return found

    with ThreadPoolExecutor(VISITORS) as threads:
        found = [one for some in threads.map(visitor, range(VISITORS)) for one in some]
    print(
        f"{VISITORS} visitors, pauses of {pause} s: {dict(Counter(s for s, _t in found))},", end=" "
    )
    print(f"{len(found) / SECONDS:.1f} a second,", end=" ")
    print(f"{(web.seconds() - before) / len(found) * 1000:.0f} ms of web processor each")
    show("their answers", [seconds for _status, seconds in found])


def measure(url, folder):
    command = [sys.executable, __file__, "fill"]
    subprocess.run(command, env=os.environ, cwd=ROOT, check=True)
    pages.fill(ROOT, url, folder)
    asked = addresses(url)
    data = Path(url.partition("host=")[2], "data")
    database = Clock((data / "postmaster.pid").read_text().split()[0])
    given = ROOT, url, folder, "dummycache://"
    with pages.running(*given, PORTS[0], workers=1) as server:
        alone(server.port, asked, Clock(server.pid), database)
    with pages.running(*given, PORTS[1], threads=8) as server:
        for pause in PAUSES:
            visit(server.port, asked, pause, Clock(server.pid))


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    elif sys.argv[1] == "fill":
        fill()
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(os.environ["DATABASE_URL"], folder)
