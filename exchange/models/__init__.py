"""Imports as jobs, the workers that do them, and how lists of other forms become our sheets."""

from .jobs import SILENCE, Job, JobQuerySet, Watched, Worker, stored_name
from .mapping import MappedFile, Mapping

__all__ = [
    "SILENCE",
    "Job",
    "JobQuerySet",
    "MappedFile",
    "Mapping",
    "Watched",
    "Worker",
    "stored_name",
]
