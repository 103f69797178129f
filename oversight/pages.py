"""Pages of those who look after cities that show no rows of one model."""

from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import units
from exchange.writing.tables import workbook_of
from profiles.access import oversees
from profiles.dates import today
from profiles.number_fields import DateField
from profiles.people import display_name

from .numbers import Place, numbers_for
from .queue import give_back, queue_of, take, take_over

SHEET_COUNTS = {
    "public": gettext_lazy("Public cities"),
    "cities": gettext_lazy("Of these, published within the period"),
    "acting": gettext_lazy("With actions"),
    "action_count": gettext_lazy("Actions"),
    "start_count": gettext_lazy("Actions that say where they start"),
    "target_count": gettext_lazy("Actions with a target"),
    "full_target_count": gettext_lazy("Actions whose target has a figure and a year"),
}
"""Attribute of a `Place` → what it counts."""


def urls(site):
    """The addresses of these pages, for the admin site."""
    view = site.admin_view
    return [
        path("oversight/queue/", view(queue), name="oversight_queue"),
        path("oversight/numbers/", view(numbers), name="oversight_numbers"),
        path("oversight/numbers.xlsx", view(numbers_file), name="oversight_numbers_file"),
    ]


# The queue


def queue(request):
    """Take an item of the queue, take it over, or give it back."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    wanted = request.POST.get("item", "")
    items = {f"{item.kind}-{item.key}": item for item in queue_of(request.user)}
    if wanted not in items:
        messages.info(request, _("This does not wait any more."))
    elif "give-back" in request.POST:
        give_back(items[wanted], request.user)
    else:
        _take(request, items[wanted])
    return redirect("admin:index")


def _take(request, item):
    seen = request.POST.get("owner", "")
    if seen.isdecimal() and item.owner and str(item.owner.pk) == seen:
        take_over(item, request.user, item.owner)
        return
    owner = take(item, request.user)
    if owner != request.user:
        who = display_name(owner, request.user)
        messages.warning(request, _("%(who)s has just taken it.") % {"who": who})


# Numbers for the report of a funder


class PeriodForm(forms.Form):
    first = DateField(label=gettext_lazy("Published from"))
    last = DateField(label=gettext_lazy("until"))
    samples = forms.BooleanField(
        label=gettext_lazy("Count invented cities too"),
        required=False,
        help_text=gettext_lazy("To try it out: such numbers are for no report."),
    )

    def __init__(self, asked):
        """`asked`: the query of the address; what it does not say is this year until today."""
        day, data = today(), asked.copy()
        for name, usual in (("first", day.replace(month=1, day=1)), ("last", day)):
            if not data.get(name):
                data[name] = usual.isoformat()
        super().__init__(data, label_suffix="")
        if not settings.SAMPLES_ARE_LISTED:
            del self.fields["samples"]
        self.full_clean()

    def clean(self):
        cleaned = super().clean()
        if not self.errors and cleaned["first"] > cleaned["last"]:
            self.add_error("last", _("This day is before the first one."))
        return cleaned


def _asked(request):
    """(form, numbers or None where the form has an error, whether samples count)."""
    if not oversees(request.user):
        raise PermissionDenied
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return form, None, False
    given = form.cleaned_data
    with_samples = bool(given.get("samples"))
    found = numbers_for(request.user, given["first"], given["last"], with_samples)
    return form, found, with_samples


def numbers(request):
    form, found, with_samples = _asked(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Numbers for a report"),
        "form": form,
        "numbers": found,
        "with_samples": with_samples,
        "columns": SHEET_COUNTS.values(),
        "query": request.GET.urlencode(),
    }
    if found is not None:
        places = [*found.places, found.whole]
        context["places"] = [
            (_name(place), [getattr(place, name) for name in SHEET_COUNTS]) for place in places
        ]
        context["areas"] = [(_measure_name(one), _in_places(one, places)) for one in found.measures]
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/oversight/numbers.html", context)


def _name(place):
    return place.name or _("without a region")


def _measure_name(measure):
    unit = units.symbol(measure.unit)
    return f"{measure.text()} ({unit})" if unit else str(measure.text())


def _in_places(measure, places):
    """What stands in the row of a measure: the sum of each place with how many cities give it."""
    empty = Place("").areas[measure.code]
    return [
        SimpleNamespace(sum=place.areas.get(measure.code, empty), cities=place.cities)
        for place in places
    ]


def numbers_file(request):
    """The same as a workbook: one sheet by region, one with the areas, one that explains them."""
    form, found, with_samples = _asked(request)
    if found is None:
        raise Http404
    places = [*found.places, found.whole]
    counts = [[_name(one), *(getattr(one, name) for name in SHEET_COUNTS)] for one in places]
    sheets = [
        (_("Cities and actions"), [_("Region"), *map(str, SHEET_COUNTS.values())], counts),
        (_("Areas"), _area_columns(), _area_rows(found, places)),
        (_("What they say"), [_("What"), _("Answer")], _explained(form, found, with_samples)),
    ]
    response = workbook_of(sheets)
    response["Content-Disposition"] = content_disposition_header(True, "numbers.xlsx")
    return response


def _area_columns():
    return [
        *(_("Measure"), _("Region"), _("Sum"), _("Unit"), _("Cities that give a figure")),
        *(_("Cities in all"), _("Of the figures: about, more or less than")),
    ]


def _area_rows(found, places):
    for measure in found.measures:
        for place in places:
            one = place.areas.get(measure.code)
            if one is not None:
                unit = units.symbol(measure.unit)
                given = (one.amount, unit, one.cities, place.cities, one.inexact)
                yield [str(measure.text()), _name(place), *given]


def _explained(form, found, with_samples):
    given = form.cleaned_data
    return [
        [_("Published from"), given["first"]],
        [_("until"), given["last"]],
        [_("Invented cities"), _("counted") if with_samples else _("not counted")],
        [_("Which version"), _("The last one that a city published within the period.")],
        [_("Areas"), _("The newest figure of each city for each measure; targets are not added.")],
        [_("Versions that cannot be read"), found.unread],
    ]
