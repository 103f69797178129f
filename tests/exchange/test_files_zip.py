"""The .zip of files that comes with a workbook: named by cells, checked, kept, taken back."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from exchange import jobs
from exchange.applying import Overtaken, apply
from exchange.lookups.sent_files import SentFiles
from exchange.models import Job
from exchange.planning import make_plan
from exchange.reading import read
from exchange.writing.formats import FORMATS, write
from exchange.writing.selection import Selection
from hub.models import Resource, Upload
from intake.refusals import UnreadableFiles
from profiles.models import City
from tests.factories import make_city, make_item, make_resource, make_upload, make_user
from tests.files.building import parts_of, plain, with_packed
from tests.intake.sendable import pdf

pytestmark = pytest.mark.django_db

HEAD = ["City", "Title", "Kind", "File", "Cover"]
TEXT = b"Hedges and ponds.\n"


def image(kind="PNG", size=(20, 10), colour="green"):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def zipped(path, files, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def port(catalogue):
    return make_city("Port Trial")


@pytest.fixture
def officer(port):
    return make_user("officer@example.org", officer_of=port)


@pytest.fixture
def book(workbook):
    """A function that writes a sheet Resources with a row per (file, cover)."""

    def write(*files, city="port-trial"):
        rows = [
            [city, f"Thing {number}", "guide", *pair] for number, pair in enumerate(files, start=1)
        ]
        return workbook(Resources=[HEAD, *rows])

    return write


@pytest.fixture
def plan(tmp_path):
    """A function that plans a workbook with a .zip of `files`."""

    def run(path, files, user=None):
        return make_plan(
            read(path), user, enclosed=SentFiles(zipped(tmp_path / "files.zip", files))
        )

    return run


@pytest.fixture
def sent(tmp_path, officer):
    """A function that sends a workbook with a .zip of `files` as the officer's import."""

    def run(path, files, user=officer):
        archive = zipped(tmp_path / "sent.zip", files)
        with path.open("rb") as book, archive.open("rb") as opened:
            return jobs.receive(
                user, File(book, "book.xlsx"), enclosed=File(opened, "our files.zip")
            )

    return run


def messages(plan):
    return [(problem.cell, problem.message) for problem in plan.problems]


def on_disk(settings):
    return {path for path in Path(settings.MEDIA_ROOT, "uploads").rglob("*") if path.is_file()}


