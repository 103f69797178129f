"""The step “columns”: what becomes of each column of a list."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .... import cells
from ....mapping.columns.content import contents_of
from ....mapping.columns.fields import FIELDS, Kind, Shown, field_of
from ....mapping.columns.use import NOT_IMPORTED
from ....mapping.words.blanks import is_blank
from ....models.mapping import Target
from ..step import Step

SAMPLES = 3
LONGEST_SAMPLE = 80
ROWS_FOR_SAMPLES = 200

IN_WORDS = {
    "": gettext_lazy("one word in a cell"),
    ";;": gettext_lazy("several, divided by ;;"),
    "|": gettext_lazy("several, divided by |"),
    ";": gettext_lazy("several, divided by ;"),
    "\n": gettext_lazy("several, each on its own line"),
    ", ": gettext_lazy("several, divided by commas"),
    " / ": gettext_lazy("several, divided by /"),
}
INSTEAD = {
    (Target.ACTIONS, "city"): gettext_lazy(
        "City: no column has it. Choose the city of all rows under “The same for all rows”."
    ),
    (Target.ACTIONS, "action_type"): gettext_lazy(
        "Action type: no column has it. Choose one for all rows under “The same for all rows”."
    ),
    (Target.COMMITMENTS, "city"): gettext_lazy(
        "City: no column has it. Choose the city of all rows under “The same for all rows”."
    ),
    (Target.COMMITMENTS, "commitment"): gettext_lazy(
        "Commitment: no column has it. Choose the one of all rows under “The same for all rows”."
    ),
    (Target.STATEMENTS, "measure"): gettext_lazy(
        "What is measured: no column says it. Write it under “Years and measures”."
    ),
    (Target.STATEMENTS, "city"): gettext_lazy(
        "City: no column has it. Choose the city of all rows under “The same for all rows”."
    ),
    (Target.CITIES, "country"): gettext_lazy(
        "Country: no column has it. Without it only cities that are here already can be found."
    ),
}
"""What fills a field that no column fills, where something else does."""

TITLE_OR_TEXT = ("title", "description")
VALUES = ("value", "value_of_year")


def field_choices(target):
    """The fields of a target, by who sees what they take."""
    groups = [
        (shown.value, [(one.code, one.label) for one in FIELDS[target] if one.shown == shown])
        for shown in Shown
    ]
    return [(NOT_IMPORTED, _("not imported")), *(group for group in groups if group[1])]


class ColumnsForm(forms.Form):
    """For each column a select of fields, two boxes, and what divides the words of its cells."""

    def __init__(self, *args, target, uses, **options):
        super().__init__(*args, **options)
        self.target, self.uses = target, uses
        choices = field_choices(target)
        for at, use in enumerate(uses):
            name = {"name": use.column.name}
            field = field_of(target, use.field)
            is_joined = bool(field and field.joins)
            self.fields[f"field{at}"] = forms.ChoiceField(
                label=_("“%(name)s” becomes") % name,
                choices=choices,
                initial=use.field,
                required=False,
            )
            self.fields[f"title{at}"] = forms.BooleanField(
                label=_("with its header as title"),
                # What does not stand among other texts yet will want its header there.
                initial=use.has_title or not is_joined,
                required=False,
            )
            self.fields[f"down{at}"] = forms.BooleanField(
                label=_("an empty cell means the one above"),
                initial=use.fills_down,
                required=False,
            )
            if field and field.kind == Kind.WORD:
                self.fields[f"words{at}"] = forms.TypedChoiceField(
                    label=_("Words in a cell"),
                    choices=list(enumerate(IN_WORDS.values())),
                    initial=list(IN_WORDS).index(use.separator),
                    coerce=lambda at: list(IN_WORDS)[int(at)],
                    required=False,
                )

    def clean(self):
        taken = {}
        for at, use in enumerate(self.uses):
            field = field_of(self.target, self.cleaned_data.get(f"field{at}", NOT_IMPORTED))
            if field is None or not field.is_single:
                continue
            if field.code in taken:
                words = _("“%(first)s” is the %(label)s already: only one column can be.")
                said = {"first": taken[field.code].name, "label": field.label}
                self.add_error(f"field{at}", words % said)
            taken.setdefault(field.code, use.column)
        return self.cleaned_data


class Columns(Step):
    name = "columns"
    title = gettext_lazy("Columns")
    purpose = gettext_lazy("Say what becomes of each column of the list. Not all must be imported.")
    form_class = ColumnsForm
    template = "columns"

    @property
    def sentence(self):
        fields = [self.draft.field_of(use) for use in self.draft.uses if use.field != NOT_IMPORTED]
        finding = sum(field.shown == Shown.FINDS for field in fields)
        words = ngettext(
            "%(taken)d of %(all)d column is imported.",
            "%(taken)d of %(all)d columns are imported.",
            len(self.draft.uses),
        )
        said = words % {"taken": len(fields) - finding, "all": len(self.draft.uses)}
        if not finding:
            return said
        words = ngettext(
            "%d more helps to find cities and rows.",
            "%d more help to find cities and rows.",
            finding,
        )
        return f"{said} {words % finding}"

    @property
    def open(self):
        return [
            _("%s: no column is it yet. Choose the column that has it.") % label
            for label in self.missing()
        ]

    def missing(self):
        """The labels of fields without which no row can be made."""
        target = self.draft.target
        for field in FIELDS[target]:
            is_filled = self.draft.used_as(field.code) or (target, field.code) in INSTEAD
            if target == Target.ACTIONS and field.code in TITLE_OR_TEXT:
                is_filled = any(map(self.draft.used_as, TITLE_OR_TEXT))
            if field.is_needed and not is_filled:
                yield field.label
        if target == Target.STATEMENTS and not any(map(self.draft.used_as, VALUES)):
            yield field_of(target, "value").label

    def instead(self):
        """What has to fill the fields that no column fills, and does not yet."""
        constants = self.draft.constants
        for (target, code), words in INSTEAD.items():
            is_said = getattr(constants, code, "")
            if code == "action_type":
                is_said = is_said or constants.type_column
            if target == self.draft.target and not (self.draft.used_as(code) or is_said):
                yield words

    def form_options(self):
        return {"target": self.draft.target, "uses": self.draft.uses}

    def subjects(self, form):
        return [self.draft.target.value, *(use.column.key for use in self.draft.uses)]

    def decide(self, form):
        """What was chosen for each column, and for which target; words in cells are divided as
        guessed where the page did not ask."""
        said, contents = form.cleaned_data, None
        columns = {}
        for at, use in enumerate(self.draft.uses):
            field = field_of(self.draft.target, said[f"field{at}"])
            separator = said.get(f"words{at}", "")
            if field and field.kind == Kind.WORD and f"words{at}" not in said:
                contents = contents or contents_of(self.draft.columns, self.draft.rows)
                separator = contents[use.column.key].separator
            columns[use.column.key] = {
                "field": said[f"field{at}"],
                "has_title": said[f"title{at}"] and bool(field and field.joins),
                "fills_down": said[f"down{at}"],
                "separator": separator,
            }
            if use.kept_title:
                columns[use.column.key]["kept_title"] = use.kept_title
        return {"target": self.draft.target.value, "columns": columns}

    def context(self, form):
        rows = self.draft.rows[:ROWS_FOR_SAMPLES]
        lines = [
            {
                "use": use,
                "letters": cells.column_letters(use.column.at),
                "samples": samples(rows, use.column.at),
                "field": form[f"field{at}"],
                "boxes": [form[f"title{at}"], form[f"down{at}"]],
                "words": form[f"words{at}"] if f"words{at}" in form.fields else None,
            }
            for at, use in enumerate(self.draft.uses)
        ]
        return {
            "lines": [line for line in lines if line["samples"] or line["use"].field],
            "empty_lines": [line for line in lines if not (line["samples"] or line["use"].field)],
            "missing": self.open,
            "instead": list(self.instead()),
        }


def samples(rows, at):
    """The first different values of a column, as text."""
    found = {}
    for row in rows:
        if not is_blank(row.values[at]):
            text = " ".join(cells.as_text(row.values[at]).split())
            short = text if len(text) <= LONGEST_SAMPLE else f"{text[:LONGEST_SAMPLE]}…"
            found[short] = True
            if len(found) == SAMPLES:
                break
    return list(found)
