"""What an officer does in the import workspace: sends a workbook, and presses the job's buttons."""

import io
import zipfile
from urllib.parse import unquote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.models import Job
from tests.exchange.workbooks import write_workbook

ACTIONS = ["City", "Number", "Action type", "Description"]
UPLOAD = "admin:exchange_job_add"


def address(job, act="change"):
    return reverse(f"admin:exchange_job_{act}", args=[job.pk])


def book_of(tmp_path, **sheets):
    """A workbook's name and bytes, as a browser would send them."""
    path = write_workbook(tmp_path / "my cities.xlsx", sheets)
    return SimpleUploadedFile(path.name, path.read_bytes())


def send(client, file, **fields):
    return client.post(reverse(UPLOAD), {"file": file, **fields})


def sent(client, file, **fields):
    """Send `file`; the job it became."""
    response = send(client, file, **fields)
    assert response.status_code == 302, response.context["form"].errors
    job = Job.objects.latest("pk")
    assert response.url == address(job)
    return job


def press(client, job, act):
    """Press one of the job's buttons and follow to the page; `apply` as the page would send it."""
    job.refresh_from_db()
    data = {"run": job.run} if act == "apply" else {}
    response = client.post(address(job, act), data, follow=True)
    job.refresh_from_db()
    return response.content.decode()


def downloaded(client, url, query=None):
    """The name and the content of an attachment."""
    response = client.get(url, query)
    content = b"".join(response)
    assert response.status_code == 200, content
    assert response["X-Content-Type-Options"] == "nosniff"
    kind, plain, full = response["Content-Disposition"].split("; ")
    assert (kind, plain.isascii()) == ("attachment", True)
    return unquote(full.removeprefix("filename*=UTF-8''")), content


def names_in(content):
    """The names in an archive, which a workbook is."""
    return zipfile.ZipFile(io.BytesIO(content)).namelist()
