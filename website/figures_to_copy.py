"""The figures of an action, each as a line that one can copy, with its source and its address."""

from dataclasses import dataclass
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from actions.chapter import StatementEntry
from actions.models import Statement
from catalogue.atoms import Text

Kind = Statement.Kind


@dataclass(frozen=True, slots=True)
class FigureToCopy:
    """A value of a statement, or its words where it has no values (`is_words`).

    `anchor` is its id on the page of the action; `line` is what one copies.
    """

    anchor: str
    value: Text
    label: Text
    line: str
    is_words: bool


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A statement as the page of its action shows it; `anchor` is its id there."""

    entry: StatementEntry
    anchor: str
    figures: tuple[FigureToCopy, ...]


def shown_statements(action, document, url):
    """The `ShownStatement`s of an `ActionEntry` of a public document; `url`: of the action's page.

    An anchor is made of what names the figure within its action (kind, year or day, measure), so it
    stays while the city adds others.
    """
    for entry in action.statements:
        anchor = statement_name(entry)
        yield ShownStatement(entry, anchor, tuple(_figures(action, entry, anchor, document, url)))


def statement_name(entry):
    """Such as baseline, target-2030, progress-2026-04-08."""
    time = entry.due_year if entry.kind == Kind.TARGET else entry.date and entry.date.date
    return f"{entry.kind}-{time}" if time else str(entry.kind)


def _figures(action, entry, anchor, document, url):
    values = [(f"{anchor}-{one.measure}", one.text, _label_of(one)) for one in entry.values]
    if not values and entry.words:
        values = [(f"{anchor}-words", entry.words, action.title)]
    for place, value, label in values:
        parts = (
            on_one_line(value),
            str(label),
            str(document.cover.title),
            time_words(entry),
            source_words(entry, url),
            _("version %(number)d") % {"number": document.version.number},
            f"{url}#{place}",
        )
        yield FigureToCopy(place, value, label, ", ".join(parts), is_words=not entry.values)


def _label_of(value):
    if value.own is None:
        return value.label
    return Text(f"{value.label} ({value.own})", value.label.language)


def on_one_line(value):
    return " ".join(str(value).split())


def time_words(entry):
    """When a statement is true, and which kind it is of."""
    if entry.kind == Kind.TARGET:
        due = entry.due_year
        return _("target for %(year)d") % {"year": due} if due else _("target without a year")
    time = entry.date or entry.year or _("year not given")
    kind = _("progress") if entry.kind == Kind.PROGRESS else _("start")
    return f"{time} ({kind})"


def source_words(entry, url):
    """Where the city has it from: the name of the source and where that can be read."""
    link, resource = entry.source_link, entry.source_resource
    named = [on_one_line(entry.source)] if entry.source else []
    if link:
        named.append(link.url)
    if resource:
        named += [on_one_line(resource.title), urljoin(url, resource.url)]
    if not named:
        return _("the city gives no source")
    return _("source: %(source)s") % {"source": " ".join(dict.fromkeys(named))}
