from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .emails import EmailField, canonical_email, email_key


class UserManager(BaseUserManager):
    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email):
        return canonical_email(email or "")

    def with_email(self, email):
        """The user of this address, however it is spelt, as a queryset.

        By `Lower`, as the constraint: `iexact` on PostgreSQL takes ı and ſ for i and s.
        """
        return self.alias(email_key=Lower("email")).filter(email_key=email_key(email))

    def get_by_natural_key(self, email):
        return self.with_email(email).get()

    def create_user(self, email, password=None, **fields):
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail. `profiles.access` alone decides what they may do."""

    email = EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Somebody with this e-mail address exists already.")},
    )
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    is_staff = models.BooleanField(
        _("platform staff"),
        default=False,
        help_text=_("Runs the platform: sees and edits every city. Officers of cities are not."),
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick to close an account; never delete it.")
    )
    language = models.CharField(
        _("language of mails"),
        max_length=35,
        blank=True,
        default="",
        # The release before writes people and knows nothing of it.
        db_default="",
        help_text=_("Empty: the language of the platform."),
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("email",)
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_any_case",
                violation_error_message=_("Somebody with this e-mail address exists already."),
            )
        ]

    def __str__(self):
        return self.full_name or self.email

    def clean(self):
        super().clean()
        self.email = type(self).objects.normalize_email(self.email)

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name or self.email

    @property
    def mail_language(self):
        """The language in which this person gets mails: the own one where the platform has it."""
        own = self.language
        return own if own in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class PasswordRequestQuerySet(models.QuerySet):
    def since(self, age):
        return self.filter(asked_at__gt=timezone.now() - age)


class PasswordRequest(models.Model):
    """Somebody asked for a mail to set a password. The worker looks whether there is an account.

    So the page does the same, and takes as long, for every address. `client`: the IP address, empty
    where it is unknown. `site`: where the link in the mail leads.
    """

    email_key = models.CharField(max_length=320)
    client = models.CharField(max_length=45, blank=True)
    site = models.CharField(max_length=300)
    asked_at = models.DateTimeField(default=timezone.now)
    is_answered = models.BooleanField(default=False)

    objects = PasswordRequestQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=("asked_at",), name="accounts_password_asked"),
            models.Index(
                fields=("id",),
                name="accounts_password_unanswered",
                condition=models.Q(is_answered=False),
            ),
        ]

    def __str__(self):
        return self.email_key
