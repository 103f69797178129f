"""`/demo/`: five tasks for somebody who has just started the site on their own machine.

It exists where `settings.ALLOW_DEMO` says so, and never on a public server. Who signs in with one
click does so with the password that `load_demo` prints: where somebody has changed it, or where
there is no such account, the click signs nobody in.
"""

import io
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from exchange.demo.changed import write_changed
from exchange.demo.people import OFFICER_OF_AL_WAHA, OFFICER_OF_ANJI, PASSWORD, STAFF, SignIn
from profiles.models import City, PublicCity

from .views import never_cached

FULL_CITY, REAL_CITY, TO_UPLOAD = "three-otters", "anji-county", "al-waha"
CITIES = (FULL_CITY, REAL_CITY, TO_UPLOAD)
ACTION_IN_WORDS = 4
"""The number of Anji's action that is given a target."""


class Task(NamedTuple):
    """Who does it, and where it begins."""

    who: SignIn
    address: Callable[[], str]


TASKS = {
    "target": Task(
        OFFICER_OF_ANJI,
        lambda: reverse("website:edit_action", args=[REAL_CITY, ACTION_IN_WORDS]),
    ),
    "workbook": Task(OFFICER_OF_AL_WAHA, lambda: reverse("admin:exchange_job_add")),
    "review": Task(STAFF, lambda: reverse("admin:profiles_submission_changelist")),
}


class InDemo:
    """404 where demos are not allowed."""

    def dispatch(self, request, *args, **kwargs):
        if not settings.ALLOW_DEMO:
            raise Http404
        response = never_cached(super().dispatch(request, *args, **kwargs))
        response["X-Robots-Tag"] = "noindex"
        return response


class Demo(InDemo, TemplateView):
    template_name = "website/demo.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            tasks=TASKS,
            password=PASSWORD,
            full_city=FULL_CITY,
            real_city=REAL_CITY,
            action=ACTION_IN_WORDS,
            is_whole=PublicCity.objects.public().filter(slug__in=CITIES).count() == len(CITIES),
            **kwargs,
        )


class DemoSignIn(InDemo, View):
    """Signs in the person of a task, by the password that everybody knows, and leads to it."""

    http_method_names = ("post",)

    def post(self, request):
        task = TASKS.get(request.POST.get("task"))
        if task is None:
            raise Http404
        user = authenticate(request, username=task.who.email, password=PASSWORD)
        if user is None:
            words = _(
                "%(email)s cannot sign in with the password of the demo: the account is not there, "
                "or its password was changed. Sign in by hand, or set up the demo anew."
            )
            messages.warning(request, words % {"email": task.who.email})
            return redirect("website:demo")
        login(request, user)
        return redirect(task.address())


class DemoWorkbook(InDemo, View):
    """What the city holds now with three cells changed, for those who may upload it."""

    def get(self, request):
        if not City.objects.editable_by(request.user).filter(slug=TO_UPLOAD).exists():
            messages.warning(request, _("Sign in as the officer of Al-Waha first, below."))
            return redirect("website:demo")
        file = io.BytesIO()
        write_changed(request.user, TO_UPLOAD, file)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=f"{TO_UPLOAD}-changed.xlsx")
