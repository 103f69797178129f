from django.forms import HiddenInput

REASON = "confirmed"


class AsksForReason:
    """A form whose field for a reason is there once one has been asked for."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get(REASON)
        given = self.data.get(self.add_prefix(REASON)) or self.initial.get(REASON)
        if field and not given:
            self.reason_widget, field.widget = field.widget, HiddenInput()

    def add_error(self, field, error):
        super().add_error(field, error)
        if field == REASON and self.fields[REASON].widget.is_hidden:
            self.fields[REASON].widget = self.reason_widget
