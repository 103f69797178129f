"""Who may bring in lists of another form, and for which cities, whatever is kept or forged."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exchange.mapping.draft import Draft
from exchange.mapping.places.place import NEW
from exchange.models import Job, MappedFile, Mapping
from tests.admin.sending import UPLOAD

LIST = (
    "No;Measure;Description;Action type\n1;Hedges;They are planted.;carbon\n2;Ponds;Dug.;carbon\n"
)
PAGES = (
    "change",
    "file",
    "result",
    "workbook",
    "make",
    "check",
    "keep",
    "again",
    "renamed",
    "discard",
)


@pytest.fixture
def mapped(as_):
    file = SimpleUploadedFile("Plan.csv", LIST.encode())
    as_("officer").post(reverse(UPLOAD), {"file": file})
    return MappedFile.objects.get()


def addresses(mapped):
    named = [reverse(f"admin:exchange_mappedfile_{page}", args=[mapped.pk]) for page in PAGES]
    return [*named, reverse("admin:exchange_mappedfile_step", args=[mapped.pk, "target"])]


@pytest.mark.parametrize(
    ("who", "status"),
    [("colleague", 404), ("coordinator", 404), ("reviewer", 403), ("nobody", 302), (None, 302)],
)
def test_a_list_is_its_senders_alone(as_, mapped, who, status):
    client = as_(who) if who else Client()
    for address in addresses(mapped):
        answers = client.get(address), client.post(address, {"target": "cities"})
        assert [answer.status_code for answer in answers] == [status, status], address
    assert MappedFile.objects.get().decisions == mapped.decisions


def test_a_city_of_others_is_not_written_to(as_, people, ours, theirs, mapped):
    officer, foreign = as_("officer"), theirs.city.slug
    step = reverse("admin:exchange_mappedfile_step", args=[mapped.pk, "constants"])
    answer = officer.post(step, {"city": foreign, "adds_cities": "on"})
    assert answer.status_code == 200
    assert "constants" not in MappedFile.objects.get().decisions
    # Kept by somebody else, or before a role has ended: the only city of the officer is proposed.
    kept = {"city": foreign, "adds_cities": True}
    mapped.decisions["constants"] = kept
    assert Draft.of(mapped, people["officer"]).constants.city == ours.city.slug
    assert Draft.of(mapped, people["other"]).constants.city == foreign
    mapped.decisions["target"] = {"target": "statements"}
    assert {one.city for one in Draft.of(mapped, people["officer"]).years.actions} <= {
        ours.city.slug
    }
    # Forged into the workbook, the city is refused by the check of the import.
    file = f"City,Commitment\n{foreign},legacy-or-not\n".encode()
    officer.post(reverse(UPLOAD), {"file": SimpleUploadedFile("Commitments.csv", file)})
    assert Job.objects.get().state == Job.State.WRONG


def test_an_officer_makes_no_city(people, catalogue, mapped):
    mapped.decisions = {
        "target": {"target": "cities"},
        "columns": {"target": "cities", "columns": {"measure": {"field": "name"}}},
        "constants": {"country": "CN", "adds_cities": True},
        "places": {"hedges (cn)": NEW, "rest:": NEW},
    }
    places = Draft.of(mapped, people["officer"]).places
    assert {place.becomes for place in places.values()} == {""}


def test_kept_mappings_of_others_are_not_there(as_, ours, theirs, mapped):
    kept = {"target": "actions", "headers": ["no"], "decisions": {}}
    staffs = Mapping.objects.create(name="Of staff", **kept)
    other = Mapping.objects.create(name="Of theirs", city=theirs.city, **kept)
    officer = as_("officer")
    for mapping in (staffs, other):
        remove = reverse("admin:exchange_mapping_remove", args=[mapping.pk])
        said = {"name": "Mine", "city": ours.city.pk}
        answers = [officer.get(mapping.get_absolute_url())]
        answers += [officer.post(page, said) for page in (mapping.get_absolute_url(), remove)]
        assert [answer.status_code for answer in answers] == [404] * 3
    # One that a list began with, before a role ended: it is not named, and not written over.
    MappedFile.objects.update(mapping=other)
    assert "Of theirs" not in officer.get(mapped.get_absolute_url()).content.decode()
    keep = reverse("admin:exchange_mappedfile_keep", args=[mapped.pk])
    officer.post(keep, {"name": "Mine", "city": theirs.city.pk})
    assert not Mapping.objects.filter(name="Mine").exists()
    officer.post(keep, {"name": "Mine", "city": ours.city.pk})
    names = Mapping.objects.filter(is_example=False).order_by("pk").values_list("name", flat=True)
    assert list(names) == ["Of staff", "Of theirs", "Mine"]
    page = officer.get(mapped.get_absolute_url()).content.decode()
    assert "These answers are kept as" in page
    assert 'id="known"' not in page
