"""Makes `static/img/share.png`, the picture of pages that are of no city."""

from django.conf import settings
from django.core.management.base import BaseCommand

from report.share_picture import platform_picture

PICTURE = settings.BASE_DIR / "static" / "img" / "share.png"


class Command(BaseCommand):
    help = "Makes the picture that links to pages of no city are shared with."

    def handle(self, *args, **options):
        PICTURE.write_bytes(platform_picture())
        self.stdout.write(f"{PICTURE.name}: {PICTURE.stat().st_size} bytes")
