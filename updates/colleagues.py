"""The pages on which an officer asks colleagues for figures, and sees who was asked."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.site_url import absolute_url
from accounts.typed import shows_typed, unsaved_reason
from profiles.samples import is_mailed_about

from . import asking
from .forms import AskForm
from .pages import update_for
from .rows import rows_for

MAIL = "mail"
"""Sent by the button that mails the link; the other one shows it once."""


def urls(site):
    """The addresses of the pages, for the admin site."""
    pages = ColleaguePages(site)
    return [
        path("update/<slug:slug>/ask/", site.admin_view(pages.ask), name="updates_ask"),
        path(
            "update/<slug:slug>/colleagues/",
            site.admin_view(pages.requests),
            name="updates_colleagues",
        ),
    ]


class ColleaguePages:
    def __init__(self, site):
        self.site = site

    # Asking

    @shows_typed
    def ask(self, request, slug):
        update = update_for(request, slug)
        rows = rows_for(update.city, update.year)
        if request.method != "POST":
            form = AskForm(rows=rows, initial=initial_of(update, rows, request))
            return self.form_page(request, update, form)
        form = AskForm(request.POST, rows=rows, is_mailed=MAIL in request.POST)
        if unsaved_reason(request):
            return self.form_page(request, update, form)
        if form.is_valid() and asking.is_beyond_limit(update.city):
            form.add_error(None, _("Too many colleagues were asked within the hour. Try later."))
        if not form.is_valid():
            return self.form_page(request, update, form)
        is_mailed = MAIL in request.POST and is_mailed_about(update.city)
        asked, token = asking.ask(
            update,
            [form.rows[key] for key in form.chosen],
            request.user,
            is_mailed=is_mailed,
            language=get_language(),
            **form.fields_of_request(),
        )
        return self.answer(request, update, asked, token, is_mailed)

    def form_page(self, request, update, form):
        context = {
            "title": _("Ask a colleague"),
            "form": form,
            "groups": by_department(form.rows.values()),
            "can_mail": is_mailed_about(update.city),
            "unsaved": unsaved_reason(request),
        }
        return self.page(request, update, "admin/updates/ask.html", context)

    def answer(self, request, update, asked, token, is_mailed):
        """After a mail the list; else the list with the link, which is shown this once."""
        if is_mailed:
            words = _("A mail with the link is on its way to %(email)s.")
            messages.success(request, words % {"email": asked.email})
            return redirect(list_url(update))
        with override(asked.language):
            link = absolute_url(request, reverse("updates:asked", args=[token]))
        return self.list_page(request, update, link=link, asked=asked)

    # The list

    def requests(self, request, slug):
        update = update_for(request, slug)
        if request.method != "POST":
            return self.list_page(request, update)
        for name, act in (("revoke", self.revoke), ("remind", self.remind), ("link", self.link)):
            if name in request.POST:
                return act(request, update, request_named(update, request.POST[name]))
        return redirect(list_url(update))

    def revoke(self, request, update, asked):
        asking.revoke(asked)
        words = _("The link for %(who)s is closed.")
        messages.success(request, words % {"who": asked.who})
        return redirect(list_url(update))

    def remind(self, request, update, asked):
        if asked.email and is_mailed_about(update.city) and asking.may_remind(asked):
            token = asking.call(asked, "reminded")
            return self.answer(request, update, asked, token, is_mailed=True)
        words = _("%(who)s got a mail within the last day: remind them later.")
        messages.warning(request, words % {"who": asked.who})
        return redirect(list_url(update))

    def link(self, request, update, asked):
        """A further link, for who has lost the first."""
        if asked.revoked_at:
            raise Http404
        token = asking.call(asked, "reminded", is_mailed=False)
        return self.answer(request, update, asked, token, is_mailed=False)

    def list_page(self, request, update, *, link="", asked=None):
        can_mail = is_mailed_about(update.city)
        context = {
            "title": _("Colleagues who were asked"),
            "requests": [Listed(one, can_mail) for one in asking.requests_of(update.city)],
            "link": link,
            "asked": asked,
        }
        return self.page(request, update, "admin/updates/colleagues.html", context)

    def page(self, request, update, template, context):
        own = {"subtitle": update.city.name, "city": update.city, "update": update}
        request.current_app = self.site.name
        context = {**self.site.each_context(request), **own, **context}
        return TemplateResponse(request, template, context)


class Listed:
    """A request as the list shows it."""

    def __init__(self, request, can_mail):
        self.request = request
        states = [figure.state for figure in request.figures.all()]
        self.total, self.accepted = len(states), states.count(asking.STATE.ACCEPTED)
        self.answered = states.count(asking.STATE.ANSWERED)
        self.is_done = self.accepted == self.total
        self.is_revoked = request.revoked_at is not None
        self.may_be_called = not (self.is_done or self.is_revoked)
        self.may_be_reminded = (
            self.may_be_called and can_mail and request.email and asking.may_remind(request)
        )


def list_url(update):
    return reverse("admin:updates_colleagues", args=[update.city.slug])


def request_named(update, key):
    """The request of this city; 404 for any other."""
    requests = asking.requests_of(update.city)
    found = requests.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if found is None:
        raise Http404
    return found


def by_department(rows):
    """[(department, rows)], those without one last."""
    found = {}
    for row in rows:
        found.setdefault(row.action.department, []).append(row)
    return sorted(found.items(), key=lambda pair: (not pair[0], pair[0].casefold()))


def initial_of(update, rows, request):
    """What stands in the form at first: the open rows of the department or action in the address,
    and a message."""
    department, number = request.GET.get("department"), request.GET.get("action", "")
    chosen = [
        row
        for row in rows
        if not (row.is_done or row.asked)
        and (
            str(row.action.number) == number or (department and row.action.department == department)
        )
    ]
    departments = {row.action.department for row in chosen}
    words = _(
        "Dear colleague,\n\nfor the report of %(city)s of %(year)d we need the figures at the link "
        "below. You need no account, and it takes some minutes. If you do not have one of them, "
        "say so there, or tell me who has it.\n\nThank you, %(name)s"
    )
    given = {"city": update.city.name, "year": update.year, "name": request.user.full_name}
    return {
        "rows": [row.key for row in chosen],
        "department": departments.pop() if len(departments) == 1 else "",
        "message": (words % given).rstrip(" ,"),
    }
