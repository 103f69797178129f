"""PDFs on a real server: the memory of its web processes, and a page that is asked for meanwhile.

200 different PDFs one after another, then 20 at once, while a page that needs no database is asked
for ten times a second. With gunicorn under the settings of production, with threads as in
docs/deployment.md and without, on a SQLite database of its own. Nothing is judged.
"""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CITIES, AT_ONCE = 200, 20
PAGE = "/sign-in/"
PAUSE = 0.1
SERVERS = {"4 processes of 8 threads": (4, 8), "2 processes of one thread": (2, 1)}


def main():
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "citiesnature.settings.production",
            "SECRET_KEY": "".join(map(chr, range(40, 110))),
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "STATIC_ROOT": f"{folder}/static",
            "SECURE_SSL_REDIRECT": "False",
            "LOG_LEVEL": "CRITICAL",
        }
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "load_catalogue")
        manage(environment, "collectstatic", "--noinput")
        for_samples = environment | {"DJANGO_SETTINGS_MODULE": "citiesnature.settings.development"}
        manage(for_samples, "make_cities", str(CITIES + AT_ONCE), "--seed", "1")
        manage(environment, "publish_lagging")
        for number, (name, (workers, threads)) in enumerate(SERVERS.items()):
            print(f"-- {name}", flush=True)
            # PDFs that an earlier server has stored would not be set again.
            environment["PDF_ROOT"] = f"{folder}/pdfs-{number}"
            measure(environment, workers, threads, one_by_one=not number)


def manage(environment, *command):
    program = [sys.executable, "manage.py", *command]
    subprocess.run(program, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)


def measure(environment, workers, threads, one_by_one):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        bound = ["--bind", f"fd://{listener.fileno()}", "--log-level", "error"]
        command = [sys.executable, "-m", "gunicorn", "citiesnature.wsgi", *bound]
        command += ["--workers", str(workers), "--threads", str(threads), "--timeout", "120"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=[listener.fileno()])
        address = listener.getsockname()
        try:
            slugs = addresses(address)
            if one_by_one:
                memory(server.pid, address, slugs[:CITIES])
            at_once(address, slugs[CITIES:])
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def get(address, path):
    """(status, body, seconds)"""
    start = time.perf_counter()
    connection = http.client.HTTPConnection(*address, timeout=300)
    connection.request("GET", path, headers={"Connection": "close"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, body, time.perf_counter() - start


def addresses(address):
    """The paths of the PDFs of all cities, as the list of cities links to them."""
    found, number = [], 1
    while len(found) < CITIES + AT_ONCE:
        _status, body, _seconds = get(address, f"/cities/?page={number}")
        links = [piece.split('"')[0] for piece in body.decode().split('href="/cities/')[1:]]
        slugs = [link.strip("/") for link in links if link.strip("/") and "?" not in link]
        found += [slug for slug in dict.fromkeys(slugs) if not {"/", "."} & set(slug)]
        number += 1
    return [f"/cities/{slug}/profile.pdf" for slug in found]


def memory(pid, address, paths):
    """What the largest web process and all typesetters take, before and after the PDFs."""
    print(f"largest web process: {largest(pid)[0]:.0f} MB before the first PDF")
    times = []
    for count, path in enumerate(paths, 1):
        status, _body, seconds = get(address, path)
        assert status == 200, f"{path}: {status}"  # noqa: S101 (a bench, not a check of input)
        times.append(seconds)
        if count in (30, CITIES):
            web, others = largest(pid)
            print(f"{web:.0f} MB after {count} PDFs (beside it: {others:.0f} MB)")
    again = [get(address, path)[2] for path in paths[:AT_ONCE]]
    print(
        f"a PDF: {statistics.median(times) * 1000:.0f} ms, "
        f"once more: {statistics.median(again) * 1000:.0f} ms"
    )


def largest(pid):
    """Megabytes: of the largest web process of a server, of all processes of web processes."""
    web = children(pid)
    others = [child for one in web for child in children(one)]
    return max(map(resident, web)), sum(map(resident, others))


def children(pid):
    """Of all its threads."""
    lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for words in lists for child in words.split()]


def resident(pid):
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def at_once(address, paths):
    """How long a page takes while so many PDFs are asked for, and how they are answered."""
    usual = statistics.median(get(address, PAGE)[2] for _ in range(20))
    with ThreadPoolExecutor(len(paths)) as threads:
        answers = [threads.submit(get, address, path) for path in paths]
        pages = []
        while not all(answer.done() for answer in answers):
            pages.append(get(address, PAGE)[2])
            time.sleep(PAUSE)  # else the pages alone would take a core
    statuses = [answer.result()[0] for answer in answers]
    print(
        f"{len(paths)} PDFs at once: {statuses.count(200)} made within "
        f"{max(answer.result()[2] for answer in answers):.1f} s, "
        f"{statuses.count(503)} to ask for again"
    )
    print(
        f"a page meanwhile: {statistics.median(pages) * 1000:.0f} ms, the slowest "
        f"{max(pages) * 1000:.0f} ms (at other times {usual * 1000:.0f} ms)"
    )


if __name__ == "__main__":
    main()
