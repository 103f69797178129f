"""The tag by which a page over many cities offers its files and says how to cite it."""

from django import template

from accounts.site_url import absolute_url
from website.download_and_cite import of_list

register = template.Library()


@register.inclusion_tag("website/parts/download_and_cite.html", takes_context=True)
def download_and_cite(context, title, query=None, **files):
    """What one takes away from a list: `files` are addresses by their kind (csv, json, …).

    They hold what was chosen in the address that was asked for, or what `query` says; a feed tells
    of all. It is cited by the address that was asked for.
    """
    request = context["request"]
    chosen = request.GET.copy()
    chosen.pop("page", None)
    url = absolute_url(request, with_query(request.path, chosen.urlencode()))
    query = chosen.urlencode() if query is None else query
    files = {
        form: address if form == "atom" else with_query(address, query)
        for form, address in files.items()
    }
    return {"download_and_cite": of_list(str(title), url, files)}


def with_query(address, query):
    return f"{address}?{query}" if query else address
