"""After a save one returns to the page whose address the form has in `next`."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpResponseRedirect
from django.urls import resolve
from django.utils.http import url_has_allowed_host_and_scheme

NEXT = "next"


def page_before(request):
    """The address of the page with the button that was pressed; None if it is not of this site."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return None
    parts = urlsplit(referer)
    return parts._replace(scheme="", netloc="", fragment="").geturl()


def came_from(request):
    """The address in `next`; "" where there is none, or where it leads to another site."""
    url = request.GET.get(NEXT, "")
    is_here = url.startswith("/") and url_has_allowed_host_and_scheme(url, None)
    return url if is_here else ""


def returning(url, page):
    """`url`, the address of a form of the admin, so that a save leads to `page`, if there is one.

    A list stays as it is: its forms lead back to it.
    """
    parts = urlsplit(url)
    if not page or resolve(parts.path).view_name.endswith("_changelist"):
        return url
    query = "&".join(filter(None, (parts.query, urlencode({NEXT: page}))))
    return parts._replace(query=query).geturl()


class Returns:
    """For admins: follows `next`, and gives its address to the template as `back_url`."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["back_url"] = came_from(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_post_save_add(self, request, obj):
        return self._back(request) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return self._back(request) or super().response_post_save_change(request, obj)

    def _back(self, request):
        url = came_from(request)
        return HttpResponseRedirect(url) if url else None
