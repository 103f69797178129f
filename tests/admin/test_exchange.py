"""The import workspace: from a file to what it wrote and back, by whom, and by whom not."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from exchange.models import Job, Worker
from profiles.models import ChangeSet
from tests.admin.forms import fields_of
from tests.admin.sending import (
    ACTIONS,
    UPLOAD,
    address,
    book_of,
    downloaded,
    names_in,
    press,
    send,
    sent,
)
from tests.clients import url_of, words_of
from tests.disks import fill_disk
from tests.factories import writing

State = Job.State
ADD = reverse(UPLOAD)
WORKSPACE = reverse("admin:exchange_job_changelist")
ACTS = ("apply", "undo", "cancel", "check")
PAGES = ("change", "file", "marked", "undo")


@pytest.fixture
def book(tmp_path):
    return lambda **sheets: book_of(tmp_path, **sheets)


@pytest.fixture
def two_rows(ours):
    """A changed city and a new action."""
    return {
        "Cities": [["City", "Population"], [ours.city.slug, 4711]],
        "Actions": [ACTIONS, [ours.city.slug, 12, "natural-areas", "A new meadow."]],
    }


@pytest.fixture
def job(as_, book, two_rows):
    """The officer's job, checked."""
    return sent(as_("officer"), book(**two_rows))


def test_a_full_disk_keeps_nothing_of_a_workbook_and_says_what_to_do(
    as_, book, two_rows, settings, tmp_path, monkeypatch
):
    file = book(**two_rows)
    settings.MEDIA_ROOT = tmp_path / "media"
    fill_disk(monkeypatch)
    response = send(as_("officer"), file)
    (message,) = response.context["form"].errors["file"]
    assert "no room left" in message
    assert "make room" in message
    assert not Job.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def page_of(client, job):
    return client.get(address(job)).content.decode()


def put(job, **fields):
    """The job as it would be in the middle of things."""
    Job.objects.filter(pk=job.pk).update(**fields)


@pytest.mark.parametrize("who", ["officer", "coordinator", "staff"])
def test_from_a_file_to_what_it_wrote_and_back(as_, ours, book, two_rows, who):
    client, city = as_(who), ours.city
    job = sent(client, book(**two_rows, Commitments=[["City", "Commitment"]]))
    page = page_of(client, job)
    assert "Write 1 new and 1 changed rows" in page and ">Commitments<" not in page
    assert '<ins dir="auto">4711</ins>' in page
    assert "A new meadow." in page
    assert not Action.objects.filter(number=12).exists()

    page = press(client, job, "apply")
    city.refresh_from_db()
    assert (job.state, city.population) == (State.APPLIED, 4711)
    assert Action.objects.get(number=12).description == "A new meadow."
    assert url_of(city) in page
    assert url_of(city, "history") in page
    assert "List: Actions" in page and "List: Commitments made" not in page
    assert str(job) in client.get(url_of(city, "history")).content.decode()

    page = client.get(address(job, "undo")).content.decode()
    assert "Actions: 1 new row is deleted" in page
    assert "Cities: 1 changed row says again" in page
    assert Action.objects.filter(number=12).exists()
    page = press(client, job, "undo")
    city.refresh_from_db()
    assert (job.state, city.population) == (State.UNDONE, None)
    assert not Action.objects.filter(number=12).exists()
    assert "Taken back" in page


def test_a_row_of_another_city_is_an_error_and_nothing_is_written(as_, book, ours, theirs):
    rows = [ACTIONS, [theirs.city.slug, 1, "natural-areas", "Taken"]]
    own = [["City", "Population"], [ours.city.slug, 4711]]
    client = as_("officer")
    job = sent(client, book(Cities=own, Actions=rows))
    page = page_of(client, job)
    assert "There is no such city among those you may edit." in page
    assert theirs.city.slug in page
    assert theirs.city.name not in page
    assert "<strong>A2</strong>" in page
    press(client, job, "apply")
    ours.city.refresh_from_db()
    theirs.action.refresh_from_db()
    assert (job.state, ours.city.population) == (State.WRONG, None)
    assert theirs.action.description != "Taken"
    name, marked = downloaded(client, address(job, "marked"))
    assert name == "my cities, to mend.xlsx"
    assert "xl/workbook.xml" in names_in(marked)


def test_the_first_hundred_errors_are_shown_and_the_rest_counted(as_, book, ours):
    rows = [[ours.city.slug, number, "hedges", ""] for number in range(20, 150)]
    job = sent(as_("officer"), book(Actions=[ACTIONS, *rows]))
    page = page_of(as_("officer"), job)
    assert job.problem_count > 100
    assert page.count('<th scope="row">Actions') + page.count("<bdi>Actions</bdi>") >= 100
    assert f"{job.problem_count - 100} more are marked in the workbook" in page


