"""What looks wrong in the statements that a sheet plans, also beside the action's other ones."""

from collections import defaultdict

from actions.models import Statement, Value
from actions.plausibility import doubts_about_statement
from profiles.plausibility import unanswered

from ...lookups.context import chunks
from .left import doubt_about_left_text


class DoubtsAboutStatements:
    """A part of `StatementSheet`."""

    def doubt_groups(self):
        """Doubt the new and changed statements for which no reason is given."""
        entered = [g for g in self.groups.values() if g.values_changed or entered_fields(g)]
        beside = self.statements_beside(entered)
        for group in entered:
            others = [
                (statement, values)
                for statement, values in beside.get(action_key(group.statement), ())
                if statement is not group.statement
            ]
            for doubt in self.doubts_left(group, others):
                self.report_doubt(group, doubt)
            if message := doubt_about_left_text(group):
                code = next(code for code, before in group.before.items() if before is None)
                self.add_doubt(group.row_by_measure[code], "value", message)

    def doubts_left(self, group, others):
        statement = group.statement
        measures = self.reader.measures_by_type.get(statement.action.action_type_id, [])

        def doubts(values, new_fields=()):
            return doubts_about_statement(
                statement, values, measures, others, new_fields=new_fields
            )

        is_reason_new = group.is_new or "confirmed" in group.changed
        asks_before = statement.confirmed and not is_reason_new
        left = unanswered(
            doubts(list(group.values.values()), entered_fields(group)),
            doubts(group.stored_values()) if asks_before else (),
            reason=statement.confirmed,
            is_reason_new=is_reason_new,
        )
        return [doubt for doubt in left if group.values_changed or not doubt.measure]

    def report_doubt(self, group, doubt):
        row, name = group.rows[0], "moment" if doubt.field == "due_year" else "text"
        if doubt.measure:
            codes = {value.figure.key: code for code, value in group.values.items()}
            row = group.row_by_measure.get(codes.get(doubt.measure), row)
            name = "value"
        self.add_doubt(row, name, doubt.message)

    def statements_beside(self, groups):
        """(city's address, number of the action) → pairs (statement, its values), also planned."""
        found = defaultdict(list)
        if self.kind == Statement.Kind.BASELINE or not groups:
            return found  # nothing comes before a baseline
        wanted = {action_key(group.statement) for group in groups}
        planned = [g for some in self.context.planned_statements.values() for g in some]
        own = {**self.existing, **self.groups}.values()
        known = {id(group): group for group in (*planned, *own)}.values()
        for group in known:
            key = action_key(group.statement)
            if key in wanted:
                found[key].append((group.statement, list(group.values.values())))
        have = {group.statement.pk for group in known}
        for statement, values in self.stored_beside(groups):
            if statement.pk not in have:
                found[action_key(statement)].append((statement, values))
        return found

    def stored_beside(self, groups):
        """The stored statements of other kinds of the same actions, with their values."""
        actions = {g.statement.action.pk: g.statement.action for g in groups}
        actions.pop(None, None)
        by_statement = {}
        for some in chunks(actions):
            rows = Value.objects.filter(statement__action__in=some).exclude(
                statement__kind=self.kind
            )
            for value in rows.select_related("statement").order_by():
                self.reader.set_figure(value)
                value.statement.action = actions[value.statement.action_id]
                pair = by_statement.setdefault(value.statement_id, (value.statement, []))
                pair[1].append(value)
        return by_statement.values()


def action_key(statement):
    return statement.action.city.slug, statement.action.number


def entered_fields(group):
    """The fields of the statement that are entered now, as far as they are doubted."""
    if group.is_new:
        return ("due_year", "text")
    return ("text",) if "text" in group.changed else ()
