"""Who may see and edit what: the only place that knows.

Platform staff (`is_staff`) see and edit everything. Everybody else has assignments: a role in a
city, a region or a country. The public sees published cities. A row that somebody may not see or
edit does not exist for them: ask the querysets here and answer 404.
"""

from django.contrib.auth.backends import BaseBackend
from django.db.models import Q, QuerySet

PUBLISHED = "published"

SEES = {"officer", "contact", "coordinator", "reviewer"}
EDITS = {"officer", "contact", "coordinator"}

VIEW, ADD, CHANGE, DELETE = "view", "add", "change", "delete"
OFFICER_PERMISSIONS = {
    "profiles.city": {VIEW, CHANGE},
    "actions.citycommitment": {VIEW, ADD, CHANGE, DELETE},
    "actions.action": {VIEW, ADD, CHANGE, DELETE},
    "actions.statement": {VIEW, ADD, CHANGE, DELETE},
    "actions.value": {VIEW, ADD, CHANGE, DELETE},
    "cbi.assessment": {VIEW, ADD, CHANGE, DELETE},
    "cbi.indicatorresult": {VIEW, ADD, CHANGE, DELETE},
    "pathway.stepitem": {VIEW, ADD, CHANGE, DELETE},
    "pathway.stepprogress": {VIEW, ADD, CHANGE, DELETE},
    "hub.resource": {VIEW, ADD, CHANGE, DELETE},
    # Files come in with the rows that use them, and never change.
    "hub.upload": {VIEW, DELETE},
    # Not VIEW, which roles that only read have too: an import is for those who edit.
    "exchange.job": {ADD, CHANGE},
}
"""What somebody with an editing role may do, with the rows of their own cities."""

NOT_FOR_STAFF = {
    "accounts.delete_user",
    "profiles.delete_city",
    "profiles.add_changeset",
    "profiles.change_changeset",
    "profiles.delete_changeset",
}
"""What is left to superusers, or to nobody: accounts are closed and cities withdrawn instead."""

STAFF_APPS = {
    "accounts",
    "catalogue",
    "profiles",
    "hub",
    "actions",
    "cbi",
    "pathway",
    "achievements",
    "exchange",
}


def is_platform_staff(user):
    return user.is_active and user.is_staff


def by_platform_staff(prefix):
    """A condition on rows: the user at `prefix` is platform staff."""
    return Q(**{f"{prefix}is_staff": True})


def grants(user, roles):
    """The assignments that give `user` one of `roles`."""
    return user.assignments.filter(role__in=roles)


def in_reach(user, roles, prefix=""):
    """A condition on cities (or, with `prefix`, on rows below them) that `user`'s roles reach."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=())
    if is_platform_staff(user):
        return Q()
    mine = grants(user, roles)
    return (
        Q(**{f"{prefix}pk__in": mine.filter(city__isnull=False).values("city")})
        | Q(**{f"{prefix}country__pk__in": mine.filter(country__isnull=False).values("country")})
        | Q(**{f"{prefix}country__region__in": mine.filter(region__isnull=False).values("region")})
    )


class CityQuerySet(QuerySet):
    def published(self):
        return self.filter(state=PUBLISHED)

    def visible_to(self, user):
        """Published cities for everybody; others for those who work for them."""
        return self.filter(Q(state=PUBLISHED) | in_reach(user, SEES))

    def editable_by(self, user):
        return self.filter(in_reach(user, EDITS))

    def managed_by(self, user):
        """What the admin shows: the cities that `user` works for, whether published or not."""
        return self.filter(in_reach(user, SEES))


class CityOwnedQuerySet(QuerySet):
    """Rows below a city, reached by the model's `city_path`."""

    @property
    def _prefix(self):
        return f"{self.model.city_path}__"

    def public(self):
        """Rows that everybody may see."""
        return self.filter(**{f"{self._prefix}state": PUBLISHED})

    def visible_to(self, user):
        published = Q(**{f"{self._prefix}state": PUBLISHED})
        return self.filter(published | in_reach(user, SEES, self._prefix))

    def editable_by(self, user):
        return self.filter(in_reach(user, EDITS, self._prefix))

    def managed_by(self, user):
        return self.filter(in_reach(user, SEES, self._prefix))


def may_enter_admin(user):
    """Platform staff, and everybody who has a role somewhere."""
    return user.is_active and (is_platform_staff(user) or bool(roles_of(user)))


def roles_of(user):
    """The roles `user` has anywhere; read once per user object, that is once per request."""
    if not user.is_authenticated:
        return frozenset()
    if not hasattr(user, "_roles"):
        user._roles = frozenset(user.assignments.values_list("role", flat=True))
    return user._roles


class RoleBackend(BaseBackend):
    """Answers `user.has_perm` from the tables above; which rows is for the querysets to say."""

    def has_perm(self, user_obj, perm, obj=None):
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        app_label, _, codename = perm.partition(".")
        if is_platform_staff(user_obj):
            return app_label in STAFF_APPS and perm not in NOT_FOR_STAFF
        act, _, model = codename.partition("_")
        roles = roles_of(user_obj)
        allowed = OFFICER_PERMISSIONS.get(f"{app_label}.{model}", set())
        if roles & EDITS:
            return act in allowed
        return bool(roles & SEES) and act == VIEW and VIEW in allowed

    def has_module_perms(self, user_obj, app_label):
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        if is_platform_staff(user_obj):
            return app_label in STAFF_APPS
        own = {label.partition(".")[0] for label in OFFICER_PERMISSIONS}
        return bool(roles_of(user_obj) & SEES) and app_label in own