def test_files_are_kept_while_one_of_them_or_the_sheet_is_wrong(as_, ours):
    client = as_("officer")
    book = SimpleUploadedFile("facts.csv", f"City,Population\n{ours.city.slug},4711\n".encode())
    files = SimpleUploadedFile("files.zip", b"no archive")
    response = client.post(ADD, {"file": book, "enclosed": files})
    again = fields_of(response.content.decode())
    assert "Kept: facts.csv" in words_of(response).replace("<bdi>", "")
    response = client.post(ADD, {**again, "sheet": "Cities", "enclosed-drop": "on"})
    job = Job.objects.get()
    assert response["Location"] == address(job)
    assert (job.file_name, job.state, job.enclosed_name) == ("facts.csv", State.READY, "")


@pytest.mark.parametrize("who", ["other", "nobody", "reviewer"])
def test_anothers_job_does_not_exist(as_, job, who):
    client, before = as_(who), ChangeSet.objects.count()
    missing = 404 if who == "other" else {"reviewer": 403, "nobody": 302}[who]
    for page in PAGES:
        assert client.get(address(job, page)).status_code == missing
    for act in (*ACTS, "change", "file"):
        assert client.post(address(job, act), {"run": job.run}).status_code == missing
    job.refresh_from_db()
    assert (job.state, ChangeSet.objects.count()) == (State.READY, before)
    if who == "other":
        assert job.file_name not in client.get(WORKSPACE).content.decode()


def test_a_colleague_sees_the_job_and_may_go_on_with_it(as_, job):
    client = as_("colleague")
    assert "Lin Our" in client.get(WORKSPACE).content.decode()
    assert "Sent by Lin Our" in page_of(client, job)
    press(client, job, "apply")
    assert job.state == State.APPLIED


def test_the_file_comes_back_as_it_was_sent(as_, job):
    with job.file.open() as file:
        assert downloaded(as_("colleague"), address(job, "file")) == ("my cities.xlsx", file.read())


def test_names_of_files_reach_the_browser_in_their_own_script(as_, job):
    put(job, file_name='安吉县 \r\n"x".xlsx')
    name, _content = downloaded(as_("officer"), address(job, "file"))
    assert name == '安吉县 \r\n"x".xlsx'


def test_a_file_that_is_gone_is_404(as_, job):
    job.file.storage.delete(job.file.name)
    assert as_("officer").get(address(job, "file")).status_code == 404


def test_a_double_click_writes_once(as_, job):
    client = as_("officer")
    press(client, job, "apply")
    page = press(client, job, "apply")
    assert "It has been written already." in page
    assert Action.objects.filter(number=12).count() == 1
    assert ChangeSet.objects.filter(kind=ChangeSet.Kind.IMPORT).count() == 1


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_done_without_a_token(people, job, act):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["officer"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(address(job, act), {"run": job.run}).status_code == 403


def test_what_was_not_seen_is_not_written(as_, job):
    """Somebody checks the file again while the page with the old figures is still open."""
    client, seen = as_("officer"), job.run
    press(as_("colleague"), job, "check")
    page = client.post(address(job, "apply"), {"run": seen}, follow=True).content.decode()
    job.refresh_from_db()
    assert "was checked again meanwhile" in page
    assert job.state == State.READY


def test_another_change_meanwhile_is_told_and_stays(as_, job, ours):
    with writing():
        ours.city.about = "Changed meanwhile."
        ours.city.save()
    client = as_("officer")
    page = press(client, job, "apply")
    assert "Overtaken by another change" in page
    ours.city.refresh_from_db()
    assert (ours.city.about, ours.city.population) == ("Changed meanwhile.", None)
    page = press(client, job, "check")
    assert "Write 1 new and 1 changed rows" in page


def test_an_undo_that_would_lose_work_names_the_row(as_, job):
    client = as_("officer")
    press(client, job, "apply")
    action = Action.objects.get(number=12)
    with writing():
        action.description = "Worked on since."
        action.save()
    asked = client.get(reverse("admin:exchange_job_undo", args=[job.pk])).content.decode()
    assert "Yes, take it back" not in asked
    assert f'<a href="{url_of(action)}" dir="auto">' in asked
    assert "changed by the platform on" in asked
    page = press(client, job, "undo")
    assert job.state == State.APPLIED
    assert "It was not taken back" in page
    assert [line for line in job.message.splitlines()[1:] if line and line in page]
    assert Action.objects.get(number=12).description == "Worked on since."


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cities.xlsx", b"<html>", "not a workbook"),
        ("cities.xlsx", b"", "This file is empty."),
        ("cities.xlsx", None, "Choose a file."),
    ],
)
def test_a_refused_file_is_one_error_at_the_field(as_, name, content, said):
    file = SimpleUploadedFile(name, content) if content is not None else ""
    response = send(as_("officer"), file, sheet="Actions", clears="on")
    form = response.context["form"]
    assert list(form.errors) == ["file"]
    (message,) = form.errors["file"]
    assert said in message
    page = response.content.decode()
    assert page.count(message) == 1
    assert '<option value="Actions" selected>' in page
    assert form["clears"].value()
    assert not Job.objects.exists()


