"""What is left of a file that could not be written to its end."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.disks import fill_disk


def test_a_full_disk_keeps_no_part_of_a_file(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    whole = default_storage.save("jobs/whole.txt", ContentFile(b"one"))
    fill_disk(monkeypatch)
    with pytest.raises(OSError, match="No space left"):
        default_storage.save("jobs/whole.txt", ContentFile(b"two"))
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [whole]
