"""Chapter 5: what the city shares in the Tools & resources hub, as plain data."""

from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from urllib.parse import urlsplit

from django.db.models import F, IntegerField, Value
from django.utils.text import capfirst

from catalogue.atoms import ChapterHead, Link, Text
from catalogue.languages import canonical_tag, language_name
from catalogue.models import KMGBFTarget, Topic

from .models import Resource


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """A language in which something can be read or heard."""

    tag: str
    name: Text


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """A target of the Global Biodiversity Framework."""

    number: int
    label: Text
    name: Text


@dataclass(frozen=True, slots=True)
class FileEntry:
    """The file of a resource; `size` in bytes."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class ResourceEntry:
    """A resource. `link` leads to its page, `thing` to the link or the file that it shares.

    `file` is None if it shares a link; the address of a licence may be empty.
    """

    link: Link
    thing: Link
    file: FileEntry | None
    kind: str
    kind_label: Text
    summary: Text | None
    organisation: Text | None
    year: int | None
    languages: tuple[LanguageEntry, ...]
    licence: Link | None
    topics: tuple[Text, ...]
    targets: tuple[TargetEntry, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels before values that need one."""

    organisation: Text
    languages: Text
    licence: Text


@dataclass(frozen=True, slots=True)
class ResourcesChapter:
    head: ChapterHead
    labels: Labels | None
    resources: tuple[ResourceEntry, ...]
    empty: Text | None


def build(city, texts):
    """The chapter of `city`, newest resources first; two queries."""
    newest_first = F("year").desc(nulls_last=True)
    published = Resource.objects.filter(city=city, state=Resource.State.PUBLISHED)
    rows = published.order_by(newest_first, "title", "pk").defer("search_text", "state_note")
    topics, targets = topics_and_targets(published, texts)
    resources = []
    for row in rows.select_related("file", "licence"):
        row.city = city
        resources.append(_entry(row, texts, topics[row.pk], targets[row.pk]))
    return ResourcesChapter(
        head=texts.chapter(5, "resources"),
        labels=chapter_labels(texts) if resources else None,
        resources=tuple(resources),
        empty=None if resources else texts("resources.empty", city=city.name),
    )


def topics_and_targets(resources, texts):
    """(topics, targets), each by the primary key of the resource; one query for both.

    The columns of the two halves must match, so a topic has the number 0.
    """
    rows = _referred_rows(resources, "topics", Value(0, IntegerField())).union(
        _referred_rows(resources, "targets", F("targets__number")), all=True
    )
    topics, targets = defaultdict(list), defaultdict(list)
    for pk, number, _position, name, translations in sorted(rows, key=itemgetter(1, 2)):
        if number:
            target = KMGBFTarget(name=name, translations=translations)
            label = texts("resources.target", number=number)
            targets[pk].append(TargetEntry(number, label, target.text()))
        else:
            topics[pk].append(Topic(name=name, translations=translations).text())
    return topics, targets


def _referred_rows(resources, field, number):
    """(resource, number, position, name, translations) of what `field` refers to."""
    columns = (f"{field}__{column}" for column in ("position", "name", "translations"))
    given = resources.filter(**{f"{field}__isnull": False}).order_by().annotate(number=number)
    return given.values_list("pk", "number", *columns)


def chapter_labels(texts):
    names = ("organisation", "languages", "licence")
    return Labels(**{name: texts(f"resources.{name}") for name in names})


def _entry(row, texts, topics, targets):
    return ResourceEntry(
        link=page_link(row),
        thing=thing_link(row, texts),
        file=row.file and FileEntry(row.file.name, row.file.media_type, row.file.size),
        kind=row.kind,
        kind_label=Text(capfirst(row.get_kind_display()), texts.language),
        summary=row.text("summary") if row.summary else None,
        organisation=row.text("organisation") if row.organisation else None,
        year=row.year,
        languages=tuple(_languages(row, texts)),
        licence=_licence(row),
        topics=tuple(topics),
        targets=tuple(targets),
    )


def page_link(resource):
    """A link to the page of a resource, with its title."""
    return Link(resource.get_absolute_url(), resource.text("title"))


def thing_link(resource, texts):
    """A link to what a resource shares, with its host, or with its kind of file and size."""
    if resource.file:
        words = texts("resources.open.file", kind=resource.file.description)
    else:
        words = texts("resources.open", host=host_of(resource.url))
    return Link(resource.address, words)


def host_of(url):
    """The host in an address, without `www.`."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def link_for(resource, city):
    """A link to `resource` in the profile of `city`; None if readers of the profile may not see it.

    The city's own published resources are linked even while the city is not public: whoever reads
    the profile may read them.
    """
    if resource is None:
        return None
    if resource.city_id == city.pk:
        resource.city = city
    is_own = resource.city_id == city.pk and resource.state == Resource.State.PUBLISHED
    return page_link(resource) if is_own or resource.is_public else None


def _languages(row, texts):
    for tag in row.languages.split():
        yield LanguageEntry(canonical_tag(tag), Text(language_name(tag), texts.language))


def _licence(row):
    return row.licence and Link(row.licence.url, row.licence.text())
