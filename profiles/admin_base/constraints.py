"""Model forms that validate every constraint of their row.

Django skips a constraint that names a field which the form does not have: the city of a stored
row, or the parent of a row in an inline.
"""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class ConstraintErrors:
    """Base of the two mixins below.

    `constraint_fields`: name of a constraint → the field that shows its error. The error of any
    other constraint is an error of the form.
    """

    constraint_fields = {}

    def add_constraint_errors(self, exclude=None):
        for constraint in self.instance._meta.constraints:
            try:
                constraint.validate(type(self.instance), self.instance, exclude=exclude)
            except ValidationError as error:
                field = self.constraint_fields.get(constraint.name)
                self.add_error(field if field in self.fields else None, error.messages)


class ConstraintsLast(ConstraintErrors):
    """Validates the constraints only once all fields are valid."""

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            self.add_constraint_errors()


class ConstraintsAtFields(ConstraintErrors):
    """Validates the constraints of all valid fields, and shows each error at its field."""

    def fields_left_out(self):
        """Fields whose value is invalid, or not known before the row is saved."""
        return set(self.errors)

    def _post_clean(self):
        super()._post_clean()
        self.add_constraint_errors(exclude=self.fields_left_out())

    def _update_errors(self, errors):
        """Drop Django's constraint errors: `add_constraint_errors` adds them at their fields."""
        by_field = errors.update_error_dict({})
        constraints = self.instance._meta.constraints
        messages = {str(constraint.violation_error_message) for constraint in constraints}
        form_errors = by_field.pop(NON_FIELD_ERRORS, ())
        others = [error for error in form_errors if messages.isdisjoint(error.messages)]
        if others:
            by_field[NON_FIELD_ERRORS] = others
        super()._update_errors(ValidationError(by_field))
