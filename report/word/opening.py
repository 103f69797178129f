"""Cover, the city at a glance, chapter 1, and what stands at the end."""

from ..printed import address_of, citation_of, labels_of
from .text import Span, linked, strong

DOT = " · "


def write_cover(writer, document, pictures):
    cover = document.cover
    writer.heading(0, cover.title)
    if cover.local_name:
        writer.paragraph(cover.local_name, style="Subtitle")
    writer.paragraph(cover.line)
    writer.paragraph(cover.day.text)
    writer.paragraph(cover.published)
    if cover.earlier_note:
        writer.paragraph(linked(cover.earlier_note, document.version.current_url))
    if cover.sample_note:
        writer.paragraph(cover.sample_note)
    write_picture(writer, document.pictures.cover, pictures.get("cover"), width=160)


def write_picture(writer, entry, content, width):
    """A picture with what is said of it; what is said alone where the file is not at hand."""
    if entry is None:
        return
    if content is not None:
        height = width * entry.height / max(entry.width, 1)
        width = width if height <= 200 else width * 200 / height
        writer.picture(content, entry.alternative_text.value, width)
    else:
        writer.paragraph(entry.alternative_text, style="Note")
    said = dotted(filter(None, (entry.place, entry.credit, entry.note)))
    if said:
        writer.paragraph(*said, style="Note")


def dotted(parts):
    """`parts`, each an item or a tuple of items, with dots between them: items of a paragraph."""
    items = []
    for part in parts:
        own = part if isinstance(part, tuple) else (part,)
        items += (DOT, *own) if items else own
    return items


def lines_of(facts):
    """Value and label of `Fact`s, each on one line."""
    for fact in facts:
        label, value = fact.label, fact.value
        own = getattr(value, "language", label.language)
        yield strong(label), ": ", Span(str(value), own, url=fact.link)


def write_glance(writer, document):
    glance, labels = document.glance, dict(labels_of())
    writer.heading(1, glance.title, starts_page=True)
    writer.lines(glance.sentence)
    if glance.counts:
        counts = [(strong_figure(fact), " ", fact.label) for fact in glance.counts]
        writer.paragraph(*dotted(counts))
    if glance.awards:
        writer.paragraph(glance.awards)
    if glance.figures:
        writer.heading(2, labels["figures"])
    for figure in glance.figures:
        write_figure(writer, figure)
    for part in (glance.reached, glance.due_next):
        write_milestones(writer, part)
    if glance.targets:
        writer.heading(2, labels["targets"])
        heads = [labels[name] for name in ("subject", "start", "now", "goal", "due", "state")]
        writer.table(heads, map(target_cells, glance.targets), (6, 3, 3, 3, 2, 3))
    if glance.areas:
        writer.heading(2, labels["areas"])
    for area in glance.areas:
        writer.paragraph(
            strong(area.name), ": ", *dotted(filter(None, (area.count_text, area.states_text)))
        )
        for one in area.commitments:
            writer.paragraph(one.name, ": ", str(one.count), style="ListBullet")
    if glance.not_reported:
        writer.paragraph(labels["not_reported"], " ", *dotted(glance.not_reported))


def strong_figure(fact):
    return Span(fact.value.text, fact.label.language, is_strong=True)


def write_figure(writer, figure):
    number = [strong(figure.number), *(("\u00a0", strong(figure.unit)) if figure.unit else ())]
    own = (" (", figure.own, ")") if figure.own else ()
    notes = (figure.scale and figure.scale.note, figure.when, figure.source)
    said = [part for note in notes if note for part in (DOT, note)]
    writer.paragraph(*number, " ", figure.words, *own, *said, style="ListBullet")


def write_milestones(writer, part):
    writer.heading(2, part.title)
    if part.empty:
        writer.lines(part.empty)
    for row in part.entries:
        words = filter(None, (strong(row.label), row.figures, row.words, row.due))
        writer.paragraph(*dotted(words), style="ListBullet")


def target_cells(row):
    own = (" (", row.own, ")") if row.own else ()
    said = [(strong(row.label), *own)]
    if row.words:
        said.append((row.words,))
    rest = (row.start, row.now, row.goal, row.due, row.state_label)
    return [said, *([(text or "–",)] for text in rest)]


def chapter_head(writer, head):
    writer.heading(1, head.title, label=head.label, anchor=head.anchor)
    if head.intro:
        writer.lines(head.intro)


def write_overview(writer, document, pictures):
    chapter = document.overview
    chapter_head(writer, chapter.head)
    writer.paragraph(*dotted(chapter.place.parts))
    write_about(writer, chapter.about, document.pictures, pictures)
    for section in (chapter.facts, chapter.statistics):
        writer.heading(2, section.title)
        for items in lines_of(section.facts):
            writer.paragraph(*items)
    write_achievements(writer, chapter.achievements)


def write_about(writer, about, entries, pictures):
    writer.heading(2, about.title)
    for summary in about.summaries:
        writer.lines(summary, is_strong=True)
    writer.lines(about.body or about.empty)
    write_picture(writer, entries.logo, pictures.get("logo"), width=40)
    write_picture(writer, entries.portrait, pictures.get("portrait"), width=50)
    if about.statement:
        writer.paragraph(about.statement_title, style="Note", keeps=True)
        writer.lines(about.statement)


def write_achievements(writer, section):
    writer.heading(2, section.title)
    writer.paragraph(section.note, style="Note")
    names = [level.name for level in section.categories[0].levels]
    rows = [
        [[(strong(category.name),), (category.sentence,)], *map(level_cell, category.levels)]
        for category in section.categories
    ]
    writer.table([section.title, *names], rows, [4, *(3 for _name in names)])


def level_cell(level):
    return [(level.state,), *([(level.missing_text,)] if level.missing_text else [])]


def write_end(writer, document):
    """What the numbers are, how to cite, of which version it is, and what does not bind."""
    colophon = document.colophon
    address = address_of(document, writer.site)
    cited = citation_of(document, address)
    for level, title, texts in (
        (1, colophon.numbers_title, colophon.about_numbers),
        (2, colophon.cite_title, (cited,) if cited else ()),
        (2, colophon.version_title, colophon.version),
    ):
        if texts:
            writer.heading(level, title)
        for text in texts:
            writer.lines(text)
    if address:
        writer.paragraph(Span(address, document.language, url=address))
    for note in colophon.redaction_notes:
        writer.paragraph(note, style="Note")
    link = document.disclaimer_link
    writer.paragraph(document.disclaimer, " ", linked(link.title, link.url), style="Note")
