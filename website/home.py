"""The home page: find a city, see how many report, read of one of them and of what is new."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, Subquery, Sum
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.generic import View

from accounts.site_url import site_url
from catalogue import frozen
from profiles.dates import today
from profiles.models import Publication, PublicCity, Redaction
from publishing.news import news
from publishing.record import UnreadableRecord, read
from publishing.versions import version_before
from report.document_key import key_of
from report.glance import Glance
from report.sources import published_document

from .kept_answers import KeptAnswer, kept_answers
from .questions import questions
from .views import is_visitor, never_cached, same_for_all
from .world_map import build_map, places_of

NEWS = 3
NEWEST = ("-publication__published_at", "-publication")
FIGURES = 3

MANY_TARGETS = 3
"""A city that has so many with a figure and a year has something to tell."""

SPACING = 0.08
"""Of marks on the map, which is no wider than a phone: 28 pixels there."""


class HomePage(View):
    def get(self, request):
        day = today()
        if not (is_visitor(request) or request.user.is_anonymous):
            return never_cached(self.make(day, request))
        key = key_of("home", site_url(request), day, *state_of_cities())
        etag = f'W/"{key}"'
        response = get_conditional_response(request, etag=etag)
        if response is None:
            answer = kept_answers.find(key)
            if answer is None:
                answer = KeptAnswer.of(self.make(day))
                kept_answers.keep(key, answer)
            response = answer.for_request(request)
        return same_for_all(request, response, etag, ("Accept-Encoding", "Cookie"))

    def make(self, day, request=None):
        """The page; without a request it is the same for everybody."""
        cities = PublicCity.objects.listed()
        context = {
            "canonical": site_url(self.request),
            "numbers": numbers(cities),
            "map": build_map(places_of(cities), spacing=SPACING),
            "questions": questions(),
            "told": tell_one(cities, day),
            "news": list(newest(cities, day)),
        }
        return HttpResponse(render_to_string("website/home.html", context, request))


def state_of_cities():
    """What tells one state of all listed cities from another; two queries.

    Without a publication, what they say changes by a redaction alone, and what is new in the newest
    ones by the withdrawal of a version before these.
    """
    cities = PublicCity.objects.listed()
    found = cities.aggregate(
        *(Max("publication"), Sum("publication"), Count("pk"), Sum("resources_version")),
        invented=Count("pk", filter=Q(is_sample=True)),
    )
    before = Publication.objects.readable().filter(
        city=OuterRef("pk"), number__lt=OuterRef("publication__number")
    )
    compared = cities.order_by(*NEWEST).annotate(
        before=Subquery(before.order_by("-number").values("pk")[:1]),
        redacted=Subquery(Redaction.objects.order_by("-pk").values("pk")[:1]),
    )
    newest = compared.values_list("publication", "before", "redacted")[:NEWS]
    return (*found.values(), *newest, frozen.current().sha256)


def numbers(cities):
    """How many cities, countries, actions and targets there are; one query."""
    return cities.aggregate(
        cities=Count("pk"),
        countries=Count("country", distinct=True),
        actions=Sum("action_count", default=0),
        starts=Sum("start_count", default=0),
        targets=Sum("full_target_count", default=0),
    )


@dataclass(frozen=True, slots=True)
class ToldCity:
    """A city on the home page. `target` is the first row of its board with a way to draw."""

    city: Any
    glance: Glance
    petals: tuple
    target: Any

    @property
    def figures(self):
        return self.glance.figures[:FIGURES]


def tell_one(cities, day):
    """A `ToldCity` among those with targets in figures, another one each day; None for none."""
    for least in (MANY_TARGETS, 1):
        candidates = cities.filter(full_target_count__gte=least).order_by("pk")
        if count := candidates.count():
            break
    else:
        return None
    place = day.toordinal() % count
    city = candidates.select_related("publication", "country__region")[place]
    try:
        document = published_document(city, day)
    except UnreadableRecord:
        return None
    rows = document.glance.targets
    drawn = next((row for row in rows if is_told(row)), None)
    return ToldCity(city, document.glance, document.actions.petals, drawn)


def is_told(row):
    """Whether a row of the board has a start, a present and a goal in numbers."""
    texts = row.start, row.now, row.goal
    return all(text and any(map(str.isdigit, text.value)) for text in texts)


@dataclass(frozen=True, slots=True)
class News:
    city: PublicCity
    day: Any
    sentence: str


def newest(cities, day):
    """The `News` of the cities that published last."""
    rows = cities.select_related("publication__catalogue").order_by(*NEWEST)
    for city in rows.defer("search_text", "summaries", "summary_words")[:NEWS]:
        publication = city.publication
        before = version_before(city.pk, publication.number)
        catalogue = frozen.find(publication.catalogue.sha256)
        try:
            record = read(publication.record)
            former = read(before.record) if before else None
        except UnreadableRecord:
            continue
        if sentence := news(former, record, catalogue, day):
            yield News(city, publication.published_at.date(), sentence)
