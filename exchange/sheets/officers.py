"""The people who work for a city, and the accounts of new ones."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.emails import email_key, validate_email
from profiles.models import Assignment, Role

from .. import cells
from ..columns.column import Column, city_column
from ..columns.widgets import ChoiceWidget, EmailWidget
from ..lookups.context import chunks
from ..problems import CellError
from .base.model_sheet import ModelSheet
from .base.sheet import NotClearable

PERSON_COLUMNS = ("email", "full_name")
"""The columns whose fields belong to the person rather than to the role."""


class CityRole(models.TextChoices):
    """The roles that somebody has in one city."""

    OFFICER = Role.OFFICER.value, gettext_lazy("officer")
    CONTACT = Role.CONTACT.value, gettext_lazy("contact person")


class PersonWidget(EmailWidget):
    def clean(self, value, row=None, **kwargs):
        email = super().clean(value)
        try:
            validate_email(email)
        except ValidationError:
            raise CellError(_("This is not an e-mail address.")) from None
        return email


class OfficersSheet(ModelSheet):
    """Who works for a city. New people get an account without a password.

    No mail is sent: they set a password themselves on the page for forgotten ones.
    """

    sheet_name = "Officers"
    purpose = gettext_lazy(
        "Who works for which city. A new person gets an account without a password; nothing is "
        "sent. They set one with “Set or renew your password” on the sign-in page."
    )
    model = Assignment
    staff_only = True

    city = city_column()
    email = Column("E-mail", "user__email", PersonWidget(), key=True, width=34)
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

    def prepare(self, data):
        """Read also the people whom the sheet names, in few queries."""
        super().prepare(data)
        index = self.index["email"]
        words = {email_key(cells.as_text(raw[index])) for _number, raw in data.rows}
        users = get_user_model().objects.annotate(folded=Lower("email"))
        for some in chunks(words):
            for user in users.filter(folded__in=some):
                self.people[email_key(user.email)] = user

    def load_existing(self, cities):
        roles = Assignment.objects.filter(role__in=CityRole.values).select_related("user")
        for assignment in self.context.read_rows(roles, cities):
            self.existing[self.key_of(assignment)] = assignment

    def key_of(self, assignment):
        return assignment.city.slug, email_key(assignment.user.email), assignment.role

    def empty_value(self, name):
        """None: an import does not change the names of known people."""
        raise NotClearable

    def model_field(self, name):
        model = get_user_model() if name in PERSON_COLUMNS else self.model
        return model._meta.get_field(self.fields[name].field_name)

    def key_from(self, values):
        return values["city"].slug, email_key(values["email"]), values["role"]

    def make_instance(self, values):
        return Assignment(city=values["city"], user=self.get_person(values), role=values["role"])

    def get_person(self, values):
        """The account with this address; a new one, without a password, where there is none."""
        email = email_key(values["email"])
        if email not in self.people:
            user = get_user_model()(email=values["email"], full_name=values.get("full_name", ""))
            user.set_unusable_password()
            self.people[email] = user
            self.made.append(user)
        return self.people[email]

    def assign(self, row, instance, name, *, is_new):
        """Check the value only: the key is assigned already, and known people keep their names."""
        column, known = self.fields[name], self.current_value(instance, name)
        if name != "full_name" or column.widget.same(known, row.values[name]):
            self.is_valid(row, instance, name)
            return False
        if instance.user.pk is None:
            message = _("Another row gives this person another name.")
        else:
            message = _("This person has another name here (“%s”); names are changed under People.")
            message %= known or "–"
        self.add_problem(row, name, message, expected="")
        return False

    def current_value(self, instance, name):
        return super().current_value(instance.user if name in PERSON_COLUMNS else instance, name)

    def check_instance(self, row, instance):
        super().check_instance(row, instance)
        if not instance.user.is_active:
            self.add_problem(row, "email", _("This account is closed."), expected="")

    def save(self):
        """Save the new people too. A plan with wrong rows is not saved, so each has a role."""
        get_user_model().objects.bulk_create(self.made)
        super().save()

    def export_queryset(self, cities):
        return (
            Assignment.objects.filter(city__in=cities, role__in=CityRole.values)
            .select_related("city", "user")
            .order_by("city__name", "city", "user__email", "role")
        )
