"""The table of cities: what it says of each, all of it by the database in a few queries."""

import datetime

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from achievements.models import Rule
from achievements.section import FACT_FOR_CATEGORY
from profiles.access import ROLES_FOR_ONE_CITY
from profiles.models import Assignment
from profiles.samples import in_lists

from .models import CityNote

YEAR = datetime.timedelta(days=365)

CATEGORIES = [one.value for one in Rule.Category if one not in FACT_FOR_CATEGORY]
LEVELS = [one.value for one in Rule.Level]
MOST_LEVELS = len(CATEGORIES) * len(LEVELS)
"""A city that reports nothing in a category without which a profile is whole lacks none there."""

LOOKS = [
    ("mine", _("those that I look after")),
    ("nobodys", _("nobody looks after them")),
    ("old", _("nothing published for a year")),
    ("never-in", _("nobody has ever signed in")),
    ("no-officer", _("without an officer")),
]

LONG_TEXTS = (
    *("about", "head_statement", "withdrawal_note", "search_text"),
    *("public_city__petals", "public_city__search_text"),
    *("public_city__summaries", "public_city__summary_words"),
)


def with_columns(cities):
    """The rows of the table, of a query of cities: annotated, with what is shown of others."""
    officers = Assignment.objects.filter(
        city=OuterRef("pk"), role__in=ROLES_FOR_ONE_CITY, user__is_active=True
    ).order_by()
    last = officers.values("city").annotate(last=Max("user__last_login")).values("last")
    notes = CityNote.objects.filter(city=OuterRef("pk")).order_by().values("city")
    is_public = Q(public_city__publication__isnull=False)
    return (
        cities.filter(in_lists())
        .with_state()
        .annotate(
            levels_reached=_levels_reached(),
            published_at=Case(When(is_public, then=F("public_city__changed_at"))),
            signed_in_at=Subquery(last),
            has_officer=Exists(officers),
            note_count=Coalesce(Subquery(notes.annotate(all=Count("pk")).values("all")), 0),
        )
    )


def with_people(cities):
    """The same with country, card, owner and officers, in two more queries."""
    roles = Assignment.objects.filter(role__in=ROLES_FOR_ONE_CITY, user__is_active=True)
    roles = roles.select_related("user").order_by("role", "pk")
    rows = cities.select_related("country__region", "public_city", "care__owner")
    return rows.defer(*LONG_TEXTS).prefetch_related(
        Prefetch("assignments", queryset=roles, to_attr="offices")
    )


def officers_of(city):
    """The people of a row of the table, each once."""
    return list(dict.fromkeys(role.user for role in city.offices))


def _levels_reached():
    """How many levels a city has reached in all categories, as its card says."""
    total = Value(0)
    for category in CATEGORIES:
        path = f"public_city__levels__{category}"
        steps = [When(**{path: code}, then=Value(n)) for n, code in enumerate(LEVELS, start=1)]
        total = total + Case(*steps, default=Value(0), output_field=IntegerField())
    return total


def looked_at(rows, look, user):
    """Those of the rows of `with_columns` that one of `LOOKS` asks for."""
    old = Q(published_at=None) | Q(published_at__lt=timezone.now() - YEAR)
    conditions = {
        "mine": Q(care__owner=user.pk),
        "nobodys": Q(care__owner=None),
        "old": old & Q(is_withdrawn=False),
        "never-in": Q(has_officer=True, signed_in_at=None),
        "no-officer": Q(has_officer=False),
    }
    return rows.filter(conditions[look]) if look in conditions else rows
