"""Forms of many rows, a page of which is shown and posted at a time."""

from django import forms
from django.utils.http import urlencode

ON_A_PAGE = 50


class PagedForm(forms.Form):
    """`shown`: the (key, row) pairs of this page; fields are named by their places in it.

    A form that is posted says itself which page it was: its buttons may lead to another one.
    """

    page = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, *args, pairs, number, **options):
        super().__init__(*args, **options)
        self.last = max(1, -(-len(pairs) // ON_A_PAGE))
        posted = self.data.get("page", "") if self.is_bound else ""
        self.number = min(max(page_in(posted) or number, 1), self.last)
        self.fields["page"].initial = self.number
        start = (self.number - 1) * ON_A_PAGE
        self.shown = pairs[start : start + ON_A_PAGE]
        for at, (key, row) in enumerate(self.shown):
            self.add_row(f"row{at}", key, row)

    def add_row(self, name, key, row):
        """Add the fields of a row, with names that begin with `name`."""
        raise NotImplementedError

    def rows(self):
        """(place in the page, key, row, name of its fields)."""
        for at, (key, row) in enumerate(self.shown):
            yield at, key, row, f"row{at}"

    def field(self, name):
        """The bound field of this name; None where the form has none such."""
        return self[name] if name in self.fields else None

    @property
    def pages(self):
        """(number, query, whether it is this one) of all pages, where there are several."""
        numbers = range(1, self.last + 1) if self.last > 1 else ()
        return [(n, "?" + urlencode({"page": n}), n == self.number) for n in numbers]

    @property
    def next_query(self):
        """The query of the page behind this one; "" on the last."""
        return "?" + urlencode({"page": self.number + 1}) if self.number < self.last else ""


def page_in(text):
    """The number of a page in a text; 0 where it is none."""
    text = str(text)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
