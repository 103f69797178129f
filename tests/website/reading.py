"""Helpers that read text from public pages."""

import re


def html_of(response):
    assert response.status_code == 200
    return response.content.decode()


def page_of(client, row):
    """The page of a city or a resource."""
    return html_of(client.get(row.get_absolute_url()))


def words_of(page, between=""):
    """The text of the page's `<main>` on one line; each tag is replaced by `between`."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", between, main).split())


def text_of(response):
    """The text of the response's `<main>` on one line, with spaces between blocks and cells."""
    ends = r"</(td|th|dt|dd|p|li|a|h3|title)>"
    return words_of(re.sub(ends, " ", html_of(response)))


def names_in_table(html):
    """The linked row headers of tables, in order: the names of cities."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', html)
