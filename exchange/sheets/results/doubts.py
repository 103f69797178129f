"""What looks wrong among the inputs that a sheet gives."""

from django.utils.translation import gettext as _

from catalogue import units
from cbi.models import AREA_UNIT
from cbi.plausibility import doubts_about_result
from profiles.plausibility import unanswered

from ..base.rows import NEW

INPUTS = ("input_1", "input_2", "input_3", "input_4")
ASKED = (*INPUTS, "unit")


class DoubtsAboutResults:
    """A part of `ResultsSheet`. `former`: primary key → the result as it was stored."""

    def doubt_inputs(self, results):
        """Doubt the changed inputs for which the row gives no reason."""
        firsts = {
            self.key_without_year(result): result
            for result in results
            if result.indicator.needs_earlier and result.assessment.is_first
        }
        headers = {self.fields[name].header for name in ASKED}
        for row, result in self.unscored:
            changed = {change[0] for change in row.changes or ()}
            if self.is_wrong(row) or not (row.outcome == NEW or headers & changed):
                continue
            if row.outcome != NEW:
                self.doubt_left_unit(row, result, changed)
            first = firsts.get(self.key_without_year(result))
            for doubt in self.doubts_left(row, result, None if first is result else first):
                name, words = self.column_of(result, doubt.field)
                self.add_doubt(row, name, f"{words}: {doubt.message}")

    def doubt_left_unit(self, row, result, changed):
        """Doubt new areas that would keep the unit of the stored ones, another than hectares."""
        if "unit" in row.values or result.unit in ("", AREA_UNIT):
            return
        for index, name in enumerate(INPUTS):
            one = self.inputs.find(result, index)
            if one and one.is_area and self.fields[name].header in changed:
                words = _(
                    "The file has nothing under “Unit” here, so “%s” stays from before. If that is "
                    "wrong, fill in “Unit”."
                )
                self.add_doubt(row, name, words % units.symbol(result.unit))

    def doubts_left(self, row, result, earlier):
        changed = {change[0] for change in row.changes or ()}
        former = self.former.get(result.pk)
        return unanswered(
            doubts_about_result(result, earlier),
            doubts_about_result(former, earlier) if former else (),
            reason=result.reason,
            is_reason_new=row.outcome == NEW or self.fields["reason"].header in changed,
        )

    def key_without_year(self, result):
        assessment = result.assessment
        return assessment.city.slug, assessment.edition_id, result.indicator_id
