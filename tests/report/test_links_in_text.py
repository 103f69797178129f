"""Addresses in texts are found in any script, and lead nowhere but to pages and mailboxes."""

import pytest
from django.template.loader import render_to_string

from catalogue.atoms import Text
from report import links_in_text, pdf
from report.links_in_text import LONGEST, Piece, pieces_of
from tests.records import make_action_record, make_record, make_statement_record
from website.templatetags.profile import linked_words, paragraphs

from .reading import Reading
from .samples import make_document, printed
from .test_pdf import about_of, with_about

FOUND = [
    ("请访问https://example.org/。", ["https://example.org/"]),
    ("见www.anji.gov.cn网站", ["www.anji.gov.cn"]),
    ("（https://zh.wikipedia.org/wiki/安吉县），", ["https://zh.wikipedia.org/wiki/安吉县"]),
    ("https://example.org/了解更多", ["https://example.org/"]),
    ("邮箱：info@anji.gov.cn或电话", ["info@anji.gov.cn"]),
    ("https://例子.中国/a，", ["https://例子.中国/a"]),
    ("https://example.org에서", ["https://example.org"]),
    ("กดที่www.bangkok.go.thเพื่อ", ["www.bangkok.go.th"]),
    ("انظرhttps://example.org/مسار، والمزيد", ["https://example.org/مسار"]),
    ("https://пример.рф/путь!", ["https://пример.рф/путь"]),
    ("(see https://example.org/Foo_(bar)).", ["https://example.org/Foo_(bar)"]),
    ("“https://example.org/b”…", ["https://example.org/b"]),
    ("<https://example.org/b?c=1&d=[e]>", ["https://example.org/b?c=1&d=[e]"]),
    ("[here](https://example.org/b)", ["https://example.org/b"]),
    ("https://a.org,https://b.org/x;www.c.org", ["https://a.org", "https://b.org/x", "www.c.org"]),
    ("https://example.org:8000/x, HTTP://A.ORG", ["https://example.org:8000/x", "HTTP://A.ORG"]),
    ("https://web.archive.org/web/2020/https://a.org/", None),
    ("mailto:a.b+c@example.org.", ["a.b+c@example.org"]),
    ("https://good.example@bad.example/x", ["https://good.example"]),
]
NOT_FOUND = [
    "javascript:alert(1) data:text/html,x ftp://a.org file:///etc/passwd",
    "https://javascript:alert(1)/ https://localhost/ http://",
    "https://user:password@host.example",
    "12@3.50 a@b @city@social.example www.x www.3.5 xwww.a.org",
    "https://" + "a" * LONGEST + ".org",
    "https://a.org/_" + "安" * (LONGEST // 2),
]
LEADS_TO = [
    ("www.Example.org", "https://www.example.org"),
    ("HTTP://example.org/A", "http://example.org/A"),
    ("info@example.org", "mailto:info@example.org"),
    ("https://straße.de/ä?q=%20", "https://xn--strae-oqa.de/%C3%A4?q=%20"),
    ("https://例子.中国/", "https://xn--fsqu00a.xn--fiqs8s/"),
]
TRAPS = ["https://", "www.", "a@", "x.@a.", "https://a.org/x,", "https://a.org/_安", "a@b.c"]
HOSTILE = 'https://a.org/"onclick="x <b>'


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_addresses_are_found_where_they_end(text, found):
    pieces = pieces_of(text)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.url] == (found or [text])


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_no_address_stays_words(text):
    assert pieces_of(text) == (Piece(text),)


@pytest.mark.parametrize(("text", "url"), LEADS_TO)
def test_an_address_leads_to_where_it_says(text, url):
    assert pieces_of(text) == (Piece(text, url),)


@pytest.mark.parametrize("trap", TRAPS)
def test_each_letter_is_looked_at_a_few_times_at_most(trap, monkeypatch):
    looked_at = []
    is_part = links_in_text._is_part
    monkeypatch.setattr(
        links_in_text, "_is_part", lambda *args: looked_at.append(1) or is_part(*args)
    )
    pieces_of(trap * (30_000 // len(trap)))
    assert len(looked_at) < 100_000


def test_a_page_links_addresses_and_escapes_the_rest():
    assert paragraphs(Text(f"見{HOSTILE}\n<i>", "en")) == (
        '<p>見<a href="https://a.org/" rel="nofollow ugc noopener">https://a.org/</a>'
        "&quot;onclick=&quot;x &lt;b&gt;</p>\n<p>&lt;i&gt;</p>"
    )
    assert linked_words(Text("مدينة www.a.org", "ar")) == (
        '<span lang="ar" dir="rtl">مدينة <a href="https://www.a.org" rel="nofollow ugc noopener">'
        "www.a.org</a></span>"
    )
    assert linked_words(Text("<i>", "en")) == "&lt;i&gt;"


def test_the_pdf_links_the_same_addresses(short_document):
    text = "\n".join(words for words, _ in FOUND)
    reading = Reading(pdf.render(with_about(short_document, text)))
    expected = {piece.url: None for piece in pieces_of(text) if piece.url}
    assert [url for url in dict.fromkeys(reading.addresses) if url in expected] == list(expected)
    assert about_of(reading)[0] == FOUND[0][0]


def test_addresses_are_links_wherever_a_city_writes():
    def says(number):
        return {"en": f"More at www.example.org/{number}."}

    statement = make_statement_record("baseline", text=says(1), source=says(2))
    action = make_action_record("urban-heat", statement, summary=says(3), description=says(4))
    city = {"about": says(5), "head_statement": says(6), "head_name": "Ada"}
    document = make_document(make_record(city=city, actions=[action]))
    printed_links = printed(document).addresses
    assert [url for url in printed_links if url and "www" in url] == [
        f"https://www.example.org/{number}" for number in (5, 6, 3, 4, 1, 2)
    ]
    entry = document.actions.actions[0].baseline
    page = render_to_string("website/city/statement.html", {"statement": entry})
    assert page.count('rel="nofollow ugc noopener">www.example.org/') == 2
