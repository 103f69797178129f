"""The pages of what a list becomes: two clicks from a clear list to the check of its workbook."""

import datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from exchange import tasks
from exchange.mapping.draft import Draft
from exchange.mapping.making import runs
from exchange.mapping.making.made import Made
from exchange.mapping.sent import ListRound
from exchange.models import Job, MappedFile, Mapping
from exchange.templatetags.quoted import isolated
from profiles.rounds import worker_rounds
from tests.admin.sending import UPLOAD, press
from tests.factories import writing

State = MappedFile.State
LIST = (
    "No;Measure;Description;Action type;Area (ha)\n"
    "1;Hedges;Hedges are planted along the river.;carbon;12\n"
    "2;Ponds;Ponds are dug in all parks.;awareness-education;\n"
)


@pytest.fixture
def mapped(officer):
    """A list of another form that the officer has sent."""
    file = SimpleUploadedFile("Our plan 2025.csv", LIST.encode())
    officer.post(reverse(UPLOAD), {"file": file})
    return MappedFile.objects.get()


def page_of(mapped, name):
    return reverse(f"admin:exchange_mappedfile_{name}", args=[mapped.pk])


def test_a_clear_list_is_checked_after_two_clicks(catalogue, ours, officer, mapped):
    overview = officer.get(mapped.get_absolute_url()).content.decode()
    assert "Make the workbook" in overview
    assert "Hedges are planted along the river." in overview
    assert "This file has other sheets or columns than ours" in overview
    result = officer.post(page_of(mapped, "make"), follow=True)
    words = result.content.decode()
    assert (result.status_code, "Check it" in words) == (200, True)
    book = officer.get(page_of(mapped, "workbook"))
    assert "Our plan 2025-in-our-sheets.xlsx" in book["Content-Disposition"].replace("%20", " ")
    assert b"".join(book).startswith(b"PK")
    officer.post(page_of(mapped, "check"))
    job = Job.objects.get()
    assert job.state == Job.State.READY, job.message
    mapped.refresh_from_db()
    assert mapped.job == job
    press(officer, job, "apply")
    references = ours.city.actions.exclude(reference="").values_list("reference", flat=True)
    assert list(references) == ["Our plan: 1", "Our plan: 2"]
    # Changed answers need another workbook.
    step = reverse("admin:exchange_mappedfile_step", args=[mapped.pk, "constants"])
    sent = {"city": ours.city.slug, "key_columns": ["no"], "list_name": "Plan of all"}
    officer.post(step, {**sent, "language": "French"})
    assert MappedFile.objects.get().decisions["constants"]["language"] == "fr"
    assert "Make the workbook again" in officer.get(page_of(mapped, "result")).content.decode()
    officer.post(page_of(mapped, "check"))
    assert Job.objects.count() == 1


def test_the_new_actions_of_two_lists_are_never_one(catalogue, ours, officer):
    made = []
    for name, word in (("Hedges.csv", "Hedges"), ("Ponds.csv", "Ponds"), ("Trees.csv", "Trees")):
        text = f"Measure;Description;Action type\n{word};{word} are along the river.;carbon\n"
        officer.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, text.encode())})
        made.append(MappedFile.objects.latest("pk"))
        officer.post(page_of(made[-1], "make"))
    hedges, ponds, trees = made
    for one in (hedges, ponds):
        officer.post(page_of(one, "check"))
        one.refresh_from_db()
    press(officer, hedges.job, "apply")
    # Checked before the other was written, and not yet checked.
    press(officer, ponds.job, "check")
    ponds.job.refresh_from_db()
    assert ponds.job.state == Job.State.WRONG
    assert "another action has its number by now" in ponds.job.preview["problems"][0]["message"]
    officer.post(page_of(trees, "check"))
    page = officer.get(page_of(trees, "result")).content.decode()
    assert Job.objects.count() == 2
    assert "Other actions have come meanwhile" in page
    for one in (ponds, trees):
        officer.post(page_of(one, "make"))
        officer.post(page_of(one, "check"))
        one.refresh_from_db()
        press(officer, one.job, "apply")
    words = ours.city.actions.order_by("number").values_list("description", flat=True)
    assert [one.partition(" ")[0] for one in words][-3:] == ["Hedges", "Ponds", "Trees"]
    # What was written may be checked once more: it is all there.
    officer.post(page_of(trees, "check"))
    trees.refresh_from_db()
    assert trees.job.state == Job.State.READY
    assert not trees.job.has_changes


def test_the_mapping_of_another_list_is_replaced_only_by_the_button_that_says_so(
    catalogue, ours, officer, mapped
):
    officer.post(page_of(mapped, "keep"), {"name": "Plan", "city": ours.city.pk})
    plan = Mapping.objects.get(name="Plan")
    lists = {}
    for name, text in (("Our plan 2026.csv", LIST), ("Climate.csv", LIST.replace("12", "13"))):
        officer.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, text.encode())})
        lists[name] = other = MappedFile.objects.latest("pk")
        assert other.mapping == plan
    page = officer.get(lists["Our plan 2026.csv"].get_absolute_url()).content.decode()
    assert "Its headers are those of <bdi>Plan</bdi>" in page
    assert 'value="Plan"' in page
    climate = lists["Climate.csv"]
    page = officer.get(climate.get_absolute_url()).content.decode()
    assert "taken for another list of the same form" in page
    assert 'value="Climate"' in page
    assert page.index("Keep as another one") < page.index("Keep instead of “Plan”")
    said = {"name": "Climate", "city": ours.city.pk}
    officer.post(page_of(climate, "keep"), said)
    climate.refresh_from_db()
    assert climate.mapping.name == "Climate"
    assert Mapping.objects.get(name="Plan").file_name == "Our plan 2025.csv"
    # Now it is its own, and kept there again.
    officer.post(page_of(climate, "keep"), said | {"name": "Climate plan"})
    assert set(Mapping.objects.filter(city=ours.city).values_list("name", flat=True)) == {
        "Plan",
        "Climate plan",
    }


