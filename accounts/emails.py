"""The one canonical form of e-mail addresses, in which they are kept and compared."""

import contextlib
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models
from django.utils.encoding import punycode

LONGEST = 320
"""A longer text is no address (as Django's validator says), and not looked into."""


def canonical_email(text):
    """`text` with the compatible letters of Unicode replaced (NFKC: ſ → s, full-width letters) and
    the domain as mails are sent to it: in small letters, a name in another script as xn--….

    The part before the @ keeps its capitals; compare addresses by `email_key`.
    """
    text = str(text).strip()
    if len(text) > LONGEST:
        return text
    text = unicodedata.normalize("NFKC", text).strip()
    name, at, domain = text.rpartition("@")
    if not at:
        return text
    # A label that is empty or too long has no other form: the validator refuses it.
    with contextlib.suppress(UnicodeError):
        domain = punycode(domain)
    return f"{name}@{domain.lower()}"


def email_key(text):
    """The same for all spellings of one address."""
    return canonical_email(text).lower()


class PlainEmailValidator(EmailValidator):
    """Refuses ı and İ as well, which Django takes for the letter I."""

    def __call__(self, value):
        super().__call__(value)
        if not value.isascii():
            raise ValidationError(self.message, code=self.code, params={"value": value})


validate_email = PlainEmailValidator()


class EmailFormField(forms.EmailField):
    default_validators = [validate_email]

    def to_python(self, value):
        return canonical_email(super().to_python(value))


class EmailField(models.EmailField):
    """An e-mail address in its canonical form."""

    default_validators = [validate_email]

    def to_python(self, value):
        value = super().to_python(value)
        return value and canonical_email(value)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": EmailFormField, **kwargs})

    def deconstruct(self):
        """For migrations an `EmailField` of Django: what the database holds is the same."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs
