"""Every named address, asked by everybody: what each answers stands in one table.

A line of `addresses.txt` is a name and the status that GET answers to a visitor, the officer of
the city, the officer of another city, and platform staff. An address that the table lacks fails,
and so does a line whose address is gone.
"""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver, reverse

from catalogue.models import CatalogueVersion
from exchange.models import Job, MappedFile, Mapping
from hub.models import Picture, Resource, Upload
from notices.models import Mail
from notices.sending import notify
from oversight.models import FileBundle, Mailing
from pathway.models import Step, StepItem
from profiles.dates import today
from profiles.models import City, Submission
from publishing import record
from tests.factories import (
    make_assessment,
    make_city,
    make_picture,
    make_plan,
    make_progress,
    make_resource,
    make_upload,
    make_user,
    writing,
)
from tests.published import publish_all

TABLE = Path(__file__).with_name("addresses.txt")
INLINE = re.compile(r"<style\b|<[^>]+\sstyle=|<[^>]+\son[a-z]+=\"|<script(?![^>]*\ssrc=)[^>]*>")
CODES = {
    "website:cbi_edition": "2021",
    "website:cbi_indicator": "2021-connectivity",
    "website:country": "CN",
    "website:region": "europe",
    "website:measure_figures": "carbon.tree_cover",
    "website:step": "set-baseline",
}
DATA = re.compile(r"<script[^>]*type=\"application/(?:ld\+)?json\"[^>]*>")


def named_addresses(resolver=None, namespaces=(), gaps=()):
    """(name, gaps to fill) of all addresses of the site."""
    for entry in (resolver or get_resolver()).url_patterns:
        inner = (*gaps, *gaps_of(entry.pattern))
        if isinstance(entry, URLPattern):
            if entry.name:
                yield ":".join((*namespaces, entry.name)), inner
        else:
            below = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from named_addresses(entry, below, inner)


def gaps_of(pattern):
    """The names of a pattern's gaps; unnamed groups of an expression are numbered."""
    if hasattr(pattern, "converters") and pattern.converters:
        return tuple(pattern.converters)
    expression = getattr(pattern, "regex", None)
    if expression is None or not expression.groups:
        return ()
    return tuple(expression.groupindex) or tuple(range(expression.groups))


