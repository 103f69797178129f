"""What is written and not published stands nowhere in public: not a word, a number or a count."""

import datetime
import difflib
import io
from decimal import Decimal

import pypdf
import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import ForeignKey
from django.urls import reverse

from actions.models import Statement
from hub.models import Resource
from profiles.changes import recorded_models
from profiles.models import City, State
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_item,
    make_progress,
    make_resource,
    make_statement,
    make_upload,
    make_user,
    writing,
)
from tests.published import unpublished
from tests.site.test_addresses import CODES, named_addresses

pytestmark = pytest.mark.usefixtures("catalogue")

MARK = "Zyxquark"
KEPT = {
    # The platform decides these, and they act at once.
    City: {"state", "is_sample"},
    # Set by the test itself: it waits for review.
    Resource: {"state", "published_on"},
}
CODED = {"unit": "km2", "content_language": "fr", "language": "fr"}
"""Fields that take no word of anybody's."""

SEARCHES = (
    "website:home",
    "website:city_list",
    "website:actions",
    "website:search",
    "website:resources",
    "website:pathway",
    "website:cbi",
)


@pytest.fixture
def city():
    """A city with a row of each kind, all of it public."""
    city = make_city("Port Trial", local_name="Haven", about="Dunes", population=1000)
    upload = make_upload(city, "plan.pdf")
    resource = make_resource(city, "Guide", topics=["governance-management"], targets=[12])
    make_resource(city, "Atlas", file=make_upload(city, "atlas.pdf"))
    action = make_action(city, "natural-areas", baseline={"total_area": 12})
    make_statement(action, Statement.Kind.TARGET, {"total_area": 20}, due_year=2030)
    make_statement(make_action(city, "ecosystem-policies"), Statement.Kind.BASELINE, text="Two")
    make_assessment(city, natural_areas={"natural_area": "10", "city_area": "100"})
    make_progress(city, 1)
    make_item(city, 1, "Plan", upload=upload)
    make_item(city, 1, "Guide", resource=resource)
    make_user(officer_of=city)
    city.refresh_from_db()
    return city


def addresses(city):
    """All public addresses, filled with what belongs to the city, and searches for the mark."""
    resource = city.resources.get(title="Guide")
    known = {
        "slug": city.slug,
        "number": 12,
        "pk": resource.pk,
        "token": city.uploads.get(name="plan.pdf").token,
        "component": "2021-governance",
        "chapter": "actions",
        "section": "cities",
        "ending": "csv",
        "width": 320,
        "path": "city.about",
    }
    for name, gaps in named_addresses():
        if not name.startswith("website:"):
            continue
        code = CODES.get(name, "natural-areas")
        address = reverse(name, kwargs={gap: {**known, "code": code}[gap] for gap in gaps})
        yield address
        if name in SEARCHES:
            yield f"{address}?q={MARK}"
    yield reverse("website:city", args=[MARK.lower()])


def answers(client, asked):
    """Address → its status and its words."""
    found = {}
    for address in asked:
        response = client.get(address)
        content = b"".join(response)
        if response.get("Content-Type") == "application/pdf" and "/files/" not in address:
            pages = pypdf.PdfReader(io.BytesIO(content)).pages
            content = "\n".join(page.extract_text() for page in pages).encode()
        found[address] = response.status_code, content.decode(errors="replace")
    return found


def changes(before, after):
    """The lines that answers have gained or lost, each with its address."""
    found = []
    for address, (status, words) in before.items():
        if (status, words) != after[address]:
            lines = difflib.ndiff(words.splitlines(), after[address][1].splitlines())
            told = [line for line in lines if line[0] in "+-"]
            found += [(address, status, after[address][0]), *told]
    return found


def other_value(row, field):
    """Another value for a field of a row, with the mark where it is a text; None for none."""
    value = getattr(row, field.attname)
    if field.name in CODED:
        return CODED[field.name]
    if isinstance(field, ForeignKey):
        others = field.related_model._base_manager.exclude(pk=value).order_by("pk")
        return others.values_list("pk", flat=True).first()
    if field.choices:
        return next((key for key, _label in field.choices if key != value), None)
    if isinstance(field, models.SlugField):
        return MARK.lower()
    if isinstance(field, models.URLField):
        return f"https://{MARK}.example.org/"
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateField):
        return datetime.date(1987, 6, 5)
    if isinstance(field, models.DecimalField):
        return Decimal("17.25")
    if isinstance(field, models.IntegerField):
        return 1987
    if isinstance(field, models.JSONField):
        return {MARK: MARK}
    return f"{MARK} {field.name}"[: field.max_length]


def edit_every_field():
    """Change all that people can change of all rows; returns the names of the changed fields."""
    changed = set()
    for model in recorded_models():
        fields = [field for field in model._meta.concrete_fields if field.editable]
        for field in fields:
            if field.primary_key or field.name in KEPT.get(model, ()):
                continue
            for row in model._base_manager.all():
                changed |= {f"{model.__name__}.{field.name}"} if edit(row, field) else set()
    return changed


def edit(row, field):
    """Whether the row could be saved with another value of the field."""
    value = other_value(row, field)
    if value is None or field.name == "city":
        return False
    setattr(row, field.attname, value)
    if isinstance(row, Resource):
        row.state = Resource.State.SUBMITTED
    try:
        with transaction.atomic(), writing():
            row.save()
    except IntegrityError:
        return False
    return True


@pytest.mark.django_db
def test_nothing_that_is_not_published_is_read_by_the_public(city, client):
    asked = list(addresses(city))
    before = answers(client, asked)
    assert {status for status, _words in before.values()} == {200, 301, 302, 404, 405}
    with unpublished():
        make_resource(city, f"{MARK} draft", state=Resource.State.DRAFT)
        make_action(city, description=f"{MARK} new", baseline={})
        make_item(city, 2, f"{MARK} new")
        make_city(f"{MARK} draft", state=State.DRAFT)
        with writing():
            city.actions.get(action_type__code="ecosystem-policies").delete()
        changed = edit_every_field()
    assert {"City.name", "Action.description", "Value.number", "StepItem.title"} <= changed
    after = answers(client, asked)
    lines = changes(before, after)
    assert not lines, "\n".join(map(str, lines[:200]))
    assert not [one for one, (_status, words) in after.items() if MARK in words and "q=" not in one]
