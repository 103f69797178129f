"""The forms of an assessment: one for its own fields, one for the indicators of a component."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from hub.choices import selectable_for
from profiles.admin_base import CityRowForm
from profiles.known_figures import known_figures
from profiles.number_fields import notes_of

from .completeness import shown_indicators
from .models import IndicatorResult
from .models.assessment import results_before
from .result_forms import ResultForm
from .suggestions import Known


class AssessmentForm(CityRowForm):
    """City, edition, year and a note."""


class ComponentForm(CityRowForm):
    """The indicators of the component `instance.shown_component`, each with its `ResultForm`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound else None
        results = {result.indicator_id: result for result in self.instance.results.all()}
        first, previous = earlier_results(self.instance)
        figures = known_figures(self.instance.city)
        kept = [result.evidence_resource_id for result in results.values()]
        resources = list(selectable_for(self.instance.city, kept))
        self.result_forms = [
            ResultForm(
                data,
                result=self.result_for(indicator, results),
                known=Known(first.get(indicator.pk), previous.get(indicator.pk), figures),
                resources=resources,
                request=self.request,
            )
            for indicator in shown_indicators(self.instance.shown_component, results)
        ]

    def result_for(self, indicator, results):
        result = results.get(indicator.pk) or IndicatorResult()
        result.assessment, result.indicator = self.instance, indicator
        return result

    def clean(self):
        cleaned = super().clean()
        for form in self.result_forms:
            for field, message in form.faults:
                self.add_error(None, self.link_to_fault(form.indicator, field, message))
        return cleaned

    def link_to_fault(self, indicator, field, message):
        """The error message with a link to its field."""
        name = _("Indicator %(number)d") % {"number": indicator.number}
        return format_html(
            '<a href="#{}">{}, {}</a>: {}', field.id_for_label, name, field.label, message
        )

    @property
    def notes(self):
        """(label, note) of the inputs that differ from what was typed."""
        return [
            (f"{form.indicator.number}, {label}", note)
            for form in self.result_forms
            for label, note in notes_of(form)
        ]

    def save_results(self):
        """Write what has changed. Runs inside `recording`."""
        for form in self.result_forms:
            form.save()


def earlier_results(assessment):
    """The city's earlier results by the same edition, by id of the indicator; one query.

    Two dictionaries: the oldest result of those indicators that are compared with the first
    assessment, and the newest result of each.
    """
    rows = results_before(
        city=assessment.city_id, edition=assessment.edition_id, year=assessment.year
    )
    first, newest = {}, {}
    for row in rows.select_related("assessment", "indicator").order_by("assessment__year"):
        newest[row.indicator_id] = row
        if row.indicator.needs_earlier:
            first.setdefault(row.indicator_id, row)
    return first, newest
