"""Tags of the frame that every page has: head, navigation, canonical address."""

import re
from urllib.parse import urlsplit

from django import template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from accounts.site_url import absolute_url
from website.navigation import SECTIONS

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
