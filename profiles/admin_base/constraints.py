"""Model forms that validate every constraint of their row.

Django skips a constraint that names a field which the form does not have: the city of a stored
row, or the parent of a row in an inline. `citiesnature.admin_site` gives this to all forms of the
admin.
"""

from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.utils.translation import gettext as _


class ConstraintErrors:
    """For model forms: shows the error of each constraint, at a field where there is one for it.

    The error of a unique constraint stands at the last of its fields that the form has, that of
    any other constraint at the form. `constraint_fields`: name of a constraint → another field.
    """

    constraint_fields = {}

    def fields_left_out(self):
        """Fields whose value is invalid, or not known before the row is saved."""
        return set(self.errors)

    def _post_clean(self):
        # Django would validate them with the form's own fields only.
        self.instance.validate_constraints = no_constraints
        try:
            super()._post_clean()
        finally:
            del self.instance.validate_constraints
        self.add_constraint_errors()

    def add_constraint_errors(self):
        left_out = self.fields_left_out()
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self.instance, exclude=left_out)
                except ValidationError as error:
                    self.add_error(self.field_of(constraint), words_for(constraint, error))

    def field_of(self, constraint):
        """The name of the field that shows the constraint's error; None for the form itself."""
        names = [self.constraint_fields.get(constraint.name)]
        if isinstance(constraint, UniqueConstraint):
            names += reversed(constraint.fields)
        shown = (name for name in names if name in self.fields)
        return next((name for name in shown if not self[name].is_hidden), None)


def no_constraints(exclude=None):
    """In place of `Model.validate_constraints`."""


def words_for(constraint, error):
    """The messages of the error; Django's own would name the constraint as the database does."""
    is_unnamed = constraint.violation_error_message == constraint.default_violation_error_message
    if is_unnamed and not is_told_by_its_fields(constraint):
        return [_("These values do not go together: please correct one of them.")]
    return error.messages


def is_told_by_its_fields(constraint):
    """Whether Django's own message tells which fields are the same as those of another row."""
    return (
        isinstance(constraint, UniqueConstraint) and constraint.fields and not constraint.condition
    )


def with_constraints(form):
    """`form`, a class of model forms, with `ConstraintErrors` if it does not have them yet."""
    if issubclass(form, ConstraintErrors):
        return form
    return type(form)(form.__name__, (ConstraintErrors, form), {"__module__": form.__module__})
