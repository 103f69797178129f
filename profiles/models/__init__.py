from .assignment import Assignment, Role
from .city import City, CitySlug, State
from .countries import Country, Region
from .owned import ChangeSet, CityOwned, HistoryRow

__all__ = [
    "Assignment",
    "ChangeSet",
    "City",
    "CityOwned",
    "CitySlug",
    "Country",
    "HistoryRow",
    "Region",
    "Role",
    "State",
]
