"""Every constraint of every row of the admin is checked by its form, with words of its own."""

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from actions.models import CityCommitment, Measure
from actions.statement_forms import StatementForm
from pathway.progress_forms import StepProgressForm
from profiles.admin_base.constraints import ConstraintErrors, is_told_by_its_fields, words_for
from profiles.models import Assignment, City, Role
from tests.admin.forms import errors_of, filled, save
from tests.clients import url_of, words_of
from tests.factories import make_user, writing

NOT_EDITED = {
    "exchange.Job",
    "hub.Upload",
    "notices.Mail",
    "profiles.ChangeSet",
    "profiles.Publication",
}
"""Models whose rows no form of the admin writes."""

ON_ONE_PAGE = "pathway.StepProgress"
"""All steps of a city are one page, with a `StepProgressForm` for each."""

EDITED = [
    model for model in admin.site._registry if model._meta.label not in {*NOT_EDITED, ON_ONE_PAGE}
]


@pytest.fixture
def superusers_request(db, rf):
    request = rf.get("/")
    request.user = make_user(is_staff=True, is_superuser=True)
    return request


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model._meta.label)
def test_every_form_checks_every_constraint_of_its_row(superusers_request, model):
    model_admin = admin.site._registry[model]
    row = model.objects.first()
    forms = [model_admin.get_form(superusers_request)]
    forms.append(model_admin.get_form(superusers_request, row or model(), change=True))
    if row:
        below = model_admin.get_formsets_with_inlines(superusers_request, row)
        forms += [formset.form for formset, _inline in below]
    assert all(issubclass(form, ConstraintErrors) for form in forms)


def test_no_other_form_writes_rows(superusers_request):
    for model, model_admin in admin.site._registry.items():
        if model._meta.label in {*NOT_EDITED, ON_ONE_PAGE} - {"exchange.Job"}:
            assert not model_admin.has_add_permission(superusers_request), model
        if model._meta.label in {"profiles.ChangeSet", "hub.Upload"}:
            assert not model_admin.has_change_permission(superusers_request), model
    assert issubclass(StepProgressForm, ConstraintErrors)
    assert issubclass(StatementForm, ConstraintErrors)


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_no_constraint_speaks_of_itself_by_its_name_in_the_database(model):
    for constraint in model._meta.constraints:
        error = ValidationError(constraint.get_violation_error_message())
        if not is_told_by_its_fields(constraint):
            assert constraint.name not in " ".join(map(str, words_for(constraint, error)))


def test_a_commitment_is_made_once(officer, ours, other_commitment):
    with writing():
        second = CityCommitment.objects.create(city=ours.city, commitment=other_commitment)
    response = save(officer, url_of(second), commitment=ours.commitment.commitment_id)
    form = response.context["adminform"].form
    assert form.errors == {"commitment": ["The city has made this commitment already."]}
    add = reverse("admin:actions_citycommitment_add")
    response = save(officer, add, commitment=other_commitment.pk)
    assert errors_of(response) == ["The city has made this commitment already."]


def test_a_role_is_given_once(staff, people, ours):
    with writing():
        contact = Assignment.objects.create(
            user=people["officer"], role=Role.CONTACT, city=ours.city
        )
    officer_role = people["officer"].assignments.get(role=Role.OFFICER)
    response = save(staff, url_of(officer_role), role=Role.CONTACT)
    assert len(response.context["adminform"].form.errors["role"]) == 1
    assert "This person has this role there already." in words_of(response)
    url = url_of(people["officer"])
    index = next(
        name.split("-")[1]
        for name, value in filled(staff, url).items()
        if name.endswith("-id") and value == str(contact.pk)
    )
    response = save(staff, url, **{f"assignments-{index}-role": Role.OFFICER})
    assert any("has this role there already" in text for text in errors_of(response))
    twice = {"assignments-2-role": Role.OFFICER, "assignments-2-city": ours.city.pk}
    assert any("role there already" in text for text in errors_of(save(staff, url, **twice)))


def test_a_scope_that_does_not_fit_the_role_is_said(staff, people, ours):
    role = people["officer"].assignments.get()
    response = save(staff, url_of(role), role=Role.REVIEWER)
    assert "fill in that one field only" in errors_of(response)[0]


def test_a_key_of_the_catalogue_is_given_once(staff, catalogue):
    first, second = Measure.objects.filter(action_type__code="natural-areas")[:2]
    response = save(staff, url_of(second), key=first.key)
    assert len(response.context["adminform"].form.errors["key"]) == 1


def test_what_only_the_database_refuses_is_an_error_of_the_form(officer, ours, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise IntegrityError("a constraint that nobody foresaw")

    form = filled(officer, url_of(ours.city), about="An hour of typing.")
    monkeypatch.setattr(City, "save", refuse)
    response = officer.post(url_of(ours.city), form)
    assert response.status_code == 200
    assert "the database refused it" in errors_of(response)[0]
    assert "An hour of typing." in words_of(response)
