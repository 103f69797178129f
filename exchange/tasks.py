"""The tasks that `manage.py run_worker` takes from the queue."""

from django.contrib.auth import get_user_model
from django_tasks import task

from .jobs.runner import execute_run
from .models import Job


@task
def run(job_id, number, user_id):
    """Execute run `number` of a job, unless it was called off or taken over meanwhile."""
    job = Job.objects.filter(pk=job_id, run=number, state__in=Job.RUNNING).first()
    if job is not None:
        user = None if user_id is None else get_user_model().objects.get(pk=user_id)
        execute_run(job, user)


@task
def make_workbook(mapped_id, number, user_id):
    """Execute run `number` of a list of another form."""
    # Imported here: the parts of a mapping use jobs, which queue the task above.
    from .mapping.making import runs

    runs.resume(mapped_id, number, get_user_model().objects.get(pk=user_id))
