"""Where the points of a result come from, and whether they count: for stored rows and records."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Basis(TextChoices):
    COMPUTED = "computed", _("computed")
    LOWER = "lower", _("computed, the lower of two")
    OVERRULED = "overruled", _("overruled by the city")
    SELF_ASSESSED = "self-assessed", _("self-assessed")
    NONE = "", _("not scored")


class Scored:
    """What results have in common: `IndicatorResult` and `AssessedResult`.

    The fields are those of `IndicatorResult`; of its `assessment`, only `is_first` is read.
    """

    __slots__ = ()

    @property
    def points(self):
        return self.computed_points if self.own_points is None else self.own_points

    @property
    def basis(self):
        if self.own_points is None:
            if self.computed_points is None:
                return Basis.NONE
            return Basis.LOWER if self.takes_lower and self.is_unclear else Basis.COMPUTED
        if self.computed_points is None:
            return Basis.SELF_ASSESSED
        return Basis.OVERRULED

    @property
    def counts(self):
        """Whether the points are added to the total; a first count has nothing to compare with."""
        return self.points is not None and not self.is_first_count

    @property
    def is_first_count(self):
        """Whether this is only the count with which later assessments are compared: not scored."""
        return self.indicator.needs_earlier and self.assessment.is_first
