"""Where production keeps its static files."""

from pipeline.storage import PipelineMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(PipelineMixin, CompressedManifestStaticFilesStorage):
    """Joins style sheets, then compresses all files under names that never change."""
