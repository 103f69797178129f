"""What the admin of every city row is made of: whose rows, change sets, conflicts, history.

`CityRowAdmin` is the base to use. `RecordedAdmin` alone is for rows above the cities.
"""

from .forms import CityRowForm
from .recorded import RecordedAdmin
from .rows import CityRowAdmin
from .scope import CityFilter, ScopedChoices, may_edit, told_to

__all__ = [
    "CityFilter",
    "CityRowAdmin",
    "CityRowForm",
    "RecordedAdmin",
    "ScopedChoices",
    "may_edit",
    "told_to",
]
