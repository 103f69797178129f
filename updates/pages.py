"""The page of the yearly update, for the people who edit a city."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.typed import shows_typed, unsaved_reason
from profiles.models import City

from .accepting import keep_with_colleagues
from .keeping import Refusal, Typed, keep
from .pasting import spread
from .rows import by_action, overview, rows_for, update_of
from .shown import ShownRow
from .writing import write

ACTIONS_PER_PAGE = 40
"""More fields than those of so many actions are too many for one form."""

WITHOUT = "without"
"""Sent by the button that writes what is ready, whatever needs somebody's look."""


def urls(site):
    """The addresses of the page, for the admin site."""
    pages = UpdatePages(site)
    return [
        path("update/<slug:slug>/", site.admin_view(pages.page), name="updates_city"),
        # Not `admin_view`: a script is told that its user is signed out, not sent elsewhere.
        path("update/<slug:slug>/keep/", pages.keep, name="updates_keep"),
    ]


def update_for(request, slug):
    """The update at which the user works for this city; 404 for who may not edit it."""
    cities = City.objects.editable_by(request.user).select_related("country")
    city = cities.filter(slug=slug).first()
    if city is None:
        raise Http404
    update = update_of(city)
    update.city = city
    return update


class UpdatePages:
    def __init__(self, site):
        self.site = site

    @shows_typed
    def page(self, request, slug):
        update = update_for(request, slug)
        if request.method != "POST":
            return self.render(request, update)
        if unsaved_reason(request):
            return self.render(request, update, refused=typed_rows(update, request.POST))
        return self.save(request, update)

    def save(self, request, update):
        """Keep what was posted, and do what the button says; what is refused is shown again."""
        post, left = request.POST.copy(), ""
        if "spread" in post:
            keys = [name.removesuffix("-seen") for name in post if name.endswith("-seen")]
            left = spread(post.get("lines", ""), post.get("from", ""), keys, post)
        key, _colon, meant = post.get("take", "").partition(":")
        if meant:
            post[f"{key}-text"] = meant
        kept, outcome = keep_with_colleagues(update, post, request.user)
        if kept.refused or left:
            return self.render(request, update, refused=kept.refused, left=left)
        if "finish" in post:
            return self.finish(request, update, post["finish"])
        if "ask" in post:
            page = reverse("admin:updates_ask", args=[update.city.slug])
            return redirect(f"{page}?{urlencode({'action': post['ask']})}")
        if "go" not in post:
            messages.add_message(request, *(outcome or (messages.SUCCESS, _("Kept."))))
        return redirect(page_url(update, post.get("go") or request.GET.get("action", "")))

    def finish(self, request, update, how):
        rows = rows_for(update.city, update.year)
        in_need = [row for row in rows if row.is_in_need]
        if in_need and how != WITHOUT:
            return self.render(request, update, in_need=in_need)
        written = write(update, request.user)
        if written.refused:
            refused = {
                row.key: Refusal(Typed.of(row.answer), written.refused[row.key])
                for row in rows
                if row.key in written.refused
            }
            return self.render(request, update, refused=refused, count=written.count)
        self.tell(request, update, written.count, len(in_need))
        return redirect("admin:publishing_unpublished", update.city.pk)

    def tell(self, request, update, count, left):
        if count:
            words = ngettext(
                "%(number)d answer of the update is in the profile now.",
                "%(number)d answers of the update are in the profile now.",
                count,
            )
            messages.success(request, words % {"number": count})
        if left:
            words = ngettext(
                "%(number)d answer of the update waits for your look.",
                "%(number)d answers of the update wait for your look.",
                left,
            )
            link = format_html('<a href="{}">{}</a>', page_url(update), _("Back to the update"))
            messages.warning(request, format_html("{} {}", words % {"number": left}, link))

    def render(self, request, update, *, refused=None, in_need=(), left="", count=0):
        rows, refused = rows_for(update.city, update.year), refused or {}
        shown = [ShownRow.of(row, refused.get(row.key)) for row in rows]
        groups = by_action(shown)
        place = place_of(groups, request.GET.get("action"), refused)
        first = place - place % ACTIONS_PER_PAGE
        context = {
            **self.site.each_context(request),
            "title": _("Update %(year)d") % {"year": update.year},
            "subtitle": update.city.name,
            "city": update.city,
            "update": update,
            "overview": overview(rows, update),
            "groups": groups[first : first + ACTIONS_PER_PAGE],
            "first": first,
            "place": place - first,
            "number": place + 1,
            "actions": len(groups),
            "before": groups[place - 1][0].number if place else None,
            "after": groups[place + 1][0].number if place + 1 < len(groups) else None,
            "page_before": groups[first - 1][0].number if first else None,
            "page_after": (
                groups[first + ACTIONS_PER_PAGE][0].number
                if first + ACTIONS_PER_PAGE < len(groups)
                else None
            ),
            "kept_at": max((row.answer.kept_at for row in rows if row.answer), default=None),
            "refused": [one for one in shown if one.refusal],
            "in_need": in_need,
            "written": count,
            "left": left,
            "unsaved": unsaved_reason(request),
            "shows_all": "all" in request.GET,
            "keep_url": reverse("admin:updates_keep", args=[update.city.slug]),
            "drafts": f"update:{request.user.pk}:{update.city.slug}:{update.year}",
        }
        request.current_app = self.site.name
        return TemplateResponse(request, "admin/updates/page.html", context)

    def keep(self, request, slug):
        """Keep the rows that a script posts; a GET gives it a fresh token."""
        if not request.user.is_authenticated:
            return JsonResponse({"signed_out": True}, status=401)
        update = update_for(request, slug)
        if request.method != "POST":
            return JsonResponse({"token": get_token(request)})
        kept = keep(update, request.POST, request.user)
        shown = [ShownRow.of(row, kept.refused.get(row.key)) for row in kept.rows]
        found = overview(rows_for(update.city, update.year), update)
        return JsonResponse(
            {
                "done": found.done,
                "total": found.total,
                "rows": {
                    one.key: {
                        "seen": one.seen,
                        "state": one.state,
                        "invalid": one.invalid,
                        "remarks": render_to_string(
                            "admin/updates/remarks.html", {"shown": one}, request
                        ),
                    }
                    for one in shown
                },
            }
        )


def page_url(update, number=""):
    url = reverse("admin:updates_city", args=[update.city.slug])
    return f"{url}?action={number}" if number and number.isdecimal() else url


def typed_rows(update, post):
    """Key → what was typed in a row and differs from its answer: none of it is kept."""
    rows = rows_for(update.city, update.year)
    typed = {row.key: Typed.in_post(post, row.key) for row in rows if f"{row.key}-seen" in post}
    return {
        row.key: Refusal(typed[row.key], [])
        for row in rows
        if row.key in typed and typed[row.key] != Typed.of(row.answer)
    }


def place_of(groups, number, refused):
    """The index of the action to look at: the one asked for, else the first that needs a look or
    is not done."""
    numbers = [str(action.number) for action, _rows in groups]
    if number in numbers:
        return numbers.index(number)
    for index, (_action, rows) in enumerate(groups):
        if any(one.key in refused for one in rows):
            return index
    for index, (_action, rows) in enumerate(groups):
        if not all(one.row.is_done for one in rows):
            return index
    return 0
