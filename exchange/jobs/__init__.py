"""Imports as jobs: received, checked, confirmed by who has seen the preview, perhaps undone.

    job = jobs.receive(request.user, uploaded_file)
    jobs.confirm(job, request.user)
    jobs.undo(job, request.user)

Each call moves the job's state by one conditional update, so that of a double click, two tabs or
two workers one does it, and then works at once or leaves the work to `manage.py run_worker`. What
goes wrong in the work ends in the job's state and message; only `NotNow`, and `UnreadableWorkbook`
from `receive`, reach the caller. Not to be called inside a transaction: nobody would see the job
move, and an error could not be told from it.
"""

from .api import cancel, check, confirm, keep, receive, undo
from .states import NotNow

__all__ = ["NotNow", "cancel", "check", "confirm", "keep", "receive", "undo"]
