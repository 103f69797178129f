from .assignment import Assignment, Role
from .city import City, CitySlug, State
from .owned import ChangeSet, CityOwned, HistoryRow
from .places import Country, Region

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
