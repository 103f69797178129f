"""From a sheet to the admin list of its rows, and back."""

from django.apps import apps
from django.urls import reverse
from django.utils.text import capfirst

from ..sheets import SHEETS


def model_named(label):
    """The model `app.model` of an address; None if there is none."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def sheet_of_list(label):
    """The name of the sheet with the rows of this model, or an empty string."""
    model = model_named(label)
    return next((sheet.sheet_name for sheet in SHEETS if model and sheet.model is model), "")


def list_links(site, request, sheet_names):
    """(name, address) of the lists with the rows of these sheets, as far as the user sees them."""
    links = {}
    for sheet in SHEETS:
        if sheet.sheet_name not in sheet_names or sheet.model not in site._registry:
            continue
        model_admin = site.get_model_admin(sheet.model)
        if model_admin.has_view_permission(request):
            opts = sheet.model._meta
            name = f"{site.name}:{opts.app_label}_{opts.model_name}_changelist"
            links[capfirst(opts.verbose_name_plural)] = reverse(name)
    return list(links.items())
