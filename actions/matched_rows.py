"""A formset that takes a post although somebody else has added or deleted rows meanwhile."""

import re

from django.forms.models import BaseInlineFormSet


class MatchedRows(BaseInlineFormSet):
    """Takes the data of a deleted row as a new row, where Django's formset would refuse the post.

    (The action's form asks whether to overwrite the other person's change.)
    """

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        if self.is_bound:
            self._match_rows()

    def _match_rows(self):
        """Put the posted forms in order: those of present rows first, then the new ones."""
        pk_name = self.model._meta.pk.name
        present = {str(row.pk): row for row in self.get_queryset()}
        known, new = [], []
        for index in range(min(self._posted_number("TOTAL_FORMS"), self.absolute_max)):
            form = self._form_data(index)
            form[pk_name] = self.row_of(form, form.get(pk_name), present)
            if form[pk_name] is not None:
                (known if form[pk_name] else new).append(form)
        self._replace_data([*known, *new], len(known))
        rows = [present[form[pk_name]] for form in known]
        self._queryset, self._object_dict = rows, {row.pk: row for row in rows}

    def row_of(self, form, posted, present):
        """The key of the row that a posted form is of: "" for a new one, None to pass it over.

        `posted`: the key in the form, `present`: key → row, of those that are there now.
        """
        return posted if posted in present else ""

    def _posted_number(self, name):
        value = self.data.get(f"{self.prefix}-{name}", "")
        return int(value) if value.isdecimal() and len(value) < 6 else 0

    def _form_data(self, index):
        start = f"{self.prefix}-{index}-"
        return {key[len(start) :]: self.data[key] for key in self.data if key.startswith(start)}

    def _replace_data(self, forms, known):
        of_form = re.compile(rf"{self.prefix}-\d+-")
        for key in [key for key in self.data if of_form.match(key)]:
            del self.data[key]
        self.data[f"{self.prefix}-TOTAL_FORMS"] = str(len(forms))
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(known)
        for index, form in enumerate(forms):
            for name, value in form.items():
                self.data[f"{self.prefix}-{index}-{name}"] = value
