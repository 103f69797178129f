"""What looks wrong among the inputs that a sheet gives."""

from cbi.plausibility import doubts_about_result
from profiles.plausibility import unanswered

from ..base.rows import NEW

ASKED = ("input_1", "input_2", "input_3", "input_4", "unit")


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
            first = firsts.get(self.key_without_year(result))
            for doubt in self.doubts_left(row, result, None if first is result else first):
                name, words = self.column_of(result, doubt.field)
                self.add_doubt(row, name, f"{words}: {doubt.message}")

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
