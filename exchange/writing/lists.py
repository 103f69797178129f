"""The last sheet: the words that columns accept, each with what it stands for."""

from itertools import chain, zip_longest

from django.utils.translation import gettext as _

from ..cells import column_letters
from .layout import BODY, HEADER, TEXT, height, set_up_print, write_words

NAME = "Lists"
FIRST_ROW = 2
"""Titles and headers stand above; counted from 0."""

NARROWEST, WIDEST = 12, 150
"""Characters. One long text makes a row high for all the lists side by side."""


class Lists:
    """The lists of some bound sheets. Columns that accept the same words share one."""

    def __init__(self, sheets):
        self.by_name = {}
        self.titles = {}
        for sheet in sheets:
            for column in sheet.fields.values():
                found = column.widget.choices_for(sheet.context)
                if found is not None and found.name not in self.by_name:
                    self.by_name[found.name] = found
                    self.titles[found.name] = found.title or column.header
        self.by_name = {name: found for name, found in self.by_name.items() if found.pairs}

    def choices(self, column, context):
        """The list of a column; None if it has none, or an empty one."""
        found = column.widget.choices_for(context)
        return found if found is not None and found.name in self.by_name else None

    def range_of(self, list_name):
        """Where the words of a list stand, such as Lists!$A$3:$A$9."""
        letters = column_letters(list(self.by_name).index(list_name) * 2)
        last = FIRST_ROW + len(self.by_name[list_name].pairs)
        return f"{NAME}!${letters}${FIRST_ROW + 1}:${letters}${last}"

    def write(self, book):
        page = book.add_worksheet(NAME)
        page.freeze_panes(FIRST_ROW, 0)
        lists = list(self.by_name.values())
        widths = list(chain.from_iterable(map(widths_of, lists)))
        set_up_print(page, widths, headers=FIRST_ROW)
        for at, width in enumerate(widths):
            page.set_column(at, at, width)
        header, body = book.add_format(HEADER), book.add_format(BODY | {"num_format": TEXT})
        titles = chain.from_iterable((self.titles[choices.name], "") for choices in lists)
        write_words(page, 0, titles, header, fill=True)
        write_words(page, 1, [_("Write this"), _("It stands for")] * len(lists), header)
        for row, words in enumerate(rows_of(lists), start=FIRST_ROW):
            page.set_row(row, height(words, widths))
            write_words(page, row, words, body)
        for name in self.by_name:
            book.define_name(f"list_{name}", f"={self.range_of(name)}")


def widths_of(choices):
    for words in zip(*choices.pairs, strict=True):
        longest = max(map(len, words)) + 2
        yield min(max(longest, NARROWEST), WIDEST)


def rows_of(lists):
    """The lists side by side, row by row."""
    for pairs in zip_longest(*(choices.pairs for choices in lists), fillvalue=("", "")):
        yield [str(word) for word in chain.from_iterable(pairs)]