class TestNamed:
    @pytest.mark.parametrize(
        ("cell", "entry"),
        [
            ("plan.pdf", "plan.pdf"),
            ("Plan.PDF", "plan.pdf"),
            ("plan.pdf", "folder/plan.pdf"),
            ("folder/plan.pdf", "folder/plan.pdf"),
            ("folder\\plan.pdf", "folder/plan.pdf"),
            ("plan.pdf", "folder\\plan.pdf"),
            ("plan.pdf", "../../plan.pdf"),
            ("安吉.pdf", "安吉.pdf"),
            ("plan.pdf", "pl\u202ean.pdf"),
        ],
    )
    def test_a_file_is_found_by_its_name(self, port, book, plan, cell, entry):
        done = plan(book((cell, None)), {entry: pdf()})
        assert done.is_sound, done.problems
        apply(done)
        upload = Resource.objects.get().file
        assert upload.name.lower() in ("plan.pdf", "安吉.pdf")
        assert Path(upload.file.path).read_bytes() == pdf()
        assert upload.city == port
        assert upload.history.count() == 1

    def test_names_are_read_in_the_letters_of_old_programs(self, port, book, tmp_path):
        path = zipped(tmp_path / "files.zip", {"gr_n.pdf": pdf(), "s_d.pdf": pdf()})
        content = path.read_bytes().replace(b"gr_n", b"gr\x81n")
        path.write_bytes(content)
        assert "grün.pdf" in SentFiles(path).keys

    def test_each_city_has_its_folder(self, port, workbook, plan):
        other = make_city("Elsewhere")
        path = workbook(
            Resources=[
                HEAD,
                ["port-trial", "A", "guide", "plan.pdf", None],
                ["elsewhere", "B", "guide", "plan.pdf", None],
            ]
        )
        files = {"port-trial/plan.pdf": pdf(), "elsewhere/plan.pdf": pdf(body=b"%other\n")}
        apply(plan(path, files))
        assert port.uploads.get().sha256 != other.uploads.get().sha256

    def test_two_of_one_name_are_asked_about(self, port, book, plan):
        found = plan(book(("plan.pdf", None)), {"a/plan.pdf": pdf(), "b/plan.pdf": pdf()})
        ((cell, message),) = messages(found)
        assert cell == "D2"
        assert message.endswith("write the folder too, such as a/plan.pdf.")

    def test_a_missing_one_is_said_with_the_nearest(self, port, book, plan):
        found = plan(book(("paln.pdf", None)), {"plan.pdf": pdf()})
        assert messages(found) == [
            (
                "D2",
                "There is no file “paln.pdf” in the zip, and the city has none of this name. "
                "Did you mean “plan.pdf”?",
            )
        ]

    def test_one_that_the_city_has_need_not_be_sent(self, port, book, plan):
        make_upload(port, "cover.png")
        apply(plan(book(("plan.pdf", "cover.png")), {"plan.pdf": pdf()}))
        assert Resource.objects.get().cover.name == "cover.png"
        assert Upload.objects.count() == 2

    def test_what_no_cell_names_stays_out_and_is_told(self, port, book, plan):
        done = plan(
            book(("plan.pdf", None)),
            {"plan.pdf": pdf(), "x/old.pdf": pdf(), "__MACOSX/._plan.pdf": b"", "x/": b""},
        )
        assert [doubt.message for doubt in done.doubts] == [
            "No cell names these files of the .zip, so they stay out: old.pdf."
        ]
        apply(done)
        assert [upload.name for upload in Upload.objects.all()] == ["plan.pdf"]

    def test_the_workbook_of_an_export_may_have_any_name(self, port, book, plan):
        files = {"plan.pdf": pdf(), "al-waha.xlsx": b"", "x/old.xlsx": b"", "a.ods": b""}
        done = plan(book(("plan.pdf", None)), files)
        assert [doubt.message for doubt in done.doubts] == [
            "No cell names these files of the .zip, so they stay out: old.xlsx."
        ]


class TestChecked:
    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("plan.pdf", b"MZ\x90\x00", "is not what its ending .pdf says"),
            ("plan.exe", b"MZ\x90\x00", "Files that end in .exe are not taken."),
            ("plan.zip", b"PK\x05\x06" + b"\0" * 18, "Unpack it and send the files in it"),
            ("fdp\u202e.exe", b"MZ", "Files that end in .exe are not taken."),
            ("plan.pdf", b"", "The file is empty"),
        ],
    )
    def test_wrong_content_is_said_at_its_cell(self, port, book, plan, name, content, said):
        ((cell, message),) = messages(plan(book((name, None)), {name: content}))
        assert cell == "D2"
        assert said in message
        assert not Upload.objects.exists()

    def test_a_cover_is_an_image_and_made_smaller(self, port, book, plan):
        wrong = plan(book(("plan.pdf", "plan.pdf")), {"plan.pdf": pdf()})
        assert [cell for cell, _message in messages(wrong)] == ["E2"]
        files = {"plan.pdf": pdf(), "cover.png": image(size=(3000, 1000))}
        apply(plan(book(("plan.pdf", "cover.png")), files))
        assert Resource.objects.get().cover.width == 1200

    def test_all_new_files_of_a_city_have_room_together(self, port, book, plan, settings):
        settings.CITY_UPLOADS_MAX_BYTES = len(TEXT) * 2
        make_upload(port, "old.txt", TEXT)
        files = {"a.txt": TEXT + b"a", "b.txt": b"b"}
        ((cell, message),) = messages(plan(book(("b.txt", None), ("a.txt", None)), files))
        assert cell == "D3"
        assert message.startswith("There is no room for it")


