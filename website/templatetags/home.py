"""The tag that prints a sentence of news with a link to its city."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from catalogue.atoms import Text
from catalogue.translated import OFFICIAL_LANGUAGE

from .profile import words

register = template.Library()


@register.simple_tag
def news_sentence(one):
    """A `website.home.News` as HTML: the name of the city leads to its page."""
    name = words(Text(one.city.name, OFFICIAL_LANGUAGE))
    badge = render_to_string("website/parts/invented.html", {"city": one.city}).rstrip()
    link = format_html(
        '<a href="{}">{}</a>{}', one.city.get_absolute_url(), name, SafeString(badge)
    )
    return mark_safe(conditional_escape(one.sentence) % {"city": link})  # noqa: S308 (escaped)
