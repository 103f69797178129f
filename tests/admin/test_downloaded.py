"""The page for downloaded profiles: from the files to an import, for platform staff alone."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions.models import Action
from exchange.downloaded.reader import read_profile
from exchange.downloaded.stored import place_all
from exchange.models import Job
from tests.admin.sending import press
from tests.exchange import printed

PAGE = reverse("admin:exchange_job_profiles")
WORKBOOK = reverse("admin:exchange_job_profiles_workbook")
ADD = reverse("admin:exchange_job_add")


def sent(client, **files):
    """The answer to some texts, by name."""
    profiles = [SimpleUploadedFile(f"{name}.txt", text.encode()) for name, text in files.items()]
    return client.post(PAGE, {"profiles": profiles})


def test_a_profile_becomes_a_workbook_that_is_checked_and_imported(catalogue, staff):
    blocks = list(printed.actions())[:10]
    text = printed.text(blocks)
    answer = sent(staff, anji=text, letter="Dear all", empty="")
    content = answer.content.decode()
    assert "Anji County" in content
    assert "This is no profile downloaded from CitiesWithNature" in content
    assert "The file is empty" in content
    token = {answer.context["token_name"]: answer.context["kept"].token}
    book = staff.post(WORKBOOK, token)
    assert b"".join(book).startswith(b"PK")
    assert staff.post(WORKBOOK, {"file-sent": "x"}).status_code == 404
    checked = staff.post(ADD, token)
    job = Job.objects.get()
    assert checked.url == job.get_absolute_url()
    assert job.state == Job.State.READY, job.message
    press(staff, job, "apply")
    (action,) = Action.objects.filter(city__slug="anji-county")
    assert action.description == printed.sheets()["Actions"][0]["Description"]
    # A later download with one more action, printed first: what is stored keeps its number.
    added = ["Increase connectivity between natural areas", blocks[5], "We plant hedges."]
    later = read_profile(printed.text([*blocks[:4], *added, *blocks[4:]]))
    place_all([later])
    assert [one.number for one in later.actions] == [2, 1]


def test_too_many_files_and_none_are_told(catalogue, staff):
    assert "Choose a file." in staff.post(PAGE, {}).content.decode()
    many = {f"profile{number}": "x" for number in range(11)}
    assert "At most 10 files" in sent(staff, **many).content.decode()
