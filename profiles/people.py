"""The name of a person on a page."""

from django.utils.translation import gettext as _

from .access import is_platform_staff


def display_name(user, reader):
    """The name of `user` for `reader`: only platform staff and `user` see an e-mail address."""
    if user is None:
        return _("the platform")
    if user.full_name:
        return user.full_name
    if user == reader or is_platform_staff(reader):
        return user.email
    return _("platform staff") if is_platform_staff(user) else _("a colleague")
