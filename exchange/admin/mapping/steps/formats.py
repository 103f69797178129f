"""The step “formats”: how numbers, days and years are written, and in which unit."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue import units

from ....mapping.making.samples import samples_of
from ....mapping.numbers import days, formats, signs, unit_words
from ....mapping.words.blanks import is_blank
from ....models.mapping import Target
from ..step import Step

MOST_SAMPLES = 7

ASKED = gettext_lazy("– to decide –")
DECIMALS = (
    ("", gettext_lazy("as each cell tells")),
    (",", gettext_lazy("comma: 1.234,5")),
    (".", gettext_lazy("point: 1,234.5")),
)
ORDERS = (
    ("", gettext_lazy("as each cell tells")),
    ("dmy", gettext_lazy("day, month, year: 31.12.2025")),
    ("mdy", gettext_lazy("month, day, year: 12/31/2025")),
    ("ymd", gettext_lazy("year, month, day: 2025-12-31")),
)
SHARES = (
    ("", gettext_lazy("as each cell tells")),
    ("fraction", gettext_lazy("0.183 means 18.3 %")),
    ("percent", gettext_lazy("0.183 means 0.183 %")),
)
TIMES = (
    ("1", gettext_lazy("as they stand")),
    ("10", "× 10"),
    ("100", "× 100"),
    ("1000", gettext_lazy("× 1,000 (thousands)")),
    ("10000", gettext_lazy("× 10,000 (万)")),
    ("100000", "× 100,000"),
    ("1000000", gettext_lazy("× 1,000,000 (millions)")),
    ("100000000", gettext_lazy("× 100,000,000 (亿)")),
    ("1000000000", gettext_lazy("× 1,000,000,000")),
)
QUESTIONS = {
    "decimal": gettext_lazy("Say for “%s” which sign stands before the decimals."),
    "share": gettext_lazy("Say for “%s” how its percentages are written."),
    "order": gettext_lazy("Say for “%s” in which order its days are written."),
    "serials": gettext_lazy("Say for “%s” whether its numbers are days of a spreadsheet."),
    "unit": gettext_lazy("Say in which unit “%s” is."),
}


class UnitField(forms.CharField):
    """A unit: of the catalogue, or any other text."""

    def clean(self, value):
        unit, times = unit_words.unit_of_row(super().clean(value))
        if times != 1:
            raise ValidationError(_("Write the unit alone: what it is times is chosen beside it."))
        return unit


class Group:
    """Columns that are written in one way, on the page together. `form`: the `Format` of them."""

    def __init__(self, draft, uses):
        self.draft, self.uses = draft, uses
        self.code = "f" + hashlib.sha256(uses[0].column.key.encode()).hexdigest()[:12]
        self.column = formats.Column(draft, uses)
        self.form = draft.formats[uses[0].column.key]
        self.name = ", ".join(use.column.name for use in uses)

    @cached_property
    def samples(self):
        return samples_of(self.draft, self.uses)

    @property
    def shown(self):
        """The cells to look at first, and all words that count as empty."""
        later = self.samples[MOST_SAMPLES:]
        empty = [one for one in later if is_blank(one.stands)]
        return self.samples[:MOST_SAMPLES] + empty[:MOST_SAMPLES]

    @property
    def unread(self):
        """How many cells cannot be read."""
        return sum(one.count for one in self.samples if one.problem)

    @property
    def words(self):
        """How the cells are read, for the overview; "" where each says so itself."""
        form = self.form
        said = [
            _("decimals behind “%s”") % form.decimal if form.decimal else "",
            _("in %s") % unit if (unit := units.label(form.unit)) else "",
            _("times %s") % f"{form.times:,f}" if form.times != 1 else "",
            str(dict(SHARES)["fraction"]) if form.share == "fraction" else "",
            _("days as %s") % dict(ORDERS)[form.order] if form.order else "",
            _("bare numbers are days, as spreadsheets count them") if form.serials else "",
            _("2011/12 is a period that ends in 2012") if form.periods else "",
        ]
        return ", ".join(filter(None, said))

    def fields(self):
        """Name of a decision → the field in which it is made: those that matter for the cells."""
        form = self.form
        if self.column.holds_numbers:
            if form.decimal or any(map(signs.has_sign, self.column.texts)):
                yield "decimal", choice(_("Sign before decimals"), DECIMALS, form, "decimal")
            if self.asks_share():
                yield "share", choice(_("Percentages"), SHARES, form, "share")
            yield from self.fields_of_unit()
            return
        if form.order or any(map(days.orders_of, self.column.texts)):
            yield "order", choice(_("Days in figures"), ORDERS, form, "order")
        if form.serials or self.column.serials.value or self.column.serials.is_asked:
            label = _("Bare numbers such as 46388 are days as spreadsheets count them")
            yield "serials", forms.BooleanField(label=label, initial=form.serials, required=False)
        if form.periods or any(map(days.perhaps_period, self.column.texts)):
            label = _("2011/12 is a period that ends in 2012, not a month")
            yield "periods", forms.BooleanField(label=label, initial=form.periods, required=False)

    def asks_share(self):
        """Measures of a list of figures say each by itself how their percentages are written."""
        is_told = self.form.share or "share" in self.form.asks
        return is_told and self.draft.target != Target.STATEMENTS

    def unit_uses(self):
        """The columns that say the unit of the numbers, row by row."""
        return self.draft.used_as("area_unit" if self.column.field.code == "area" else "unit")

    def fields_of_unit(self):
        if self.column.field.code == "action":
            return
        if self.column.field.code != "population" and not self.unit_uses():
            yield (
                "unit",
                UnitField(
                    label=_("Unit"),
                    initial=units.symbol(self.form.unit) or self.form.unit,
                    required=False,
                    widget=forms.TextInput(attrs={"list": "units", "size": 20}),
                ),
            )
        times = f"{self.form.times:f}"
        if times in dict(TIMES):
            yield "times", forms.ChoiceField(label=_("Numbers"), choices=TIMES, initial=times)


def choice(label, choices, form, name):
    if name in form.asks:
        choices = [("", ASKED), *choices[1:]]
    return forms.ChoiceField(
        label=label, choices=choices, initial=getattr(form, name), required=False
    )


class FormatsForm(forms.Form):
    """The fields of each `Group`, named by its first column and the decision."""

    def __init__(self, *args, groups, **options):
        super().__init__(*args, **options)
        self.groups = groups
        for group in groups:
            for name, field in group.fields():
                self.fields[f"{group.code}-{name}"] = field

    def fields_of(self, group):
        return [self[name] for name in self.fields if name.startswith(f"{group.code}-")]

    def decided(self):
        """What is decided of each column; what was left open is not."""
        found = {}
        for group in self.groups:
            values = {
                name.partition("-")[2]: value
                for name, value in self.cleaned_data.items()
                if name.startswith(f"{group.code}-")
            }
            values = {name: one for name, one in values.items() if one != "" or name == "unit"}
            found.update((use.column.key, values) for use in group.uses)
        return found


class Formats(Step):
    name = "formats"
    title = gettext_lazy("Numbers, dates, units")
    purpose = gettext_lazy(
        "Look whether the numbers, days and units of your list are read as they are meant."
    )
    form_class = FormatsForm
    template = "formats"

    @cached_property
    def groups(self):
        groups = [Group(self.draft, uses) for uses in formats.groups_of(self.draft)]
        return [group for group in groups if group.column.counts]

    @property
    def is_needed(self):
        return bool(self.groups)

    @property
    def sentence(self):
        parts = [f"“{group.name}”: {group.words}" for group in self.groups if group.words]
        if parts:
            return "; ".join(parts)
        return ngettext(
            "%d column is read as each of its cells says",
            "%d columns are read as each of their cells says",
            len(self.groups),
        ) % len(self.groups)

    @property
    def open(self):
        return [
            str(QUESTIONS[name]) % group.name
            for group in self.groups
            for name in group.form.asks
            if name != "share" or group.asks_share()
        ]

    def form_options(self):
        return {"groups": self.groups}

    def decide(self, form):
        return form.decided()

    def context(self, form):
        sections = [(group, form.fields_of(group)) for group in self.groups]
        sections.sort(key=lambda pair: not pair[0].form.asks)
        return {
            "sections": [pair for pair in sections if pair[1] or pair[0].unread],
            "plain": [group for group, fields in sections if not (fields or group.unread)],
            "units": [(unit.symbol, unit.label) for unit in units.ROWS if unit.symbol],
        }
