"""Ways into the mapping of a list and out of it: from a refused check, sent twice, thrown away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.models import Job, MappedFile, Mapping
from tests.admin.sending import UPLOAD, address, sent
from tests.clients import words_of

OTHERS = "This file has columns or sheets that are not ours."
PERHAPS = "If this is a list of your own"


def csv_of(text, name="list.csv"):
    return SimpleUploadedFile(name, text.encode())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("City,Title,Budget\nOur City,Hedges,3\n", {OTHERS}),
        ("City,Action type,Title,Budget\nOur City,Ponds,Dig,8\n", {OTHERS}),
        ("City,Country,Population\nOur City,China,98.000\n", {PERHAPS}),
        ("City,Title,Year,Link,Resource,Language\nnowhere,Plan,2020,,,en\n", set()),
    ],
)
def test_a_refused_check_leads_into_the_mapping(as_, text, said):
    client = as_("officer")
    job = sent(client, csv_of(text))
    assert job.state == Job.State.WRONG
    page = client.get(address(job))
    assert {words for words in (OTHERS, PERHAPS) if words in words_of(page)} == said
    assert (address(job, "map") in page.content.decode()) == bool(said)
    if said:
        for _press in range(2):
            answer = client.post(address(job, "map"), follow=True)
            assert "here it becomes our sheets" in words_of(answer)
        mapped = MappedFile.objects.get()
        with mapped.file.open() as file:
            assert file.read() == text.encode()
        assert answer.redirect_chain[-1][0] == mapped.get_absolute_url()


def test_a_file_without_a_word_is_called_empty(as_):
    answer = as_("officer").post(reverse(UPLOAD), {"file": csv_of("\n\n,,,\n")})
    assert "The file is empty" in answer.context["form"].errors["file"][0]


LIST = (
    "No;Measure;Description;Action type\n"
    "1;Hedges;Hedges are planted along the river.;carbon\n"
    "2;Ponds;Ponds are dug in all of the parks.;carbon\n"
)


@pytest.fixture
def mapped(officer):
    officer.post(reverse(UPLOAD), {"file": csv_of(LIST)})
    return MappedFile.objects.get()


def url_of(mapped, page):
    return reverse(f"admin:exchange_mappedfile_{page}", args=[mapped.pk])


def test_a_file_that_is_sent_twice_leads_to_the_first(officer, mapped):
    officer.post(reverse(UPLOAD), {"file": csv_of(LIST, "again.csv")})
    said = "The same file was sent before"
    page = officer.get(MappedFile.objects.first().get_absolute_url())
    assert said in words_of(page)
    assert page.context["first"] == mapped
    assert said not in words_of(officer.get(mapped.get_absolute_url()))


def test_throwing_away_and_deleting_ask_first(officer, ours, mapped):
    officer.post(url_of(mapped, "keep"), {"name": "Mine", "city": ours.city.pk})
    kept = Mapping.objects.get(name="Mine")
    remove = reverse("admin:exchange_mapping_remove", args=[kept.pk])
    for address_, yes in ((remove, "Yes, delete it"), (url_of(mapped, "discard"), "Yes, throw it")):
        assert yes in officer.get(address_).content.decode()
    assert Mapping.objects.filter(pk=kept.pk).exists() and MappedFile.objects.exists()
    officer.post(remove)
    officer.post(url_of(mapped, "discard"))
    assert not Mapping.objects.filter(pk=kept.pk).exists() and not MappedFile.objects.exists()


def test_a_name_that_cannot_be_kept_is_refused_at_its_field(officer, mapped):
    page = officer.post(url_of(mapped, "keep"), {"name": "n" * 201})
    assert page.context["keep_form"].errors["name"]
    assert "n" * 201 in page.content.decode()
    assert "Ensure this value has at most 200 characters" in words_of(page)


def test_of_a_list_whose_file_is_gone_nothing_more_is_offered(officer, mapped):
    officer.post(url_of(mapped, "make"))
    step = reverse("admin:exchange_mappedfile_step", args=[mapped.pk, "constants"])
    MappedFile.objects.update(decisions={"target": {"target": "actions"}})
    mapped.file.storage.delete(mapped.file.name)
    for address_ in (mapped.get_absolute_url(), step, url_of(mapped, "result")):
        words = words_of(officer.get(address_))
        assert "is not here any more" in words and "Send the file again" in words
        assert "No such file" not in words and "Make the workbook again" not in words


def test_more_actions_than_fit_are_told_before_they_are_made(officer, mapped, ours, settings):
    settings.CITY_MAX_ACTIONS = ours.city.actions.count() + 1
    said = f"Our City would have {ours.city.actions.count() + 2} actions"
    assert said in words_of(officer.get(mapped.get_absolute_url()))
    settings.CITY_MAX_ACTIONS += 1
    assert said not in words_of(officer.get(mapped.get_absolute_url()))


def test_whether_a_column_was_renamed_is_asked_before_the_workbook(officer, ours, mapped):
    text = LIST.replace("Action type", "Action type;Partner").replace("carbon", "carbon;School")
    officer.post(reverse(UPLOAD), {"file": csv_of(text, "plan.csv")})
    before = MappedFile.objects.get(file_name="plan.csv")
    said = {"partner": {"field": "description", "has_title": True}}
    MappedFile.objects.filter(pk=before.pk).update(decisions={"columns": {"columns": said}})
    officer.post(url_of(before, "keep"), {"name": "Mine", "city": ours.city.pk})
    officer.post(reverse(UPLOAD), {"file": csv_of(text.replace("Partner", "Zx"), "plan 2027.csv")})
    later = MappedFile.objects.get(file_name="plan 2027.csv")
    page = officer.get(later.get_absolute_url())
    assert "whether a column is one of last time under another name" in words_of(page)
    officer.post(url_of(later, "make"))
    later.refresh_from_db()
    assert later.state == MappedFile.State.OPEN
    officer.post(url_of(later, "renamed"), {"column": "zx", "_new": "x"})
    officer.post(url_of(later, "make"))
    later.refresh_from_db()
    assert later.state == MappedFile.State.MADE
