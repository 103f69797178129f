from django.core.management.base import BaseCommand

from profiles import read_tables
from profiles.models import PublicCity
from publishing.progress import tell
from publishing.publish import refresh_each


class Command(BaseCommand):
    help = "Write what the public reads anew from what the cities have published."

    def handle(self, **options):
        public = PublicCity.objects.public().order_by("pk").values_list("pk", flat=True)
        ids = [*public, *read_tables.surplus()]
        tell(self, len(ids), refresh_each(ids))
        read_tables.recount()
