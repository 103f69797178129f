"""The field in which an officer says why what looks wrong is right."""

from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from ..plausibility import unanswered

OVERRIDE_REASON = "confirmed"
"""The model field that stores the reason."""


class OverrideReasonMixin:
    """The field is hidden until an error asks for the reason, or a reason is stored."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get(OVERRIDE_REASON)
        given = self.data.get(self.add_prefix(OVERRIDE_REASON)) or self.initial.get(OVERRIDE_REASON)
        if field and not given:
            self.reason_widget, field.widget = field.widget, HiddenInput()

    def add_error(self, field, error):
        super().add_error(field, error)
        if field == OVERRIDE_REASON and self.fields[OVERRIDE_REASON].widget.is_hidden:
            self.fields[OVERRIDE_REASON].widget = self.reason_widget

    def ask_about(self, doubts, before, field_of):
        """Ask for a reason for each doubt that has none.

        `before`: the doubts about the stored row. `field_of`: a doubt → the field to ask at.
        """
        left = unanswered(
            doubts,
            before,
            reason=self.cleaned_data.get(OVERRIDE_REASON),
            is_reason_new=OVERRIDE_REASON in self.changed_data,
        )
        for doubt in left:
            self.add_error(field_of(doubt), doubt.message)
        if left:
            self.add_error(OVERRIDE_REASON, _("Correct the figure, or say here why it is right."))
