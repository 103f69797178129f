from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.models import Assignment, Role

from .. import cells
from ..columns.column import Column, city_column
from ..columns.widgets import ChoiceWidget, TextWidget
from ..lookups.context import chunks
from ..problems import CellError
from .base.model_sheet import ModelSheet
from .base.sheet import NotClearable

OF_PERSON = ("email", "full_name")
"""The columns that tell of the person rather than of the role."""


class CityRole(models.TextChoices):
    """The roles that somebody has in one city."""

    OFFICER = Role.OFFICER.value, gettext_lazy("officer")
    CONTACT = Role.CONTACT.value, gettext_lazy("contact person")


class EmailWidget(TextWidget):
    expected = gettext_lazy("an address such as name@example.org")

    def clean(self, value, row=None, **kwargs):
        email = super().clean(value)
        try:
            validate_email(email)
        except ValidationError:
            raise CellError(_("This is not an e-mail address.")) from None
        return get_user_model().objects.normalize_email(email)


class OfficersSheet(ModelSheet):
    """Who works for a city. People who are not known yet get an account without a password.

    Nothing is sent to them: they set a password themselves on the page for forgotten ones.
    """

    sheet_name = "Officers"
    purpose = gettext_lazy(
        "Who works for which city. A new person gets an account without a password; nothing is "
        "sent. They set one with “Set or renew your password” on the sign-in page."
    )
    model = Assignment
    staff_only = True

    city = city_column()
    email = Column("E-mail", "user__email", EmailWidget(), key=True, width=34)
    role = Column("Role", "role", ChoiceWidget(CityRole), key=True, width=12)
    full_name = Column(
        "Name",
        "user__full_name",
        width=28,
        help_text=gettext_lazy("Of a new person. Names of known people are changed under People."),
    )

    def __init__(self, context):
        super().__init__(context)
        self.people = {}
        self.made = []

    def load(self, cities):
        roles = Assignment.objects.filter(role__in=CityRole.values).select_related("user")
        for assignment in self.context.read_rows(roles, cities):
            self.existing[self.key_of(assignment)] = assignment

    def prepare(self, data):
        """Also reads the people whom the sheet names, in few queries."""
        super().prepare(data)
        index = self.index["email"]
        words = {cells.shown(raw[index]).strip().lower() for _number, raw in data.rows}
        users = get_user_model().objects.annotate(folded=Lower("email"))
        for some in chunks(words):
            for user in users.filter(folded__in=some):
                self.people[user.email.lower()] = user

    def key_of(self, assignment):
        return assignment.city.slug, assignment.user.email.lower(), assignment.role

    def key(self, values):
        return values["city"].slug, values["email"].lower(), values["role"]

    def make(self, values):
        return Assignment(city=values["city"], user=self.person(values), role=values["role"])

    def person(self, values):
        """The account of this address; a new one, without a password, where there is none."""
        email = values["email"].lower()
        if email not in self.people:
            user = get_user_model()(email=values["email"], full_name=values.get("full_name", ""))
            user.set_unusable_password()
            self.people[email] = user
            self.made.append(user)
        return self.people[email]

    def model_field(self, name):
        model = get_user_model() if name in OF_PERSON else self.model
        return model._meta.get_field(self.fields[name].field_name)

    def present(self, instance, name):
        return super().present(instance.user if name in OF_PERSON else instance, name)

    def assign(self, row, instance, name, *, is_new):
        """A name is only taken for a new person: others have theirs, perhaps by their own hand."""
        column, known = self.fields[name], self.present(instance, name)
        if name != "full_name" or column.widget.same(known, row.values[name]):
            self.is_valid(row, instance, name)
            return False
        if instance.user.pk is None:
            message = _("Another row gives this person another name.")
        else:
            message = _("This person has another name here (“%s”); names are changed under People.")
            message %= known or "–"
        self.wrong(row, name, message, expected="")
        return False

    def check(self, row, instance):
        super().check(row, instance)
        if not instance.user.is_active:
            self.wrong(row, "email", _("This account is closed."), expected="")

    def empty_value(self, name):
        """Clearing a name would be changing it."""
        raise NotClearable

    def write(self):
        """People who would have no role after all (their rows were wrong) are never written."""
        get_user_model().objects.bulk_create(self.made)
        super().write()

    def exported(self, cities):
        return (
            Assignment.objects.filter(city__in=cities, role__in=CityRole.values)
            .select_related("city", "user")
            .order_by("city__name", "city", "user__email", "role")
        )
