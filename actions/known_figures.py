"""The newest figures of a city's actions, for forms of other apps that ask for the same."""

from django.utils.translation import gettext as _

from profiles.known_figures import KnownFigure, sources

from .models import Statement, Value


def figures_of_actions(city):
    """A `KnownFigure` for each figure of each action that has a number; one query."""
    newest = {}
    values = Value.objects.filter(statement__action__city=city, number__isnull=False)
    values = values.exclude(statement__kind=Statement.Kind.TARGET).select_related(
        "measure", "own_figure", "statement__action"
    )
    for value in sorted(values, key=lambda one: _time(one.statement)):
        newest[value.statement.action_id, value.measure_id, value.own_figure_id] = value
    return [_known(value) for value in newest.values()]


def _time(statement):
    """Sorts baselines before reports, and reports by their dates."""
    day = statement.date
    return (1, day.isoformat()) if day else (0, str(statement.year or ""))


def _known(value):
    figure, action = value.figure, value.statement.action
    year = value.statement.date.year if value.statement.date else value.statement.year
    words = _("action %(number)d (%(year)s)") if year else _("action %(number)d")
    return KnownFigure(
        code=value.measure.code if value.measure else "",
        name=figure.name,
        kind=figure.kind,
        number=value.number,
        unit=value.unit or figure.unit,
        origin=words % {"number": action.number, "year": year},
    )


sources.append(figures_of_actions)
