"""The page that a colleague opens by a link: no account, no cookie."""

from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from .asked import Closed, TooMany, rows_asked, send
from .asking import request_of
from .shown import ShownAsked

SENT = "sent"
"""Stands in the address after a POST: there is no cookie to carry a message."""


# The link is what opens the page. No cookie does, so no other site can misuse one.
@method_decorator(csrf_exempt, name="dispatch")
class Asked(View):
    """A GET changes nothing: programs that look for harmful links open them."""

    def dispatch(self, request, *args, token, **kwargs):
        self.asked = request_of(token)
        if self.asked is None:
            response = render(request, "updates/asked_unknown.html", status=404)
        elif not self.asked.is_live:
            response = closed(request)
        else:
            response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        # The address is a key: links on the page and search engines get none of it.
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request):
        return self.page(request)

    def post(self, request):
        """Store what was typed; what cannot be stored is shown again with the reason."""
        post = request.POST.copy()
        key, _colon, meant = post.get("take", "").partition(":")
        if meant:
            post[f"{key}-text"] = meant
        try:
            refused = send(self.asked, post)
        except Closed:
            return closed(request)
        except TooMany:
            words = _("Nothing is sent: too many attempts within the hour. Please try again later.")
            return self.page(request, post=post, failure=words, status=429)
        if refused:
            return self.page(request, refused=refused, post=post)
        return redirect(f"{request.path}?{SENT}")

    def page(self, request, *, refused=None, post=None, failure="", status=200):
        refused, shown = refused or {}, []
        for one in rows_asked(self.asked):
            is_typed = one.key in refused or failure
            shown.append(ShownAsked.of(one, refused.get(one.key), post if is_typed else None))
        context = {
            "asked": self.asked,
            "city": self.asked.update.city,
            "year": self.asked.update.year,
            "rows": shown,
            "is_sent": SENT in request.GET,
            "failure": failure,
            "in_need": [one for one in shown if one.is_in_need],
            "missing": [one for one in shown if one.is_missing],
            "is_done": bool(shown) and all(one.is_accepted for one in shown),
        }
        return render(request, "updates/asked.html", context, status=status)


def closed(request):
    return render(request, "updates/asked_closed.html", status=410)
