from .assignment import Assignment, Role
from .city import City, CitySlug, State
from .countries import Country, Region
from .facets import PublicFacet
from .owned import ChangeSet, CityOwned, HistoryRow
from .published import (
    PublicAddress,
    Publication,
    PublicCity,
    Redaction,
    public_city_key,
    taken_slugs,
)
from .submissions import Comment, PublishRequest, Submission

__all__ = [
    "Assignment",
    "ChangeSet",
    "City",
    "CityOwned",
    "CitySlug",
    "Comment",
    "Country",
    "HistoryRow",
    "PublicAddress",
    "PublicCity",
    "PublicFacet",
    "Publication",
    "PublishRequest",
    "Redaction",
    "Region",
    "Role",
    "State",
    "Submission",
    "public_city_key",
    "taken_slugs",
]
