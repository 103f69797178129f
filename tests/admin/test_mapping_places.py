"""The pages on which the cities, years and measures of a list are decided."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from exchange.admin.mapping import making
from exchange.admin.mapping.steps import STEPS
from exchange.mapping.draft import Draft
from exchange.models import MappedFile
from tests.clients import client_of, words_of
from tests.factories import make_action, make_city, make_user


def list_of(user, lines, **decisions):
    file = ContentFile("\n".join(lines).encode(), "list.csv")
    return MappedFile.objects.create(
        user=user, file=file, file_name="list.csv", decisions=decisions
    )


def columns(**uses):
    return {"columns": {key: {"field": field} for key, field in uses.items()}}


def url_of(mapped, step):
    return reverse("admin:exchange_mappedfile_step", args=[mapped.pk, step])


@pytest.mark.django_db
def test_each_city_of_a_list_can_be_decided_on_its_page(catalogue):
    for name in ("Port Trial", "Other Trial"):
        make_city(name, country="CN")
    staff = make_user("staff@example.org", is_staff=True)
    lines = ["Name,Country", "Old Port Trial,CN", "Sample Other Trial,CN", "Kongo Ville,Congo"]
    lines += [f"Town {number:02d},CN" for number in range(60)]
    decisions = {"target": {"target": "cities"}, "columns": columns(name="name", country="country")}
    mapped = list_of(staff, lines, **decisions)
    client, url = client_of(staff), url_of(mapped, "places")
    words = words_of(client.get(url))
    assert "A city here is called nearly so: is it this one?" in words
    assert "“Congo” may be: CD" in words
    posted = {"page": "1", "country0": "CD", "rest": "new"}
    wrong = client.post(url, {**posted, "row0-other": "nowhere"})
    assert "There is no such city among those you may edit." in words_of(wrong)
    mapped.refresh_from_db()
    assert "places" not in mapped.decisions
    order = [key for key, _place in wrong.context["form"].shown]
    at = order.index("old port trial (cn)")
    fields = {f"row{n}": "?" for n in range(50)} | {f"row{at}-other": "other-trial"}
    fields[f"row{order.index('town 07 (cn)')}"] = "-"
    response = client.post(url, {**posted, **fields, "_look": "1"})
    assert response.status_code == 302
    mapped.refresh_from_db()
    assert mapped.decisions["places"] == {
        "country:congo": "CD",
        "rest:": "new",
        "old port trial (cn)": "other-trial",
        "town 07 (cn)": "",
    }
    names = [step.name for step in STEPS]
    assert names.index("places") < names.index("years")
    places = Draft.of(mapped, staff).places
    assert places["kongo ville (cd)"].becomes == "new"
    assert places["town 59 (cn)"].slug == "town-59"
    assert places["sample other trial (cn)"].becomes is None
    second = client.get(url, {"page": 2})
    assert len(second.context["places"]) == 13
    assert 'formaction="?page=2"' in client.get(url).content.decode()


@pytest.mark.django_db
def test_measures_become_figures_of_actions_on_their_page(catalogue):
    city = make_city("Port Trial")
    make_action(city, "access-to-nature")
    officer = make_user("officer@example.org", officer_of=city)
    lines = ["Indicador;Unidad;2019;Meta 2030", "Zonas verdes;ha;12;20", "Setos;km;9;3"]
    uses = {"indicador": "measure", "unidad": "unit"}
    uses |= dict.fromkeys(("2019", "meta 2030"), "value_of_year")
    decisions = {"target": {"target": "statements"}, "columns": columns(**uses)}
    decisions["constants"] = {"city": city.slug, "list_name": "Plan"}
    mapped = list_of(officer, lines, **decisions)
    client, url = client_of(officer), url_of(mapped, "years")
    words = words_of(client.get(url))
    assert "Choose the type of action for “Setos”." in words
    assert "It is called like the official measure." in words
    assert "Its target lies below its first figure." in words
    posted = {"kind0": "baseline", "year0": "2019", "kind1": "target", "year1": "2030"}
    posted |= {"row0": "1||own", "row0-unit": "km", "row1": "1||green_blue_area"}
    wrong = client.post(url, {**posted, "year1": ""})
    assert "Write the year of “Meta 2030”, or choose “not imported”." in words_of(wrong)
    assert client.post(url, posted).status_code == 302
    mapped.refresh_from_db()
    years = Draft.of(mapped, officer).years
    assert [(one.kind, one.year) for one in years.columns] == [("baseline", 2019), ("target", 2030)]
    assert {one.word: (one.action, one.figure) for one in years.measures} == {
        "Zonas verdes": ("1", "green_blue_area"),
        "Setos": ("1", "own"),
    }
    assert not years.first_is_baseline
    assert not years.by_word["setos"].falls
    posted = {**posted, "row0": "new|restoration|own", "row0-falls": "on", "row1": "-"}
    client.post(url, posted)
    mapped.refresh_from_db()
    setos, zonas = (
        Draft.of(mapped, officer).years.by_word[word] for word in ("setos", "zonas verdes")
    )
    assert (setos.action, setos.action_type, setos.unit) == ("new", "restoration", "km")
    assert setos.falls
    assert zonas.action == ""


@pytest.mark.django_db
def test_cities_of_one_name_stand_apart_on_the_page(catalogue):
    staff = make_user("staff@example.org", is_staff=True)
    lines = ["Code,Name,UF,Country", "7,Bom Jesus,PI,BR", "5,Bom Jesus,RS,BR", "1101,市辖区,,CN"]
    uses = columns(code="key", name="name", uf="state", country="country")
    decisions = {"target": {"target": "cities"}, "columns": uses}
    decisions["places"] = {"rest:": "new", "key:7": ""}
    mapped = list_of(staff, lines, **decisions)
    client, url = client_of(staff), url_of(mapped, "places")
    response = client.get(url)
    shown = [(place.label, place.slug) for place, *_fields in response.context["places"]]
    assert shown == [
        ("市辖区", "cn-1101"),
        ("Bom Jesus (PI · 7)", ""),
        ("Bom Jesus (RS · 5)", "bom-jesus-rs"),
    ]
    words = words_of(response)
    assert "1 new city has a name without Latin letters" in words
    assert "The web address is made of the key in your list. A web address is for ever." in words
    assert "The key of the list, “Code”, tells cities of one name apart. It is not stored" in words
    order = [key for key, _place in response.context["form"].shown]
    at = order.index("bom jesus (br) · pi")
    posted = {"page": "1", "rest": "new", **{f"row{n}": "new" for n in range(3)}}
    assert client.post(url, {**posted, f"row{at}": "?"}).status_code == 302
    mapped.refresh_from_db()
    assert mapped.decisions["places"] == {"rest:": "new"}


@pytest.mark.django_db
def test_numbers_of_a_long_list_are_said_to_be_of_its_first_rows(catalogue, monkeypatch):
    monkeypatch.setattr(making, "ROWS_AT_ONCE", 2)
    staff = make_user("staff@example.org", is_staff=True)
    lines = ["Name,Country", *(f"Town {number},CN" for number in range(3))]
    decisions = {"target": {"target": "cities"}, "columns": columns(name="name", country="country")}
    mapped = list_of(staff, lines, places={"rest:": "new"}, **decisions)
    words = words_of(client_of(staff).get(mapped.get_absolute_url()))
    assert "these are the numbers of its first 2 rows alone" in words
    assert "Cities: 2 rows." in words
