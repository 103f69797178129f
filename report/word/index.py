"""Chapter 4: the index of biodiversity, with the points, course and indicators of each edition."""

from .opening import chapter_head
from .text import linked, strong


def write(writer, chapter):
    chapter_head(writer, chapter.head)
    for edition in chapter.editions:
        if edition.total is None:
            write_empty(writer, edition)
        else:
            write_edition(writer, edition, chapter.labels)
    if chapter.note:
        writer.paragraph(chapter.note, style="Note")


def write_empty(writer, edition):
    writer.paragraph(edition.state)
    writer.paragraph(edition.name, style="Note")
    for component in edition.components:
        writer.heading(2, component.name)
        writer.paragraph(component.state)
        writer.lines(component.empty)


def write_edition(writer, edition, labels):
    writer.heading(2, edition.year_text)
    writer.paragraph(edition.name, style="Note")
    writer.paragraph(strong(edition.state))
    if len(edition.course) > 1:
        rows = [[[(str(one.year),)], [(one.state,)], [(one.change,)]] for one in edition.course]
        heads = (labels.year, labels.points, labels.change)
        writer.table(heads, rows, (1, 3, 3), (labels.course,))
    write_words(writer, edition, labels)
    for component in edition.components:
        write_component(writer, component, labels)


def write_words(writer, edition, labels):
    if edition.about:
        writer.paragraph(labels.about, style="Note", keeps=True)
        writer.lines(edition.about)
    for label, entries in (
        (labels.better, [(one.name, " ", one.words) for one in edition.better]),
        (labels.worse, [(one.name, " ", one.words) for one in edition.worse]),
        (labels.strengths, [(name,) for name in edition.strengths]),
        (labels.gaps, [(name,) for name in edition.gaps]),
    ):
        if entries:
            writer.paragraph(strong(label), keeps=True)
        for items in entries:
            writer.paragraph(*items, style="ListBullet")


def write_component(writer, component, labels):
    writer.heading(3, component.name)
    writer.paragraph(component.state)
    if component.missing:
        writer.paragraph(component.missing, style="Note")
    if component.empty:
        writer.lines(component.empty)
    if component.results:
        heads = (labels.indicator, labels.value, labels.points, labels.basis)
        rows = [result_row(result, labels) for result in component.results]
        writer.table(heads, rows, (8, 3, 3, 4))


def result_row(result, labels):
    return [
        [(f"{result.number}. ", result.name), *more_of(result, labels)],
        [(result.value or "–",)],
        [(strong(result.points_text),)],
        [(result.basis_label,), *((mark,) for mark in result.marks)],
    ]


def more_of(result, labels):
    """Inputs, reason and evidence, each a paragraph of the first cell."""
    if result.inputs:
        inputs = [part for one in result.inputs for part in ("; ", one.label, ": ", one.value)]
        yield (labels.inputs, ": ", *inputs[1:])
    if result.reason:
        yield labels.reason, ": ", result.reason
    links = [link for link in (result.evidence_link, result.evidence_resource) if link]
    said = [result.evidence] if result.evidence else []
    said += [linked(link.title, link.url) for link in links]
    for place, words in enumerate(said):
        yield (labels.evidence, ": ", words) if place == 0 else (words,)
