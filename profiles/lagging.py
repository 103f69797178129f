"""Cities that lag: what the public reads of them is not what it should be."""

from django.db.models import Exists, OuterRef, Q, Subquery

from catalogue.models import CatalogueVersion

from .models import City, Publication, PublicCity, PublishRequest

outdated_tables = []
"""Functions of other apps that give, as a query, the keys of public cities whose read tables are
not as they should be."""


def lagging():
    """The keys of the cities that lag, in one query.

    Their rows are due to be published; or they are public and should not be, or the other way
    round; or their card and read tables are not those of the current catalogue, of what the
    platform decides, or of what other cities have published. Changes that wait for the city or a
    reviewer are no lag.
    """
    more = (find() for find in outdated_tables)
    return due().union(_behind(), _back(), *more).order_by("pk")


def lags(city):
    """Whether this city lags."""
    more = (find().filter(city=city.pk) for find in outdated_tables)
    own = (keys.filter(pk=city.pk) for keys in (due(), _behind(), _back()))
    return next(own).union(*own, *more).exists()


def due():
    """The keys of the cities whose rows are to be published now, as a query."""
    return due_cities().order_by().values_list("pk", flat=True)


def due_cities():
    public = PublicCity.objects.public().filter(city=OuterRef("pk"))
    changed = public.exclude(seen_content_version=OuterRef("content_version"))
    is_due = Q(Exists(PublishRequest.objects.filter(city=OuterRef("pk")))) | (
        Q(publishing=City.Publishing.AT_ONCE) & Exists(changed)
    )
    return City.objects.filter(is_due, is_withdrawn=False)


def unpublished():
    """The public cities that have changed since publishing dealt with them, as a query."""
    public = PublicCity.objects.public().filter(city=OuterRef("pk"))
    changed = public.exclude(seen_content_version=OuterRef("content_version"))
    return City.objects.filter(Exists(changed), is_withdrawn=False)


def _behind():
    """The keys of public cities that are to be written anew, or are public no more."""
    current = CatalogueVersion.objects.filter(is_current=True).values("sha256")[:1]
    present = City.objects.filter(pk=OuterRef("pk"))
    as_decided = present.filter(
        is_withdrawn=False, is_sample=OuterRef("is_sample"), country=OuterRef("country")
    )
    in_step = Q(tables_catalogue=Subquery(current)) & Exists(as_decided)
    behind = PublicCity.objects.filter(Q(publication__isnull=False) & ~in_step | ~Exists(present))
    return behind.order_by().values_list("pk", flat=True)


def _back():
    """The keys of cities that are not withdrawn or deleted any more, and not public again yet."""
    published = Publication.objects.readable().filter(city=OuterRef("pk"))
    public = PublicCity.objects.public().filter(city=OuterRef("pk"))
    back = City.objects.filter(Exists(published), ~Exists(public), is_withdrawn=False)
    return back.order_by().values_list("pk", flat=True)
