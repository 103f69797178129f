"""Form fields for numbers as people type them."""

import re
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SPACES = re.compile(r"[\s\u00a0\u2009\u202f’']")
"""Characters that people type between groups of digits, and for nothing else."""


class NumberField(forms.CharField):
    """Digits, a point before decimals, spaces between groups. A comma could be either: refused."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        text = SPACES.sub("", super().to_python(value) or "")
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or "e" in text.lower() or "_" in text:
            raise ValidationError(
                _("“%(given)s” is no number. Write digits, with a point before decimals: 1886.5"),
                params={"given": value},
            )
        return number
