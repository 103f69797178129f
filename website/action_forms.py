"""What a visitor of the explorer asks for; it lives in the address."""

from html import escape

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row
from django import forms
from django.db.models import Count
from django.forms.utils import flatatt
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from actions.models import ActionArea, ActionType, Commitment
from profiles.fields import fold
from profiles.models import Country, Region

UNITS = [("km2", _("km²")), ("ha", _("hectares"))]
INVALID = _("There is nothing under this choice here.")


class PlainSelect(forms.Select):
    """A list of choices written in one go: Django renders a template for each of 200 countries."""

    def render(self, name, value, attrs=None, renderer=None):
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = "" if value is None else str(value)
        return format_html(
            "<select{}>{}</select>", flatatt(attributes), self.options(self.choices, chosen)
        )

    def options(self, choices, chosen):
        parts = (self.option(*choice, chosen) for choice in choices)
        return mark_safe("".join(parts))  # noqa: S308 (every part is escaped below)

    def option(self, value, label, chosen):
        """`html.escape` itself: Django's own wraps it in checks that take longer than it does."""
        value = str(value)
        if isinstance(label, list):
            inner = self.options(label, chosen)
            return f'<optgroup label="{escape(value)}">{inner}</optgroup>'
        mark = " selected" if value == chosen else ""
        return f'<option value="{escape(value)}"{mark}>{escape(str(label))}</option>'


class _Choice(forms.ChoiceField):
    """Rows by their code, named in the reader's language; `rows` keeps what a code stands for."""

    widget = PlainSelect

    def __init__(self, **kwargs):
        super().__init__(required=False, error_messages={"invalid_choice": INVALID}, **kwargs)

    def offer(self, empty, named, groups=None):
        """`named`: (row, label), in the order of the list."""
        self.rows = {row.code: row for row, _label in named}
        self.choices = [("", empty), *(groups or [(row.code, label) for row, label in named])]


class _Filter(forms.Form):
    samples = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data):
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "city-filter"
        self.helper.attrs = {"role": "search", "aria-label": _("Choose what is shown")}
        self.helper.disable_csrf = True

    def row(self, name):
        """The row that was chosen in a field; None for none."""
        code = self.cleaned_data.get(name)
        return self.fields[name].rows[code] if code else None

    @property
    def is_used(self):
        asked = set(self.fields) - {"samples"}
        return any(self.data.get(name, "").strip() for name in asked)


def by_name(rows, label):
    named = [(row, label(row)) for row in rows]
    return sorted(named, key=lambda pair: fold(pair[1]))


def label_of(row):
    return str(row.text())


class TypeFilter(_Filter):
    """Where and how the cities of one action type are shown."""

    region = _Choice(label=_("Region"))
    country = _Choice(label=_("Country"))
    sort = forms.ChoiceField(label=_("Order"), required=False, widget=PlainSelect)
    unit = forms.ChoiceField(label=_("Areas in"), required=False, choices=UNITS, widget=PlainSelect)

    def __init__(self, data, rows, measures):
        super().__init__(data)
        counts = rows.order_by().values_list("city__country").annotate(count=Count("pk"))
        self.counts = dict(counts)
        names = ("code", "name", "translations")
        countries = Country.objects.filter(pk__in=self.counts).select_related("region")
        countries = countries.only(*names, *(f"region__{name}" for name in names))
        self.countries = list(countries)
        regions = {c.region_id: c.region for c in self.countries if c.region}
        self.fields["country"].offer(
            _("All countries"), by_name(self.countries, lambda country: country.label)
        )
        self.fields["region"].offer(_("All regions"), by_name(regions.values(), label_of))
        self.fields["sort"].choices = self.orders(measures)
        shown = ["region", "country", "sort"]
        if any(measure.unit == "km2" for measure in measures):
            shown.append("unit")
        else:
            del self.fields["unit"]
        columns = [Column(name, css_class="col-12 col-sm-6 col-lg") for name in shown]
        show = StrictButton(_("Show"), type="submit", css_class="btn-primary")
        button = Column(show, css_class="col-12 col-lg-2")
        self.helper.layout = Layout(hidden(data), Row(*columns, button))
        self.is_valid()

    @staticmethod
    def orders(measures):
        yield "", _("Name of the city")
        for measure in measures:
            yield f"-{measure.key}", _("%(measure)s: highest first") % {"measure": measure.text()}
            yield measure.key, _("%(measure)s: lowest first") % {"measure": measure.text()}

    def narrow(self, cities):
        if country := self.row("country"):
            cities = cities.filter(country=country)
        if region := self.row("region"):
            cities = cities.filter(country__region=region)
        return cities

    def by_region(self):
        """(region, how many cities, its countries with how many each) of what is shown."""
        region, country = self.row("region"), self.row("country")
        found = {}
        for one in self.countries:
            is_wanted = (not country or one == country) and (not region or one.region == region)
            if is_wanted:
                name = one.region.text() if one.region else _("No region")
                found.setdefault(str(name), []).append((one.label, self.counts[one.pk]))
        for name, countries in sorted(found.items(), key=lambda item: fold(item[0])):
            countries.sort(key=lambda pair: (-pair[1], fold(pair[0])))
            yield name, sum(count for _name, count in countries), countries


class ActionSearch(_Filter):
    """Words in the descriptions of actions."""

    q = forms.CharField(
        label=_("Words in a description"),
        required=False,
        max_length=200,
        help_text=_("In any language."),
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    area = _Choice(label=_("Action area"))
    commitment = _Choice(label=_("Commitment"))
    type = _Choice(label=_("Action type"))
    region = _Choice(label=_("Region"))

    def __init__(self, data):
        super().__init__(data)
        areas = list(ActionArea.objects.all())
        commitments = list(Commitment.objects.all())
        types = list(ActionType.objects.all())
        self.fields["area"].offer(_("All areas"), [(row, label_of(row)) for row in areas])
        self.fields["commitment"].offer(
            _("All commitments"),
            [(row, label_of(row)) for row in commitments],
            grouped(areas, commitments, "area_id"),
        )
        self.fields["type"].offer(
            _("All action types"),
            [(row, label_of(row)) for row in types],
            grouped(commitments, types, "commitment_id"),
        )
        self.fields["region"].offer(_("All regions"), by_name(Region.objects.all(), label_of))
        self.helper.form_action = reverse_lazy("website:action_search")
        find = StrictButton(_("Find"), type="submit", css_class="btn-primary")
        half = "col-12 col-sm-6 col-lg-3"
        self.helper.layout = Layout(
            hidden(data),
            Row(
                Column("q", css_class="col-12 col-lg-9"), Column(find, css_class="col-12 col-lg-3")
            ),
            Row(
                *(Column(name, css_class=half) for name in ("area", "commitment", "type", "region"))
            ),
        )
        self.is_valid()

    def asked(self):
        """What to ask `actions.finding.find` for."""
        chosen = {name: self.row(name) for name in ("region", "area", "commitment")}
        return {**chosen, "action_type": self.row("type")}


def hidden(data):
    """Samples stay asked for; nobody else's address is made longer by it."""
    return Layout(Field("samples")) if data.get("samples") else Layout()


def grouped(parents, rows, path):
    """Choices under the names of their parents."""
    return [
        (label_of(parent), [(row.code, label_of(row)) for row in of_parent])
        for parent in parents
        if (of_parent := [row for row in rows if getattr(row, path) == parent.pk])
    ]
