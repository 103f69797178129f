from django.core.management.base import BaseCommand

from profiles.lagging import lagging
from publishing.catching_up import publish_some
from publishing.progress import tell


class Command(BaseCommand):
    help = "Publish what should be public and is not yet, as after a failure or a new catalogue."

    def handle(self, **options):
        ids = list(lagging())
        tell(self, len(ids), publish_some(ids))
