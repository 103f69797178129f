from .assignment import Assignment, Role
from .city import City, CitySlug, State
from .countries import Country, Region
from .owned import ChangeSet, CityOwned, HistoryRow
from .published import (
    PublicAddress,
    Publication,
    PublicCity,
    Redaction,
    public_city_key,
    taken_slugs,
)

__all__ = [
    "Assignment",
    "ChangeSet",
    "City",
    "CityOwned",
    "CitySlug",
    "Country",
    "HistoryRow",
    "PublicAddress",
    "PublicCity",
    "Publication",
    "Redaction",
    "Region",
    "Role",
    "State",
    "public_city_key",
    "taken_slugs",
]
