from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import CatalogueRow


class Licence(CatalogueRow):
    """What others may do with a resource. `url` leads to the text of the licence."""

    url = models.URLField(_("text of the licence"), max_length=300, blank=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
