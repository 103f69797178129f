"""Lists of another form in two windows at once: nothing that was decided is lost or confused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.mapping.deciding import decide, merged
from exchange.models import MappedFile
from tests.admin.sending import UPLOAD

LIST = "Plan of the city;;\nNo;Measure;Remark\n1;Hedges;along the river\n2;Ponds;in all parks\n"


@pytest.fixture
def mapped(catalogue, officer):
    officer.post(reverse(UPLOAD), {"file": SimpleUploadedFile("Plan.csv", LIST.encode())})
    return MappedFile.objects.get()


def step(mapped, name):
    return reverse("admin:exchange_mappedfile_step", args=[mapped.pk, name])


def test_changes_are_joined():
    before = {"words": {"kind": {"tree": "a", "pond": "b"}}, "rest": 1, "gone": 1}
    mine = {"words": {"kind": {"tree": "c", "pond": "b"}}, "rest": 1}
    now = {"words": {"kind": {"tree": "a", "pond": "d"}, "type": {}}, "rest": 2, "gone": 1}
    joined = {"words": {"kind": {"tree": "c", "pond": "d"}, "type": {}}, "rest": 2}
    assert merged(before, mine, now) == joined


def test_two_windows_decide_at_once(mapped):
    one, other = MappedFile.objects.get(), MappedFile.objects.get()
    assert decide(one, "target", {"target": "actions"})
    assert decide(other, "places", {"x": "y"})
    assert other.decisions == {"target": {"target": "actions"}, "places": {"x": "y"}}
    assert MappedFile.objects.get().decisions == other.decisions
    MappedFile.objects.all().delete()
    assert not decide(one, "target", None)


def test_a_page_of_columns_that_are_others_by_now(officer, mapped):
    page = officer.get(step(mapped, "columns"))
    columns = {f"field{at}": "" for at in range(3)} | {"_basis": page.context["basis"]}
    officer.post(step(mapped, "table"), {"take0": "on", "headers0": "1", "left_out0": ""})
    answer = officer.post(step(mapped, "columns"), columns, follow=True)
    assert "Nothing of this page was taken" in answer.content.decode()
    assert "columns" not in MappedFile.objects.get().decisions
    columns["_basis"] = answer.context["basis"]
    officer.post(step(mapped, "columns"), columns)
    assert "columns" in MappedFile.objects.get().decisions


def test_a_list_that_cannot_be_read_any_more(officer, mapped):
    mapped.file.storage.delete(mapped.file.name)
    pages = [mapped.get_absolute_url(), step(mapped, "columns")]
    assert [officer.get(page).status_code for page in pages] == [200, 200]
    keep = reverse("admin:exchange_mappedfile_keep", args=[mapped.pk])
    city = MappedFile.objects.get().user.assignments.get().city_id
    assert officer.post(keep, {"name": "Plan", "city": city}, follow=True).status_code == 200
    assert officer.post(step(mapped, "target"), {"target": "actions"}).status_code == 200
    again = reverse("admin:exchange_mappedfile_again", args=[mapped.pk])
    assert officer.post(again, {"mapping": "1"}).status_code == 200
