"""The tag by which a page over many cities offers its files and says how to cite it."""

from django import template

from accounts.site_url import absolute_url
from website.download_and_cite import of_list

register = template.Library()


@register.inclusion_tag("website/parts/download_and_cite.html", takes_context=True)
def download_and_cite(context, title, **files):
    """What one takes away from a list: `files` are addresses by their kind (csv, json, …).

    Files and citation are of what was chosen in the address that was asked for.
    """
    request = context["request"]
    chosen = request.GET.copy()
    chosen.pop("page", None)
    query = f"?{chosen.urlencode()}" if chosen else ""
    url = absolute_url(request, request.path + query)
    files = {form: address + query for form, address in files.items()}
    return {"download_and_cite": of_list(str(title), url, files)}
