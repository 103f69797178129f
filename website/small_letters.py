"""Addresses in capital letters."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.generic import View


class SmallLetters(View):
    """Redirects an address that leads nowhere to the same one in small letters."""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            url = in_small_letters(request)
            if url is None:
                raise
        response = redirect(url, permanent=True)
        # Not cached: staff may give a row of the catalogue a code in capitals.
        add_never_cache_headers(response)
        return response


def in_small_letters(request):
    """The address with its slug or code in small letters; None if it has no capitals."""
    match = request.resolver_match
    asked = match.captured_kwargs
    small = {
        name: value.lower() if isinstance(value, str) else value for name, value in asked.items()
    }
    if small == asked:
        return None
    query = request.META.get("QUERY_STRING", "")
    url = reverse(match.view_name, kwargs=small)
    return f"{url}?{query}" if query else url
