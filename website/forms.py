from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.folding import fold

from .cities import countries_with_cities, filter_cities, regions_with_cities


class _CatalogueChoiceField(forms.ModelChoiceField):
    """A choice among catalogue rows, named and sorted in the reader's language."""

    def __init__(self, **kwargs):
        super().__init__(queryset=None, required=False, to_field_name="code", **kwargs)

    def offer(self, rows):
        self.queryset = rows
        named = [(row.code, self.label_from_instance(row)) for row in rows]
        named.sort(key=lambda choice: fold(choice[1]))
        self.choices = [("", self.empty_label), *named]


class _CountryField(_CatalogueChoiceField):
    def label_from_instance(self, obj):
        return obj.label


class _RegionField(_CatalogueChoiceField):
    def label_from_instance(self, obj):
        return str(obj.text())


class CityFilter(forms.Form):
    """The filter of the list of cities; sent by GET, so that its address can be bookmarked."""

    q = forms.CharField(
        label=_("Name of a city"),
        required=False,
        max_length=200,
        help_text=_("Or of its country or region."),
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    country = _CountryField(
        label=_("Country"),
        empty_label=_("All countries"),
        error_messages={"invalid_choice": _("No city of this country is here yet.")},
    )
    region = _RegionField(
        label=_("Region"),
        empty_label=_("All regions"),
        error_messages={"invalid_choice": _("No city of this region is here yet.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].offer(countries_with_cities())
        self.fields["region"].offer(regions_with_cities())
        self.helper = filter_helper()

    @property
    def is_used(self):
        """Whether any field is filled in."""
        return any(self.data.get(name, "").strip() for name in self.fields)

    def filter(self, cities):
        """`cities` by the valid fields; invalid ones are ignored."""
        self.is_valid()
        chosen = self.cleaned_data
        return filter_cities(cities, chosen.get("q"), chosen.get("country"), chosen.get("region"))


def filter_helper():
    find = StrictButton(_("Find"), type="submit", css_class="btn-primary")
    helper = FormHelper()
    helper.form_method = "get"
    helper.form_action = reverse_lazy("website:city_list")
    helper.form_class = "city-filter"
    helper.attrs = {"role": "search", "aria-label": _("Filter the cities")}
    helper.disable_csrf = True
    helper.layout = Layout(
        Row(
            Column("q", css_class="col-12 col-md-4"),
            Column("country", css_class="col-12 col-sm-6 col-md-3"),
            Column("region", css_class="col-12 col-sm-6 col-md-3"),
            Column(find, css_class="col-12 col-md-2"),
        )
    )
    return helper