class TestHostile:
    @pytest.mark.parametrize(
        "spoil",
        [
            lambda raw: b"PK\x03\x04 this is no archive",
            lambda raw: raw[:-30],
            lambda raw: raw + b"tail",
            lambda raw: raw.replace(b"plan.pdf", b"plan.txt"),
            lambda raw: encrypted(raw),
        ],
    )
    def test_what_is_no_whole_zip_is_refused(self, port, tmp_path, spoil):
        path = zipped(tmp_path / "files.zip", {"plan.pdf": pdf(), "plan.txt": TEXT})
        path.write_bytes(spoil(path.read_bytes()))
        with pytest.raises(UnreadableFiles):
            SentFiles(path)

    def test_a_lie_about_the_size_is_a_wrong_cell(self, port, book, tmp_path):
        path = zipped(tmp_path / "files.zip", {"big.txt": b"0" * 500_000})
        raw = path.read_bytes()
        path.write_bytes(raw.replace(struct.pack("<L", 500_000), struct.pack("<L", 5)))
        plan = make_plan(read(book(("big.txt", None))), enclosed=SentFiles(path))
        ((cell, message),) = messages(plan)
        assert cell == "D2"
        assert message.startswith("The .zip with the files is damaged")

    def test_a_bomb_is_refused_before_it_is_unpacked(self, tmp_path, settings):
        settings.FILES_ZIP_MAX_UNPACKED_BYTES = 1_000_000
        path = zipped(tmp_path / "files.zip", {"big.txt": b"0" * 1_000_001})
        with pytest.raises(UnreadableFiles, match="too large"):
            SentFiles(path)

    def test_too_many_files_are_refused(self, tmp_path):
        path = zipped(tmp_path / "files.zip", {f"{n}.txt": b"x" for n in range(2001)})
        with pytest.raises(UnreadableFiles, match="2000 files"):
            SentFiles(path)

    def test_an_entry_without_a_name_is_no_file(self, tmp_path):
        path = tmp_path / "files.zip"
        path.write_bytes(with_packed("", [b"x"]))
        assert SentFiles(path).keys.keys() == parts_of(plain()).keys()

    def test_a_link_in_it_is_no_file(self, port, book, tmp_path):
        path = tmp_path / "files.zip"
        with zipfile.ZipFile(path, "w") as archive:
            link = zipfile.ZipInfo("notes.txt")
            link.external_attr = 0o120777 << 16
            archive.writestr(link, "/etc/hostname")
        plan = make_plan(read(book(("notes.txt", None))), enclosed=SentFiles(path))
        ((_cell, message),) = messages(plan)
        assert message.startswith("There is no file “notes.txt” in the zip")


def encrypted(raw):
    """The same with the mark of a password on every file."""
    found = bytearray(raw)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := raw.find(mark, start)) >= 0:
            found[start + place] |= 1
            start += 4
    return bytes(found)