def table():
    """Name → the four expected statuses."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {name: tuple(map(int, statuses)) for name, *statuses in rows}


HEAD = (
    "description",
    "canonical",
    "og:title",
    "og:description",
    "og:url",
    "og:site_name",
    "og:type",
)
"""What a page has for search engines and for those who share it."""


class Page(HTMLParser):
    """What every page must have: its main headings, its language, and what its head says."""

    def __init__(self, html):
        super().__init__()
        self.headings, self.language, self.titles = 0, None, []
        self.said = Counter()
        """Name of an element of the head → how many with words there are."""
        self.is_in_title = self.is_left_out = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.is_in_title = tag == "title" and not self.titles
        if tag == "h1":
            self.headings += 1
        elif tag == "html":
            self.language = attrs.get("lang")
        elif tag in ("meta", "link"):
            name = attrs.get("name") or attrs.get("property") or attrs.get("rel")
            self.said[name] += bool(attrs.get("content") or attrs.get("href"))
            self.is_left_out |= name == "robots" and attrs.get("content") == "noindex"

    def handle_data(self, data):
        if self.is_in_title:
            self.titles.append(data)
            self.is_in_title = False


def job_of(user, city):
    """An import that was written and can be taken back, with all its files."""
    file = ContentFile(b"City", "cities.csv")
    job = Job.objects.create(
        user=user,
        state=Job.State.APPLIED,
        file=file,
        file_name="cities.csv",
        enclosed=ContentFile(b"PK", "files.zip"),
        enclosed_name="files.zip",
        marked_file=file,
    )
    job.cities.add(city)


def list_of(user, city):
    """A list of another form with the workbook that was made of it, and a kept mapping."""
    columns = {"columns": {"title": {"field": "description"}}}
    mapping = Mapping.objects.create(
        name="Plan", city=city, target="actions", headers=["title"], decisions={"columns": columns}
    )
    Mapping.objects.exclude(pk=mapping.pk).delete()  # examples, which everybody may read
    MappedFile.objects.create(
        user=user,
        file=ContentFile(b"Title;Notes\nHedges;long\nPonds;deep\n", "plan.csv"),
        file_name="plan.csv",
        mapping=mapping,
        state=MappedFile.State.MADE,
        workbook=ContentFile(b"PK", "plan.xlsx"),
    )


@pytest.fixture
def rows(anji):
    """A row of every model of the admin, of Anji County where it belongs to a city."""
    with writing():
        StepItem.objects.create(
            city=anji, step=Step.objects.first(), title="Plan", url="https://example.org/plan"
        )
        make_resource(anji)
        make_upload(anji)
        make_picture(anji)
        make_plan(anji)
    make_assessment(anji)
    make_progress(anji, 1)
    people = make_user("officer@example.org", officer_of=anji), make_city("Elsewhere")
    publish_all()
    job_of(people[0], anji)
    list_of(people[0], anji)
    Submission.objects.create(
        city=anji,
        catalogue=CatalogueVersion.objects.get(is_current=True),
        record=record.pack(record.encode(record.working_record(anji))),
        content_version=anji.content_version,
        due_on=today(),
    )
    with override_settings(EMAIL_BACKEND="notices.queue.QueueBackend"):
        notify("withdrawn", people[:1], anji, note="By mistake.")
    Mailing.objects.create(subject="The update", text="It is due.")
    bundle = FileBundle.objects.create(state=FileBundle.State.READY)
    bundle.file.save("files.zip", ContentFile(b"zip"))
    found = {}
    for model in admin.site._registry:
        own = getattr(model.objects, "managed_by", None)
        rows = own(people[0]) if own else model.objects.all()
        found[model] = (rows if rows.exists() else model.objects.all()).order_by("pk").first()
        assert found[model] is not None, model
    return found


@pytest.fixture
def everybody(rows, anji):
    """A client for each column of the table."""
    people = (
        None,
        anji.assignments.get(user__email="officer@example.org").user,
        make_user("other@example.org", officer_of=City.objects.get(name="Elsewhere")),
        make_user("staff@example.org", is_staff=True),
    )
    clients = []
    for person in people:
        clients.append(Client())
        if person:
            clients[-1].force_login(person)
    return clients


def fill(name, gaps, rows, anji):
    """The address by this name, its gaps filled with what belongs to Anji County."""
    model = next(
        (m for m in rows if name.startswith(f"admin:{m._meta.app_label}_{m._meta.model_name}_")),
        None,
    )
    if name == "admin:auth_user_password_change":  # so called whatever the user model is
        model = get_user_model()
    if name.startswith("admin:publishing_submission_"):
        model = Submission
    row = rows[model] if model else anji
    tokens = {"website:file": rows[Upload].token, "website:picture": rows[Picture].file.token}
    known = {
        "slug": anji.slug,
        "code": CODES.get(name, "natural-areas"),
        "number": 1,
        "chapter": "overview",
        "section": "cities",
        "step": "columns",
        "path": "actions.1.description",
        "component": "2021-governance",
        "ending": "webp" if name == "website:picture" else "csv",
        "width": 320,
        "object_id": row.pk,
        "city_id": anji.pk,
        "comment_id": 1,
        "pk": rows[Submission if name == "website:submission" else Resource].pk,
        "id": row.pk,
        "mail_id": rows[Mail].pk,
        "app_label": "actions",
        "content_type_id": ContentType.objects.get_for_model(type(row)).pk,
        "uidb64": "MQ",
        "token": tokens.get(name, "no-token"),
    }
    if "history_id" in gaps or "version_id" in gaps:
        known["history_id"] = known["version_id"] = row.history.first().pk
    if gaps and isinstance(gaps[0], int):
        return reverse(name, args=[known["object_id"] for _ in gaps])
    return reverse(name, kwargs={gap: known[gap] for gap in gaps})


def test_the_table_lists_every_address_once():
    assert sorted({name for name, _ in named_addresses()}) == sorted(table())


def html_of(response):
    """The page; empty for any other answer. Reads it to its end, which closes a streamed file."""
    content = b"".join(response)
    is_page = response.get("Content-Type", "").startswith("text/html")
    return content.decode() if is_page else ""


def faults_of(response, html):
    """What is wrong with a page."""
    page = Page(html)
    if page.headings != 1 or not page.language or not page.titles:
        yield f"{page.headings} h1, lang {page.language}"
    if inline := INLINE.search(DATA.sub("", html)):
        yield inline.group()[:80]
    if "default-src 'self'" not in response["Content-Security-Policy"]:
        yield "no policy"


def faults_of_head(response, page):
    """What search engines would miss; a page that is kept from them may lack all of it."""
    is_left_out = page.is_left_out or "noindex" in response.get("X-Robots-Tag", "")
    for name in HEAD:
        if page.said[name] != 1 and not (is_left_out and page.said[name] == 0):
            yield f"{page.said[name]} {name}"


def test_every_address_answers_as_the_table_says_and_every_page_is_sound(rows, everybody, anji):
    """A page has one main heading, a language, a title, a policy, and nothing inline."""
    expected, wrong, seen, titles = table(), [], 0, Counter()
    for name, gaps in named_addresses():
        address = fill(name, gaps, rows, anji)
        responses = [client.get(address) for client in everybody]
        pages = [(response, html) for response in responses if (html := html_of(response))]
        faults = {fault for page in pages for fault in faults_of(*page)}
        wrong += [f"{name}: {fault}" for fault in sorted(faults)]
        answers = tuple(response.status_code for response in responses)
        if answers != expected.get(name):
            wrong.append(f"{name} {' '.join(map(str, answers))}")
        seen += len(pages)
        if answers[0] == 200 and pages and name.startswith(("website:", "accounts:")):
            page = Page(pages[0][1])
            titles.update(page.titles)
            wrong += [f"{name}: {fault}" for fault in faults_of_head(pages[0][0], page)]
    assert not wrong, "\n".join(wrong)
    assert seen > 40
    assert [title for title, count in titles.items() if count > 1] == []
