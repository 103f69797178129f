"""The task that `manage.py run_worker` takes from the queue."""

from django_tasks import task

from . import bundles
from .models import FileBundle


@task
def make_bundle(bundle_id, run):
    """Make a part of a bundle, unless it was deleted or begun anew, and queue the next part."""
    found = FileBundle.objects.filter(pk=bundle_id, run=run, state=FileBundle.State.MAKING)
    bundle = found.first()
    if bundle is not None and bundles.make_part(bundle):
        make_bundle.enqueue(bundle_id, run)
