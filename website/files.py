"""Serves the files that cities sent, so that none can run scripts as a page of this site."""

import logging

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
)
from django.utils.http import quote_etag
from django.views.generic import View

from hub.models import PublishedFile, Upload

logger = logging.getLogger(__name__)

LOADS_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SANDBOXED = f"{LOADS_NOTHING}; sandbox"
"""The policy of files that browsers only save; some PDF viewers do not start in a sandbox."""


class FileView(View):
    """Everybody may read a file that is published; any other only those who edit its city."""

    def get(self, request, token):
        # Without `request.user`: the answer with a public file must not depend on the session.
        published = PublishedFile.objects.select_related("city").filter(token=token).first()
        if published is not None and published.is_public:
            return public_response(request, published)
        upload = find_upload(request.user, token)
        if upload is not None:
            response = protect(file_response(request, upload), upload)
        elif published is not None:
            response = render(request, "website/file_gone.html", status=410)
        else:
            raise Http404
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response


def find_upload(user, token):
    """The file that is not public, for those who may edit its city; else None."""
    if user.is_anonymous:
        return None
    return Upload.objects.editable_by(user).filter(token=token).first()


def public_response(request, published):
    etag = quote_etag(published.sha256)
    response = get_conditional_response(request, etag=etag) or file_response(request, published)
    protect(response, published)
    response["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)
    if published.city and published.city.is_sample:
        response["X-Robots-Tag"] = "noindex"
    return response


def file_response(request, stored):
    """The file, streamed. Its media type is that of its row, not guessed from name or content."""
    response = FileResponse(
        open_file(stored),
        as_attachment=not stored.is_shown_inline,
        filename=stored.name,
        content_type=content_type(stored),
    )
    if request.method == "HEAD":
        response.streaming_content = ()
    return response


def protect(response, stored):
    """Add the security headers, to 304 responses too: they replace those in the browser's cache."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = LOADS_NOTHING if stored.is_shown_inline else SANDBOXED
    return response


def open_file(stored):
    try:
        return stored.file.open("rb")
    except FileNotFoundError as error:
        logger.error("The file %s of upload %s is missing.", stored.file.name, stored.pk)
        raise Http404 from error


def content_type(stored):
    if stored.media_type.startswith("text/"):
        return f"{stored.media_type}; charset=utf-8"
    return stored.media_type
