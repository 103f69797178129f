"""What headers of lists mean, in many languages."""

import pytest

from exchange.mapping.columns.synonyms import leaves_of, matches, without_year, year_in


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("ActionName", "title"),
        ("Maßnahme", "title"),
        ("Massnahme", "title"),
        ("Maßnahmenbeschreibung (kurz)", "description"),
        ("Maßnamhentitel", "title"),
        ("Titre de l’action", "title"),
        ("Titre de la sous-action", "subtitle"),
        ("Élu·e référent·e", "person"),
        ("Direction ou service pilote", "department"),
        ("Montant € HT", "money"),
        ("Valor investido (R$)", "money"),
        ("Date de fin", "period"),
        ("Breve descripción de la iniciativa", "description"),
        ("Número de árboles", "value"),
        ("Wer ist zuständig?", "department"),
        ("Número de habitantes", "population"),
        ("Nome do Município", "city"),
        ("Fläche in ha", "area"),
        ("Flaeche", "area"),
        ("Codice Catastale del comune", "city_code"),
        ("Onderwerp / thema", "action_type"),
        ("Wydział odpowiedzialny", "department"),
        ("Наименование мероприятия", "title"),
        ("№ п/п", "key"),
        ("المدينة", "city"),
        ("جهة مسؤولة", "department"),
        ("负责部门", "department"),
        ("重点项目名称", "title"),
        ("事業の概要", "summary"),
        ("담당부서", "department"),
        ("ชื่อโครงการ", "title"),
        ("Luas (ha)", "area"),
        ("Tên dự án", "title"),
        ("जनसंख्या", "population"),
        ("Sorumlu birim", "department"),
        ("Stadt / City", "city"),
        ("pop_2019", "population"),
        ("geo_lat", "latitude"),
    ],
)
def test_a_header_means(header, meaning):
    assert matches(header)[0].meaning == meaning


@pytest.mark.parametrize("header", ["Number of trees", "Biome", "H", "County", "Hallo Welt"])
def test_a_header_is_not_read_as_what_it_only_resembles(header):
    meanings = [match.meaning for match in matches(header)]
    assert not {"key", "title", "city", "country"} & set(meanings)


@pytest.mark.parametrize(
    ("header", "year", "rest"),
    [
        ("2018", 2018, ""),
        ("Observado 2018", 2018, "Observado"),
        ("2018年", 2018, ""),
        ("2015/16", 2016, ""),
        ("Date 2018 (ha)", 2018, "Date"),
        ("Fuel 2020 use", None, "Fuel   use"),
        ("CO2", None, "CO2"),
    ],
)
def test_the_year_at_the_end_of_a_header(header, year, rest):
    assert year_in(header) == year
    assert without_year(header) == rest


def test_the_name_of_a_group_is_no_part_of_the_headers_below_it():
    headers = ["Acteurs Partenaires", "Acteurs Personne pilote", "Date de début", "Date de fin"]
    assert leaves_of(headers) == ["Partenaires", "Personne pilote", "", ""]
    assert matches(headers[1], "Personne pilote")[0].meaning == "person"
