"""Pagination of the public lists."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404

ROWS_PER_PAGE = 20
CARDS_PER_PAGE, FEWEST_CARDS = 24, 7
"""A last page of fewer cards than `FEWEST_CARDS` joins the one before."""

STEP_CITIES_PER_PAGE = 25
INDEX_CITIES_PER_PAGE = 50

LONGEST_NUMBER = 9
"""Digits of a page number. Python refuses to convert very long ones."""


class KeysFirst(Paginator):
    """Finds the keys of a page, then loads the rows of these keys, in one query.

    So the database sorts keys, and neither reads nor joins anything for rows of other pages.
    `count`: the number of rows, if it is known; it saves a query.
    """

    def __init__(self, rows, per_page, *args, count=None, **kwargs):
        super().__init__(rows, per_page, *args, **kwargs)
        if count is not None:
            self.count = count

    def _get_page(self, rows, number, paginator):
        if isinstance(rows, QuerySet) and self.num_pages > 1:
            rows = self.object_list.filter(pk__in=rows.values("pk"))
        return super()._get_page(rows, number, paginator)


def page_context(request, rows, per_page=ROWS_PER_PAGE, count=None, fewest=1):
    """The context of `website/parts/pages.html` for the page in `request.GET`, a number or `last`.

    `count`: the number of `rows`, if it is known; it saves a query. `fewest`: those of a last page
    of its own. Raises Http404 for a page that does not exist.
    """
    paginator = KeysFirst(rows, per_page, orphans=fewest - 1, count=count)
    wanted = request.GET.get("page") or "1"
    if wanted == "last":
        wanted = str(paginator.num_pages)
    is_number = wanted.isdecimal() and len(wanted) <= LONGEST_NUMBER
    if not is_number or not 1 <= int(wanted) <= paginator.num_pages:
        raise Http404
    page = paginator.page(int(wanted))
    return {
        "page_obj": page,
        "paginator": paginator,
        "is_paginated": page.has_other_pages(),
        "page_numbers": page_numbers(page),
    }


def page_numbers(page):
    """The numbers that are linked, with an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2))
