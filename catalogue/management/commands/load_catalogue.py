from django.core.management.base import BaseCommand, CommandError

from catalogue.loader import CatalogueError, load


class Command(BaseCommand):
    help = "Fill or update the catalogue from the shipped files; keeps what staff changed."

    def handle(self, *args, **options):
        try:
            report = load()
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Catalogue: {report.created} new, {report.updated} updated, "
            f"{report.unchanged} unchanged, {report.retired} retired."
        )
        for label, code, name in report.kept:
            self.stdout.write(f"Kept what staff changed: {label} {code}, {name}.")
