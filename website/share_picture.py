"""The picture of a city that other sites show beside a link to it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from report import share_picture
from report.failures import ReportError

from .views import RETRY_AFTER, StoredForm, never_cached


class SharePicture(StoredForm):
    form = "share_picture"
    build = staticmethod(share_picture.build)

    def get(self, request, slug):
        try:
            return super().get(request, slug)
        except ReportError:
            # For programs, so without a page. Drawing it again may work, whatever went wrong.
            words = _("This picture cannot be drawn just now. Please ask for it again.")
            response = HttpResponse(words, content_type="text/plain; charset=utf-8", status=503)
            response["Retry-After"] = RETRY_AFTER
            return never_cached(response)

    def answer_with(self, stored):
        return png_response(stored.content)

    def render(self, city, pictured):
        return png_response(share_picture.share_picture(pictured, self.key))


def png_response(content):
    return HttpResponse(content, content_type="image/png")
