"""The pages on which a list of another form becomes a workbook of our sheets."""

from .files import MappedFileAdmin
from .kept import MappingAdmin

__all__ = ["MappedFileAdmin", "MappingAdmin"]