@pytest.mark.parametrize(
    ("text", "count"), [(LIST, 1), (f'{LIST}3;A "pond";"open;;\n', 1), ("City,Country\nx,y\n", 0)]
)
def test_a_large_list_is_read_again_from_the_disk(catalogue, officer, settings, text, count):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = officer.post(reverse(UPLOAD), {"file": SimpleUploadedFile("a.csv", text.encode())})
    assert (answer.status_code, MappedFile.objects.count()) == (302, count)


def test_what_is_undecided_is_asked_first(catalogue, staff):
    file = SimpleUploadedFile("plan.csv", LIST.encode())
    staff.post(reverse(UPLOAD), {"file": file})
    mapped = MappedFile.objects.get()
    answer = staff.post(page_of(mapped, "make"), follow=True).content.decode()
    assert "Choose the city that the rows belong to." in answer
    assert "Make the workbook" not in answer
    assert staff.get(page_of(mapped, "workbook")).status_code == 404


def test_a_long_list_is_made_by_the_worker(catalogue, officer, mapped, monkeypatch):
    monkeypatch.setattr(runs, "runs_here", lambda mapped: False)
    draft, enqueue = Draft.of(mapped, mapped.user), Mock()
    assert runs.begin(mapped, draft, enqueue)
    assert not runs.begin(mapped, draft, enqueue)
    enqueue.assert_called_once_with(mapped.pk, 1, mapped.user.pk)
    page = officer.get(page_of(mapped, "result"))
    assert (page["Refresh"], "of 2 rows" in page.content.decode()) == ("3", True)
    # Its worker has died: it is begun anew, and what comes late of the first run does nothing.
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    MappedFile.objects.update(started_at=long_ago, heartbeat=long_ago)
    mapped.refresh_from_db()
    assert "has stopped" in officer.get(page_of(mapped, "result")).content.decode()
    assert runs.begin(mapped, draft, enqueue)
    runs.resume(mapped.pk, 1, mapped.user)
    mapped.refresh_from_db()
    assert (mapped.state, mapped.run, mapped.started_at) == (State.MAKING, 2, None)
    tasks.make_workbook.func(mapped.pk, 2, mapped.user.pk)
    mapped.refresh_from_db()
    assert (mapped.state, mapped.counts["Actions"], mapped.rows_done) == (State.MADE, 2, 2)
    # Thrown away while it is made: nothing comes of it.
    assert runs.begin(mapped, draft, enqueue)
    other = MappedFile.objects.get()
    officer.post(page_of(mapped, "discard"))
    runs.execute(other, draft)
    assert not MappedFile.objects.exists()


def test_too_many_rows_and_faults_of_ours_are_told(catalogue, officer, mapped, monkeypatch):
    monkeypatch.setattr(Made, "counts", {"Actions": 200_001})
    answer = officer.post(page_of(mapped, "make"), follow=True).content.decode()
    assert "and an import takes 200,000." in answer
    monkeypatch.setattr(runs, "make", Mock(side_effect=ValueError))
    answer = officer.post(page_of(mapped, "make"), follow=True).content.decode()
    assert "Something went wrong on our side." in answer


def test_a_list_that_nobody_finishes_is_thrown_away(
    catalogue, officer, mapped, django_capture_on_commit_callbacks
):
    path, long_ago = Path(mapped.file.path), timezone.now() - datetime.timedelta(days=91)
    assert "By itself it goes after" in officer.get(mapped.get_absolute_url()).content.decode()
    MappedFile.objects.update(created_at=long_ago, finished_at=timezone.now())
    ListRound().run(lambda: True)
    MappedFile.objects.update(finished_at=long_ago, state=State.MAKING)
    ListRound().run(lambda: True)
    assert path.exists()
    assert ListRound in worker_rounds
    MappedFile.objects.update(state=State.FAILED)
    with django_capture_on_commit_callbacks(execute=True):
        ListRound().run(lambda: True)
    assert (path.exists(), MappedFile.objects.exists()) == (False, False)


def test_the_lists_of_a_deleted_account_go_with_it(
    catalogue, officer, mapped, django_capture_on_commit_callbacks
):
    path = Path(mapped.file.path)
    with django_capture_on_commit_callbacks(execute=True), writing():
        mapped.user.delete()
    assert (path.exists(), MappedFile.objects.exists()) == (False, False)


def test_names_from_right_to_left_stand_apart_in_a_sentence():
    assert isolated("“الرقم”: 24 rows of “Plan”") == "“\u2068الرقم\u2069”: 24 rows of “Plan”"


def test_a_name_in_a_sentence_is_escaped_once():
    page = Template('{% load quoted %}{{ names|join:", "|isolated }} {{ names.0|isolated }}')
    escaped = "“Titre de l&#x27;action &lt;b&gt;”"
    assert page.render(Context({"names": ["“Titre de l'action <b>”"]})) == f"{escaped} {escaped}"


def test_one_row_that_is_left_out_is_one_row():
    made = {"left_out": [("Its action type is not known.", [10]), ("It is empty.", [4, 12])]}
    page = render_to_string("admin/exchange/mapping/made_rows.html", {"made": made})
    assert "<li>Row 10: " in page
    assert "<li>Rows 4, 12: " in page
