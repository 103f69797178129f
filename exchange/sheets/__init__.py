"""The sheets of a workbook, in their order, which is also the order in which they are written."""

from .actions import ActionsSheet
from .assessments import AssessmentsSheet
from .cities import CitiesSheet
from .column import Column
from .commitments import CommitmentsSheet
from .officers import OfficersSheet
from .pathway import PathwaySheet, StepsSheet
from .resources import ResourcesSheet
from .results import ResultsSheet
from .sheet import Sheet
from .statements import BaselinesSheet, ProgressSheet, TargetsSheet

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
