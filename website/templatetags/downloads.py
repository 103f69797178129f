"""The tag by which a page over many cities offers its files and says how to cite it."""

from html import unescape

from django import template
from django.utils.safestring import SafeData

from accounts.site_url import absolute_url
from website.download_and_cite import of_list

register = template.Library()


@register.inclusion_tag("website/parts/download_and_cite.html", takes_context=True)
def download_and_cite(context, title, query=None, use="", **files):
    """What one takes away from a list: `files` are addresses by their kind (csv, json, …).

    They hold what was chosen in the address that was asked for, or what `query` says; a feed tells
    of all. `use` says what they hold, where it is not the list. The list is cited by the address
    that was asked for.
    """
    request = context["request"]
    chosen = request.GET.copy()
    chosen.pop("page", None)
    url = absolute_url(request, with_query(request.path, chosen.urlencode()))
    query = chosen.urlencode() if query is None else query
    # `blocktranslate asvar` has escaped what it filled in; the citation is plain text.
    title = unescape(title) if isinstance(title, SafeData) else str(title)
    files = {
        form: address if form == "atom" else with_query(address, query)
        for form, address in files.items()
    }
    return {"download_and_cite": of_list(title, url, files, use)}


def with_query(address, query):
    return f"{address}?{query}" if query else address