class TestAgain:
    def test_the_same_files_change_nothing(self, port, book, plan):
        path = book(("plan.pdf", "cover.jpg"), ("a.txt", None))
        files = {"plan.pdf": pdf(), "cover.jpg": image("JPEG"), "a.txt": TEXT}
        apply(plan(path, files))
        again = plan(path, files)
        assert not again.changes_anything
        assert again.totals["unchanged"] == 2
        assert not again.context.files.new

    def test_without_the_zip_nothing_changes_either(self, port, book, plan):
        path = book(("plan.pdf", "cover.jpg"))
        apply(plan(path, {"plan.pdf": pdf(), "cover.jpg": image("JPEG")}))
        assert not make_plan(read(path)).changes_anything

    def test_another_file_under_the_name_changes_the_row(self, port, book, plan):
        path = book(("plan.pdf", None))
        apply(plan(path, {"plan.pdf": pdf()}))
        other = {"plan.pdf": pdf(body=b"%second\n")}
        done = plan(path, other)
        assert done.totals["changed"] == 1
        apply(done)
        assert Resource.objects.get().file.name == "plan (2).pdf"
        assert not plan(path, other).changes_anything
        assert not make_plan(read(path)).changes_anything
        apply(plan(path, {"plan.pdf": pdf(body=b"%third\n")}))
        assert Resource.objects.get().file.name == "plan (3).pdf"

    def test_another_file_of_something_published_is_looked_at_again(
        self, port, officer, book, plan
    ):
        make_resource(port, "Thing 1", file=make_upload(port))
        path, files = book(("plan.pdf", None)), {"plan.pdf": pdf(body=b"%second\n")}
        done = plan(path, files, officer)
        assert any("platform staff look at it" in doubt.message for doubt in done.doubts)
        apply(done)
        assert Resource.objects.get().state == "submitted"
        assert not plan(path, files, officer).changes_anything

    def test_another_cover_of_something_published_is_told_at_its_cell(
        self, port, officer, book, plan
    ):
        make_resource(port, "Thing 1", file=make_upload(port))
        done = plan(book(("plan.pdf", "cover.png")), {"cover.png": image()}, officer)
        assert [doubt.cell for doubt in done.doubts] == ["E2"]
        apply(done)
        assert Resource.objects.get().state == "submitted"

    def test_an_upload_serves_the_resource_and_the_step(self, port, workbook, plan):
        path = workbook(
            Resources=[HEAD, ["port-trial", "Plan", "plan", "plan.pdf", None]],
            Pathway=[
                ["City", "Step", "Title", "File"],
                ["port-trial", "set-baseline", "Plan", "plan.pdf"],
            ],
        )
        apply(plan(path, {"plan.pdf": pdf()}))
        assert port.step_items.get().upload == Resource.objects.get().file
        changed = plan(path, {"plan.pdf": pdf(body=b"%second\n")})
        assert changed.totals["changed"] == 2
        apply(changed)
        assert port.step_items.get().upload == Resource.objects.get().file


class TestWritten:
    def test_what_fails_leaves_no_file_behind(self, port, book, plan, settings, monkeypatch):
        before = on_disk(settings)
        done = plan(book(("plan.pdf", None)), {"plan.pdf": pdf()})
        assert on_disk(settings) == before
        monkeypatch.setattr(
            "exchange.sheets.resources.link_in_bulk", lambda *given: 1 / 0, raising=True
        )
        with pytest.raises(ZeroDivisionError):
            apply(done)
        assert on_disk(settings) == before
        assert not Upload.objects.exists()

    def test_a_city_that_changed_meanwhile_leaves_none_either(self, port, book, plan, settings):
        before = on_disk(settings)
        done = plan(book(("plan.pdf", None)), {"plan.pdf": pdf()})
        make_resource(port)
        with pytest.raises(Overtaken):
            apply(done)
        assert on_disk(settings) == before

    def test_a_new_city_brings_its_files(self, catalogue, workbook, plan):
        path = workbook(
            Cities=[["City", "Name", "Country"], ["new-town", "New Town", "DE"]],
            Resources=[HEAD, ["new-town", "Plan", "plan", "plan.pdf", None]],
        )
        apply(plan(path, {"plan.pdf": pdf()}))
        assert City.objects.get().uploads.get() == Resource.objects.get().file


