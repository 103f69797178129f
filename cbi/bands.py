"""Points by bands: what the handbook prints, read as it is printed.

A band is `{"points", "min", "max", "min_inclusive", "max_inclusive", "label"}`; its ends are text,
because the decimals that are printed count. Bands stand in the order of their values, which is
mostly, but need not be, that of their points.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Banded:
    """The points that bands give.

    `lower`: where the print is unclear (no band holds the value) the points of the band below, else
    None; `points` are then those of the band above.
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
    """The most decimals that are printed for an edge."""
    return max(-Decimal(end).as_tuple().exponent for end in ends if end is not None)


def points_of(value, bands):
    """The `Banded` points of `value`, a Decimal; None without bands.

    The value is rounded, half up, at each edge to the decimals printed there: at "39.9 | 40" to
    one. A value that neither of two bands holds takes the upper one and is marked as unclear.
    """
    if not bands:
        return None
    for lower, upper in pairwise(bands):
        shown = round_half_up(value, decimals_of(lower["max"], upper["min"]))
        if reaches(shown, upper):
            continue
        if is_within(shown, lower):
            return Banded(lower["points"])
        return Banded(upper["points"], lower["points"])
    return Banded(bands[-1]["points"])


def reaches(shown, band):
    low = Decimal(band["min"])
    return shown >= low if band["min_inclusive"] else shown > low


def is_within(shown, band):
    high = Decimal(band["max"])
    return shown <= high if band["max_inclusive"] else shown < high


def check_bands(bands, max_points):
    """Refuse bands that cannot be read. Raises ValidationError in words for platform staff."""
    try:
        ends = [(band["min"], band["max"], band["points"], band["label"]) for band in bands]
        numbers = [(low and Decimal(low), high and Decimal(high)) for low, high, *_rest in ends]
        flags = [(band["min_inclusive"], band["max_inclusive"]) for band in bands]
    except (KeyError, TypeError, InvalidOperation) as error:
        raise ValidationError(
            _("Each band needs points, min, max, min_inclusive, max_inclusive and label.")
        ) from error
    if not bands:
        return
    if numbers[0][0] is not None or numbers[-1][1] is not None:
        raise ValidationError(_("The first band is open below and the last one open above."))
    if any(points not in range(max_points + 1) for _low, _high, points, _label in ends):
        raise ValidationError(_("Points lie between 0 and %d.") % max_points)
    if any(None not in (low, high) and low > high for low, high in numbers):
        raise ValidationError(_("The bands must follow each other without overlapping."))
    for (_low, high), (low, _high) in pairwise(numbers):
        if high is None or low is None or low < high:
            raise ValidationError(_("The bands must follow each other without overlapping."))
    for band, (low, high) in zip(flags, numbers, strict=True):
        if (low is not None and not isinstance(band[0], bool)) or (
            high is not None and not isinstance(band[1], bool)
        ):
            raise ValidationError(_("Each printed end of a band says whether it belongs to it."))
