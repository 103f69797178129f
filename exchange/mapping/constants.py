"""What holds for all rows of a list, and what names a row in it."""

from dataclasses import dataclass


@dataclass(slots=True)
class Constants:
    """`city`: address of the city of rows that name none. `language`: a tag. `action_type`: a code,
    for rows of which no column tells it; or `type_column`, the key of a column whose words tell it,
    whatever else it is used for. `key_columns`: keys of the columns that together name a row, which
    is stored with it. `list_name`: stands before that key, so that two lists are never confused.
    `continues`: key of a column; a row without a word in it goes on with the row above.
    `adds_cities`: whether cities that are not here yet are made; only for platform staff.
    """

    city: str = ""
    language: str = ""
    action_type: str = ""
    type_column: str = ""
    key_columns: tuple = ()
    list_name: str = ""
    continues: str = ""
    adds_cities: bool = False
    guessed: frozenset = frozenset()
    """Names of those that nobody has decided."""


def guess_constants(draft, decided):
    """The `Constants`. `decided`: by their names."""
    raise NotImplementedError
