"""The picture of a city that other sites show beside a link to it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from report.failures import BusyError

from .views import RETRY_AFTER, ProfileView, never_cached


class SharePicture(ProfileView):
    """A PNG, kept and asked for as the page of the city is."""

    form = "share_picture"

    def get(self, request, slug):
        try:
            return super().get(request, slug)
        except BusyError:
            words = _("Many pictures are being drawn. Please ask for this one in a few seconds.")
            response = HttpResponse(words, content_type="text/plain; charset=utf-8", status=503)
            response["Retry-After"] = RETRY_AFTER
            return never_cached(response)

    def render(self, city, document):
        from report.share_picture import share_picture

        return HttpResponse(share_picture(document), content_type="image/png")
