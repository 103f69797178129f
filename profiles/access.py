"""Who may see and edit what. No other module decides it.

Platform staff (`is_staff`) see and edit everything. Everybody else has assignments: a role in a
city, a region or a country. The public sees none of these rows: it reads what cities have published
(`publishing`). A row that somebody may not see or edit does not exist for them: views look it up
with the querysets here and answer 404.
"""

from django.apps import apps
from django.contrib.auth.backends import BaseBackend
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import Exact

NO_ROW, EVERY_ROW = Q(pk__in=()), ~Q(pk__in=())
"""Conditions to join with others. An empty `Q()` is no condition: `other | Q()` drops it."""

ROLES_THAT_SEE = {"officer", "contact", "coordinator", "reviewer"}
ROLES_THAT_EDIT = {"officer", "contact", "coordinator"}
ROLES_THAT_APPROVE = {"coordinator", "reviewer"}
ROLES_FOR_ONE_CITY = {"officer", "contact"}
"""Who answers for one city."""

ROLES_THAT_NOTE = {"coordinator"}

VIEW, ADD, CHANGE, DELETE = "view", "add", "change", "delete"
OFFICER_PERMISSIONS = {
    "profiles.city": {VIEW, CHANGE},
    "profiles.submission": {VIEW},
    "actions.citycommitment": {VIEW, ADD, CHANGE, DELETE},
    "actions.action": {VIEW, ADD, CHANGE, DELETE},
    "actions.ownfigure": {VIEW, ADD, CHANGE, DELETE},
    "actions.statement": {VIEW, ADD, CHANGE, DELETE},
    "actions.plan": {VIEW, ADD, CHANGE, DELETE},
    "actions.value": {VIEW, ADD, CHANGE, DELETE},
    "cbi.assessment": {VIEW, ADD, CHANGE, DELETE},
    "cbi.indicatorresult": {VIEW, ADD, CHANGE, DELETE},
    "pathway.stepitem": {VIEW, ADD, CHANGE, DELETE},
    "pathway.stepprogress": {VIEW, ADD, CHANGE, DELETE},
    "hub.picture": {VIEW, ADD, CHANGE, DELETE},
    "hub.resource": {VIEW, ADD, CHANGE, DELETE},
    # A file is added with the row that uses it, and never changes.
    "hub.upload": {VIEW, DELETE},
    # Without VIEW: roles that only read would have it too, and imports are for those who edit.
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
"""Permissions of superusers only: staff close accounts and withdraw cities instead.

Nobody changes a change set: `profiles.admin.ChangeSetAdmin` refuses it to superusers too.
"""

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
    "notices",
    "oversight",
}


def is_platform_staff(user):
    return user.is_active and user.is_staff


def by_platform_staff(prefix):
    """A condition on rows: the user at `prefix` is platform staff."""
    return Q(**{f"{prefix}is_staff": True})


def assignments_with(user, roles):
    """The assignments of `user` in one of `roles`."""
    return user.assignments.filter(role__in=roles)


def reached_by(user, roles, path="pk"):
    """The condition (Q) for cities that an assignment of `user` in one of `roles` covers.

    `path` leads to the city from the rows on which it is a condition.
    """
    if not user.is_authenticated or not user.is_active:
        return NO_ROW
    if is_platform_staff(user):
        return EVERY_ROW
    # One query of keys, so that an index finds the rows of these cities. Conditions on city,
    # country and region joined by OR would be tried on every row there is.
    mine = assignments_with(user, roles).order_by()
    cities = apps.get_model("profiles.City").objects.order_by()
    countries, regions = mine.filter(country__isnull=False), mine.filter(region__isnull=False)
    keys = (
        mine.filter(city__isnull=False)
        .values("city")
        .union(
            cities.filter(country__in=countries.values("country")).values("pk"),
            cities.filter(country__region__in=regions.values("region")).values("pk"),
        )
    )
    return Q(**{f"{path}__in": keys})


def covering(city, roles):
    """The condition (Q) for users whom an assignment in one of `roles` brings to `city`.

    The other way round than `reached_by`, and without platform staff.
    """
    return Q(assignments__role__in=roles) & (
        Q(assignments__city=city)
        | Q(assignments__country=city.country_id)
        | Q(assignments__region__countries=city.country_id)
    )


