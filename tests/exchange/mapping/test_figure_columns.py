"""Which figures the columns of a list of actions are, and what they are called next year too."""

from collections import defaultdict

import pytest

from exchange.mapping.making.figure_columns import alike, figures_of
from tests.exchange.mapping.lists import list_of

STATE = {"Umsetzungsstand 2019": "baseline", "Stand 2021": "progress", "Umsetzung 2022": "progress"}


@pytest.mark.parametrize(
    ("fields", "figures"),
    [
        (
            {"Bäume 2019": "baseline", "Ziel Bäume 2030": "target", "Bäume 2021": "progress"},
            [("Bäume", 3)],
        ),
        ({"Fläche 2019 in ha": "baseline", "Ziel 2030 in ha": "target"}, [("Fläche", 2)]),
        ({**STATE, "Ziel 2030": "target"}, [("", 4)]),
        (
            {"Trees 2021": "progress", "Trees 2022": "progress", "Goal": "target"},
            [("Trees", 3)],
        ),
        ({"Trees 2021": "progress", "Hedges 2022": "progress"}, [("Trees", 1), ("Hedges", 1)]),
        ({"Trees 2021": "progress", "Trees (2021)": "progress"}, [("Trees", 1), ("Trees", 1)]),
        ({"Old trees 2019": "baseline", "Plants 2030": "target"}, [("Old trees / Plants", 2)]),
        ({"Area 2021 (ha)": "progress", "Share 2021 (%)": "progress"}, [("Area", 1), ("Share", 1)]),
    ],
)
def test_columns_are_figures_named_without_years_and_kinds(fields, figures):
    draft = list_of("actions", fields, [1] * len(fields))
    uses = defaultdict(list)
    for use in draft.uses:
        uses[use.field].append(use)
    assert [(one.name, len(one.uses)) for one in figures_of(draft, uses)] == figures


def test_a_name_with_other_words_for_the_state_is_the_same():
    assert alike("Stand Bäume 2019") == alike("Bäume Ist") == ("baume",)
    assert alike("Umsetzungsstand 2019 / Ziel 2030") == ()
