"""The task that `manage.py run_worker` takes from the queue."""

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
