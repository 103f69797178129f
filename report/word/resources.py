"""Chapter 5: what the city shares in Tools & resources."""

from .opening import chapter_head, dotted
from .text import Span, linked


def write(writer, chapter):
    chapter_head(writer, chapter.head)
    if chapter.empty:
        writer.lines(chapter.empty)
    for entry in chapter.resources:
        write_resource(writer, entry, chapter.labels)


def write_resource(writer, entry, labels):
    title = entry.link.title
    writer.heading(2, Span(title.value, title.language, url=entry.link.url))
    if entry.summary:
        writer.lines(entry.summary)
    writer.paragraph(linked(entry.thing.title, entry.thing.url))
    writer.paragraph(*dotted(facts_of(entry, labels)), style="Note")
    for words in (entry.topics, [target.label for target in entry.targets]):
        if words:
            writer.paragraph(*dotted(words), style="Note")


def facts_of(entry, labels):
    """The parts of one line."""
    if entry.year:
        yield str(entry.year)
    yield entry.kind_label
    if entry.organisation:
        yield labels.organisation, " ", entry.organisation
    if entry.languages:
        names = [item for one in entry.languages for item in (", ", one.name)]
        yield (labels.languages, " ", *names[1:])
    if entry.licence:
        yield labels.licence, " ", linked(entry.licence.title, entry.licence.url)
