"""Pages about mails: which ones somebody wants; in development, those that were written."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView, FormView, ListView

from accounts.models import User
from profiles.models import City

from .forms import ChoicesForm
from .models import Mail, MutedKind, Question
from .queue import rebuilt
from .sending import read_stop

SANDBOX = ["allow-top-navigation-by-user-activation"]
"""What the HTML of a mail may do in its frame: no scripts, no forms."""


class Choices(LoginRequiredMixin, FormView):
    """Which kinds of mails the person who is signed in wants."""

    template_name = "notices/choices.html"
    form_class = ChoicesForm
    success_url = reverse_lazy("notices:choices")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form):
        form.save()
        messages.success(self.request, _("Your choice is saved."))
        return super().form_valid(form)


class Questions(LoginRequiredMixin, ListView):
    """What readers ask the cities of the person who is signed in: unanswered ones first.

    Somebody who works for the city answers by mail, and then marks the question here.
    """

    template_name = "notices/questions.html"
    context_object_name = "questions"
    paginate_by = 50

    def get_queryset(self):
        """Those of the cities that the person may edit, which is all for platform staff."""
        cities = City.objects.editable_by(self.request.user)
        rows = Question.objects.filter(city__in=cities).select_related("city", "answered_by")
        return rows.order_by(F("answered_at").asc(nulls_first=True), "asked_at", "pk")

    def post(self, request):
        """Mark one as answered, or as open again."""
        number = request.POST.get("question", "")
        own = self.get_queryset().filter(pk=number[:18] if number.isdecimal() else 0)
        question = get_object_or_404(own)
        is_answered = "answered" in request.POST
        question.answered_at = timezone.now() if is_answered else None
        question.answered_by = request.user if is_answered else None
        question.save(update_fields=["answered_at", "answered_by"])
        messages.success(
            request,
            _("The question is marked as answered.") if is_answered else _("The question is open."),
        )
        return redirect("notices:questions")


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class Stop(View):
    """Switches a kind of mail off for whom the link was written, and on again; no sign-in.

    A GET changes nothing: programs that look for harmful links open them. Programs for mail POST
    what the header List-Unsubscribe-Post says (RFC 8058), without cookie or token.
    """

    def dispatch(self, request, *args, token, **kwargs):
        key, self.kind = read_stop(token) or (None, None)
        self.user = User.objects.filter(pk=key).first()
        if self.user is None:
            return render(request, "notices/stop_unknown.html", status=404)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.page(request)

    def post(self, request):
        chosen = {"user": self.user, "kind": self.kind.code}
        if "again" in request.POST:
            MutedKind.objects.filter(**chosen).delete()
        else:
            MutedKind.objects.get_or_create(**chosen)
        return self.page(request)

    def page(self, request):
        is_muted = self.user.muted_kinds.filter(kind=self.kind.code).exists()
        context = {"kind": self.kind, "email": self.user.email, "is_muted": is_muted}
        return render(request, "notices/stop.html", context)


class InDevelopment:
    """For views of mails with all they say, links for passwords too: 404 but in development."""

    queryset = Mail.objects.exclude(message={})
    pk_url_kwarg = "mail_id"

    def dispatch(self, request, *args, **kwargs):
        if not settings.SHOW_MAILS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class ShownMails(InDevelopment, ListView):
    template_name = "notices/shown_mails.html"
    context_object_name = "mails"
    paginate_by = 50


class ShownMail(InDevelopment, DetailView):
    template_name = "notices/shown_mail.html"
    context_object_name = "mail"

    def get_context_data(self, **kwargs):
        message = rebuilt(self.object)
        headers = message.message().items()
        return super().get_context_data(**kwargs, message=message, headers=headers)


@method_decorator(xframe_options_sameorigin, name="dispatch")
@method_decorator(csp_replace({"frame-ancestors": [SELF], "sandbox": SANDBOX}), name="dispatch")
class ShownHTML(InDevelopment, View):
    """The HTML of a mail, for the frame on the page of the mail."""

    def get(self, request, mail_id):
        mail = get_object_or_404(self.queryset, pk=mail_id)
        for content, kind in rebuilt(mail).alternatives:
            if kind == "text/html":
                return HttpResponse(content)
        raise Http404
