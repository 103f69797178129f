"""Chapter 2: the actions of the city."""

from .opening import chapter_head, dotted, lines_of
from .text import Span, linked, strong

BEFORE_STATEMENT = 160
"""Space, in twentieths of a point."""


def write(writer, chapter):
    chapter_head(writer, chapter.head)
    if chapter.empty:
        writer.lines(chapter.empty)
    for items in lines_of(chapter.summary):
        writer.paragraph(*items)
    if chapter.kmgbf_note:
        writer.paragraph(chapter.kmgbf_note, style="Note")
    if chapter.kmgbf:
        writer.paragraph(chapter.kmgbf_title, style="Note", keeps=True)
        for badge in chapter.kmgbf:
            writer.paragraph(badge.label, ": ", badge.name, style="Note")
    for area in chapter.areas:
        writer.heading(2, area.name, label=area.label)
        for commitment in area.commitments:
            write_commitment(writer, commitment, chapter.course_columns)


def write_commitment(writer, commitment, columns):
    writer.heading(3, commitment.name, label=commitment.label)
    writer.paragraph(commitment.count, style="Note", keeps=True)
    if commitment.empty:
        writer.lines(commitment.empty)
    for action in commitment.actions:
        write_action(writer, action, columns)


def write_action(writer, action, columns):
    writer.heading(4, f"{action.number}. ", action.title)
    if action.kmgbf:
        badges = dotted(badge.label for badge in action.kmgbf)
        writer.paragraph(*badges, style="Note", keeps=True)
    for summary in action.summaries:
        writer.lines(summary, is_strong=True)
    if action.description:
        writer.paragraph(action.description_label, style="Note", keeps=True)
        writer.lines(action.description)
    for statement in action.statements:
        write_statement(writer, statement)
    for course in action.courses:
        write_course(writer, course, columns)


def write_statement(writer, one):
    label = [strong(one.label)]
    if one.tracked:
        label += [" ", one.tracked.text]
    writer.paragraph(*label, keeps=True, spacing=BEFORE_STATEMENT)
    if one.sentence:
        runs = (Span(run.text.value, run.text.language, run.strong) for run in one.sentence)
        writer.paragraph(*runs)
    for value in one.listed:
        writer.paragraph(value.label, *own_mark(value), ": ", strong(value.text))
    if one.words:
        writer.lines(one.words)
    for note in filter(None, (one.sentence_note, one.year_text, *one.unchanged)):
        writer.paragraph(note, style="Note")
    for label, text, url in sources_of(one):
        writer.paragraph(label, " ", linked(text, url), style="Note")
    writer.paragraph(one.updated_label, " ", one.updated.text, style="Note")


def own_mark(thing):
    """What says that a figure is the city's own, in brackets behind its name."""
    return (" (", thing.own, ")") if thing.own else ()


def sources_of(one):
    """(label, words, address) of the plan and of the sources of a statement."""
    if one.plan:
        links = [link for link in (one.plan.link, one.plan.resource) if link]
        yield one.plan.label, one.plan.name, links[0].url if links else ""
    if one.source_link:
        yield one.source_label, one.source_link.title, one.source_link.url
    elif one.source:
        yield one.source_label, one.source, ""
    if one.source_resource:
        yield one.source_label, one.source_resource.title, one.source_resource.url


def write_course(writer, course, columns):
    """The values of a measure over time: what the PDF draws as well."""
    unit = (" (", course.unit, ")") if course.unit else ()
    rows = [[[(mark.label,)], [(mark.when or "–",)], value_cell(mark)] for mark in course.marks]
    caption = (course.label, *unit, *own_mark(course))
    writer.table(columns, rows, (2, 2, 3), caption)


def value_cell(mark):
    return [(mark.text,), *([("(", mark.converted, ")")] if mark.converted else [])]
