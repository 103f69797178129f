"""Filters and tags that write parts of a document as HTML, with their languages, and drawings."""

import html
import re
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts import site_url
from catalogue.atoms import Text
from catalogue.translated import OFFICIAL_LANGUAGE
from profiles.writing_systems import is_leftwards
from report.drawings import target_states, timeline
from report.drawings.timeline_layout import lay_out_chart
from report.links_in_text import may_have_links, pieces_of
from website.editing import admin_entry

register = template.Library()

MAY_TURN = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
    "\u202a-\u202e\u2066-\u2069]"
)
"""Letters that are read from right to left, and characters that turn the direction of text."""


def direction(language):
    return "rtl" if is_leftwards(language) else "ltr"


def _attributes(language):
    """` lang="…" dir="…"` if `language` is not that of the page, else ""."""
    return _attributes_beside(get_language() or OFFICIAL_LANGUAGE, language)


@lru_cache(maxsize=512)
def _attributes_beside(page_language, language):
    if language == page_language:
        return ""
    return format_html(' lang="{}" dir="{}"', language, direction(language))


@register.filter
def language_attributes(text):
    """The attributes `lang` and `dir` for an element that contains only this `Text`."""
    return _attributes(text.language)


def _escaped(value):
    # Django's own `escape` and `mark_safe` look for lazy strings first: a page has thousands.
    return SafeString(html.escape(value))


def _isolated(value):
    """`value` as HTML, in an element of its own if it could turn the words around it."""
    if MAY_TURN.search(value):
        return format_html("<bdi>{}</bdi>", value)
    return _escaped(value)


@register.filter
def words(text):
    """A `Text` for use within a line, in a span if its language is not that of the page."""
    if not isinstance(text, Text):
        return _isolated(str(text))
    attributes = _attributes(text.language)
    if not attributes:
        return _isolated(text.value)
    return SafeString(f"<span{attributes}>{html.escape(text.value)}</span>")


@register.filter
def paragraphs(text):
    """A long `Text` as paragraphs, one for each line that is not blank."""
    lines = (line.strip() for line in re.split(r"[\r\n]+", text.value))
    attributes = _attributes(text.language)
    found = (f"<p{attributes}>{_with_links(line)}</p>" for line in lines if line)
    return SafeString("\n".join(found))


@register.filter
def linked_words(text):
    """As `words`, with links where the `Text` has addresses; not for use within a link."""
    if text is None or not may_have_links(text.value):
        return words(text)
    return SafeString(f"<span{_attributes(text.language)}>{_with_links(text.value)}</span>")


def _with_links(value):
    """`value` as HTML. Whoever wrote the text chose the addresses, so nobody vouches for them."""
    if not may_have_links(value):
        return html.escape(value)
    markup = '<a href="{}" rel="nofollow ugc noopener">{}</a>'
    pieces = ((html.escape(piece.url), html.escape(piece.text)) for piece in pieces_of(value))
    return "".join(markup.format(url, said) if url else said for url, said in pieces)


@register.filter
def sentence(runs):
    """The `Run`s of a sentence as HTML; strong ones, which the city filled in, are bold."""
    parts = []
    for run in runs:
        attributes = _attributes(run.text.language)
        if may_have_links(run.text.value):
            value = _with_links(run.text.value)
        else:
            value = _escaped(run.text.value) if attributes else _isolated(run.text.value)
        tag = "strong" if run.strong else "span" if attributes else ""
        parts.append(f"<{tag}{attributes}>{value}</{tag}>" if tag else value)
    return SafeString("".join(parts))


@register.filter
def field(row, name):
    """The field of a city's row as a `Text` in the city's language."""
    return row.text(name)


@register.filter
def minutes(duration):
    """A `timedelta` in whole minutes, rounded up."""
    return -int(-duration.total_seconds() // 60)


@register.simple_tag
def goals(targets):
    """Links to global targets.

    Actions of one type have the same, and many cities have actions of one type.
    """
    return _goals(targets, get_language())


@lru_cache(maxsize=512)
def _goals(targets, language):
    return render_to_string("website/city/goals.html", {"goals": targets})


@register.simple_tag
def address(name, argument):
    """As the tag `url`, for addresses that stand on many pages many times."""
    return _address(name, argument, get_language())


@lru_cache(maxsize=4096)
def _address(name, argument, language):
    return reverse(name, args=[argument])


@register.simple_tag
def course_chart(course, name):
    """The chart of a measure's course; `name` makes its ids unique within the page."""
    return timeline.draw_chart(lay_out_chart(course), name)


@register.simple_tag
def state_mark(state):
    return target_states.state_mark(state)


@register.simple_tag(takes_context=True)
def absolute_url(context, path):
    return site_url.absolute_url(context["request"], path)


@register.simple_tag
def admin_entry_of(user):
    return admin_entry(user)
