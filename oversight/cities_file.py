"""The table of cities as rows of a workbook. Private notes are in no file."""

from django.utils.translation import gettext as _

from profiles.people import display_name

from .next_step import next_step
from .people import names
from .table import MOST_LEVELS, officers_of


def rows_of(cities, reader):
    """(the names of the columns, the rows of these cities): a query of `table.with_people`."""
    columns = _columns(reader)
    rows = ([read(city) for read in columns.values()] for city in cities)
    return list(columns), rows


def _columns(reader):
    """Name → how it is read from a row."""
    return {
        _("City"): lambda one: one.name,
        _("Country"): lambda one: one.country.label,
        _("Region"): lambda one: str(one.country.region.text()) if one.country.region else "",
        _("State"): lambda one: str(one.get_state_display()),
        _("Levels of %(all)d") % {"all": MOST_LEVELS}: lambda one: one.levels_reached,
        _("Actions"): lambda one: _count(one, "action_count"),
        _("Actions that say where they start"): lambda one: _count(one, "start_count"),
        _("Actions with a target"): lambda one: _count(one, "target_count"),
        _("Targets with a figure and a year"): lambda one: _count(one, "full_target_count"),
        _("Last published"): lambda one: _day(one.published_at),
        _("Last sign-in"): lambda one: _day(one.signed_in_at),
        _("Officers"): lambda one: names(officers_of(one), reader),
        _("Next step"): next_step,
        _("Looked after by"): lambda one: _owner(one, reader),
        _("Sample"): lambda one: one.is_sample,
    }


def _count(city, field):
    """That of the card; None where nothing is public."""
    card = getattr(city, "public_city", None)
    return getattr(card, field) if card is not None and card.publication_id else None


def _day(moment):
    return moment and moment.date()


def _owner(city, reader):
    care = getattr(city, "care", None)
    return str(display_name(care.owner, reader)) if care and care.owner else ""
