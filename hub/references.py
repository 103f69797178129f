"""Which resources the current publications refer to, and whether their readers see them."""

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, Subquery

from profiles.models import PublicCity
from profiles.worded_once import worded_once

from .context import find_resources_of
from .models import PublicResource, ResourceReference
from .models.public import HOME_IS_PUBLIC
from .record import resource_ids


def rows(published):
    wanted = {one.city.pk: resource_ids(one.record) for one in published}
    found = find_resources_of(wanted)
    for one in published:
        for pk in sorted(wanted[one.city.pk]):
            is_shown = found[one.city.pk].get(pk) is not None
            yield ResourceReference(city=one.city, resource_id=pk, is_shown=is_shown)


def outdated():
    """The keys of public cities with a reference that is shown now and was not, or the reverse.

    The resource was approved or removed, or its city has become public or is not public any more.
    """
    is_own = Q(city=OuterRef("city"))
    shown = PublicResource.objects.filter(HOME_IS_PUBLIC | is_own, pk=OuterRef("resource_id"))
    references = ResourceReference.objects.alias(is_shown_now=Exists(shown))
    changed = references.exclude(is_shown=F("is_shown_now")).order_by()
    return changed.values_list("city", flat=True).distinct()


_outdated_of_all = worded_once(lambda _key: outdated())
_outdated_of_one = worded_once(lambda city: outdated().filter(city=city))


def find_outdated():
    """The same as a list."""
    return [city for (city,) in _outdated_of_all()]


def is_outdated(city_id):
    """Whether this city is among them."""
    return bool(_outdated_of_one(city_id))


def state_of_homes():
    """For an annotation of public cities: a number that moves when one of the other cities whose
    resources the profile shows publishes something: its name stands there.
    """
    references = ResourceReference.objects.filter(city=OuterRef(OuterRef("pk")))
    homes = PublicCity.objects.filter(resources__in=references.values("resource_id"))
    others = homes.exclude(pk=OuterRef("pk")).order_by()
    total = Func("publication", function="SUM", output_field=IntegerField())
    return Subquery(others.annotate(total=total).values("total"))
