"""Serves the files that cities sent, so that none can run scripts as a page of this site."""

import logging

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
)
from django.utils.http import quote_etag
from django.views.generic import View

from hub.models import Upload

logger = logging.getLogger(__name__)

LOADS_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SANDBOXED = f"{LOADS_NOTHING}; sandbox"
"""The policy of files that browsers only save; some PDF viewers do not start in a sandbox."""


class FileView(View):
    """Everybody may read a file that a public row uses; any other only those who edit its city."""

    def get(self, request, token):
        uploads = Upload.objects.select_related("city")
        # Public files first, without `request.user`: their response must not depend on the session.
        upload = uploads.public().filter(token=token).first()
        if is_public := upload is not None:
            etag = quote_etag(upload.sha256)
            response = get_conditional_response(request, etag=etag) or file_response(
                request, upload
            )
            protect(response, upload)
            response["ETag"] = etag
            patch_cache_control(response, public=True, no_cache=True)
        else:
            upload = get_object_or_404(uploads.visible_to(request.user), token=token)
            response = protect(file_response(request, upload), upload)
            add_never_cache_headers(response)
        if not is_public or (upload.city and upload.city.is_sample):
            response["X-Robots-Tag"] = "noindex"
        return response


def file_response(request, upload):
    """The file, streamed. Its media type is that of its row, not guessed from name or content."""
    response = FileResponse(
        open_file(upload),
        as_attachment=not upload.is_shown_inline,
        filename=upload.name,
        content_type=content_type(upload),
    )
    if request.method == "HEAD":
        response.streaming_content = ()
    return response


def protect(response, upload):
    """Add the security headers, to 304 responses too: they replace those in the browser's cache."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = LOADS_NOTHING if upload.is_shown_inline else SANDBOXED
    return response


def open_file(upload):
    try:
        return upload.file.open("rb")
    except FileNotFoundError as error:
        logger.error("The file %s of upload %s is missing.", upload.file.name, upload.pk)
        raise Http404 from error


def content_type(upload):
    if upload.media_type.startswith("text/"):
        return f"{upload.media_type}; charset=utf-8"
    return upload.media_type
