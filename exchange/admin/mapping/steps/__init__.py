"""The steps of a mapping in their order. Each decides from what those before it have decided:
the cities of a list come before its measures, which may be figures of the actions of a city."""

from .columns import Columns
from .constants import ConstantsStep
from .formats import Formats
from .places import Places
from .read import Read
from .table import Table
from .target import TargetStep
from .words import Words
from .years import Years

STEPS = (Read, Table, TargetStep, Columns, ConstantsStep, Words, Formats, Places, Years)


def step_named(name):
    return next((step for step in STEPS if step.name == name), None)
