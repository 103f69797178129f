"""Signing in and out, and setting a new password by mail."""

from urllib.parse import urlsplit

from axes.utils import reset
from django.contrib.auth import views
from django.urls import reverse_lazy

from .emails import email_key
from .forms import NewPasswordForm, PasswordResetForm, SignInForm


class SignIn(views.LoginView):
    template_name = "accounts/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def get_redirect_url(self):
        """Where `next` leads; not to this page, which would redirect to itself."""
        url = super().get_redirect_url()
        return "" if urlsplit(url).path == self.request.path else url


class SignOut(views.LogoutView):
    """Accepts POST only, so that no link or image on another site can sign somebody out."""


class PasswordReset(views.PasswordResetView):
    """Answers the same for every address, so that nobody learns who has an account."""

    template_name = "accounts/password_reset.html"
    form_class = PasswordResetForm
    email_template_name = "accounts/password_reset_mail.txt"
    subject_template_name = "accounts/password_reset_subject.txt"
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
