"""The table of cities, and the page of one city in it."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.typed import shown_again, shows_typed
from exchange.writing.tables import workbook_of
from profiles.access import is_platform_staff, oversees
from profiles.admin_base.row_list import CappedPaginator
from profiles.city_search import find_cities
from profiles.models import City
from profiles.people import display_name

from .bundles import MOST_CITIES
from .cities_file import rows_of
from .forms import NoteForm, OwnerForm
from .models import CityCare, CityNote, FileBundle, Mailing, MailingRecipient, OverseenCity
from .next_step import next_step
from .overseers_admin import ForOverseers
from .people import names
from .table import LOOKS, MOST_LEVELS, looked_at, officers_of, with_columns, with_people

LIST = "oversight_overseencity_changelist"
MAILS = 10


class LookFilter(admin.SimpleListFilter):
    title = gettext_lazy("show")
    parameter_name = "look"

    def lookups(self, request, model_admin):
        return LOOKS

    def queryset(self, request, queryset):
        return looked_at(queryset, self.value(), request.user)


def day(moment, without):
    """The day of `moment`; in clay `without` where there is none."""
    if moment is None:
        return format_html('<span class="missing">{}</span>', without)
    return date_format(moment, "DATE_FORMAT")


def officers(city, reader):
    """The officers of a row, and when one of them signed in last."""
    found = names(officers_of(city), reader)
    if not found:
        return format_html('<span class="missing">{}</span>', _("nobody"))
    last = day(city.signed_in_at, _("never signed in"))
    return format_html('<bdi>{}</bdi> <span class="in-block">{}</span>', found, last)


def nulls_first(name):
    """An order that is the same on both databases."""
    return F(name).asc(nulls_first=True)


@admin.register(OverseenCity)
class OverseenCityAdmin(ForOverseers):
    search_fields = ("search_text",)
    search_help_text = gettext_lazy("The name of a city, its country or its region.")
    paginator = CappedPaginator
    ordering = ("name", "pk")
    actions = ("write_to", "give_to", "bundle_files")
    change_list_template = "admin/oversight/cities.html"

    def get_urls(self):
        view, name = self.admin_site.admin_view, "oversight_overseencity"
        return [
            path("", view(self.changelist_view), name=LIST),
            path("cities.xlsx", view(self.file_view), name=f"{name}_file"),
            path("<int:object_id>/", view(self.city_view), name=f"{name}_change"),
        ]

    def get_queryset(self, request):
        rows = super().get_queryset(request).overseen_by(request.user)
        return with_people(with_columns(rows))

    def get_list_filter(self, request):
        more = ("country__region",) if is_platform_staff(request.user) else ()
        return (LookFilter, *more)

    def get_search_results(self, request, queryset, search_term):
        return find_cities(queryset, search_term), False

    def changelist_view(self, request, extra_context=None):
        has_bundles = is_platform_staff(request.user)
        context = {"title": _("Cities"), "has_bundles": has_bundles, **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_list_display_links(self, request, list_display):
        return None

    def get_list_display(self, request):
        """Who reads the names of people decides how they are named."""

        @admin.display(description=_("officer, last sign-in"), ordering=nulls_first("signed_in_at"))
        def people(city):
            return officers(city, request.user)

        @admin.display(description=_("looked after by"), ordering="care__owner__full_name")
        def owner(city):
            care = getattr(city, "care", None)
            return display_name(care.owner, request.user) if care and care.owner else ""

        return (self.city, self.levels, self.published, people, self.next, owner, self.notes)

    def get_sortable_by(self, request):
        """All columns that have an order: some are functions of one request."""

    @admin.display(description=gettext_lazy("city"), ordering="name")
    def city(self, city):
        page = reverse("admin:oversight_overseencity_change", args=[city.pk])
        words = [city.country, city.get_state_display()]
        if city.is_sample:
            words.append(_("sample"))
        row = '<a href="{}"><bdi>{}</bdi></a> <span class="quiet">{}</span>'
        return format_html(row, page, city.name, " · ".join(map(str, words)))

    @admin.display(description=gettext_lazy("levels"), ordering="levels_reached")
    def levels(self, city):
        words = _("%(number)d of %(all)d") % {"number": city.levels_reached, "all": MOST_LEVELS}
        card = getattr(city, "public_city", None)
        if card is None or card.publication_id is None:
            return words
        more = ngettext("%(number)d action", "%(number)d actions", card.action_count)
        more %= {"number": card.action_count}
        return format_html('{} <span class="quiet">{}</span>', words, more)

    @admin.display(description=gettext_lazy("last published"), ordering=nulls_first("published_at"))
    def published(self, city):
        return day(city.published_at, _("never") if not city.is_withdrawn else _("withdrawn"))

    @admin.display(description=gettext_lazy("next step"))
    def next(self, city):
        return next_step(city)

    @admin.display(description=gettext_lazy("notes"), ordering="note_count")
    def notes(self, city):
        return city.note_count or ""

    @admin.action(description=gettext_lazy("Write to their officers"))
    def write_to(self, request, queryset):
        """Begin a mail to the chosen cities."""
        mailing = Mailing.objects.create(written_by=request.user)
        mailing.cities.set(queryset.order_by().values_list("pk", flat=True))
        return redirect("admin:oversight_mailing_change", mailing.pk)

    @admin.action(description=gettext_lazy("Say who looks after them"))
    def give_to(self, request, queryset):
        """Ask who looks after the chosen cities, and keep the answer."""
        cities = list(queryset.select_related(None).select_related("country"))
        form = OwnerForm(
            request.POST if "_owner" in request.POST else None, cities=cities, reader=request.user
        )
        if form.is_valid():
            form.save()
            words = ngettext(
                "Saved for %(count)d city.", "Saved for %(count)d cities.", len(cities)
            )
            messages.success(request, words % {"count": len(cities)})
            return None
        again = ("action", "select_across", ACTION_CHECKBOX_NAME)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Who looks after these cities"),
            "cities": cities,
            "form": form,
            "chosen": [(name, value) for name in again for value in request.POST.getlist(name)],
            "back": request.get_full_path(),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/oversight/owner.html", context)

    @admin.action(description=gettext_lazy("Get their files as one ZIP"), permissions=["bundle"])
    def bundle_files(self, request, queryset):
        """Begin a ZIP of files of the chosen cities."""
        keys = list(queryset.order_by().values_list("pk", flat=True)[: MOST_CITIES + 1])
        if len(keys) > MOST_CITIES:
            words = _("One ZIP takes up to %(number)s cities: choose fewer, by a filter.")
            messages.error(request, words % {"number": intcomma(MOST_CITIES)})
            return None
        bundle = FileBundle.objects.create(made_by=request.user)
        bundle.cities.set(keys)
        return redirect(bundle)

    def has_bundle_permission(self, request):
        return is_platform_staff(request.user)

    def file_view(self, request):
        """All cities of the list as a workbook, in its order; without the private notes."""
        if not oversees(request.user):
            raise Http404
        try:
            cities = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:  # as the list does
            return redirect(f"{reverse(f'admin:{LIST}')}?e=1")
        names_of_columns, rows = rows_of(cities, request.user)
        response = workbook_of([(_("Cities"), names_of_columns, rows)])
        response["Content-Disposition"] = content_disposition_header(True, "cities.xlsx")
        return response

    # One city

    @shows_typed
    def city_view(self, request, object_id):
        """Who looks after a city, private notes, and what was written to it."""
        city = self.find(request, object_id)
        care = CityCare.objects.filter(city=city.pk).first()
        may_note = City.objects.noted_by(request.user).filter(pk=city.pk).exists()
        is_post = request.method == "POST"
        owner = shown_again(OwnerForm, request)(
            request.POST if is_post and "_owner" in request.POST else None,
            initial={"owner": care and care.owner_id},
            cities=[city],
            reader=request.user,
        )
        note = shown_again(NoteForm, request)(
            request.POST if is_post and "_note" in request.POST else None,
            instance=CityNote(city_id=city.pk, author=request.user),
        )
        if owner.is_valid():
            owner.save()
            messages.success(request, _("Saved."))
            return redirect("admin:oversight_overseencity_change", city.pk)
        if may_note and (note.is_valid() or "_delete" in request.POST):
            return self.keep_note(request, city, note)
        return self.city_page(request, city, owner, note if may_note else None)

    def keep_note(self, request, city, form):
        """Store a new note, or delete one of the user's own."""
        if form.is_bound:
            form.save()
            messages.success(request, _("The note is saved."))
        else:
            number = request.POST["_delete"]
            own = CityNote.objects.filter(city=city.pk, author=request.user)
            if number.isdecimal() and own.filter(pk=number[:18]).delete()[0]:
                messages.success(request, _("The note is deleted."))
        return redirect("admin:oversight_overseencity_change", city.pk)

    def city_page(self, request, city, owner, note):
        notes = CityNote.objects.filter(city=city.pk).select_related("author")
        mails = MailingRecipient.objects.filter(city=city.pk).select_related("user", "mailing")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": city.name,
            "city": city,
            "officers": officers_of(city),
            "next_step": next_step(city),
            "levels": self.levels(city),
            "owner_form": owner,
            "note_form": note,
            "notes": notes if note is not None else (),
            "mails": mails.order_by("-pk")[:MAILS],
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/oversight/city.html", context)
