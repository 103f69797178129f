"""Tags of a city's page: bars and dots of what it does, and where long texts are folded."""

import re
from itertools import accumulate, chain
from unicodedata import east_asian_width

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalogue.atoms import Text

from .profile import words

register = template.Library()

LONGEST_BAR = 60
"""In percent of the width, so that its words have room behind it."""

OPENING, REST = 150, 100
"""At least so many letters are shown and folded; a letter of a wide script counts twice."""

PARAGRAPH_END = re.compile(r"[\r\n]+")
SENTENCE_END = re.compile(r"(?<=\w{3}[.!?])\s+|(?<=[.!?][\"'”’»)])\s+|(?<=[。！？؟।…])\s*")
"""Where a sentence ends; not after a short word, which may be an abbreviation ("St. Gallen")."""


# Parts that a page has by the hundred are written in Python, as in the explorer.


@register.simple_tag
def area_bar(area):
    """The bar of an `AreaBar`, which the words beside it explain."""
    width = float(area.share) * LONGEST_BAR
    return mark_safe(  # noqa: S308 (a number alone is put in)
        f'<svg width="{width:.1f}%" height="12" aria-hidden="true" focusable="false">'
        '<rect width="100%" height="12" rx="3"/></svg>'
    )


@register.simple_tag
def dots_legend(glance):
    """What the dots of an action say, in their order."""
    words, dots = _("for each action: starting point, target"), "<i></i>"
    if _shows_progress(glance):
        words, dots = _("for each action: starting point, target, progress"), "<i></i><i></i>"
    return format_html('<span class="dots"><i class="on"></i>{}</span> {}', SafeString(dots), words)


@register.simple_tag
def commitment_dots(line, glance):
    """How many actions a commitment has, dots for what each of them has, and the same in words."""
    with_progress = _shows_progress(glance)
    dots = "".join(_dots(action, with_progress) for action in line.actions)
    count = f'<span class="count">{line.count}<span class="visually-hidden">{escape(_said(line))}'
    return mark_safe(f'{count}</span></span><span class="dots" aria-hidden="true">{dots}</span>')  # noqa: S308 (numbers, and words that are escaped)


def _shows_progress(glance):
    return any(count.code == "progress" for count in glance.counts)


def _dots(action, with_progress):
    has = [action.has_start, action.has_target]
    if with_progress:
        has.append(action.has_progress)
    dots = "".join('<i class="on"></i>' if one else "<i></i>" for one in has)
    return f"<span>{dots}</span>"


def _said(line):
    """What stands behind the number of actions, as " actions, 3 with a starting point"."""
    counts = (
        (sum(action.has_start for action in line.actions), _("%(n)d with a starting point")),
        (sum(action.has_target for action in line.actions), _("%(n)d with a target")),
        (sum(action.has_progress for action in line.actions), _("%(n)d with progress")),
    )
    parts = [ngettext("action", "actions", line.count)]
    parts += [words % {"n": count} for count, words in counts if count]
    return " " + ", ".join(parts)


@register.simple_tag
def action_line(action):
    """An action on one line: number, summary or title, key figure, and the state of its targets."""
    figure = action.key_figure
    figure = words(figure) if figure else f'<span class="none">{escape(_("no figure yet"))}</span>'
    return SafeString(
        f'<span class="action-number">{action.number}</span>'
        f' <span class="action-title">{words(first_summary(action) or action.title)}</span>'
        f' <span class="action-standing"><span class="action-figure">{figure}</span>'
        f' <span class="action-state state-{action.state}">{words(action.state_text)}</span></span>'
    )


def first_summary(action):
    """The summary that a reader of this page understands, else the first; None without one."""
    reader = get_language()
    return min(action.summaries, key=lambda text: text.language != reader, default=None)


@register.simple_tag
def opening_of(text):
    """The first three lines or so of a long `Text`, and the rest; None where all fits.

    It is cut between paragraphs, else between sentences.
    """
    cut = _place_to_cut(text.value)
    if cut is None:
        return text, None
    return Text(text.value[:cut], text.language), Text(text.value[cut:], text.language)


def _place_to_cut(value):
    """The first end of a paragraph or a sentence after which enough is left; None without one."""
    widths = [2 if east_asian_width(letter) in "WF" else 1 for letter in value]
    before = list(accumulate(widths, initial=0))
    whole = before[-1]
    if whole < OPENING + REST:
        return None
    ends = {
        match.end() for match in chain(PARAGRAPH_END.finditer(value), SENTENCE_END.finditer(value))
    }
    first = min((end for end in ends if before[end] >= OPENING), default=len(value))
    return first if whole - before[first] >= REST else None
