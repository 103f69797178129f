from axes.helpers import get_client_ip_address
from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.contrib.auth import forms as auth_forms
from django.utils.translation import gettext_lazy as _

from .emails import EmailFormField
from .password_mails import ask
from .site_url import site_url


def form_helper(*fields, button):
    """Layout of a form: the fields in one column, then a button with this label."""
    helper = FormHelper()
    helper.form_class = "account-form"
    helper.layout = Layout(*fields, StrictButton(button, type="submit", css_class="btn-primary"))
    return helper


class SignInForm(auth_forms.AuthenticationForm):
    """`typed`: what was typed into a form before its author had to sign in (see `typed`)."""

    typed = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    error_messages = {
        "invalid_login": _(
            "This e-mail address and this password do not belong together. Please try again; "
            "capital and small letters differ in a password."
        ),
        "inactive": _("This account has been closed."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget.input_type = "email"
        self.helper = form_helper("username", "password", button=_("Sign in"))
        self.helper.render_hidden_fields = bool(self["typed"].value())


class PasswordResetForm(forms.Form):
    email = EmailFormField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("email", button=_("Send the mail"))

    def save(self, *, request, **kwargs):
        """Have the worker answer, unless too many have asked; nobody is told which."""
        ask(self.cleaned_data["email"], site_url(request), get_client_ip_address(request))


class NewPasswordForm(auth_forms.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("new_password1", "new_password2", button=_("Set the password"))
