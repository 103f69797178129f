"""A column of a sheet, and the columns that several sheets have."""

from django.utils.translation import gettext_lazy
from import_export.fields import Field

from .. import cells
from .references import CityWidget, ResourceWidget
from .widgets import DateWidget, LanguageWidget, TextWidget, WebAddressWidget


class Column(Field):
    """One column of a sheet: its header, its model field, and the widget that reads and writes it.

    `attribute` leads from the exported row to the value; its last part is `field_name`, the model's
    field.
    `key`: a part of the row's key, so the header must be there. `one_of`: of these columns, a row
    fills in exactly one, which belongs to its key. `required`: a new row needs it. `staff_only`:
    officers may repeat what is stored, but not change it.
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
        one_of=False,
        staff_only=False,
        width=16,
    ):
        super().__init__(attribute=attribute, column_name=header, widget=widget or TextWidget())
        self.field_name = attribute.rpartition("__")[2]
        self.help_text = help_text
        self.required = required or key
        self.is_key = key or one_of
        self.one_of = one_of
        self.staff_only = staff_only
        self.width = width

    @property
    def header(self):
        return self.column_name

    @property
    def expected(self):
        return str(self.widget.expected)


class Reader:
    """Reads the cells of one column of one import, equal ones once.

    A cell that is refused, or on which the widget has something to say, is read each time.
    """

    def __init__(self, widget):
        self.widget = widget
        self.known = {}

    def clean(self, value):
        """What the widget makes of a cell that is not empty. Raises CellError."""
        if type(value) not in cells.PLAIN:
            return self.widget.clean(value)
        found = self.known.get((type(value), value))
        if found is None:
            found = self.widget.clean(value)
            if len(self.known) < cells.MOST_REMEMBERED and not self.widget.context.said:
                self.known[type(value), value] = found
        return found


def city_column(attribute="city"):
    return Column("City", attribute, CityWidget(), key=True, width=24)


def language_column(attribute="language", header="Language", **options):
    return Column(header, attribute, LanguageWidget(), width=11, **options)


def link_column(header, attribute, **options):
    return Column(header, attribute, WebAddressWidget(), **{"width": 30, **options})


def resource_column(header, attribute, **options):
    """A reference to a resource in Tools & resources."""
    help_text = gettext_lazy(
        "A resource in Tools & resources. The city's own by its link or the name of its file; that "
        "of another city as “anji-county: https://…”; any by the address of its page, as "
        "/resources/12/."
    )
    return Column(
        header, attribute, ResourceWidget(), **{"width": 30, "help_text": help_text, **options}
    )


def updated_on_column(attribute="updated_on"):
    return Column(
        "Last update",
        attribute,
        DateWidget(),
        width=12,
        help_text=gettext_lazy("Empty: a new or changed row gets the day of the import."),
    )
