from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    name = "hub"
    verbose_name = _("Tools & resources hub")

    def ready(self):
        from profiles.lagging import outdated_tables
        from profiles.read_tables import ReadTable, register

        from . import (
            lists,  # noqa: F401  (registers them)
            public_resources,  # noqa: F401  (follows what is written)
            published_files,
            references,
            state_changes,  # noqa: F401  (tells of states that have changed)
        )
        from .models import PublishedFile, ResourceReference

        outdated_tables.append(references.outdated)
        register(ReadTable(ResourceReference, ("city_id", "resource_id"), references.rows))
        register(ReadTable(PublishedFile, ("token",), published_files.rows))
