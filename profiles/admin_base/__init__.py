"""Base classes for the admin of rows that belong to a city.

Use `CityRowAdmin`. It joins `scope` (the rows that the user may see and edit), `recorded` (each
POST is one change set), `conflicts` (nobody overwrites a change unseen) and `history_pages`.
`RecordedAdmin` alone is for rows that belong to no city, such as people.
"""

from .city_filter import CityFilter
from .forms import CityRowForm
from .recorded import RecordedAdmin
from .row_list import RowList
from .rows import CityRowAdmin
from .scope import ScopedChoices, may_edit, visible_name

__all__ = [
    "CityFilter",
    "CityRowAdmin",
    "CityRowForm",
    "RecordedAdmin",
    "RowList",
    "ScopedChoices",
    "may_edit",
    "visible_name",
]
