"""Checks the check constraints in memory, because Django asks the database for each row."""

from functools import cache

from django.db.models import CheckConstraint, F, Q

LOOKUPS = {
    "exact": lambda value, wanted: value == wanted,
    "in": lambda value, wanted: value in wanted,
    "gt": lambda value, wanted: value > wanted,
    "gte": lambda value, wanted: value >= wanted,
    "lt": lambda value, wanted: value < wanted,
    "lte": lambda value, wanted: value <= wanted,
    "range": lambda value, wanted: wanted[0] <= value <= wanted[1],
}


def broken(instance, unknown=frozenset()):
    """(name, message) of the check constraints that `instance` breaks.

    Constraints on one of the fields `unknown`, by name, are left out.
    """
    return [
        (constraint.name, constraint.get_violation_error_message())
        for constraint, names in check_constraints(type(instance))
        if unknown.isdisjoint(names) and truth(constraint.condition, instance) is False
    ]


@cache
def check_constraints(model):
    """(constraint, names of its fields) of all check constraints of a model."""
    checks = [one for one in model._meta.constraints if isinstance(one, CheckConstraint)]
    return [(check, fields_of(check.condition)) for check in checks]


def fields_of(condition):
    """The names of the fields in a condition, or of those with which they are compared."""
    if isinstance(condition, Q):
        return {name for child in condition.children for name in fields_of(child)}
    if not isinstance(condition, tuple):
        return set()
    path, wanted = condition
    return {path.partition("__")[0], *([wanted.name] if isinstance(wanted, F) else ())}


def truth(condition, instance):
    """True, False or, as in SQL, None for unknown, also for conditions that need the database."""
    if not isinstance(condition, Q):
        return _lookup(condition, instance)
    answers = [truth(child, instance) for child in condition.children]
    decisive = condition.connector == Q.OR
    if not answers:
        result = True
    elif decisive in answers:
        result = decisive
    else:
        result = None if None in answers else not decisive
    return (not result) if condition.negated and result is not None else result


def _lookup(child, instance):
    if not isinstance(child, tuple):
        return None
    path, wanted = child
    name, _, lookup = path.partition("__")
    value = _value(instance, name)
    if isinstance(wanted, F):
        wanted = _value(instance, wanted.name)
    if lookup == "isnull":
        return (value is None) == wanted
    compare = LOOKUPS.get(lookup or "exact")
    if value is None or wanted is None or compare is None:
        return None
    return compare(value, wanted)


def _value(instance, name):
    """The value of a field; for a foreign key to a row without a primary key, that row."""
    field = instance._meta.get_field(name)
    value = getattr(instance, field.attname)
    if value is None and field.is_relation and field.is_cached(instance):
        return getattr(instance, name)
    return value
