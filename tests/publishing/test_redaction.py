"""What is taken out of all versions of a city, and what stays."""

import pytest
from django.core.exceptions import ValidationError

from actions.plan_record import PlanRecord
from cbi.record import AssessmentRecord, ResultRecord
from hub.models import PublishedFile
from hub.record import FileRecord
from pathway.record import ItemRecord, ProgressRecord
from profiles.models import Publication, PublicCity, Redaction, Submission
from publishing import record as records
from publishing.redaction import OMITTED, PLACES, parts, redact, take_out
from publishing.version_forms import CHAPTERS
from report.sources import published_document
from tests.factories import make_action, make_city, make_item, make_upload, make_user, writing
from tests.published import publish_all
from tests.records import DAY, make_action_record, make_record, make_statement_record

FILE = FileRecord(token="t", name="a.pdf", media_type="application/pdf", size=1, sha256="x")


@pytest.fixture(scope="module")
def record():
    statement = make_statement_record(
        "target", {"natural-areas.total_area": 12}, id=7, source={"en": "A person"}, plan=4
    )
    plan = PlanRecord(id=4, title={"en": "A person's plan"}, url="https://example.org/plan")
    result = ResultRecord(indicator="2021-1.a", updated_on=DAY, reason={"en": "So"})
    return make_record(
        city={"head_name": "A. Person", "population": 0},
        actions=[make_action_record("natural-areas", statement, number=3)],
        plans=[plan],
        progress=[ProgressRecord(step="plan", state="done")],
        items=[ItemRecord(id=12, step="plan", title={"fr": "Plan"}, file=FILE)],
        assessments=[
            AssessmentRecord(edition="2021", year=2024, updated_on=DAY, results=(result,))
        ],
        resources=(5, 6),
    )


def test_every_part_can_be_taken_out_and_is_then_gone(record):
    """Each time by the path under which it is offered; nothing else goes with it."""
    paths = [part.path for part in parts(record)]
    assert {
        *("city.head_name", "city.population", "actions.3", "actions.3.description"),
        *("actions.3.7", "actions.3.7.source", "actions.3.7.natural-areas.total_area"),
        *("actions.3.7.plan", "plans.4", "plans.4.title", "plans.4.url"),
        *("pathway.plan", "pathway.plan.12", "pathway.plan.12.title"),
        *("cbi.2021.2024", "cbi.2021.2024.2021-1.a", "cbi.2021.2024.2021-1.a.reason"),
        *("resources.5", "resources.6"),
    } == {*paths}
    for path in paths:
        left = {part.path for part in parts(take_out(record, path).rest)}
        assert left == {one for one in paths if one != path and not one.startswith(f"{path}.")} | (
            {one for one in paths if path == "pathway.plan" and one.startswith("pathway.plan.")}
        )


def test_every_part_has_a_group_in_the_form():
    """One looks for it by its chapter; an action is a group of its own."""
    assert {*CHAPTERS} == {*PLACES}


@pytest.mark.parametrize(
    "path", ["", "city", "city.name", "actions", "actions.4", "actions.3.number", "nowhere.1"]
)
def test_nothing_is_taken_where_nothing_stands(record, path):
    assert take_out(record, path) is None


def test_a_text_that_may_not_be_empty_says_that_it_was_left_out(record):
    rest = take_out(record, "actions.3.description").rest
    assert rest.actions.actions[0].description == {"en": OMITTED}


def change(city, **fields):
    with writing():
        for name, value in fields.items():
            setattr(city, name, value)
        city.save()
    publish_all()


def stored(city):
    """Number → the record of each version; its hash is checked."""
    found = {}
    for one in Publication.objects.filter(city=city.pk).order_by("number"):
        encoded = records.unpack(one.record)
        assert records.digest(encoded) == one.sha256
        found[one.number] = records.decode(encoded)
    return found


def first_record():
    return Publication.objects.filter(number=1).values("record", "sha256").get()


@pytest.fixture
def city(catalogue):
    """A name in versions 1 and 2, another in the current one."""
    city = make_city("Port Trial", head_name="A. Person")
    publish_all()
    change(city, about="Dunes.")
    change(city, head_name="B. Mayor")
    return city


def test_a_field_goes_from_all_versions_but_for_what_the_rows_say_now(city):
    before = dict(Publication.objects.values_list("number", "sha256"))
    staff = make_user(is_staff=True)
    with pytest.raises(ValidationError, match="The working copy of the city still has something"):
        redact(city.pk, "city.head_name", by=staff, reason="On request.")
    assert dict(Publication.objects.values_list("number", "sha256")) == before
    sent = Submission.objects.create(city=city, due_on=DAY, content_version=1, **first_record())
    redact(city.pk, "city.head_name", by=staff, reason="On request.", keeps_working_copy=True)
    sent.refresh_from_db()
    assert records.read(sent.record).city.head_name == ""
    assert [one.city.head_name for one in stored(city).values()] == ["", "", "B. Mayor"]
    redaction = Redaction.objects.get()
    assert redaction.former_hashes == {"1": before[1], "2": before[2]}
    assert (redaction.redacted_by, redaction.reason) == (staff, "On request.")


def test_a_current_version_changes_in_public_at_once(city):
    """Its file is served no more, and the next publication does not bring it back."""
    upload = make_upload(city)
    item = make_item(city, 1, "Signed sheet", upload=upload)
    make_action(city, description="By A. Person")
    publish_all()
    path = f"pathway.{item.step.code}.{item.pk}"
    assert PublishedFile.objects.get(token=upload.token).is_public
    with writing():
        item.delete()
    redact(city.pk, path, by=None, reason="A signature.")
    assert not PublishedFile.objects.get(token=upload.token).is_public
    assert not any(record.pathway.items for record in stored(city).values())
    count = Publication.objects.count()
    publish_all()
    assert Publication.objects.count() == count
    public = PublicCity.objects.select_related("publication", "country__region").get(pk=city.pk)
    assert "Signed sheet" not in str(published_document(public).pathway)


def test_nothing_is_redacted_where_one_version_cannot_be_read(city):
    Publication.objects.filter(number=2).update(record=b"no record")
    with pytest.raises(ValidationError, match="“Port Trial 2” cannot be read"):
        redact(city.pk, "city.head_name", by=None, reason="So", keeps_working_copy=True)
    first = Publication.objects.get(number=1)
    assert records.read(first.record).city.head_name == "A. Person"
    assert not Redaction.objects.exists()


def test_what_no_version_has_is_not_redacted(city):
    with pytest.raises(ValidationError, match="No version of the city has anything there"):
        redact(city.pk, "city.website", by=None, reason="So")
    with pytest.raises(ValidationError, match="say there what the working copy says now"):
        redact(city.pk, "city.about", by=None, reason="So", keeps_working_copy=True)
