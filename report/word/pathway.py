"""Chapter 3: the steps with their states, and what is on them."""

from .opening import chapter_head, dotted
from .text import linked


def write(writer, chapter):
    chapter_head(writer, chapter.head)
    if chapter.summary:
        writer.lines(chapter.summary)
    if chapter.assumed_note:
        writer.paragraph(chapter.assumed_note, style="Note")
    for phase in chapter.phases:
        writer.heading(2, phase.title)
        for step in phase.steps:
            write_step(writer, step)


def write_step(writer, step):
    writer.heading(3, step.title)
    if step.state_text:
        writer.paragraph(*dotted((step.state_text, *step.days)), style="Note")
    if step.empty:
        writer.lines(step.empty)
    for item in step.items:
        write_item(writer, item)


def write_item(writer, item):
    """An item: its title, then its languages if it has several versions."""
    main, *others = item.versions
    title = linked(main.title, main.url)
    if not others:
        writer.paragraph(title, " ", main.detail, style="ListBullet")
        return
    versions = [
        part
        for one in item.versions
        for part in (" · ", linked(one.language, one.url), " ", one.detail)
    ]
    writer.paragraph(title, ": ", *versions[1:], style="ListBullet")
