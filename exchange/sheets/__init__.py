"""The sheets of a workbook, in their order, which is also the order in which they are written."""

from .actions import ActionsSheet
from .assessments import AssessmentsSheet
from .cities import CitiesSheet
from .column import Column
from .commitments import CommitmentsSheet
from .officers import OfficersSheet
from .pathway import PathwaySheet
from .resources import ResourcesSheet
from .results import ResultsSheet
from .sheet import Sheet
from .statements import BaselinesSheet, ProgressSheet, TargetsSheet

SHEETS = (
    CitiesSheet,
    OfficersSheet,
    CommitmentsSheet,
    ActionsSheet,
    BaselinesSheet,
    TargetsSheet,
    ProgressSheet,
    PathwaySheet,
    AssessmentsSheet,
    ResultsSheet,
    ResourcesSheet,
)

__all__ = ["SHEETS", "Column", "Sheet"]
