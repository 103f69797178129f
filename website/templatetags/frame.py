"""Tags of the frame that every page has: head, navigation, canonical address."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.site_url import absolute_url
from website.navigation import SEARCH, SECTIONS

register = template.Library()

SPACES = re.compile(r"\s+")


@register.simple_block_tag
def one_line(content):
    """The text of a block, for an attribute as well: without elements, on one line."""
    text = SPACES.sub(" ", strip_tags(content)).strip()
    # The block has escaped what it was given.
    return SafeString(text.replace('"', "&quot;"))


@register.simple_tag(takes_context=True)
def canonical_address(context):
    """The one address of this page, in full; "" where it is not known.

    A view may say it (`canonical`), as those of pages that are rendered without the request. Else
    it is the address without its query, but for the page of a list that nothing filters.
    """
    request = context.get("request")
    if "canonical" in context or request is None:
        return context.get("canonical", "")
    query = request.META.get("QUERY_STRING", "")
    page = f"?{query}" if re.fullmatch(r"page=\d{1,9}", query) and query != "page=1" else ""
    return absolute_url(request, request.path + page)


@register.simple_tag(takes_context=True)
def sections(context):
    """[(section, whether the page belongs to it)]."""
    request = context.get("request")
    # A page that is rendered without the request knows its address all the same.
    path = request.path if request else urlsplit(context.get("canonical", "")).path
    query = request.META.get("QUERY_STRING", "") if request else ""
    return [(section, section.is_current(path, query)) for section in SECTIONS]


@register.simple_tag
def search_section():
    return SEARCH


@register.simple_tag
def site_foot():
    """The foot of every page: the same on all of them."""
    return _foot(settings.SITE_NAME, get_language())


@lru_cache(maxsize=64)
def _foot(platform, language):
    context = {"platform": platform, "sections": (*SECTIONS, SEARCH)}
    return render_to_string("website/parts/foot.html", context)
