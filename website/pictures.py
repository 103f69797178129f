"""Serves pictures in the sizes and formats in which pages show them.

Each is made once and kept in the cache `pdfs`, whose files all web processes share.
"""

import logging

from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
)
from django.utils.http import quote_etag
from django.views.generic import View

from hub.models import PublishedFile
from intake.image_sizes import sized
from intake.images import DAMAGES

from .files import find_upload, open_file, protect

logger = logging.getLogger(__name__)

WIDTHS = (160, 320, 640, 960, 1280, 1920)
"""Pixels. Others are not made: a stranger could fill the disk with sizes."""

WRITTEN_AS = {
    "webp": ("image/webp", "WEBP"),
    "jpg": ("image/jpeg", "JPEG"),
}


def widths_of(picture):
    """The widths in which a picture is shown, smallest first: one at most is no smaller."""
    smaller = [width for width in WIDTHS if width < picture.width]
    return [*smaller, *WIDTHS[len(smaller) : len(smaller) + 1]]


def address(picture, width, ending):
    return reverse("website:picture", args=[picture.token, width, ending])


class PictureView(View):
    """A picture of a city in one size: public as its file is (`website.files`)."""

    def get(self, request, token, width, ending):
        if width not in WIDTHS or ending not in WRITTEN_AS:
            raise Http404
        stored = PublishedFile.objects.select_related("city").filter(token=token).first()
        is_public = stored is not None and stored.is_public
        if not is_public:
            stored = find_upload(request.user, token)
        if stored is None or not stored.media_type.startswith("image/"):
            raise Http404
        etag = quote_etag(f"{stored.sha256[:32]}-{width}-{ending}")
        response = get_conditional_response(request, etag=etag)
        if response is None:
            content = find_or_make(stored, width, ending)
            response = HttpResponse(content, content_type=WRITTEN_AS[ending][0])
        protect(response, stored)
        if not is_public or (stored.city and stored.city.is_sample):
            response["X-Robots-Tag"] = "noindex"
        if not is_public:
            add_never_cache_headers(response)
            return response
        response["ETag"] = etag
        patch_cache_control(response, public=True, no_cache=True)
        return response


def find_or_make(stored, width, ending):
    """The bytes of a stored picture in this size. Raises Http404 where it cannot be read."""
    key = f"picture.{stored.token}.{width}.{ending}"
    try:
        if content := caches["pdfs"].get(key):
            return content
    except Exception as error:  # noqa: BLE001 (each backend has errors of its own)
        logger.warning("A kept picture cannot be read: %s", error)
    content = make(stored, width, ending)
    try:
        caches["pdfs"].set(key, content)
    except Exception as error:  # noqa: BLE001 (each backend has errors of its own)
        logger.warning("A picture cannot be kept: %s", error)
    return content


def make(stored, width, ending):
    try:
        with open_file(stored) as file:
            return sized(file, width, WRITTEN_AS[ending][1])
    except DAMAGES as error:
        logger.error("The picture %s cannot be shown: %s", stored.file.name, error)
        raise Http404 from error
