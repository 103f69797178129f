"""Signing in and out, and setting a new password by mail."""

from urllib.parse import urlsplit

from axes.utils import reset
from django.contrib.auth import views
from django.http import HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from .emails import email_key
from .forms import NewPasswordForm, PasswordResetForm, SignInForm
from .typed import Typed

COMES_BACK = _(
    "You are not signed in any more, so nothing has been saved. Sign in: the form then comes back "
    "with what you typed."
)
TOO_LONG = _(
    "You are not signed in any more, so nothing has been saved, and what you typed is too long to "
    "be carried along. Go back in your browser, copy what you want to keep, and then sign in."
)
ONCE_MORE = _("This page was open for too long: please sign in once more.")


class SignIn(views.LoginView):
    """Signs in; carries along what was typed into a form before (see `typed`)."""

    template_name = "accounts/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and self.typed is not None:
            return self.back_to_form()
        return super().dispatch(request, *args, **kwargs)

    def get_redirect_url(self):
        """Where `next` leads; not to this page, which would redirect to itself."""
        url = super().get_redirect_url()
        return "" if urlsplit(url).path == self.request.path else url

    def form_valid(self, form):
        response = super().form_valid(form)
        return response if self.typed is None else self.back_to_form()

    @property
    def typed(self):
        return Typed.read(self.request.POST.get("typed", ""))

    def back_to_form(self):
        self.typed.keep(self.request.session)
        return HttpResponseRedirect(self.typed.address)

    def ask(self, why_now, next_page, **initial):
        """The page in answer to a POST that was not taken."""
        form = SignInForm(self.request, initial=initial)
        form.helper.form_action = f"{reverse('accounts:sign_in')}?{urlencode({'next': next_page})}"
        # The sentence has the focus.
        del form.fields["username"].widget.attrs["autofocus"]
        return self.render_to_response(self.get_context_data(form=form, why_now=why_now))


@never_cache
def ask_to_sign_in(request):
    """The sign-in page in answer to the POST of a form by somebody who is not signed in."""
    view = SignIn()
    view.setup(request)
    typed = Typed.in_post(request).sign()
    return view.ask(COMES_BACK if typed else TOO_LONG, request.get_full_path(), typed=typed)


@never_cache
def sign_in_once_more(request):
    """The answer to a POST of the sign-in page with a stale token."""
    view = SignIn()
    view.setup(request)
    if not request.user.is_authenticated:
        kept = {name: request.POST.get(name, "") for name in ("username", "typed")}
        return view.ask(ONCE_MORE, view.get_redirect_url(), **kept)
    if view.typed is None:
        return HttpResponseRedirect(view.get_success_url())
    return view.back_to_form()


class SignOut(views.LogoutView):
    """Accepts POST only, so that no link or image on another site can sign somebody out."""


class PasswordReset(views.PasswordResetView):
    """Does the same for every address, so that nobody learns who has an account."""

    template_name = "accounts/password_reset.html"
    form_class = PasswordResetForm
    success_url = reverse_lazy("accounts:password_reset_done")


class PasswordResetSent(views.PasswordResetDoneView):
    template_name = "accounts/password_reset_sent.html"


class PasswordResetConfirm(views.PasswordResetConfirmView):
    template_name = "accounts/password_new.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("accounts:password_reset_complete")

    def form_valid(self, form):
        """Set the password and end a lockout: who opened the mailed link owns the account."""
        response = super().form_valid(form)
        reset(username=email_key(self.user.email))
        return response


class PasswordChanged(views.PasswordResetCompleteView):
    template_name = "accounts/password_changed.html"
