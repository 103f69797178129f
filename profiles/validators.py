"""Validators of days and years that cannot be still to come."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .dates import latest_today


def validate_day_has_begun(day):
    if day > latest_today():
        raise ValidationError(_("This day is still to come."))


def validate_year_has_begun(year):
    if year > latest_today().year:
        raise ValidationError(_("This year is still to come."))
