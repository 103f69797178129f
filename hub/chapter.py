"""Chapter 5: what the city shares in the Tools & resources hub, as plain data."""

from dataclasses import dataclass
from operator import attrgetter
from urllib.parse import urlsplit

from django.utils.text import capfirst

from catalogue.atoms import ChapterHead, Link, Text
from catalogue.folding import fold
from catalogue.languages import canonical_tag, language_name
from profiles.record import text_of
from profiles.writing_systems import platform_text


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


def build(record, context):
    """The chapter of a `ProfileRecord`, newest resources first. No query."""
    texts, city = context.texts, text_of(record.city.name)
    found = map(context.resources.get, record.resources)
    own = [row for row in found if row is not None and row.city_id == context.city.pk]
    resources = tuple(_entry(row, context) for row in sorted(own, key=newest_first))
    return ResourcesChapter(
        head=texts.chapter(5, "resources"),
        labels=chapter_labels(texts) if resources else None,
        resources=resources,
        empty=None if resources else texts("resources.empty", city=city),
    )


def newest_first(row):
    """Sorts resources by year, those without one last, and by title."""
    return (row.year is None, -(row.year or 0), fold(row.title), row.pk)


def chapter_labels(texts):
    names = ("organisation", "languages", "licence")
    return Labels(**{name: texts(f"resources.{name}") for name in names})


def _entry(row, context):
    texts, catalogue, file = context.texts, context.catalogue, row.file
    return ResourceEntry(
        link=page_link(row),
        thing=thing_link(row, texts),
        file=file and FileEntry(file.name, file.media_type, file.size),
        kind=row.kind,
        kind_label=platform_text(capfirst(row.get_kind_display()), texts.language),
        summary=row.text("summary") if row.summary else None,
        organisation=row.text("organisation") if row.organisation else None,
        year=row.year,
        languages=tuple(_languages(row, texts)),
        licence=_licence(row, catalogue),
        topics=tuple(topic.text() for topic in topics_of(row, catalogue)),
        targets=tuple(
            TargetEntry(one.number, texts("resources.target", number=one.number), one.text())
            for one in targets_of(row, catalogue)
        ),
    )


def topics_of(resource, catalogue):
    """The topics of a `PublicResource` in the order of the catalogue."""
    codes = {*resource.topic_codes}
    return [topic for code, topic in catalogue.topics.items() if code in codes]


def targets_of(resource, catalogue):
    """The targets of a `PublicResource` by number."""
    codes = {*resource.target_codes}
    found = [target for code, target in catalogue.targets.items() if code in codes]
    return sorted(found, key=attrgetter("number"))


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
    """The host in an address, without `www.`; the address itself if it has none."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return url
    return (host or url).removeprefix("www.")


def _languages(row, texts):
    for tag in row.languages.split():
        yield LanguageEntry(canonical_tag(tag), platform_text(language_name(tag), texts.language))


def _licence(row, catalogue):
    licence = catalogue.licences.get(row.licence_code)
    return licence and Link(licence.url, licence.text())
