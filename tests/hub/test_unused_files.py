"""`remove_unused_files` removes files to which no row refers, and no others."""

import os
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from hub.models import Upload
from tests.factories import make_city, make_item, make_upload, writing
from tests.published import publish_all

pytestmark = pytest.mark.django_db

ORPHAN = "ab/" + "ab" * 16 + ".pdf"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media" / "uploads"


def aged(path, hours=2):
    then = time.time() - hours * 3600
    os.utime(path, (then, then))
    return path


def stray(folder, name=ORPHAN, hours=2):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"12345")
    return aged(path, hours)


def run(*options):
    out = StringIO()
    call_command("remove_unused_files", *options, stdout=out)
    return out.getvalue()


def deleted(days):
    """The file of a row that was deleted so many days ago."""
    upload = make_upload(make_city(), "old.pdf")
    path = aged(Path(upload.file.path))
    with writing():
        upload.delete()
    then = timezone.now() - timedelta(days=days)
    Upload.history.filter(history_type="-").update(history_date=then)
    return path


def test_a_file_without_a_row_goes_and_one_with_a_row_stays(folder):
    path = stray(folder)
    kept = aged(Path(make_upload(make_city()).file.path))
    said = run()
    assert not path.exists()
    assert kept.exists()
    assert f"uploads/{ORPHAN}" in said
    assert "1 files removed, 5" in said


def test_a_dry_run_only_says_so(folder):
    path = stray(folder)
    said = run("--dry-run")
    assert path.exists()
    assert f"uploads/{ORPHAN}" in said
    assert "1 files would go" in said


def test_a_new_file_may_still_get_its_row(folder):
    path = stray(folder, hours=0.9)
    run()
    assert path.exists()


@pytest.mark.parametrize(("hours", "is_there"), [(23, True), (25, False)])
def test_the_file_of_a_form_that_is_not_right_yet_stays_for_a_day(folder, hours, is_there):
    path = stray(folder, "kept/" + "ab" * 16, hours)
    run()
    assert path.exists() == is_there


def test_the_file_of_a_row_deleted_lately_can_come_back():
    path = deleted(days=29)
    run()
    assert path.exists()
    run("--days", "28")
    assert not path.exists()


def test_the_file_of_a_row_deleted_long_ago_goes():
    path = deleted(days=31)
    run()
    assert not path.exists()


def test_a_file_that_the_public_reads_stays_whatever_became_of_its_row():
    city = make_city()
    upload = make_upload(city, "map.png")
    item = make_item(city, 1, upload=upload)
    publish_all()
    path = aged(Path(upload.file.path))
    with writing():
        item.delete()
        upload.delete()
    run("--days", "0")
    assert path.exists()
    publish_all()
    run("--days", "0")
    assert not path.exists()


@pytest.mark.parametrize("name", ["readme.txt", "ab/notes.pdf", "cd/" + "ab" * 16 + ".pdf"])
def test_what_the_platform_did_not_write_stays(folder, name):
    path = stray(folder, name)
    assert "0 files removed" in run()
    assert path.exists()


def test_nothing_outside_the_folder_is_touched(folder, tmp_path):
    workbook = stray(folder.parent / "jobs", ORPHAN)
    elsewhere = stray(tmp_path / "elsewhere", ORPHAN)
    folder.mkdir(exist_ok=True)
    (folder / "ab").symlink_to(elsewhere.parent)
    (folder / "cd").mkdir()
    (folder / "cd" / ("cd" * 16 + ".pdf")).symlink_to(elsewhere)
    run()
    assert workbook.exists()
    assert elsewhere.exists()
    assert (folder / "cd" / ("cd" * 16 + ".pdf")).is_symlink()


def test_without_a_folder_there_is_nothing_to_do():
    assert "0 files removed" in run()
