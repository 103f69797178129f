"""The sheets of a workbook, in their order, which is also the order in which they are written."""

from ..columns.column import Column
from .actions import ActionsSheet
from .assessments import AssessmentsSheet
from .base.sheet import Sheet
from .cities import CitiesSheet
from .commitments import CommitmentsSheet
from .officers import OfficersSheet
from .resources import ResourcesSheet
from .results.sheet import ResultsSheet
from .statements.sheets import BaselinesSheet, ProgressSheet, TargetsSheet
from .steps import PathwaySheet, StepsSheet

SHEETS = (
    CitiesSheet,
    OfficersSheet,
    ResourcesSheet,
    StepsSheet,
    PathwaySheet,
    CommitmentsSheet,
    ActionsSheet,
    BaselinesSheet,
    TargetsSheet,
    ProgressSheet,
    AssessmentsSheet,
    ResultsSheet,
)

__all__ = ["SHEETS", "Column", "Sheet"]
