"""Links from public pages to the admin."""

from django.urls import reverse

from profiles.access import is_platform_staff, may_enter_admin
from profiles.admin_areas import MODELS
from profiles.models import City


def edit_links(city, user):
    """Chapter → its page in the admin; under "action": number of an action → its page.

    None if `user` may not edit `city`.
    """
    if user.is_anonymous:
        return None
    # One query for right and actions: no row if the user may not edit, one row with a None for a
    # city without actions.
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


def admin_entry(user):
    """(kind, address) of the page of the admin on which `user` begins; None without any role.

    `kind` is "platform" for platform staff, "city" for a user with one city, else "cities".
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
