"""The lists of this app in a version of the catalogue."""

from catalogue.frozen import Frozen, register

from .models import Licence


class FrozenLicence(Frozen, kw_only=True):
    url: str = ""


register("licences", Licence, FrozenLicence)
