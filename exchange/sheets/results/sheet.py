"""What was found for the indicators of the City Biodiversity Index: one row per indicator."""

from copy import copy

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cbi.formulas import InputError, Missing
from cbi.models import AREA_UNIT, Component, Edition, Indicator, IndicatorResult

from ... import cells
from ...columns.column import (
    Column,
    city_column,
    language_column,
    link_column,
    resource_column,
    updated_on_column,
)
from ...columns.references import ReferenceWidget
from ...columns.widgets import NumberWidget, YearWidget, YesNoWidget
from ...problems import CellError, did_you_mean, sentence
from ..assessments import assessment_key
from ..base.model_sheet import ModelSheet
from ..base.rows import NEW
from ..base.sheet import NotClearable
from .doubts import INPUTS, DoubtsAboutResults
from .inputs import AreaUnitWidget, IndicatorWidget, InputReader, InputWidget, input_name, is_blank

ASSESSMENT_COLUMNS = ("city", "edition", "year")
CONTENT = (*INPUTS, "own_points", "reason", "evidence", "evidence_url", "evidence_resource")
"""A row of a new result that fills in none of these is passed over."""

COMPUTED = ("value", "computed_points", "is_unclear", "bands")


class ResultsSheet(DoubtsAboutResults, ModelSheet):
    sheet_name = "Indicators"
    purpose = gettext_lazy(
        "What was found for the indicators of an assessment, one row for each. The sheet Lists "
        "tells what belongs into each input; value and points are computed from them."
    )
    model = IndicatorResult
    dated = True

    city = city_column("assessment__city")
    edition = Column("Edition", "assessment__edition", ReferenceWidget(Edition), key=True, width=10)
    year = Column("Year", "assessment__year", YearWidget(), key=True, width=8)
    indicator = Column("Indicator", "indicator", IndicatorWidget(), key=True, width=32)
    input_1 = Column(
        "Input 1",
        "inputs",
        InputWidget(),
        width=18,
        help_text=gettext_lazy(
            "What the indicator asks first: see the list of indicators on the sheet Lists."
        ),
    )
    input_2 = Column(
        "Input 2", "inputs", InputWidget(), width=14, help_text=gettext_lazy("What it asks next.")
    )
    input_3 = Column(
        "Input 3", "inputs", InputWidget(), width=14, help_text=gettext_lazy("Few ask for it.")
    )
    input_4 = Column(
        "Input 4", "inputs", InputWidget(), width=14, help_text=gettext_lazy("Few ask for it.")
    )
    unit = Column(
        "Unit",
        "unit",
        AreaUnitWidget(),
        width=8,
        help_text=gettext_lazy("Of all areas in this row; empty: hectares."),
    )
    takes_lower = Column("Take lower", "takes_lower", YesNoWidget(), width=9)
    own_points = Column("Own points", "own_points", NumberWidget(whole=True), width=9)
    reason = Column("Reason", "reason", width=50)
    evidence = Column("Evidence", "evidence", width=50)
    evidence_url = link_column("Evidence link", "evidence_url")
    evidence_resource = resource_column("Evidence resource", "evidence_resource")
    language = language_column()
    updated_on = updated_on_column()

    def __init__(self, context):
        super().__init__(context)
        self.inputs = InputReader(context)
        self.by_edition = {}
        self.first_years = {}
        self.added = []
        self.unscored = []
        self.former = {}

    def load_existing(self, cities):
        self.load_indicators()
        self.context.load_assessments(cities)
        ids = self.context.stored_ids(cities)
        by_id = {row.pk: row for row in self.context.assessments.values() if row.pk}
        for result in IndicatorResult.objects.filter(assessment__city__in=ids):
            result.assessment = by_id[result.assessment_id]
            result.indicator = self.context.catalogue_row(Indicator, result.indicator_id)
            self.existing[self.key_of(result.assessment, result.indicator)] = result
        referred = {result.evidence_resource_id for result in self.existing.values()}
        self.context.resources.load_referred(referred)
        self.first_years = self.find_first_years(self.existing.values())

    def load_indicators(self):
        """Read the indicators of each edition by the words for them; a code precedes a name."""
        rows = dict.fromkeys(self.context.catalogue(Indicator).values())
        for row in rows:
            words = self.by_edition.setdefault(self.edition_of(row), {})
            for word in (f"{row.number} {row.name}", row.name, str(row.number), row.code):
                words[cells.folded(word)] = row

    def edition_of(self, indicator):
        return self.context.catalogue_row(Component, indicator.component_id).edition_id

    def key_of(self, assessment, indicator):
        return assessment.city.slug, assessment.edition_id, assessment.year, indicator.pk

    # Planning

    def empty_value(self, name):
        if self.fields[name].is_key:
            raise NotClearable
        return "" if name in INPUTS else super().empty_value(name)

    def plan_row(self, row):
        if not self.has_all(row, self.key_names):
            self.check_values(row)
            return
        indicator, assessment = self.find_indicator(row), self.find_assessment(row)
        if indicator is None or assessment is None:
            self.check_values(row, indicator)
            return
        row.values["indicator"] = indicator
        key = self.key_of(assessment, indicator)
        if not self.claim_key(row, key):
            self.check_values(row, indicator)
            return
        if key in self.existing:
            self.former[self.existing[key].pk] = copy(self.existing[key])
            self.plan_existing(row, self.existing[key])
        elif self.has_content(row):
            self.plan_new(row)

    def check_values(self, row, indicator=None):
        """Also the inputs, if it is known for which indicator they are."""
        super().check_values(row)
        for name in INPUTS if indicator else ():
            if name in row.values:
                self.assign_input(row, IndicatorResult(indicator=indicator), name, is_new=True)

    def find_indicator(self, row):
        edition, word = row.values["edition"], row.values["indicator"]
        own = self.by_edition.get(edition.pk, {})
        found = own.get(cells.folded(word))
        if found is None:
            self.add_problem(row, "indicator", self.unknown_indicator(word, edition, own))
        return found

    def unknown_indicator(self, word, edition, own):
        folded = cells.folded(word)
        others = (words.get(folded) for words in self.by_edition.values())
        other = next((row for row in others if row), None)
        if other is None:
            hint = self.context.hint(
                word, lambda: [w for r in own.values() for w in (r.code, r.name)]
            )
            return sentence(_("There is no such indicator in this edition."), hint)
        namesake = own.get(cells.folded(other.name))
        if namesake is None:
            suffix = other.code.partition("-")[2]
            hint = did_you_mean(f"{edition.code}-{suffix}", [row.code for row in own.values()])
        else:
            hint = _("Did you mean “%s”?") % namesake.code
        return sentence(_("This indicator belongs to another edition of the index."), hint)

    def find_assessment(self, row):
        key = assessment_key(row.values)
        found = self.context.assessments.get(key)
        if found is None:
            self.add_problem(row, "year", self.unknown_assessment(*key[:2]), expected="")
        return found

    def unknown_assessment(self, *city_and_edition):
        years = sorted(key[2] for key in self.context.assessments if key[:2] == city_and_edition)
        message = _("The city has no such assessment: add it on the sheet Assessments.")
        known = _("There are those of %s.") % ", ".join(map(str, years)) if years else ""
        return sentence(message, known)

    def has_content(self, row):
        """Whether the row has more than a key: lists of indicators are filled in bit by bit."""
        filled = any(row.values.get(name) not in (None, "") for name in CONTENT)
        return filled or self.is_wrong(row)

    def make_instance(self, values):
        made = IndicatorResult(
            assessment=self.context.assessments[assessment_key(values)],
            indicator=values["indicator"],
            updated_on=self.context.today,
        )
        self.added.append(made)
        return made

    def assign(self, row, instance, name, *, is_new):
        if name in INPUTS:
            return self.assign_input(row, instance, name, is_new=is_new)
        changed = super().assign(row, instance, name, is_new=is_new)
        if changed and name == "unit":
            instance.bands = None
            if row.values[name] and not any(one.is_area for one in self.inputs.all_of(instance)):
                self.add_problem(row, name, _("This indicator asks for no area."), expected="")
        return changed

    def assign_input(self, row, instance, name, *, is_new):
        """Like `assign`. Changed inputs are scored by the present bands: former bands go."""
        index, value = INPUTS.index(name), row.values[name]
        one = self.inputs.find(instance, index)
        if one is None:
            if not is_blank(value):
                self.refuse_input(row, name, instance)
            return False
        if not is_blank(value):
            try:
                value = self.inputs.read(one, value, self.area_unit(row, instance))
            except CellError as error:
                message = f"{input_name(index, one)}: {error}"
                self.add_problem(row, name, message, self.inputs.expected(one))
                return False
            if self.context.said:
                self.add_notes(row, name)
        old, column = self.current_value(instance, name), self.fields[name]
        if column.widget.same(old, value):
            return False
        self.inputs.set_value(instance, index, value)
        instance.bands = None
        self.note_missing_characters(row, name, value)
        if not is_new:
            self.note_change(row, column, old, value, instance)
        return True

    def area_unit(self, row, instance):
        return row.values.get("unit") or instance.unit or AREA_UNIT

    def refuse_input(self, row, name, instance):
        inputs = self.inputs.all_of(instance)
        if inputs:
            message = _("This indicator asks for fewer inputs; the last one is %s.")
            message %= input_name(len(inputs) - 1, inputs[-1])
        else:
            message = _("This indicator asks for no inputs: give the city's own points.")
        self.add_problem(row, name, message, expected="")

    def current_value(self, instance, name):
        if name in INPUTS:
            return self.inputs.stored_value(instance, INPUTS.index(name))
        if name == "edition":
            return self.context.catalogue_row(Edition, instance.assessment.edition_id)
        if name in ASSESSMENT_COLUMNS:
            return getattr(instance.assessment, name)
        return super().current_value(instance, name)

    def history_value(self, record, column, instance):
        for index, name in enumerate(INPUTS):
            if column is self.fields[name]:
                return record.inputs.get(self.inputs.find(instance, index).name)
        return super().history_value(record, column, instance)

    def is_valid(self, row, instance, name):
        return name in (*ASSESSMENT_COLUMNS, *INPUTS) or super().is_valid(row, instance, name)

    def check_instance(self, row, instance):
        """Nothing yet: all rows must be read to know whether an assessment is the first one."""
        self.unscored.append((row, instance))

    # Scoring

    def finish_plan(self):
        self.remove_emptied()
        deleted = {result.pk for result in self.batch.deleted}
        stored = [result for result in self.existing.values() if result.pk not in deleted]
        results = [*stored, *self.added]
        first_years = self.find_first_years(results)
        for result in results:
            self.set_is_first(result.assessment, first_years)
        for row, result in self.unscored:
            self.score(row, result)
        self.doubt_inputs(results)
        self.rescore_former_firsts(stored, first_years)
        self.batch.fields.update(COMPUTED)
        super().finish_plan()

    def remove_emptied(self):
        """Delete results that are left without content."""
        kept = []
        for row, result in self.unscored:
            if self.context.clears and row.outcome != NEW and result.is_empty:
                self.batch.delete(self.batch.changed.pop(result.pk))
            else:
                kept.append((row, result))
        self.unscored = kept

    def find_first_years(self, results):
        """(city, edition) → the year of the first assessment with results."""
        found = {}
        for result in results:
            city, edition, year = self.key_of(result.assessment, result.indicator)[:3]
            found[city, edition] = min(year, found.get((city, edition), year))
        return found

    def set_is_first(self, assessment, first_years):
        first = first_years[assessment.city.slug, assessment.edition_id]
        assessment.is_first = assessment.year <= first

    def score(self, row, result):
        """Compute the value and the points; report at its cell what hinders that."""
        is_known = not any(self.is_wrong(row, name) for name in (*INPUTS, "unit"))
        try:
            if is_known:
                result.score()
        except Missing as gap:
            name, words = self.column_of(result, gap.name)
            self.add_doubt(row, name, _("%s is missing: there is no value yet.") % words)
        except InputError as error:
            name, words = self.column_of(result, error.name)
            self.add_problem(row, name, f"{words}: {error.message}", expected="")
            is_known = False
        try:
            result.clean_points(is_value_known=is_known)
        except ValidationError as error:
            for name, message in self.messages_by_column(error):
                if not self.is_wrong(row, name):
                    self.add_problem(row, name, message)

    def column_of(self, result, input_code):
        """The column of an input, and what the input is called."""
        inputs = self.inputs.all_of(result)
        index = [one.name for one in inputs].index(input_code)
        return INPUTS[index], input_name(index, inputs[index])

    def rescore_former_firsts(self, stored, first_years):
        """Score stored results whose assessment is no longer the first: an earlier one came in."""
        fresh = {id(result) for _row, result in self.unscored}
        for result in stored:
            key = self.key_of(result.assessment, result.indicator)
            was_first = key[2] == self.first_years.get(key[:2])
            if not result.indicator.needs_earlier or not was_first or id(result) in fresh:
                continue
            if first_years[key[:2]] != key[2]:
                self.rescore(result)

    def rescore(self, result):
        before = result.value, result.computed_points
        try:
            result.score()
        except InputError:
            return
        if (result.value, result.computed_points) != before:
            self.batch.update(result, COMPUTED)

    # Exporting

    def export_queryset(self, cities):
        return (
            IndicatorResult.objects.filter(assessment__city__in=cities)
            .select_related(
                "assessment__city", "evidence_resource__city", "evidence_resource__file"
            )
            .order_by(
                "assessment__city__name",
                "assessment__city",
                "assessment__edition__position",
                "assessment__edition",
                "assessment__year",
                "indicator__number",
                "pk",
            )
        )

    def export_cells(self, result):
        return [self.render_cell(result, name) for name in self.fields]
