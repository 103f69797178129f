"""How to fill in the sheets, made from their columns: for the help page and the workbook."""

from typing import NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..columns.choices import Choices
from ..lookups.context import ImportContext
from ..sheets import sheet_classes

RULES = (
    gettext_lazy(
        "Every sheet has one row per thing. The shaded columns name the thing: a row with a name "
        "that is known changes it, a row with a new name adds it."
    ),
    gettext_lazy(
        "Type, paste, sort and add rows as you like; the order of rows and columns does not "
        "matter. Keep the names of the sheets and the headers in the first row of each."
    ),
    gettext_lazy(
        "Leave out whatever you do not need. What is not in the file stays as it is: a row, a "
        "column or a sheet that is missing deletes nothing."
    ),
    gettext_lazy(
        "An empty cell leaves what is stored as it is. Only if you say so on uploading, empty "
        "cells clear what is stored."
    ),
    gettext_lazy(
        "Where there is a list to choose from, write the code or the official name. The sheet "
        "Lists has them all."
    ),
    gettext_lazy(
        "Write numbers as numbers and dates as dates; 2026-04-08 is understood everywhere. A "
        "formula counts as its result."
    ),
    gettext_lazy(
        "After uploading, every cell is checked and you see what would change, old beside new. "
        "Nothing is written before you agree, and then all of it or nothing. You can undo it."
    ),
    gettext_lazy(
        "Files go into one .zip that you send with the workbook; the columns File and Cover name "
        "them. A file that the city has already need not be sent again."
    ),
    gettext_lazy("You can change the cities only that you may edit on the platform."),
    gettext_lazy("The sheets Read me and Lists are not read: change them as you like."),
)
"""What an import does and does not do, a sentence or two each."""


class ColumnHelp(NamedTuple):
    header: str
    help: str
    required: bool
    is_key: bool
    staff_only: bool
    accepted: str
    choices: Choices | None = None
    one_of: bool = False

    @property
    def needed(self):
        """Why the column must be filled in, in words; empty where it need not be."""
        if self.one_of:
            words = _("names the row, where none of the other columns that say so does")
        elif self.is_key:
            words = _("names the row")
        else:
            words = _("needed in a new row") if self.required else ""
        return ", ".join(filter(None, (words, _("platform staff only") if self.staff_only else "")))

    @property
    def note(self):
        """The note on the header."""
        needed = self.needed
        accepted = _("Accepted: %s.") % self.accepted
        return "\n".join(
            filter(None, (self.help, needed and f"{needed[0].upper()}{needed[1:]}.", accepted))
        )


class SheetHelp(NamedTuple):
    name: str
    purpose: str
    columns: list

    @property
    def keys(self):
        """The headers that name a row."""
        return [column.header for column in self.columns if column.is_key]


def sheets_for(user):
    """A `SheetHelp` for each sheet that `user` may have."""
    context = ImportContext(user)
    return [sheet_help(cls(context)) for cls in sheet_classes(user)]


def sheet_help(sheet):
    columns = [help_for(sheet, name) for name in sheet.fields]
    return SheetHelp(sheet.sheet_name, str(sheet.purpose), columns)


def help_for(sheet, name):
    """The help for the column `name` of a bound sheet."""
    column = sheet.fields[name]
    choices = column.widget.choices_for(sheet.context)
    return ColumnHelp(
        header=column.header,
        help=str(column.help_text or field_help(sheet, column)),
        required=column.required,
        is_key=column.is_key,
        staff_only=column.staff_only,
        accepted=column.expected,
        choices=choices,
        one_of=column.one_of,
    )


def field_help(sheet, column):
    """The help text of the model's field, if the column is a field of the sheet's model."""
    try:
        return sheet.model._meta.get_field(column.field_name).help_text
    except FieldDoesNotExist:
        return ""
