"""The history of an action, which is also that of its figures, its statements and their values."""

from profiles.admin_base import CityRowAdmin

from .models import OwnFigure, Statement, Value


class ActionHistory(CityRowAdmin):
    whole_versions = True

    def trails(self, row):
        own = OwnFigure.history.filter(action_id=row.pk)
        statements = Statement.history.filter(action_id=row.pk)
        values = Value.history.filter(statement_id__in=statements.values("id"))
        return [
            *super().trails(row),
            own.select_related("change_set__user"),
            statements.select_related("change_set__user"),
            values.select_related("change_set__user", "measure"),
        ]

    def hidden_in_history(self, request, row):
        """Also what `trail_label` tells: the kind of a statement, and what a value is of."""
        return super().hidden_in_history(request, row) | {"kind", "measure", "own_figure"}

    def trail_label(self, record):
        if record.instance_type is Statement:
            return str(record.get_kind_display())
        if record.instance_type is Value:
            kinds = Statement.history.filter(id=record.statement_id).order_by("-history_id")
            kind = kinds.values_list("kind", flat=True).first()
            return f"{Statement.Kind(kind).label}, {self.figure_name(record)}"
        if record.instance_type is OwnFigure:
            return record.name
        return ""

    def figure_name(self, record):
        """The name of what a history record of a value is of; it may be gone since."""
        if record.measure_id:
            return record.measure.name
        past = OwnFigure.history.filter(id=record.own_figure_id).order_by("-history_id")
        return past.values_list("name", flat=True).first()
