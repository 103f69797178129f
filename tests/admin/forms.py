"""Reads the fields of a page's form, to post them as a browser would."""

from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from threading import Barrier

from django.db import connection


class _Form(HTMLParser):
    """Collects the fields of the form that has a save button, or of the last one."""

    def __init__(self):
        super().__init__()
        self.data = {}
        self.collecting = False
        self.select = self.textarea = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.collecting = given.get("id", "") != "logout-form" and given.get("method") == "post"
            if self.collecting:
                self.data = {}
        if not self.collecting or "disabled" in given:
            return
        if tag == "input":
            self.input(given)
        elif tag == "textarea":
            self.textarea = given["name"]
            self.data[self.textarea] = ""
        elif tag == "select":
            self.select = given.get("name")
        elif tag == "option" and self.select and "selected" in given:
            self.data[self.select] = given.get("value", "")

    def input(self, given):
        kind = given.get("type", "text")
        if kind == "submit" or not given.get("name"):
            return
        if kind in ("checkbox", "radio") and "checked" not in given:
            return
        value = given.get("value", "on" if kind == "checkbox" else "")
        if kind == "checkbox" and given["name"] in self.data:
            value = [*_listed(self.data[given["name"]]), value]
        self.data[given["name"]] = value

    def handle_data(self, text):
        if self.textarea:
            self.data[self.textarea] += text

    def handle_endtag(self, tag):
        if tag == "textarea" and self.textarea:
            self.data[self.textarea] = self.data[self.textarea].removeprefix("\n")
            self.textarea = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.collecting = False


def _listed(value):
    return value if isinstance(value, list) else [value]


def fields_of(html):
    parser = _Form()
    parser.feed(html)
    parser.data.pop("csrfmiddlewaretoken", None)
    return {name: value for name, value in parser.data.items() if "__prefix__" not in name}


def filled(client, url, /, **changes):
    """The data of the form at `url`, with `changes` typed into it."""
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return {**fields_of(response.content.decode()), **changes}


def save(client, url, /, **changes):
    """Open the form at `url`, type `changes` and save; returns the answer."""
    return client.post(url, filled(client, url, **changes))


def errors_of(response):
    """Every error message of the answer's form and of the forms below it."""
    context = response.context
    messages = [text for texts in context["adminform"].form.errors.values() for text in texts]
    for formset in context["inline_admin_formsets"]:
        for form in formset.formset.forms:
            messages += [text for texts in form.errors.values() for text in texts]
        messages += formset.formset.non_form_errors()
    return messages


def posted_at_once(url, clients, forms):
    """The sorted answers to `forms`, sent together."""
    start = Barrier(len(forms))

    def post(client, form):
        start.wait()
        try:
            return client.post(url, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(forms)) as pool:
        return sorted(pool.map(post, clients, forms))
