"""Loading the catalogue: again changes nothing, and nothing that staff changed is lost."""

import copy

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from actions.models import ActionType, Commitment
from catalogue.loader import CatalogueError, load
from catalogue.models import FixedText, KMGBFTarget, Topic

pytestmark = pytest.mark.django_db

ROWS = {
    "catalogue.topic": [
        {"code": "climate", "name": "Climate"},
        {"code": "health", "name": "Health", "origin": "ours"},
    ],
    "catalogue.kmgbftarget": [{"code": "T1", "number": 101, "name": "Plan", "group": "Threats"}],
}


@pytest.fixture
def empty():
    """No catalogue rows of the kinds that these tests load."""
    Commitment.kmgbf_targets.through.objects.all().delete()
    ActionType.kmgbf_targets.through.objects.all().delete()
    Topic.objects.all().delete()
    KMGBFTarget.objects.all().delete()


@pytest.fixture
def rows():
    return copy.deepcopy(ROWS)


def load_rows(rows):
    return load([("test.json", rows)])


def test_the_shipped_files_load_again_without_a_change(catalogue):
    report = load()
    assert (report.created, report.updated, report.retired, report.kept) == (0, 0, 0, [])
    assert report.unchanged > 400


def test_rows_keep_order_and_origin(empty, rows):
    load_rows(rows)
    assert list(Topic.objects.values_list("code", "position", "origin")) == [
        ("climate", 1, "official"),
        ("health", 2, "ours"),
    ]


def test_what_only_the_file_changed_is_updated(empty, rows):
    load_rows(rows)
    rows["catalogue.topic"][0]["name"] = "Climate change"
    assert load_rows(rows).updated == 1
    assert Topic.objects.get(code="climate").name == "Climate change"


def test_what_staff_changed_is_kept_and_reported(empty, rows):
    load_rows(rows)
    Topic.objects.filter(code="climate").update(name="Our climate")
    rows["catalogue.topic"][0]["name"] = "Climate change"
    report = load_rows(rows)
    assert report.kept == [("catalogue.topic", "climate", "name")]
    assert Topic.objects.get(code="climate").name == "Our climate"


def test_a_kept_row_still_takes_the_files_other_fields(empty, rows):
    load_rows(rows)
    Topic.objects.filter(code="climate").update(name="Our climate")
    rows["catalogue.topic"][0]["note"] = "From the site's news"
    load_rows(rows)
    topic = Topic.objects.get(code="climate")
    assert (topic.name, topic.note) == ("Our climate", "From the site's news")


def test_a_kept_row_is_reported_each_time(empty, rows):
    load_rows(rows)
    Topic.objects.filter(code="climate").update(name="Our climate")
    rows["catalogue.topic"][0]["name"] = "Climate change"
    assert load_rows(rows).kept == load_rows(rows).kept != []


def test_a_row_that_left_the_file_is_retired_and_comes_back(empty, rows):
    load_rows(rows)
    gone = rows["catalogue.topic"].pop()
    assert load_rows(rows).retired == 1
    assert list(Topic.objects.current().values_list("code", flat=True)) == ["climate"]
    rows["catalogue.topic"].append(gone)
    load_rows(rows)
    assert Topic.objects.current().count() == 2


def test_rows_that_staff_added_are_left_alone(empty, rows):
    load_rows(rows)
    Topic.objects.create(code="food", name="Food")
    report = load_rows(rows)
    assert report.retired == 0
    assert Topic.objects.current().filter(code="food").exists()


def test_many_to_many_rows_follow_the_file_and_staff_changes_stay(catalogue):
    commitment = Commitment.objects.get(code="ecosystems")
    commitment.kmgbf_targets.set(KMGBFTarget.objects.filter(number__in=(1, 9)))
    report = load()
    assert report.kept == [("actions.commitment", "ecosystems", "kmgbf_targets")]
    assert sorted(commitment.kmgbf_targets.values_list("number", flat=True)) == [1, 9]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda rows: rows["catalogue.topic"][0].pop("code"), "a code is missing"),
        (lambda rows: rows["catalogue.topic"].append({"code": "climate"}), "stands twice"),
        (lambda rows: rows["catalogue.topic"][0].update(colour="red"), "no field 'colour'"),
        (lambda rows: rows.update({"catalogue.nothing": []}), "no such model"),
        (lambda rows: rows.update({"accounts.user": []}), "not a catalogue model"),
        (
            lambda rows: rows.update(
                {"actions.commitment": [{"code": "x", "name": "X", "area": "nowhere"}]}
            ),
            "area 'nowhere' is not known",
        ),
    ],
)
def test_a_faulty_file_is_refused_whole(empty, rows, spoil, message):
    spoil(rows)
    with pytest.raises(CatalogueError, match=message):
        load_rows(rows)
    assert not Topic.objects.exists()


def test_the_command_says_what_it_did_and_kept(catalogue, capsys):
    Topic.objects.filter(pk=Topic.objects.first().pk).update(name="Ours")
    call_command("load_catalogue")
    printed = capsys.readouterr().out
    assert "0 new, 0 updated" in printed
    assert "Kept what staff changed: catalogue.topic" in printed


def test_staff_cannot_add_a_gap_that_nothing_fills(catalogue):
    text = FixedText.objects.get(code="actions.empty")
    text.name = "{city} of {country} has no actions."
    with pytest.raises(ValidationError, match="nothing to put into {country}"):
        text.full_clean()
    text.name = "{} has no actions."
    with pytest.raises(ValidationError, match="nothing to put into {}"):
        text.full_clean()
    text.name = "{city has no actions."
    with pytest.raises(ValidationError, match="curly brace"):
        text.full_clean()
    text.name = "Nothing here yet."
    text.full_clean()
