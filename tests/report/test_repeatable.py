"""The same document gives the same bytes, in whatever process, from rows in whatever order, on
whatever day; and these say of which city, what and of which day they are.
"""

import hashlib
import io
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from urllib.parse import quote

import docx
import pytest
from django.conf import settings
from django.db import transaction

from actions.models import ActionType, Commitment
from pathway.models import Step
from report import pdf, word
from report.file_names import content_disposition_of
from report.forms import FORMS
from report.sources import working_document
from tests.factories import make_action, make_city, make_progress, writing
from tests.records import DAY

from .invented import Inventor
from .reading import Reading
from .samples import make_document

TEMPLATES = [pdf.PROFILE, pdf.AT_A_GLANCE]
IN_ANOTHER_PROCESS = """
import django; django.setup()
from tests.report.test_repeatable import digests
print(*digests())
"""


def invented_document():
    return make_document(Inventor(random.Random(9)).record())  # noqa: S311 (no secret)


def digests():
    document = invented_document()
    files = [pdf.render(document, template=template) for template in TEMPLATES]
    return [hashlib.sha256(content).hexdigest() for content in (*files, word.render(document))]


def test_another_process_makes_the_same_bytes():
    elsewhere = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    here = digests()
    assert len(set(here)) == 3
    assert elsewhere.stdout.split() == here


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_title_names_city_document_and_day_and_no_other_day_is_told(template, language):
    document = replace(invented_document(), language=language)
    reader = Reading(pdf.render(document, template=template)).reader
    title = reader.metadata.title
    assert title.startswith(f"{document.cover.title}: ") and title.endswith(document.cover.day.text)
    kind = {pdf.PROFILE: "city profile", pdf.AT_A_GLANCE: "at a glance"}[template]
    assert language != "en" or kind in title
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert f">{title}</rdf:li>" in metadata
    assert set(re.findall(r"\d{4}-\d\d-\d\d", metadata)) == {DAY.isoformat()}
    days = {reader.metadata[key][2:10] for key in ("/CreationDate", "/ModDate")}
    assert days == {f"{DAY:%Y%m%d}"}


def test_the_word_file_has_the_title_and_the_day_of_its_document():
    document = invented_document()
    about = docx.Document(io.BytesIO(word.render(document))).core_properties
    assert about.title.startswith(f"{document.cover.title}: ")
    assert about.title.endswith(document.cover.day.text)
    assert {about.created.date(), about.modified.date()} == {DAY}


@pytest.mark.parametrize("code", FORMS)
def test_each_form_has_a_file_name_of_its_own_with_city_and_day(code):
    document = invented_document()
    ending = FORMS[code].ending
    named = content_disposition_of(document, ending)
    assert f'filename="port-trial-working-copy-2026-06-06{ending}"' in named
    own_name = quote(f"{document.cover.local_name} working-copy-2026-06-06{ending}")
    assert f"filename*=UTF-8''Port%20Trial%20{own_name}" in named


def payload_of_rows(turn):
    """What is printed of rows that are written in the order that `turn` gives to lists of them."""
    with transaction.atomic():
        city = make_city("Port Trial")
        kind = ActionType.objects.get(code="natural-areas")
        values = {measure.key: place for place, measure in enumerate(kind.measures.all(), 11)}
        for place, code in turn([*enumerate(["natural-areas", "urban-heat"], 1)]):
            given = dict(turn([*values.items()])) if place == 1 else None
            action = make_action(city, code, baseline=given)
            with writing():
                action.number = 10 + place
                action.save()
        for commitment in turn([*Commitment.objects.all()[:4]]):
            with writing():
                city.commitments.get_or_create(commitment=commitment)
        for number in turn([*Step.objects.values_list("number", flat=True)[:4]]):
            make_progress(city, number)
        payload = pdf.printable_payload(working_document(city, DAY))[0]
        transaction.set_rollback(True)
    return payload


@pytest.mark.usefixtures("catalogue")
def test_the_order_in_which_rows_were_written_does_not_matter():
    assert payload_of_rows(list) == payload_of_rows(lambda rows: rows[::-1])