def test_a_file_over_the_limit_is_not_kept(as_, book, two_rows, settings):
    settings.WORKBOOK_MAX_BYTES = 1_000
    response = send(as_("officer"), book(**two_rows))
    (message,) = response.context["form"].errors["file"]
    assert "too large" in message
    assert not Job.objects.exists()


def test_one_sheet_as_csv_takes_the_sheet_that_is_chosen(as_, ours):
    line = f"City,Population\n{ours.city.slug},4711\n".encode()
    job = sent(as_("officer"), SimpleUploadedFile("export.csv", line), sheet="Cities")
    assert (job.state, job.totals["changed"]) == (State.READY, 1)


def test_empty_cells_clear_only_if_the_sender_says_so(as_, book, ours):
    with writing():
        ours.city.website = "https://ours.example"
        ours.city.save()
    rows = {"Cities": [["City", "Website"], [ours.city.slug, None]]}
    kept = sent(as_("officer"), book(**rows))
    page = page_of(as_("officer"), kept)
    assert "there is nothing to write" in page
    assert address(kept, "apply") not in page
    cleared = sent(as_("officer"), book(**rows), clears="on")
    page = page_of(as_("officer"), cleared)
    assert "Write 1 changed row" in page
    press(as_("officer"), cleared, "apply")
    ours.city.refresh_from_db()
    assert ours.city.website == ""


def test_a_long_text_is_cut_to_what_differs(as_, book, ours):
    before, after = "Wetland. " * 20, " Forest." * 20
    with writing():
        ours.city.about = f"{before}old{after}".strip()
        ours.city.save()
    told = f"{before}new{after}".strip()
    job = sent(as_("officer"), book(Cities=[["City", "About"], [ours.city.slug, told]]))
    page = page_of(as_("officer"), job)
    assert "<del>old</del>" in page
    assert "<ins>new</ins>" in page


def test_the_preview_says_which_cells_are_kept_in_another_form(as_, book, ours):
    rows = [["City", "Area (km²)"], [ours.city.slug, "1234.5678"]]
    page = page_of(as_("officer"), sent(as_("officer"), book(Cities=rows)))
    assert "1 cell is kept in another form:" in page
    assert "<strong>B2</strong>: 1234.5678 is rounded to 1234.568: 3 decimals are kept." in page


def test_the_preview_says_how_many_new_rows_get_the_day_of_the_import(as_, book, ours):
    actions = [ACTIONS, [ours.city.slug, 12, "natural-areas", "We do."]]
    headers = ["City", "Action number", "Text", "Last update"]
    baselines = [headers, [ours.city.slug, 12, "Now.", "2024-05-06"]]
    progress = [[*headers, "Date"], [ours.city.slug, 12, "More.", "", "2024-05-06"]]
    sheets = {"Actions": actions, "Baselines": baselines, "Progress": progress}
    page = page_of(as_("officer"), sent(as_("officer"), book(**sheets)))
    assert page.count("1 new row has no last update: it gets the day of the import.") == 2


def test_text_of_a_workbook_is_text_on_the_page(as_, book, ours):
    bad = "<script>alert(1)</script>"
    rows = [ACTIONS, [ours.city.slug, 12, "natural-areas", bad], [ours.city.slug, bad, bad, bad]]
    job = sent(as_("officer"), book(Actions=rows))
    page = page_of(as_("officer"), job)
    assert bad not in page
    assert "&lt;script&gt;" in page


