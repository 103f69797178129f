"""The form field for texts: what it gives is tidied as it is stored."""

from django import forms

from .texts import tidy

MOST_COUNTED = 300
"""Nobody counts the characters of a longer text."""


class TidyCharField(forms.CharField):
    """A text that shows nothing counts as empty. `tidy`: what tidies the text.

    `limit`: the most characters, for fields whose form counts them.
    """

    def __init__(self, *, tidy=tidy, **kwargs):
        super().__init__(**kwargs)
        self.tidy = tidy
        self.limit = self.max_length if (self.max_length or 0) <= MOST_COUNTED else None

    def widget_attrs(self, widget):
        """Without `maxlength`, by which a browser cuts what is pasted without a word."""
        attrs = super().widget_attrs(widget)
        if limit := attrs.pop("maxlength", None):
            attrs["data-limit"] = limit
        return attrs

    def to_python(self, value):
        text = super().to_python(value)
        return self.tidy(text) or self.empty_value if isinstance(text, str) else text