class TestJobs:
    def test_sent_checked_written_and_taken_back(self, port, book, sent, officer):
        path = book(("plan.pdf", "cover.png"))
        job = sent(path, {"plan.pdf": pdf(), "cover.png": image()})
        assert (job.state, job.enclosed_name) == (Job.State.READY, "our files.zip")
        assert not Upload.objects.exists()
        jobs.confirm(job, officer)
        assert job.state == Job.State.APPLIED, job.message
        assert port.uploads.count() == 2
        jobs.undo(job, officer)
        assert job.state == Job.State.UNDONE, job.message
        assert not Upload.objects.exists()
        assert not Resource.objects.exists()

    def test_what_is_taken_back_keeps_no_zip(self, client, port, book, sent, officer):
        job = sent(book(("plan.pdf", None)), {"plan.pdf": pdf()})
        stored = Path(job.enclosed.path)
        jobs.confirm(job, officer)
        assert stored.exists()
        jobs.undo(job, officer)
        assert not stored.exists()
        assert not job.enclosed
        client.force_login(officer)
        page = client.get(job.get_absolute_url()).content.decode()
        assert "our files.zip" in page
        files = reverse("admin:exchange_job_files", args=[job.pk])
        assert files not in page
        assert client.get(files).status_code == 404

    def test_what_may_be_checked_again_keeps_its_zip(self, port, book, sent, officer):
        job = sent(book(("plan.pdf", None)), {"plan.pdf": pdf()})
        Job.objects.filter(pk=job.pk).update(state=Job.State.CANCELLED)
        jobs.check_again(job, officer)
        assert job.state == Job.State.READY, job.message

    def test_the_page_offers_a_reason_only_where_there_is_a_column_for_it(
        self, client, port, book, sent, officer
    ):
        make_resource(port, "Thing 1", file=make_upload(port))
        client.force_login(officer)
        job = sent(book(("plan.pdf", "cover.png")), {"cover.png": image(), "old.pdf": pdf()})
        page = client.get(job.get_absolute_url()).content.decode()
        assert "No cell names these files" in page
        assert "platform staff look at it" in page
        assert "Why it is right" not in page

    def test_a_changed_file_goes_back(self, port, book, sent, officer):
        first = make_upload(port)
        make_resource(port, "Thing 1", file=first, state="draft")
        job = sent(book(("plan.pdf", None)), {"plan.pdf": pdf(body=b"%second\n")})
        jobs.confirm(job, officer)
        assert Resource.objects.get().file.name == "plan (2).pdf"
        jobs.undo(job, officer)
        assert job.state == Job.State.UNDONE, job.message
        assert Resource.objects.get().file == first
        assert Upload.objects.get() == first

    def test_checked_again_with_its_files(self, port, book, sent, officer):
        job = sent(book(("plan.pdf", None), ("b.pdf", None)), {"plan.pdf": pdf()})
        assert job.state == Job.State.WRONG
        make_upload(port, "b.pdf")
        jobs.check_again(job, officer)
        assert job.state == Job.State.READY

    def test_a_file_that_came_in_meanwhile_is_noticed(self, port, book, sent, officer):
        job = sent(book(("plan.pdf", None)), {"plan.pdf": pdf()})
        make_upload(port)
        jobs.confirm(job, officer)
        assert job.state == Job.State.OUTDATED
        assert Upload.objects.count() == 1

    def test_other_files_than_those_that_were_sent_are_not_written(self, port, book, sent, officer):
        job = sent(book(("plan.pdf", None)), {"plan.pdf": pdf()})
        zipped(Path(job.enclosed.path), {"plan.pdf": pdf(body=b"%other\n")})
        jobs.confirm(job, officer)
        assert job.state == Job.State.FAILED
        assert not Upload.objects.exists()

    def test_the_pages(self, client, port, book, officer, tmp_path):
        client.force_login(officer)
        archive = zipped(tmp_path / "files.zip", {"plan.pdf": pdf()})
        path = book(("plan.pdf", None))
        answer = client.post(
            reverse("admin:exchange_job_add"),
            {
                "file": ContentFile(path.read_bytes(), "book.xlsx"),
                "enclosed": ContentFile(archive.read_bytes(), "our files.zip"),
            },
            follow=True,
        )
        job = Job.objects.get()
        assert "our files.zip" in answer.content.decode()
        back = client.get(reverse("admin:exchange_job_files", args=[job.pk]))
        assert b"".join(back.streaming_content) == archive.read_bytes()
        answer = client.post(
            reverse("admin:exchange_job_add"),
            {
                "file": ContentFile(path.read_bytes(), "book.xlsx"),
                "enclosed": ContentFile(b"no zip", "our files.zip"),
            },
        )
        assert "The .zip with the files is damaged" in str(
            answer.context["form"].errors["enclosed"]
        )
        assert Job.objects.count() == 1

    def test_by_command(self, port, book, tmp_path, capsys):
        archive = zipped(tmp_path / "files.zip", {"plan.pdf": pdf()})
        call_command("import_workbook", book(("plan.pdf", None)), files=str(archive))
        assert port.uploads.get().name == "plan.pdf"
        assert Job.objects.get().enclosed_name == "files.zip"