class TestRunning:
    """What the page says while something works on the job, and where nothing does."""

    @pytest.fixture
    def checking(self, job):
        now = timezone.now()
        put(job, state=State.CHECKING, started_at=now, heartbeat=now, rows_total=8, rows_done=2)
        return job

    def test_the_page_looks_again_by_itself_until_told_not_to(self, as_, checking):
        client = as_("officer")
        response = client.get(address(checking))
        assert response["Refresh"] == "3"
        assert '<progress id="progress" max="8" value="2">' in response.content.decode()
        assert "2 of 8 rows" in response.content.decode()
        assert "Refresh" not in client.get(f"{address(checking)}?still")
        put(checking, state=State.READY)
        assert "Refresh" not in client.get(address(checking))

    def test_what_waits_without_a_worker_says_what_to_start(self, as_, checking):
        put(checking, started_at=None, heartbeat=None)
        assert "manage.py run_worker" in page_of(as_("staff"), checking)
        page = page_of(as_("officer"), checking)
        assert "run_worker" not in page
        assert "Please tell platform staff" in page
        Worker.objects.create(name="one", seen_at=timezone.now())
        assert "It is not being worked on" not in page_of(as_("staff"), checking)

    def test_a_silent_job_has_failed_and_can_be_run_again(self, as_, checking):
        long_ago = timezone.now() - datetime.timedelta(minutes=5)
        put(checking, started_at=long_ago, heartbeat=long_ago)
        client = as_("officer")
        page = page_of(client, checking)
        assert "nothing was heard of it for 60 seconds" in page
        assert "Nothing was written" in page
        assert "failed" in client.get(WORKSPACE).content.decode()
        page = press(client, checking, "check")
        assert "Write 1 new and 1 changed rows" in page

    def test_a_waiting_check_is_cancelled_and_begun_again(self, as_, checking):
        put(checking, started_at=None, heartbeat=None)
        client = as_("officer")
        page = press(client, checking, "cancel")
        assert checking.state == State.CANCELLED
        assert "Nothing was written." in page
        press(client, checking, "check")
        assert checking.state == State.READY


def test_the_empty_workspace_says_what_will_stand_there(as_):
    page = as_("officer").get(WORKSPACE).content.decode()
    assert "None yet." in page
    for name in ("add", "template", "export", "guide"):
        assert reverse(f"admin:exchange_job_{name}") in page


def test_the_list_is_newest_first_with_states_in_words(as_, book, two_rows, job):
    newer = sent(as_("staff"), book(**two_rows))
    put(newer, state=State.FAILED)
    page = as_("staff").get(WORKSPACE).content.decode()
    assert page.index(address(newer)) < page.index(address(job))
    assert "failed" in page
    assert "1 new · 1 changed" in page
    assert 'name="action"' not in page


@pytest.mark.parametrize("name", ["changelist", "add", "export", "template", "guide"])
def test_who_only_reads_has_no_workspace(as_, name):
    url = reverse(f"admin:exchange_job_{name}")
    assert as_("reviewer").get(url).status_code == 403
    response = as_("officer").get(url)
    assert response.status_code == 200
    assert b"".join(response)


def test_ways_into_the_workspace_are_for_those_who_edit(as_):
    index = reverse("admin:index")
    for who in ("officer", "staff"):
        assert WORKSPACE in as_(who).get(index).content.decode()
    assert WORKSPACE not in as_("reviewer").get(index).content.decode()


def test_the_upload_is_preset_by_the_list_it_is_opened_from(as_):
    response = as_("officer").get(reverse(UPLOAD), {"model": "actions.action"})
    assert "<h1>Import: Actions</h1>" in response.content.decode()
    assert '<option value="Actions" selected>' in response.content.decode()
    for query in ({"sheet": "Officers"}, {"model": "profiles.assignment"}, {"model": "no.no"}):
        page = as_("officer").get(reverse(UPLOAD), query).content.decode()
        assert "<h1>Import a file</h1>" in page
        assert "Officers" not in page
    page = as_("staff").get(reverse(UPLOAD), {"model": "profiles.assignment"}).content.decode()
    assert "<h1>Import: Officers</h1>" in page


def test_lists_and_pages_ask_a_fixed_number_of_queries(
    as_, book, ours, job, django_assert_max_num_queries
):
    client, slug = as_("officer"), ours.city.slug
    rows = [[slug, number, "natural-areas", "New"] for number in range(20, 80)]
    long = sent(client, book(Actions=[ACTIONS, *rows]))
    put(job, state=State.FAILED)
    for _again in range(5):
        sent(client, book(Actions=[ACTIONS, *rows]))
    with django_assert_max_num_queries(9):
        client.get(WORKSPACE)
    with django_assert_max_num_queries(9):
        client.get(address(long))