class CityQuerySet(QuerySet):
    def editable_by(self, user):
        return self.filter(reached_by(user, ROLES_THAT_EDIT))

    def managed_by(self, user):
        """The cities in which `user` has a role: the rows of the admin, and previews."""
        return self.filter(reached_by(user, ROLES_THAT_SEE))

    def approvable_by(self, user):
        """The cities whose submissions `user` may approve or return, but for the own ones."""
        return self.filter(reached_by(user, ROLES_THAT_APPROVE))

    def overseen_by(self, user):
        """The cities that platform staff, a coordinator or a reviewer looks after: those in their
        table of cities, to whose officers they may write."""
        return self.filter(reached_by(user, ROLES_THAT_APPROVE))

    def noted_by(self, user):
        """The cities whose private notes `user` reads and writes: platform staff and coordinators,
        but never who works for the city itself."""
        if is_platform_staff(user):
            return self.all()
        own = assignments_with(user, ROLES_FOR_ONE_CITY).filter(city__isnull=False)
        return self.filter(reached_by(user, ROLES_THAT_NOTE)).exclude(pk__in=own.values("city"))

    def publishable_by(self, user):
        """The cities whose rows `user` may publish without a review.

        Platform staff those that are not withdrawn; others those that are public and publish by
        the city or at once, if they may edit them.
        """
        present = self.filter(is_withdrawn=False)
        if is_platform_staff(user):
            return present
        return present.editable_by(user).exclude(publishing="review").filter(is_public())

    def submittable_by(self, user):
        """The cities whose rows `user` may send for review: those that are not public, and those
        that publish after review, if they may be edited and are not withdrawn."""
        reviewed = Q(publishing="review") | ~is_public()
        return self.editable_by(user).filter(reviewed, is_withdrawn=False)

    def with_state(self):
        """Annotate `state`, one of `profiles.models.State`."""
        return self.annotate(
            state=Case(
                When(is_withdrawn=True, then=Value("withdrawn")),
                When(is_public(), then=Value("published")),
                When(_newest_submission_is("waiting"), then=Value("in_review")),
                When(_newest_submission_is("returned"), then=Value("returned")),
                default=Value("draft"),
                output_field=CharField(),
            )
        )


def is_public(path="pk"):
    """A condition on rows: the city at `path` has something that the public reads."""
    public = apps.get_model("profiles.PublicCity").objects.public()
    return Exists(public.filter(pk=OuterRef(path)))


def _newest_submission_is(state):
    submissions = apps.get_model("profiles.Submission").objects.filter(city=OuterRef("pk"))
    newest = submissions.order_by("-pk").values("state")[:1]
    return Q(Exact(Subquery(newest), state))


class SubmissionQuerySet(QuerySet):
    def managed_by(self, user):
        return self.filter(reached_by(user, ROLES_THAT_SEE, "city"))

    def waiting_for(self, user):
        """The submissions that `user` may approve or return: never the own ones."""
        reached = self.filter(reached_by(user, ROLES_THAT_APPROVE, "city"))
        return reached.filter(state="waiting", city__is_withdrawn=False).exclude(sent_by=user.pk)


class CityOwnedQuerySet(QuerySet):
    """Rows below a city, reached by the model's `city_path`."""

    def editable_by(self, user):
        return self.filter(reached_by(user, ROLES_THAT_EDIT, self.model.city_path))

    def managed_by(self, user):
        return self.filter(reached_by(user, ROLES_THAT_SEE, self.model.city_path))


def may_enter_admin(user):
    """Platform staff, and everybody who has a role somewhere."""
    return user.is_active and (is_platform_staff(user) or bool(roles_of(user)))


def oversees(user):
    """Whether `user` looks after cities of others: platform staff, coordinators and reviewers."""
    return is_platform_staff(user) or bool(user.is_active and roles_of(user) & ROLES_THAT_APPROVE)


def overseers_of(city):
    """The condition (Q) for users who look after `city`."""
    return by_platform_staff("") | covering(city, ROLES_THAT_APPROVE)


def roles_of(user):
    """The roles `user` has anywhere; read once per user object, that is once per request."""
    if not user.is_authenticated:
        return frozenset()
    if not hasattr(user, "_roles"):
        user._roles = frozenset(user.assignments.values_list("role", flat=True))
    return user._roles


class RoleBackend(BaseBackend):
    """Answers `user.has_perm` from the tables above.

    It answers for a model as a whole; the querysets say which of its rows.
    """

    def has_perm(self, user_obj, perm, obj=None):
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        app_label, _, codename = perm.partition(".")
        if is_platform_staff(user_obj):
            return app_label in STAFF_APPS and perm not in NOT_FOR_STAFF
        operation, _, model = codename.partition("_")
        roles = roles_of(user_obj)
        allowed = OFFICER_PERMISSIONS.get(f"{app_label}.{model}", set())
        if roles & ROLES_THAT_EDIT:
            return operation in allowed
        return bool(roles & ROLES_THAT_SEE) and operation == VIEW and VIEW in allowed

    def has_module_perms(self, user_obj, app_label):
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        if is_platform_staff(user_obj):
            return app_label in STAFF_APPS
        own = {label.partition(".")[0] for label in OFFICER_PERMISSIONS}
        return bool(roles_of(user_obj) & ROLES_THAT_SEE) and app_label in own
