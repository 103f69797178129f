"""Points by bands of values, with the ends of the bands as the handbook prints them.

A band is `{"points", "min", "max", "min_inclusive", "max_inclusive", "label"}`. Its ends are
strings, because their number of decimals decides how a value is rounded. Bands are sorted by value,
not by points, because a lower value can earn more points.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class BandPoints:
    """The points for a value.

    Printed bands can leave a gap between them. For a value in a gap the result is unclear:
    `points` are those of the band above the gap, `lower` those of the band below. Else `lower` is
    None.
    """

    points: int
    lower: int | None = None

    @property
    def is_unclear(self):
        return self.lower is not None

    def chosen(self, takes_lower):
        return self.lower if takes_lower and self.is_unclear else self.points


def round_half_up(value, decimals):
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def decimals_of(*ends):
    """The largest number of decimals among the printed ends."""
    return max(-Decimal(end).as_tuple().exponent for end in ends if end is not None)


def band_points(value, bands):
    """The `BandPoints` of `value`, a Decimal; None without bands.

    Between two bands the value is rounded, half up, to the decimals printed there: to one decimal
    between "… 39.9" and "40 …". A value that is then in neither band gets the points of the upper
    one and is marked as unclear, so that the city can choose the lower ones.
    """
    if not bands:
        return None
    for lower, upper in pairwise(bands):
        rounded = round_half_up(value, decimals_of(lower["max"], upper["min"]))
        if reaches(rounded, upper):
            continue
        if is_within(rounded, lower):
            return BandPoints(lower["points"])
        return BandPoints(upper["points"], lower["points"])
    return BandPoints(bands[-1]["points"])


def reaches(rounded, band):
    low = Decimal(band["min"])
    return rounded >= low if band["min_inclusive"] else rounded > low


def is_within(rounded, band):
    high = Decimal(band["max"])
    return rounded <= high if band["max_inclusive"] else rounded < high


def check_bands(bands, max_points):
    """Raise ValidationError for malformed bands, with a message for platform staff."""
    try:
        ends = [(band["min"], band["max"], band["points"], band["label"]) for band in bands]
        numbers = [(low and Decimal(low), high and Decimal(high)) for low, high, *_rest in ends]
        flags = [(band["min_inclusive"], band["max_inclusive"]) for band in bands]
    except (KeyError, TypeError, InvalidOperation) as error:
        raise ValidationError(
            _("Each row needs points, min, max, min_inclusive, max_inclusive and label.")
        ) from error
    if not bands:
        return
    if numbers[0][0] is not None or numbers[-1][1] is not None:
        raise ValidationError(_("The first row has no min (null), the last one has no max."))
    if any(points not in range(max_points + 1) for _low, _high, points, _label in ends):
        raise ValidationError(_("Points lie between 0 and %d.") % max_points)
    if any(None not in (low, high) and low > high for low, high in numbers):
        raise ValidationError(_("The rows must follow each other without overlapping."))
    for (_low, high), (low, _high) in pairwise(numbers):
        if high is None or low is None or low < high:
            raise ValidationError(_("The rows must follow each other without overlapping."))
    for band, (low, high) in zip(flags, numbers, strict=True):
        if (low is not None and not isinstance(band[0], bool)) or (
            high is not None and not isinstance(band[1], bool)
        ):
            raise ValidationError(
                _("Say of each printed end whether it belongs to its row: true or false.")
            )
