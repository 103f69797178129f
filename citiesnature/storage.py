"""The storage of static files in production."""

from pipeline.storage import PipelineMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(PipelineMixin, CompressedManifestStaticFilesStorage):
    """Joins style sheets (pipeline), then compresses all files and adds hashes to their names."""
