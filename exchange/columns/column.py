from import_export.fields import Field

from .widgets import TextWidget


class Column(Field):
    """One column of a sheet: how it is headed, read, checked, compared and written.

    `attribute` leads from the exported row to the value; its last part is `field_name`, the model's
    field.
    `key`: names the row, so the header must be there. `either`: of the columns marked so, exactly
    one names the row together with its keys. `required`: a new row needs it.
    `staff_only`: officers may repeat what is stored, but not change it.
    """

    def __init__(
        self,
        header,
        attribute,
        widget=None,
        *,
        help_text="",
        required=False,
        key=False,
        either=False,
        staff_only=False,
        width=16,
    ):
        super().__init__(attribute=attribute, column_name=header, widget=widget or TextWidget())
        self.field_name = attribute.rpartition("__")[2]
        self.help_text = help_text
        self.required = required or key
        self.key = key or either
        self.either = either
        self.staff_only = staff_only
        self.width = width

    @property
    def header(self):
        return self.column_name

    @property
    def expected(self):
        return str(self.widget.expected)
