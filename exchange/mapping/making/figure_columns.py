"""Which figures the columns of a list of actions are, and what these are called."""

from dataclasses import dataclass, field

from actions.models import OwnFigure
from catalogue import units
from catalogue.folding import fold

from ..columns.synonyms import matches
from ..numbers.unit_words import unit_in_header
from ..years.header_years import name_in_header, year_in_header

KINDS = ("baseline", "target", "progress")
"""Codes of the fields of numbers, which are kinds of statements too."""

OF_YEARS = ("target", "progress")
"""Those of which an action has one for each year."""

LONGEST_NAME = OwnFigure._meta.get_field("name").max_length
STATE_WORDS = frozenset(
    (
        *"stand sachstand umsetzung umsetzungsstand umsetzungsgrad fortschritt status".split(),
        *"zielerreichung state progress implementation current achieved situation".split(),
        *"avance avances estado ejecucion cumplimiento situacion avancement etat realise".split(),
        *"realisation stato avanzamento attuazione progresso execucao situacao".split(),
        *"voortgang realisatie der of de del della di da van d’avancement d'avancement".split(),
    )
)
"""Words for how far something is, and those between them. Of them alone, no figure is called."""

BEFORE_UNITS = ("in", "en", "em")


@dataclass(slots=True)
class ColumnFigure:
    """A figure of a list of actions. `name`: "" where no header says what is counted. `uses`: (kind
    of a statement, the `Use` of a column of its numbers); of some kinds one for each year."""

    name: str = ""
    unit: str = ""
    uses: list = field(default_factory=list)

    def takes(self, kind, use):
        """Whether a further column fits in: each kind has one, or one for each year."""
        years = [year_of(other) for known, other in self.uses if known == kind]
        is_of_year = kind in OF_YEARS and None not in years and year_of(use)
        return not years or bool(is_of_year) and year_of(use) not in years


def year_of(use):
    return year_in_header(use.column.name)[0]


def figures_of(draft, uses):
    """The `ColumnFigure`s of the columns that are numbers of an action.

    Columns of the same unit are one figure where they can be no more, or where their headers say
    the same beside the year and the kind.
    """
    found = []
    columns = [(kind, use) for kind in KINDS for use in uses[kind]]
    is_plain = are_of_one(uses)
    for kind, use in columns:
        form = draft.formats.get(use.column.key)
        unit = form.unit if form else ""
        words = words_of(use)
        fitting = [
            one
            for one in found
            if one.takes(kind, use)
            and (one.unit == unit or not (one.unit and unit))
            and (is_plain or any(shared(words, words_of(other)) for _kind, other in one.uses))
        ]
        figure = fitting[0] if fitting else ColumnFigure()
        if not fitting:
            found.append(figure)
        figure.uses.append((kind, use))
        figure.unit = figure.unit or unit
    for figure in found:
        figure.name = name_of(figure)
    return found


def are_of_one(uses):
    """Whether each kind of statement has one column, or columns that say the same."""
    return all(len({tuple(folded(words_of(use))) for use in uses[kind]}) <= 1 for kind in KINDS)


def words_of(use):
    """What a header says beside the year, the kind and the unit; [] where that is no name."""
    words = name_in_header(use.column.name).split()
    unit = unit_in_header(use.column.header)[0]
    if unit in units.UNITS and units.parse(words[-1] if words else "") == unit:
        words.pop()
        while words and words[-1].casefold() in BEFORE_UNITS:
            words.pop()
    return words if telling(words) else []


def telling(words):
    """The folded ones that do not only say how far something is."""
    return [word for word in folded(words) if word.strip(".,:;()") not in STATE_WORDS]


def folded(words):
    return [fold(word) for word in words]


def shared(words, others):
    """The words that both have, in the order of the first."""
    known = set(folded(others))
    return [word for word in words if fold(word) in known]


def name_of(figure):
    """What the headers of a figure have in common; else all that they say."""
    headers = [words for _kind, use in figure.uses if (words := words_of(use))]
    common = headers[0] if headers else []
    for other in headers[1:]:
        common = shared(common, other)
    if telling(common):
        said = " ".join(common)
    else:
        said = " / ".join(dict.fromkeys(map(" ".join, headers)))
    return said.strip(" :-–—/,")[:LONGEST_NAME]  # noqa: RUF001 (dashes)


def alike(name):
    """What two names of one figure have in common, though a list of another year has other words
    beside it; () where a name says nothing else."""
    return tuple(telling(name_in_header(name).split()))


def naming_column(uses, figures):
    """The `Use` of the column that says in each row what its one figure is; None for no such.

    It is one of the columns of the description, by its header, and stays there.
    """
    if len(figures) != 1:
        return None
    for use in uses["description"]:
        meanings = matches(use.column.header)
        if meanings and meanings[0].meaning == "measure":
            return use
    return None
