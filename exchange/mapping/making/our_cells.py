"""What goes into a cell of our sheets: checked as the import will check it."""

import re

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext as _

from ...columns.column import Reader
from ...columns.references import CityWidget, ReferenceWidget
from ...columns.widgets import WebAddressWidget, refuse_garbled
from ...lookups.context import ImportContext
from ...problems import CellError
from ...sheets import SHEETS

BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/?#]\S*)?")
"""A web address as people write it, without what it begins with."""

KNOWN = (CityWidget, ReferenceWidget)
"""Columns of codes and addresses, which come from us and not from a list."""


class OurCells:
    """The columns of our sheets, as they read the cells that are to be written."""

    def __init__(self, user):
        self.context = ImportContext(user)
        self.sheets = {cls.sheet_name: cls for cls in SHEETS}
        self.columns = {}

    def refuse_unknown(self, sheet, headers):
        """Raise KeyError for a header that the sheet does not have: its cells would be lost."""
        for header in headers:
            self.columns_of(sheet)[header]

    def columns_of(self, sheet):
        """Header → (the reader of the column, its field of the model or None)."""
        if sheet not in self.columns:
            self.columns[sheet] = self.load(self.sheets[sheet](self.context))
        return self.columns[sheet]

    def load(self, sheet):
        found = {}
        for name, column in sheet.fields.items():
            try:
                field = sheet.model_field(name)
            except FieldDoesNotExist:
                field = None
            found[column.header] = Reader(column.widget), field
        return found

    def read(self, sheet, header, value):
        """(what is written for `value`, notes). Raises CellError where the import would refuse."""
        reader, field = self.columns_of(sheet)[header]
        if isinstance(reader.widget, KNOWN):
            return value, ()
        notes = ()
        if isinstance(reader.widget, WebAddressWidget) and BARE_ADDRESS.fullmatch(str(value)):
            value, notes = f"https://{value}", (_("“https://” is put before it."),)
        read = reader.clean(value)
        notes += tuple(self.context.said)
        self.context.said.clear()
        if isinstance(read, str) and not read.isascii():
            refuse_garbled(read)
        if field is not None and not field.is_relation:
            try:
                field.clean(read, None)
            except ValidationError as error:
                raise CellError(" ".join(error.messages)) from error
        return read, notes
