"""The form field for texts: what it gives is tidied as it is stored."""

from django import forms

from .texts import tidy


class TidyCharField(forms.CharField):
    """A text that shows nothing counts as empty. `tidy`: what tidies the text."""

    def __init__(self, *, tidy=tidy, **kwargs):
        super().__init__(**kwargs)
        self.tidy = tidy

    def to_python(self, value):
        text = super().to_python(value)
        return self.tidy(text) or self.empty_value if isinstance(text, str) else text
