"""Where somebody who may edit a city goes to do it."""

from django.urls import reverse

from profiles.access import is_platform_staff, may_enter_admin
from profiles.admin_areas import MODELS
from profiles.models import City


def edit_links(city, user):
    """Addresses in the admin by chapter, and for actions by number; None for who may not edit."""
    if user.is_anonymous:
        return None
    # One query for both: no row for who may not edit, one without a number for a bare city.
    actions = City.objects.editable_by(user).filter(pk=city.pk)
    actions = list(actions.order_by().values_list("actions__number", "actions__pk"))
    if not actions:
        return None
    links = {model.chapter: model.city_url(city) for model in MODELS if model.chapter}
    links["action"] = {
        number: reverse("admin:actions_action_change", args=[pk])
        for number, pk in actions
        if pk is not None
    }
    return links


def workplace(user):
    """(kind, address) of the part of the admin that `user` works in; None where there is none.

    `kind` is "platform", "cities" or, for who works for a single one, "city".
    """
    if user.is_anonymous:
        return None
    if is_platform_staff(user):
        return "platform", reverse("admin:index")
    own = list(City.objects.managed_by(user).values_list("pk", flat=True)[:2])
    if len(own) == 1:
        return "city", reverse("admin:profiles_city_change", args=own)
    if own or may_enter_admin(user):
        return "cities", reverse("admin:index")
    return None
