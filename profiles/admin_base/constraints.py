"""Forms that ask more constraints of their row than Django does.

Django leaves out a constraint that names a field which the form does not have: the city of a row
that exists, or the parent of a row in an inline.
"""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class ConstraintErrors:
    """For model forms. `constraint_fields`: name of a constraint → the field that shows its error;
    without one it is an error of the form.
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
    """Asks all constraints once everything else is right."""

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            self.add_constraint_errors()


class ConstraintsAtFields(ConstraintErrors):
    """Asks all constraints, except those of fields that are wrong; each error has its field."""

    def fields_left_out(self):
        """Fields whose value is wrong, or not known while the form is checked."""
        return set(self.errors)

    def _post_clean(self):
        super()._post_clean()
        self.add_constraint_errors(exclude=self.fields_left_out())

    def _update_errors(self, errors):
        """Leave out what Django says of the constraints: `add_constraint_errors` says it again."""
        found = errors.update_error_dict({})
        constraints = self.instance._meta.constraints
        said = {str(constraint.violation_error_message) for constraint in constraints}
        rest = [one for one in found.pop(NON_FIELD_ERRORS, ()) if said.isdisjoint(one.messages)]
        if rest:
            found[NON_FIELD_ERRORS] = rest
        super()._update_errors(ValidationError(found))
