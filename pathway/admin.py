from .catalogue_admin import PhaseAdmin, StepAdmin
from .item_admin import StepItemAdmin
from .progress_admin import StepProgressAdmin

__all__ = ["PhaseAdmin", "StepAdmin", "StepItemAdmin", "StepProgressAdmin"]
