"""Imports as jobs: received, checked, confirmed by a user who has seen the preview, undone.

    job = jobs.receive(request.user, uploaded_file)
    jobs.confirm(job, request.user)
    jobs.undo(job, request.user)

Each call moves the job to its next state by one conditional update: after a double click, or in two
workers, only one call does. It then does the work at once or queues it for `manage.py run_worker`.
The job's state and message say what went wrong in the work; only `NotNow`, and `UnreadableWorkbook`
from `receive`, reach the caller. Do not call these inside a transaction: others would not see the
new state, and a rollback would remove the message of an error.
"""

from .api import cancel, check_again, confirm, receive, store_checked, undo
from .states import NotNow

__all__ = ["NotNow", "cancel", "check_again", "confirm", "receive", "store_checked", "undo"]
