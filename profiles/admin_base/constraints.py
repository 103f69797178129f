"""Tells a broken constraint at the field where it can be mended."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class PlacesConstraints:
    """For model forms: all constraints of the row are asked, those too that touch other fields.

    `places`: name of a constraint → the field at which it is told that it is broken.
    """

    places = {}

    def not_known_yet(self):
        """Fields whose value is wrong, or not settled while the form is checked."""
        return set(self.errors)

    def _post_clean(self):
        super()._post_clean()
        exclude = self.not_known_yet()
        for constraint in self.instance._meta.constraints:
            try:
                constraint.validate(type(self.instance), self.instance, exclude=exclude)
            except ValidationError as error:
                place = self.places.get(constraint.name)
                self.add_error(place if place in self.fields else None, error.messages)

    def _update_errors(self, errors):
        """Without what the model says of its constraints: that is told at its place instead."""
        found = errors.update_error_dict({})
        constraints = self.instance._meta.constraints
        said = {str(constraint.violation_error_message) for constraint in constraints}
        rest = [one for one in found.pop(NON_FIELD_ERRORS, ()) if said.isdisjoint(one.messages)]
        if rest:
            found[NON_FIELD_ERRORS] = rest
        super()._update_errors(ValidationError(found))
