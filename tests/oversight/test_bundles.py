"""Files of several cities as one ZIP: who gets it, what is in it, and that it goes again."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.utils import timezone

from exchange.models import Worker
from oversight import bundles, tasks
from oversight.models import FileBundle
from profiles.models import Region
from report import pdf
from report.failures import ReportError
from tests.clients import client_of, words_of
from tests.factories import make_city, make_user, writing
from tests.published import publish_all

LIST = "/admin/oversight/overseencity/"


@pytest.fixture
def cities(catalogue):
    found = [make_city("Port Trial", slug="port"), make_city("Port Trial", slug="port-2")]
    found += [make_city("Draft", slug="draft", state="draft"), make_city("=Bad", slug="bad")]
    publish_all()
    return found


@pytest.fixture
def staff(db):
    return make_user("staff@example.org", is_staff=True)


@pytest.fixture
def worker(db):
    return Worker.objects.create(name="one", seen_at=timezone.now())


@pytest.fixture(autouse=True)
def typeset(monkeypatch):
    """Sets small PDFs, none of a city whose name begins as a formula."""

    def fake(payload, pictures=None):
        if b'"=Bad"' in payload:
            raise ReportError("no such thing")
        return b"%PDF-1.7 %%EOF"

    monkeypatch.setattr(pdf, "typeset", fake)


def make_bundle(cities, by):
    bundle = FileBundle.objects.create(made_by=by)
    bundle.cities.set(cities)
    return bundle


def run(bundle):
    """Do what a worker would; how often it took the bundle up."""
    times = 1
    while bundles.make_part(FileBundle.objects.get(pk=bundle.pk)):
        times += 1
    return times


def test_staff_get_the_files_of_all_cities_of_a_list(cities, staff, worker, client):
    client.force_login(staff)
    chosen = {"action": "bundle_files", "select_across": "1", ACTION_CHECKBOX_NAME: [1]}
    begun = client.post(LIST, chosen)
    [bundle] = FileBundle.objects.all()
    assert begun["Location"] == bundle.get_absolute_url()
    page = words_of(client.get(begun["Location"]))
    assert "4 cities are chosen." in page and "they get no file: <bdi>Draft</bdi>" in page
    assert "Choose at least one" in words_of(client.post(begun["Location"], {}))
    client.post(begun["Location"], {"forms": ["pdf", "docx"]})
    waiting = client.get(begun["Location"])
    assert waiting["Refresh"] and "0 of 8 files" in words_of(waiting)
    assert client.get(f"{begun['Location']}files.zip").status_code == 404
    bundle.refresh_from_db()
    tasks.make_bundle.func(bundle.pk, bundle.run)
    done = words_of(client.get(begun["Location"]))
    assert "5 files are ready" in done and "nothing of it is public" in done
    answer = client.get(f"{begun['Location']}files.zip")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert packed.testzip() is None
    day = bundle.made_at.date().isoformat()
    files = {f"{slug}-{day}.{ending}" for slug in ("port", "port-2") for ending in ("pdf", "docx")}
    assert {*packed.namelist()} == {*files, f"bad-{day}.docx", "cities.csv"}
    rows = list(csv.reader(io.StringIO(packed.read("cities.csv").decode("utf-8-sig"))))
    assert [name for name, _file, reason in rows[1:] if reason] == ["'=Bad", "Draft", "Draft"]
    for url, says in (
        (begun["Location"], True),
        (make_bundle(cities[:1], staff).get_absolute_url(), False),
    ):
        gone = client.post(url, {"_discard": "x"}, follow=True)
        assert ("The ZIP is deleted." in words_of(gone)) is says


def test_a_worker_does_other_work_between_two_parts(cities, staff, worker):
    bundle = make_bundle(cities[:2], staff)
    queued = []
    assert bundles.begin(bundle, ["pdf"], lambda *run: queued.append(run))
    assert not bundles.begin(bundle, ["docx"], queued.append)
    assert queued == [(bundle.pk, 1)]
    bundle = FileBundle.objects.get(pk=bundle.pk)
    assert bundles.make_part(bundle, seconds=0)
    bundle.refresh_from_db()
    assert (bundle.done, bundle.total, bundle.is_waiting) == (1, 2, True)
    assert run(bundle) == 1
    bundle.refresh_from_db()
    assert bundle.state == "ready" and len(zipfile.ZipFile(bundle.file.path).namelist()) == 3


def test_a_city_that_is_deleted_meanwhile_takes_no_file_of_another_one(
    cities, staff, worker, client
):
    gone, *others = cities[:2] + [make_city("Zuid", slug="zuid")]
    publish_all()
    bundle = make_bundle([gone, *others], staff)
    bundles.begin(bundle, ["pdf"], lambda *run: None)
    bundle.refresh_from_db()
    assert bundles.make_part(bundle, seconds=0)
    client.force_login(staff)
    listed = words_of(client.get("/admin/oversight/filebundle/"))
    assert '<td class="field-count">1</td>' in listed
    with writing():
        gone.delete()
    assert run(bundle) == 1
    bundle.refresh_from_db()
    names = {name.rsplit("-", 3)[0] for name in zipfile.ZipFile(bundle.file.path).namelist()}
    assert names == {"port", "port-2", "zuid", "cities.csv"}
    assert "3 files are ready" in words_of(client.get(bundle.get_absolute_url()))


def test_files_keep_the_address_that_their_city_had_as_the_making_began(cities, staff, worker):
    bundle = make_bundle(cities[:1], staff)
    bundles.begin(bundle, ["pdf", "docx"], lambda *run: None)
    bundle.refresh_from_db()
    assert bundles.make_part(bundle, seconds=0)
    with writing():
        cities[0].slug = "harbour"
        cities[0].save()
    publish_all()
    assert run(bundle) == 1
    packed = zipfile.ZipFile(FileBundle.objects.get().file.path)
    day = bundle.made_at.date().isoformat()
    assert packed.namelist() == [f"port-{day}.pdf", f"port-{day}.docx", "cities.csv"]
    listed = list(csv.reader(io.StringIO(packed.read("cities.csv").decode("utf-8-sig"))))
    assert [name for _city, name, _reason in listed[1:]] == packed.namelist()[:2]


def test_what_is_begun_anew_or_deleted_is_left_alone_by_a_late_worker(cities, staff, worker):
    bundle = make_bundle(cities[:2], staff)
    bundles.begin(bundle, ["pdf"], lambda *run: None)
    late = FileBundle.objects.get(pk=bundle.pk)
    dead = timezone.now() - timedelta(minutes=2)
    FileBundle.objects.update(started_at=dead, heartbeat=dead)
    bundle.refresh_from_db()
    assert bundle.is_silent and bundles.begin(bundle, ["docx"], lambda *run: None)
    assert not bundles.make_part(late)
    bundle.refresh_from_db()
    assert (bundle.run, bundle.done, bundle.forms) == (2, 0, ["docx"])
    bundles.discard(bundle)
    assert not bundles.make_part(bundle) and not FileBundle.objects.exists()


def test_who_is_overtaken_within_a_part_writes_nothing_more(cities, staff, worker, monkeypatch):
    bundle = make_bundle(cities[:2], staff)
    bundles.begin(bundle, ["docx"], lambda *run: None)

    def overtake(*given):
        FileBundle.objects.update(run=2)
        return ""

    monkeypatch.setattr(bundles, "add_file", overtake)
    assert not bundles.make_part(FileBundle.objects.get(pk=bundle.pk))
    bundle.refresh_from_db()
    assert (bundle.run, bundle.done, bundle.state) == (2, 0, "making")


def test_a_full_zip_names_what_is_left_out_and_few_files_need_no_worker(cities, staff, settings):
    settings.BUNDLE_MAX_BYTES = 1
    bundle = make_bundle(cities[:2], staff)
    bundles.begin(bundle, ["pdf"], None)
    bundle.refresh_from_db()
    assert bundle.state == "ready"
    assert [(name[:6], reason) for _city, name, reason in bundle.missing] == [
        ("port-2", "left out: the ZIP has no room for more")
    ]


def test_old_zips_go_with_their_files(cities, staff):
    bundle = make_bundle(cities[:1], staff)
    bundles.begin(bundle, ["docx"], None)
    bundle.refresh_from_db()
    assert bundles.size_of(bundle)
    bundles.BundleRound().run(lambda: True)
    assert FileBundle.objects.exists()
    FileBundle.objects.update(made_at=timezone.now() - bundles.KEPT - timedelta(hours=1))
    bundles.BundleRound().run(lambda: True)
    assert not FileBundle.objects.exists() and not bundles.size_of(bundle)


def test_only_platform_staff_get_it(cities, staff):
    bundle = make_bundle(cities, staff)
    asia = Region.objects.get(countries__code="CN")
    coordinator = client_of(make_user("co@example.org", coordinator_of=asia))
    assert coordinator.get(bundle.get_absolute_url()).status_code == 404
    page = coordinator.get(LIST).content.decode()
    assert "bundle_files" not in page and "write_to" in page
    chosen = {"action": "bundle_files", ACTION_CHECKBOX_NAME: [cities[0].pk]}
    coordinator.post(LIST, chosen)
    assert FileBundle.objects.count() == 1
