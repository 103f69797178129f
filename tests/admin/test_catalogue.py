"""The official lists in the hands of staff."""

import json
from html import unescape

import pytest
from django.urls import reverse

from catalogue.models import Topic
from cbi.models import Indicator
from pathway.models import Step
from tests.admin.forms import errors_of, filled, save
from tests.clients import url_of


def test_a_shipped_row_is_retired_and_never_deleted(as_, catalogue):
    topic = Topic.objects.first()
    for person in ("staff", "superuser"):
        client = as_(person)
        assert client.post(url_of(topic, "delete"), {"post": "yes"}).status_code == 403
        data = {"action": "delete_selected", "post": "yes", "_selected_action": [topic.pk]}
        client.post(reverse("admin:catalogue_topic_changelist"), data)
    assert Topic.objects.filter(pk=topic.pk).exists()
    assert save(as_("staff"), url_of(topic), retired="on").status_code == 302
    assert Topic.objects.get(pk=topic.pk).retired


def test_a_row_of_staff_may_go_and_its_code_stays(staff):
    add = reverse("admin:catalogue_topic_add")
    staff.post(add, filled(staff, add, code="soil", name="Soil"))
    topic = Topic.objects.get(code="soil")
    save(staff, url_of(topic), code="earth", name="Soils")
    topic.refresh_from_db()
    assert (topic.code, topic.name) == ("soil", "Soils")
    assert staff.post(url_of(topic, "delete"), {"post": "yes"}).status_code == 302


def test_numbers_are_read_as_in_the_forms_of_cities(staff):
    topic = Topic.objects.first()
    assert save(staff, url_of(topic), position="１ ２００").status_code == 302
    topic.refresh_from_db()
    assert topic.position == 1200
    assert errors_of(save(staff, url_of(topic), position="1e3"))


def test_what_staff_changed_is_shown_beside_what_was_shipped(staff):
    topic = Topic.objects.first()
    shipped = topic.name
    save(staff, url_of(topic), name="Another name")
    page = staff.get(url_of(topic)).content.decode()
    assert f"<del>{shipped.replace('&', '&amp;')}</del> <ins>Another name</ins>" in page
    topic.refresh_from_db()
    assert topic.shipped["name"] == shipped


def test_the_history_tells_what_stood_there_before(staff, people):
    indicator = Indicator.objects.get(code="2021-natural-areas")
    bands = [*indicator.bands[:-1], {**indicator.bands[-1], "points": 3}]
    other = indicator.component.edition.components.last()
    save(staff, url_of(indicator), bands=json.dumps(bands), needs_earlier="on", component=other.pk)
    page = unescape(staff.get(url_of(indicator, "history")).content.decode())
    assert people["staff"].email in page
    assert f"Component: {indicator.component} → {other}" in page
    assert "Compares with the first assessment: False → True" in page
    before, after = page.partition("Table of points: ")[2].split(" → ")[:2]
    assert json.loads(before) == [indicator.bands[-1]]
    assert json.JSONDecoder().raw_decode(after)[0] == [{**indicator.bands[-1], "points": 3}]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('{"fr": {"name": "Sol"}', "Not valid JSON in line 1"),
        ('["fr"]', "Write {“language”"),
        ('{"fr": "Sol"}', "Write {“language”"),
        ('{"fr": {"nom": "Sol"}}', "There is no text “nom” to translate."),
        ('{"fr": {"name": 3}}', "must be a text in quotes"),
    ],
)
def test_wrong_translations_are_told(staff, typed, words):
    response = save(staff, url_of(Topic.objects.first()), translations=typed)
    assert words in errors_of(response)[0]
    assert not Topic.objects.exclude(translations={}).exists()


def test_right_translations_are_taken(staff):
    topic = Topic.objects.first()
    save(staff, url_of(topic), translations='{"zh-Hans": {"name": "生物"}}')
    topic.refresh_from_db()
    assert topic.text("name", "zh-Hans").value == "生物"
    assert "生物" in staff.get(url_of(topic)).content.decode()


def test_every_catalogue_form_saves_as_it_stands(staff, catalogue):
    from django.contrib.admin.sites import site

    from catalogue.models import CatalogueRow

    for model in site._registry:
        if issubclass(model, CatalogueRow):
            row = model.objects.last()
            before = model.objects.filter(pk=row.pk).values().get()
            assert save(staff, url_of(row)).status_code == 302, model
            assert model.objects.filter(pk=row.pk).values().get() == before, model


def test_lists_stay_lists(staff):
    response = save(staff, url_of(Indicator.objects.first()), bands='{"a": 1}')
    assert errors_of(response) == ["Write a list: […]."]
    step = Step.objects.first()
    save(staff, url_of(step), questions="Who leads?\n\n Who pays? ")
    step.refresh_from_db()
    assert step.questions == ["Who leads?", "Who pays?"]


def test_guiding_questions_are_translated_as_a_list(staff):
    step = Step.objects.first()
    for wrong in ('"Qui ?"', "[]", "[1]", '{"a": "Qui ?"}'):
        response = save(staff, url_of(step), translations=f'{{"fr": {{"questions": {wrong}}}}}')
        assert errors_of(response) == ["“questions” must be a list of texts in quotes: [“…”]."]
    save(staff, url_of(step), questions="Who leads?\nWho pays?")
    short = '{"fr": {"questions": ["Qui dirige ?"]}}'
    assert errors_of(save(staff, url_of(step), translations=short)) == [
        "fr: the number of questions is 1, in English it is 2."
    ]
    right = '{"fr": {"questions": ["Qui dirige ?", "Qui paie ?"]}}'
    assert save(staff, url_of(step), translations=right).status_code == 302
    step.refresh_from_db()
    asked = step.text("questions", "fr")
    assert (asked.value, asked.language) == (["Qui dirige ?", "Qui paie ?"], "fr")
    indicator = Indicator.objects.exclude(bands=[]).first()
    response = save(staff, url_of(indicator), translations='{"fr": {"bands": ["x"]}}')
    assert "There is no text “bands” to translate." in errors_of(response)
