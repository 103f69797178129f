"""The step “years”: columns of years, and which figures the measures of a list are."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions.models import OwnFigure
from actions.models.own_figures import kind_of_unit
from actions.models.statements import YEARS as YEARS_TAKEN
from catalogue import frozen, units

from .... import cells
from ....mapping.years.header_years import BASELINE, PROGRESS, TARGET
from ....mapping.years.measures import fits
from ....mapping.years.observed import NEW_ACTION, OWN
from ....mapping.years.years import doubt_of, problem_of
from ....models.mapping import Target
from ..step import Step
from .formats import UnitField
from .paged import PagedForm, page_in

KINDS = (
    (PROGRESS, gettext_lazy("progress")),
    (TARGET, gettext_lazy("target")),
    (BASELINE, gettext_lazy("starting point")),
    ("", gettext_lazy("not imported")),
)
SHARES = (
    ("", gettext_lazy("– to decide –")),
    ("fraction", gettext_lazy("0.183 is 18.3 %")),
    ("percent", gettext_lazy("0.183 is 0.183 %")),
)
ASK, OUT = "?", "-"
LONGEST_LABEL = 70
LONGEST_UNIT = OwnFigure._meta.get_field("unit").max_length


class YearsForm(PagedForm):
    """For each column of years its kind and year; for each measure of the page what it becomes."""

    def __init__(self, *args, draft, **options):
        self.draft, self.years = draft, draft.years
        self.becomes = Becomes(draft)
        super().__init__(*args, **options)
        for at, column in enumerate(self.years.columns):
            self.fields[f"kind{at}"] = forms.ChoiceField(
                label=_("What “%s” holds") % column.header,
                choices=KINDS,
                initial=column.kind,
                required=False,
            )
            self.fields[f"year{at}"] = forms.IntegerField(
                label=_("Year of “%s”") % column.header,
                initial=column.year,
                required=False,
                min_value=YEARS_TAKEN[0].limit_value,
                max_value=YEARS_TAKEN[1].limit_value,
            )
        if self.years.needs_name:
            in_headers = self.years.reader.in_headers
            several = _("The headers say it. Write it only if all columns are of one measure.")
            self.fields["name"] = forms.CharField(
                label=_("What is measured"),
                help_text=several if in_headers else _("No column of the list says it."),
                required=not in_headers,
                initial=self.years.name or ("" if in_headers else draft.constants.list_name),
                max_length=OwnFigure._meta.get_field("name").max_length,
            )
        self.fields["first_is_baseline"] = forms.BooleanField(
            label=_("The first year of a measure is the starting point of its action"),
            help_text=_("Where the action has none yet. Otherwise it is progress like the others."),
            initial=self.years.first_is_baseline,
            required=False,
        )

    def add_row(self, name, key, measured):
        self.fields[name] = forms.ChoiceField(
            label=measured.word,
            choices=self.becomes.choices_of(measured),
            initial=self.becomes.code_of(measured),
            required=False,
        )
        if measured.figure == OWN and measured.figure_kind != "percent":
            self.fields[f"{name}-unit"] = UnitField(
                label=_("Unit of “%s”") % measured.word,
                initial=units.symbol(measured.unit),
                required=False,
                max_length=LONGEST_UNIT,
            )
        if measured.figure == OWN:
            self.fields[f"{name}-falls"] = forms.BooleanField(
                label=_("less is better"), initial=measured.falls, required=False
            )
        if measured.share != "percent" and "percent" in (measured.figure_kind, measured.unit):
            self.fields[f"{name}-share"] = forms.ChoiceField(
                label=_("How “%s” is written") % measured.word,
                choices=SHARES,
                initial=measured.share or "",
                required=False,
            )

    def clean(self):
        for at, column in enumerate(self.years.columns):
            if self.cleaned_data.get(f"kind{at}") and self.cleaned_data.get(f"year{at}") is None:
                words = _("Write the year of “%s”, or choose “not imported”.")
                self.add_error(f"year{at}", words % column.header)
        return self.cleaned_data

    def decided(self):
        """What was decided before, with what this page says."""
        before = self.draft.decided("years")
        measures = dict(before.get("measures", {}))
        for _at, key, measured, name in self.rows():
            if self.years.needs_name and self.cleaned_data["name"]:
                key = cells.folded(self.cleaned_data["name"])
            code = self.cleaned_data[name]
            if code in ("", ASK):
                measures.pop(key, None)
            else:
                measures[key] = self.measure(code, measured, name)
        return {
            "columns": {
                column.key: {
                    "kind": self.cleaned_data[f"kind{at}"],
                    "year": self.cleaned_data[f"year{at}"],
                }
                for at, column in enumerate(self.years.columns)
            },
            "measures": measures,
            "first_is_baseline": self.cleaned_data["first_is_baseline"],
            "city": self.years.city,
            **({"name": self.cleaned_data["name"]} if self.years.needs_name else {}),
        }

    def measure(self, code, measured, name):
        """What is decided of one measure."""
        action, action_type, figure = ("", "", OWN) if code == OUT else code.split("|")
        said = {"action": action, "action_type": action_type, "figure": figure}
        if figure == OWN:
            unit = self.cleaned_data.get(f"{name}-unit", measured.unit)
            said["figure_kind"] = kind_in(unit, measured.figure_kind)
            said["unit"] = "" if unit == "count" else unit
            said["falls"] = self.cleaned_data.get(f"{name}-falls", measured.falls)
        if share := self.cleaned_data.get(f"{name}-share"):
            said["share"] = share
        return said


def kind_in(unit, kind):
    """The kind of an own figure whose numbers are now in `unit`, where it was of this kind."""
    if known := kind_of_unit(unit):
        return known
    if "count" in (kind, unit):
        return "count"
    return "amount" if unit else ""


class Becomes:
    """What a measure can become, as codes of a select: action, action type and figure.

    `choices_of` has the figures of the actions that are here, then new actions.
    """

    def __init__(self, draft):
        self.years = draft.years
        self.types = {
            row.code: str(row.text("name").value)
            for row in frozen.current().action_types.values()
            if not row.retired
        }

    def code_of(self, measured):
        if not measured.action:
            return OUT
        if measured.is_new and not measured.action_type:
            return ASK
        action_type = measured.action_type if measured.is_new else ""
        return f"{measured.action}|{action_type}|{measured.figure}"

    def choices_of(self, measured):
        here = [
            option
            for action in self.years.actions
            for option in self.of_action(str(action.number), action.action_type, measured, action)
        ]
        types = [*measured.types, *(code for code in self.types if code not in measured.types)]
        new = [option for code in types for option in self.of_action(NEW_ACTION, code, measured)]
        groups = [(_("An action that is here"), here)] if here else []
        groups.append((_("A new action"), new))
        known = {OUT, ASK, *(code for code, _label in (*here, *new))}
        other = [(code, code)] if (code := self.code_of(measured)) not in known else []
        return [(ASK, _("– to decide –")), (OUT, _("not imported")), *other, *groups]

    def of_action(self, action, action_type, measured, known=None):
        """The figures of an action that take the numbers of a measure: official ones, its own."""
        label = Truncator(known.label if known else self.types[action_type]).chars(LONGEST_LABEL)
        type_part = "" if known else action_type
        for one in self.years.guesser.official_of(action_type):
            if fits(one, *self.kind_and_unit(measured)):
                figure = str(one.text("name").value)
                yield f"{action}|{type_part}|{one.key}", f"{figure} — {label}"
        yield f"{action}|{type_part}|{OWN}", _("a figure of its own — %s") % label

    def kind_and_unit(self, measured):
        """The kind and unit of the numbers as the list has them."""
        if measured.figure == OWN or not measured.units:
            return measured.figure_kind, measured.unit
        return measured.figure_kind, units.parse(measured.units[0])


class Years(Step):
    name = "years"
    title = gettext_lazy("Years and measures")
    purpose = gettext_lazy(
        "Say which columns are years, and which figure of which action each measure is."
    )
    form_class = YearsForm
    template = "years"

    @property
    def is_needed(self):
        return self.draft.target == Target.STATEMENTS

    @property
    def sentence(self):
        years = self.draft.years
        named = [str(one.year) for one in years.columns if one.kind and one.year]
        measures = len(years.measures)
        said = [
            _("Years: %s") % ", ".join(named) if named else "",
            ngettext("%d measure", "%d measures", measures) % measures,
            *(doubt for one in years.measures if (doubt := doubt_of(one))),
        ]
        return "; ".join(filter(None, said))

    @property
    def open(self):
        years = self.draft.years
        columns = [
            _("Say which year “%s” is.") % one.header
            for one in years.columns
            if one.kind and not one.year
        ]
        taken = (one for one in years.measures if one.action)
        problems = filter(None, (problem_of(years, one) for one in taken))
        return [*columns, *problems]

    def form_options(self):
        pairs = sorted(self.draft.years.by_word.items(), key=order)
        number = page_in(self.query.get("page", ""))
        return {"draft": self.draft, "pairs": pairs, "number": number}

    def subjects(self, form):
        columns = [column.key for column in self.draft.years.columns]
        return [*columns, *(key for key, _measured in form.shown)]

    def decide(self, form):
        return form.decided()

    def context(self, form):
        years = self.draft.years
        columns = [
            (column, form[f"kind{at}"], form[f"year{at}"])
            for at, column in enumerate(years.columns)
        ]
        measures = [
            {
                "measured": measured,
                "field": form[name],
                "unit": form.field(f"{name}-unit"),
                "share": form.field(f"{name}-share"),
                "falls": form.field(f"{name}-falls"),
                "problem": problem_of(years, measured) if measured.action else "",
                "doubt": doubt_of(measured),
            }
            for _at, _key, measured, name in form.rows()
        ]
        return {
            "year_columns": columns,
            "measures": measures,
            "of_all": [form.field("name"), form["first_is_baseline"]],
        }


def order(pair):
    """What was not clear comes first, then what has most rows; decisions change nothing in it."""
    key, measured = pair
    return not measured.is_open, -measured.count, key