class TestOut:
    """A workbook with its files, which may be sent in again as it is."""

    @pytest.mark.parametrize("names", [["Port Trial"], ["Port Trial", "Elsewhere"]])
    def test_what_is_taken_out_with_files_goes_in_again(self, catalogue, tmp_path, names):
        for name in names:
            city = make_city(name)
            make_resource(
                city,
                file=make_upload(city, content=pdf(body=name.encode())),
                cover=make_upload(city, "cover.jpg", image("JPEG"), sha256="0" * 64),
            )
            make_item(city, 1, upload=make_upload(city, "steps.txt", TEXT))
            make_upload(city, "unused.txt", TEXT)
        path = tmp_path / "all.zip"
        write(Selection.of_cities(None, City.objects.all()), FORMATS["zip"], path)
        with zipfile.ZipFile(path) as archive:
            found = set(archive.namelist())
            (book,) = (name for name in found if name.endswith(".xlsx"))
            archive.extract(book, tmp_path)
        assert ("plan.pdf" in found) == (len(names) == 1)
        assert not any("unused" in name for name in found)
        again = make_plan(read(tmp_path / book), enclosed=SentFiles(path, workbook_name=book))
        assert again.is_sound, again.problems
        assert not again.changes_anything
        assert not again.doubts

    def test_officers_get_their_own_files_only(self, port, officer, client):
        make_resource(port, file=make_upload(port), state="draft")
        other = make_city("Elsewhere")
        make_resource(other, file=make_upload(other, "secret.pdf"), state="draft")
        client.force_login(officer)
        answer = client.get(reverse("admin:exchange_job_export"), {"format": "zip"})
        content = io.BytesIO(b"".join(answer.streaming_content))
        assert set(zipfile.ZipFile(content).namelist()) == {"port-trial.xlsx", "plan.pdf"}


def test_pictures_of_a_profile_come_in_the_zip_and_go_in_it(port, plan, workbook, tmp_path):
    head = ["City", "Picture", "File", "Alternative text", "Credit"]
    rows = [["port-trial", "cover", "river.png", "A river.", ""]]
    [problem] = plan(workbook(Pictures=[head, *rows]), {"river.png": image()}).problems
    assert problem.cell == "E2"
    assert "Say who made the cover." in problem.message
    rows[0][-1] = "Kim Lens"
    path = workbook(Pictures=[head, *rows])
    apply(plan(path, {"river.png": image(size=(3000, 1500))}))
    cover = port.pictures.get()
    assert (cover.file.name, cover.file.width, cover.credit) == ("river.png", 2400, "Kim Lens")
    out = tmp_path / "out.zip"
    write(Selection.of_cities(None, City.objects.all()), FORMATS["zip"], out)
    with zipfile.ZipFile(out) as archive:
        assert set(archive.namelist()) == {"port-trial.xlsx", "river.png"}
    wrong = [["port-trial", "logo", "", "A leaf.", ""], ["port-trial", "cover", "gone.png", "", ""]]
    problems = plan(workbook(Pictures=[head, *wrong]), {}).problems
    assert [problem.cell for problem in problems] == ["C2", "C3"]
