"""Tags of the pages that tell of versions."""

from urllib.parse import urljoin

from django import template

from catalogue.atoms import Day
from publishing.differences import summary
from website.citation import cite

register = template.Library()


@register.inclusion_tag("website/versions/cite.html", takes_context=True)
def cite_this(context, document):
    """How to cite the version of which `document` is made; nothing for a working copy.

    The address of the site is that of `canonical`, the page's address in full.
    """
    version = document.version
    if version is None:
        return {}
    url = urljoin(context["canonical"], version.url)
    return {"citation": cite(str(document.cover.title), version, url)}


@register.filter
def day(moment):
    """The day of a moment, as the document writes days."""
    return Day.of(moment.date()).text


register.filter("summary", summary)
