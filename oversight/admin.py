"""The pages of those who look after cities: platform staff, coordinators and reviewers."""

from . import bundles_admin, cities_admin, mailing_admin  # noqa: F401 (they register their admins)
