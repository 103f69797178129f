"""The headers of a sheet: columns are found by their headers, in any order."""

from functools import cached_property

from django.utils.translation import gettext as _

from ... import cells
from ...columns.column import Reader
from ...problems import Problem, sentence


class Headers:
    """A part of `Sheet`."""

    def read_headers(self, data):
        """Find out where each column stands: `index`, and `layout` for reading the rows."""
        self.index = {}
        names = {cells.folded(column.header): name for name, column in self.fields.items()}
        for index, header in enumerate(data.headers):
            name = names.get(cells.folded(header))
            if cells.is_empty(header):
                self.check_headless(data, index)
            elif name is None:
                self.add_unknown_header(data, index, header)
            elif name in self.index:
                self.add_header_problem(data, index, header, _("This column stands here twice."))
            else:
                self.index[name] = index
        self.layout = [
            (self.index[name], name, Reader(column.widget))
            for name, column in self.fields.items()
            if name in self.index
        ]
        self.check_keys()

    def check_keys(self):
        missing = [
            self.fields[name].header for name in self.fixed_key_names if name not in self.index
        ]
        one_of = self.one_of_names
        if one_of and not any(name in self.index for name in one_of):
            missing.append(_("one of %s") % self.join_headers(one_of))
        if missing:
            message = _("These columns are missing: %s.") % ", ".join(missing)
            self.problems.append(Problem(message, sheet=self.sheet_name))

    def has_needed_columns(self):
        """Whether rows can be read beside a wrong header, without a complaint about each of them.

        A column that is missing may be the one with the wrong header.
        """
        needed = [name for name, column in self.fields.items() if column.required]
        one_of = self.one_of_names
        has_one = not one_of or any(name in self.index for name in one_of)
        return has_one and all(name in self.index for name in needed)

    def check_headless(self, data, index):
        """Add a problem where a column without a header has values, which would be left out."""
        for number, raw in data.rows:
            if not cells.is_empty(raw[index]):
                self.problems.append(
                    Problem(
                        _("This column has no header in row %d.") % data.header_row,
                        sheet=self.sheet_name,
                        cell=cells.address(number, index),
                        value=cells.as_text(raw[index]),
                    )
                )
                return

    def add_unknown_header(self, data, index, header):
        hint = self.context.hint(header, lambda: [column.header for column in self.fields.values()])
        message = sentence(
            _("There is no column “%s” on this sheet.") % cells.as_text(header), hint
        )
        self.add_header_problem(data, index, header, message)

    def add_header_problem(self, data, index, header, message):
        self.problems.append(
            Problem(
                message,
                expected=_("one of these headers: %s")
                % ", ".join(column.header for column in self.fields.values()),
                sheet=self.sheet_name,
                cell=cells.address(data.header_row, index),
                column=cells.as_text(header),
                value=cells.as_text(header),
            )
        )

    # Which columns name a row

    @cached_property
    def key_names(self):
        return [name for name, column in self.fields.items() if column.is_key]

    @cached_property
    def fixed_key_names(self):
        """Key columns that every row fills in."""
        return [name for name, column in self.fields.items() if column.is_key and not column.one_of]

    @cached_property
    def one_of_names(self):
        """Key columns of which a row fills in exactly one."""
        return [name for name, column in self.fields.items() if column.one_of]

    def join_headers(self, names):
        return ", ".join(self.fields[name].header for name in names)
