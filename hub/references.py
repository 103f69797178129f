"""Which resources the current publications refer to."""

from .models import ResourceReference
from .record import resource_ids


def rows(published):
    for one in published:
        for pk in sorted(resource_ids(one.record)):
            yield ResourceReference(city=one.city, resource_id=pk)
