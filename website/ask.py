"""“Something wrong or unclear? Ask the city”: a form that mails the officers of a city.

It needs no third party against programs that fill in forms: a field that people do not see, a
signed time that must be some seconds old, and limits for an address and a city. Nobody reads the
questions to an invented city of a public server, so it has no such form.
"""

import contextlib

from axes.helpers import get_client_ip_address
from django import forms
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from accounts.emails import EmailFormField
from accounts.forms import form_helper
from notices.models import Question
from notices.questions import ask
from profiles.models import PublicCity
from profiles.samples import is_listed
from profiles.text_fields import TidyCharField
from profiles.texts import tidy_line
from report.document_key import find_source

from .views import marked, never_cached

SALT = "website.ask"
LEAST_SECONDS, MOST_SECONDS = 3, 24 * 60 * 60
"""How old a form is when a person sends it."""

MOST_LETTERS = 3000
LEAST_LETTERS = 10


class AskForm(forms.Form):
    text = TidyCharField(
        label=gettext_lazy("What is wrong or unclear?"),
        min_length=LEAST_LETTERS,
        max_length=MOST_LETTERS,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("In any language. Say which figure or sentence you mean."),
    )
    email = EmailFormField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=gettext_lazy(
            "The city answers there. Its people and staff of this platform see it, nobody else."
        ),
    )
    name = TidyCharField(
        tidy=tidy_line,
        label=gettext_lazy("Your name"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    action = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stamp"].initial = lambda: signing.dumps("", salt=SALT)
        self.helper = form_helper("text", "email", "name", "website", button=_("Send to the city"))
        self.helper.render_hidden_fields = True

    def clean(self):
        cleaned = super().clean()
        if not self.is_of_an_age(cleaned.get("stamp", "")):
            # The next attempt is old enough.
            self.data = self.data.copy()
            self.data[self.add_prefix("stamp")] = signing.dumps("", salt=SALT)
            raise forms.ValidationError(
                _("Please look at your question once more, and send it again.")
            )
        return cleaned

    def is_of_an_age(self, stamp):
        """Whether the form was open for some seconds, and for less than a day."""
        with contextlib.suppress(signing.BadSignature):
            signing.loads(stamp, salt=SALT, max_age=MOST_SECONDS)
            try:
                signing.loads(stamp, salt=SALT, max_age=LEAST_SECONDS)
            except signing.SignatureExpired:
                return True
        return False

    @property
    def is_of_a_program(self):
        return bool(self.cleaned_data["website"])


class AskCity(FormView):
    template_name = "website/ask.html"
    form_class = AskForm

    def dispatch(self, request, slug):
        self.source = find_source(slug)
        if self.source is None or not is_listed(self.source.is_sample):
            raise Http404
        if self.source.slug.lower() != slug:
            return never_cached(redirect("website:ask", self.source.slug.lower()))
        self.city = PublicCity.objects.only("name", "slug").get(pk=self.source.city)
        return marked(self.source, never_cached(super().dispatch(request, slug)))

    def get_initial(self):
        action = self.request.GET.get("action", "")
        return {"action": action if action.isdecimal() and len(action) < 7 else None}

    def get_context_data(self, **kwargs):
        return super().get_context_data(city=self.city, **kwargs)

    def form_valid(self, form):
        """What a program sends is thrown away, and answered like a question."""
        cleaned, client = form.cleaned_data, get_client_ip_address(self.request)
        question = Question(
            city_id=self.source.city,
            page=self.page(cleaned["action"]),
            client=client or "",
            **{name: cleaned[name] for name in ("text", "email", "name")},
        )
        if not form.is_of_a_program and not ask(question):
            form.add_error(
                None,
                _("Too many questions have been sent within the hour. Please try again later."),
            )
            response = self.form_invalid(form)
            response.status_code = 429
            return response
        return redirect("website:asked", self.source.slug)

    def page(self, action):
        slug = self.source.slug
        if action is None:
            return reverse("website:city", args=[slug])
        return reverse("website:city_action", args=[slug, action])


class Asked(AskCity):
    """Says that the question is on its way."""

    template_name = "website/asked.html"
    http_method_names = ("get", "head")
