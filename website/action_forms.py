"""The filter and search forms of the explorer, sent by GET."""

from html import escape

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from actions.models import ActionArea, ActionType, Commitment
from catalogue.folding import fold
from catalogue.units import UNITS
from profiles.models import Region

AREA_UNITS = [(unit.code, unit.name) for unit in UNITS.values() if unit.for_sums]
INVALID = _("Nothing here matches this choice.")


class PlainSelect(forms.Select):
    """A select written without templates: Django renders one for each of 200 countries."""

    choices = ()
    """A plain attribute: Django's own goes through all choices to see whether there are groups."""

    def render(self, name, value, attrs=None, renderer=None):
        own = {"class": "form-select", **(attrs or {}), "name": name}
        chosen = "" if value is None else str(value)
        attributes = flatatt(self.build_attrs(self.attrs, own))
        return format_html("<select{}>{}</select>", attributes, self.options(self.choices, chosen))

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


class _Choice(forms.CharField):
    """A choice among catalogue rows by their code; `rows`: code → row."""

    widget = PlainSelect

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def offer(self, empty, named, groups=None):
        """`named`: (row, label), in the order of the list."""
        self.rows = {row.code: row for row, _label in named}
        choices = groups or [(row.code, label) for row, label in named]
        self.widget.choices = [("", empty), *choices]

    def validate(self, value):
        super().validate(value)
        if value and value not in self.rows:
            raise forms.ValidationError(INVALID, code="invalid_choice")


class _Filter(forms.Form):
    """Rendered by our own template: that of crispy-forms handles options that none has here."""

    def row(self, name):
        """The row that is chosen in the field `name`; None if none is."""
        code = self.cleaned_data.get(name)
        return self.fields[name].rows[code] if code else None

    @property
    def is_used(self):
        return any(self.data.get(name, "").strip() for name in self.fields)


def by_name(named):
    """(row, label) in the order of the labels."""
    return sorted(named, key=lambda pair: fold(pair[1]))


def label_of(row):
    return str(row.text())


class TypeFilter(_Filter):
    """Region, country, order and unit of areas for the cities of one action type."""

    region = _Choice(label=_("Region"))
    country = _Choice(label=_("Country"))
    sort = forms.ChoiceField(label=_("Order"), required=False, widget=PlainSelect)
    unit = forms.ChoiceField(
        label=_("Areas in"), required=False, choices=AREA_UNITS, widget=PlainSelect
    )

    def __init__(self, data, view):
        """`view`: the type (`actions.explorer.TypeView`) everywhere; three queries."""
        super().__init__(data)
        measures = [measure for measure in view.measures if measure.is_numeric]
        self.countries = by_name((row, row.label) for row in view.by_country())
        regions = {country.region for country, _label in self.countries}
        named = Region.objects.filter(pk__in=regions).only("code", "name", "translations")
        self.regions = by_name((region, label_of(region)) for region in named)
        self.fields["country"].offer(_("All countries"), self.countries)
        self.fields["region"].offer(_("All regions"), self.regions)
        self.fields["sort"].choices = self.orders(measures)
        if not any(measure.unit == "km2" for measure in measures):
            del self.fields["unit"]
        self.is_valid()

    @staticmethod
    def orders(measures):
        yield "", _("Name of the city")
        for measure in measures:
            yield f"-{measure.key}", _("%(measure)s: highest first") % {"measure": measure.text()}
            yield measure.key, _("%(measure)s: lowest first") % {"measure": measure.text()}

    def place_filters(self):
        """The filter for `actions.explorer.TypeView`: region and country as primary keys."""
        rows = {name: self.row(name) for name in ("region", "country")}
        return {name: row.pk for name, row in rows.items() if row}

    def chosen_countries(self):
        """The countries within the filter (`actions.explorer.InCountry`), by name."""
        region, country = self.row("region"), self.row("country")
        for one, _label in self.countries:
            if (not region or one.region == region.pk) and (not country or one == country):
                yield one

    def totals(self):
        """(number of cities, number of actions) within the filter."""
        countries = list(self.chosen_countries())
        return sum(one.cities for one in countries), sum(one.actions for one in countries)

    def by_region(self):
        """(region, number of cities, [(country, number of cities)]) within the filter."""
        found = {}
        for one in self.chosen_countries():
            found.setdefault(one.region, []).append((one.label, one.cities))
        names = [(region.pk, label) for region, label in self.regions]
        for pk, name in [*names, (None, _("No region"))]:
            countries = sorted(found.get(pk, ()), key=lambda pair: -pair[1])
            if countries:
                yield name, sum(count for _label, count in countries), countries


class ActionFilter(_Filter):
    """Which of the actions that a search has found are shown."""

    area = _Choice(label=_("Action area"))
    commitment = _Choice(label=_("Commitment"))
    type = _Choice(label=_("Action type"))
    region = _Choice(label=_("Region"))

    def __init__(self, data):
        super().__init__(data)
        named = ("code", "name", "translations")
        areas = list(ActionArea.objects.only(*named))
        commitments = list(Commitment.objects.only(*named, "area"))
        types = list(ActionType.objects.only(*named, "commitment"))
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
        regions = by_name((region, label_of(region)) for region in Region.objects.all())
        self.fields["region"].offer(_("All regions"), regions)
        self.is_valid()

    def choices(self):
        return [self[name] for name in ("area", "commitment", "type", "region")]

    def filters(self):
        """The filters for `actions.search.find`."""
        chosen = {name: self.row(name) for name in ("area", "commitment", "region")}
        return {**chosen, "action_type": self.row("type")}


def grouped(parents, rows, path):
    """Choices under the names of their parents."""
    return [
        (label_of(parent), [(row.code, label_of(row)) for row in of_parent])
        for parent in parents
        if (of_parent := [row for row in rows if getattr(row, path) == parent.pk])
    ]
