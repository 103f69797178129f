"""The sheets of a workbook, in their order, which is also the order in which they are written."""

from ..lookups.context import is_platform
from .actions import ActionsSheet
from .assessments import AssessmentsSheet
from .cities import CitiesSheet
from .commitments import CommitmentsSheet
from .officers import OfficersSheet
from .own_figures import OwnFiguresSheet
from .pictures import PicturesSheet
from .plans import PlansSheet
from .resources import ResourcesSheet
from .results.sheet import ResultsSheet
from .statements.sheets import BaselinesSheet, ProgressSheet, TargetsSheet
from .steps import PathwaySheet, StepsSheet

SHEETS = (
    CitiesSheet,
    OfficersSheet,
    PicturesSheet,
    ResourcesSheet,
    StepsSheet,
    PathwaySheet,
    CommitmentsSheet,
    PlansSheet,
    ActionsSheet,
    OwnFiguresSheet,
    BaselinesSheet,
    TargetsSheet,
    ProgressSheet,
    AssessmentsSheet,
    ResultsSheet,
)


def sheet_classes(user):
    """The sheets that `user` may have; None stands for the platform itself."""
    return [sheet for sheet in SHEETS if is_platform(user) or not sheet.staff_only]
