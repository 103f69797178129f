"""What the public reads of actions, and that a search finds it in every script."""

import datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from actions.explorer import source_uses
from actions.models import PublicAction
from actions.search import find
from actions.type_search import codes_with
from catalogue import frozen
from catalogue.folding import word_line
from profiles.models import State
from profiles.terms import Term
from tests.factories import (
    make_action,
    make_city,
    make_plan,
    make_resource,
    make_statement,
    writing,
)
from tests.published import publish_all

pytestmark = pytest.mark.usefixtures("catalogue")

TYPE, OTHER = "natural-areas", "restoration"

TEXTS = (
    "La forêt ÉGALEMENT protégée, 100% – “ici”.",
    "本市修复河边湿地的生物多样性。",
    "تستعيد المدينة الأراضي الرطبة",
    "शहर पुनर्जीवित करता है",
    "Łódź\\wetlands_near the İzmir ŒUVRE",
    "서울의 습지 サン・パウロ",
)


def test_the_first_action_of_a_type_has_their_number():
    city = make_city(content_language="fr")
    make_action(city, OTHER)
    first, _second = make_action(city, TYPE), make_action(city, TYPE, language="en")
    publish_all()
    rows = PublicAction.objects.filter(city=city.pk).order_by("number")
    assert list(rows.values_list("type_count", "language")) == [(1, "fr"), (2, "fr"), (None, "en")]
    with writing():
        first.delete()
    publish_all()
    assert list(rows.values_list("number", "type_count")) == [(1, 1), (3, 1)]


def test_the_database_finds_a_piece_of_any_script_where_the_text_has_it():
    """`Term.condition` says the same as `Term.is_in`."""
    city = make_city()
    for text in TEXTS:
        make_action(city, "plastic", description=text)
    publish_all()
    lines = dict(enumerate(map(word_line, TEXTS), start=1))
    pieces = {
        line[at : at + size].strip()
        for line in lines.values()
        for at in range(0, 30, 3)
        for size in (1, 2, 4, 5)
    }
    for piece in sorted(pieces - {""}):
        for term in (Term.of(piece), Term(piece, (piece,), anywhere=True)):
            found = {one.pk for one in find([term], frozen.current())}
            rows = PublicAction.objects.filter(pk__in=found).values_list("number", flat=True)
            wanted = {number for number, line in lines.items() if term.is_in(line)}
            is_of_type = "plastic" in codes_with(term, frozen.current())
            assert set(rows) == (set(lines) if is_of_type else wanted), piece


def test_what_statements_say_is_searched_and_each_word_is_kept_once():
    action = make_action(make_city(), "ecosystem-policies", description="Bees, and bees.")
    make_statement(action, "baseline", {"extent_or_names": "Bee plan"}, text="Otters")
    publish_all()
    assert PublicAction.objects.get().search_text == " bees and otters bee plan "


def test_a_resource_knows_the_actions_that_name_it_as_a_source():
    guide = make_resource(make_city("Home"), "Guide")
    zet, alba = make_city("Zet"), make_city("Alba")
    for city in (zet, alba, make_city("Draft", state=State.DRAFT), make_city(is_sample=True)):
        make_action(city, TYPE)
        action = make_action(city, OTHER)
        make_statement(action, "baseline", source_resource=guide)
        make_statement(action, "progress", source_resource=guide, date=datetime.date(2024, 1, 1))
    plan = make_plan(zet, resource=guide)
    make_statement(make_action(zet, OTHER), "target", text="More.", plan=plan)
    publish_all()
    found = [(city.name, number, kind.code) for city, number, kind in source_uses(guide.pk)]
    assert found == [("Alba", 2, OTHER), ("Zet", 2, OTHER), ("Zet", 3, OTHER)]
    assert len(list(source_uses(guide.pk, most=1))) == 1


def test_where_the_extension_may_not_be_created_the_migration_goes_on(monkeypatch, caplog):
    letters = import_module("actions.migrations.0011_letters_of_descriptions")
    monkeypatch.setattr(letters, "FORWARDS", ("CREATE EXTENSION no_such_extension",))
    with connection.cursor() as cursor:
        letters.create(None, SimpleNamespace(connection=connection, execute=cursor.execute))
    assert len(caplog.messages) == (connection.vendor == "postgresql")
    assert not PublicAction.objects.exists()
