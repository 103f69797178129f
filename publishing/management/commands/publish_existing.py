from django.core.management.base import BaseCommand

from publishing.catching_up import publish_existing, unpublished
from publishing.progress import tell


class Command(BaseCommand):
    help = (
        "Make the first publications of cities that were published before there were any. It can be"
        " repeated; `migrate` does it as well."
    )

    def handle(self, **options):
        tell(self, len(unpublished()), publish_existing())
