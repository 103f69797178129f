"""The pages of a review: the list of submissions, one submission, and sending."""

from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.typed import shown_again, shows_typed
from catalogue import frozen
from catalogue.admin_search import FoldedSearch
from profiles.models import City, Comment, Submission
from profiles.people import display_name

from . import record as records
from . import review, version_admin  # noqa: F401 (it registers the admin of publications)
from .record import UnreadableRecord
from .review_forms import APPROVE, RETURN, DecisionForm, SendForm
from .review_page import compare

State = Submission.State

LIST = "profiles_submission_changelist"
"""The URL name of the list, by which Django's index of the admin finds it."""


class StateFilter(admin.SimpleListFilter):
    """Waiting, if nothing is chosen."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("decided", _("decided"))]

    def choices(self, changelist):
        names = {None: _("waiting for review"), "decided": _("decided")}
        for value, name in names.items():
            query = changelist.get_query_string({self.parameter_name: value} if value else {}, [])
            if not value:
                query = changelist.get_query_string({}, [self.parameter_name])
            yield {"selected": self.value() == value, "query_string": query, "display": name}

    def queryset(self, request, queryset):
        if self.value() == "decided":
            return queryset.exclude(state=State.WAITING)
        return queryset.filter(state=State.WAITING, city__is_withdrawn=False)


@admin.register(Submission)
class SubmissionAdmin(FoldedSearch):
    """For all who have a role in the city; `publishing.review` says what each may do."""

    list_filter = (StateFilter,)
    list_per_page = 50
    search_fields = ("city__search_text",)
    search_help_text = gettext_lazy("The name of a city.")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def get_urls(self):
        def address(route, view, name):
            return path(
                route, self.admin_site.admin_view(view), name=f"publishing_submission_{name}"
            )

        return [
            path("", self.admin_site.admin_view(self.changelist_view), name=LIST),
            address("city/<int:city_id>/", self.send_view, "add"),
            address("<int:object_id>/", self.review_view, "change"),
            address("<int:object_id>/take-back/", self.take_back_view, "take_back"),
            address("comments/<int:comment_id>/done/", self.done_view, "done"),
        ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        rows = super().get_queryset(request).managed_by(request.user)
        return rows.select_related("city__country", "sent_by", "decided_by").defer("record")

    # The list

    def get_ordering(self, request):
        return ("-decided_at", "-pk") if shows_decided(request) else ("due_on", "pk")

    def get_list_display(self, request):
        @admin.display(description=_("sent by"))
        def sender(submission):
            return display_name(submission.sent_by, request.user)

        if shows_decided(request):
            return (self.name, self.outcome, "decided_at", sender, self.country)
        return (self.name, self.due, sender, "sent_at", self.country)

    def get_list_display_links(self, request, list_display):
        return None

    @admin.display(description=gettext_lazy("city"), ordering="city__name")
    def name(self, submission):
        url = reverse("admin:publishing_submission_change", args=[submission.pk])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', url, submission.city.name)

    @admin.display(description=gettext_lazy("country"))
    def country(self, submission):
        return submission.city.country

    @admin.display(description=gettext_lazy("answer due on"), ordering="due_on")
    def due(self, submission):
        return due_words(submission)

    @admin.display(description=gettext_lazy("state"))
    def outcome(self, submission):
        return submission.get_state_display()

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Review"), **(extra_context or {})}
        return super().changelist_view(request, context)

    # One submission

    def find(self, request, object_id):
        rows = Submission.objects.managed_by(request.user)
        rows = rows.select_related("city__country", "sent_by", "decided_by", "catalogue")
        return get_object_or_404(rows, pk=min(object_id, 2**62))

    @shows_typed
    def review_view(self, request, object_id):
        """Shows a submission; a POST is what the reviewer decides or asks."""
        submission = self.find(request, object_id)
        data = request.POST if request.method == "POST" else None
        form = shown_again(DecisionForm, request)(data, label_suffix="")
        if form.is_valid():
            try:
                return self.decide(request, submission, form)
            except review.NotNow as error:
                form.add_error(None, str(error))
                submission = self.find(request, object_id)
        return self.page(request, "submission", self.context_of(request, submission, form))

    @transaction.atomic
    def decide(self, request, submission, form):
        for place, text in form.comments.items():
            review.comment(submission, place, text, request.user)
        note, city = form.cleaned_data["note"], submission.city
        if APPROVE in form.data:
            publication = review.approve(submission, request.user, note)
            words = _("%(city)s is published: version %(number)d.")
            words %= {"city": city.name, "number": publication.number}
        elif RETURN in form.data:
            review.return_(submission, request.user, note)
            words = _("Returned to %(city)s.") % {"city": city.name}
        else:
            count = len(form.comments)
            words = ngettext(
                "%(number)d comment is saved.", "%(number)d comments are saved.", count
            )
            messages.success(request, words % {"number": count})
            return redirect("admin:publishing_submission_change", submission.pk)
        messages.success(request, words)
        return redirect(f"admin:{LIST}")

    def context_of(self, request, submission, form):
        city, user = submission.city, request.user
        why_not = review.why_not(submission, user)
        comments = list(submission.comments.select_related("author", "done_by"))
        context = {
            "title": _("Submission"),
            "subtitle": city.name,
            "submission": submission,
            "city": city,
            "form": form,
            "is_decidable": not why_not,
            "why_not": why_not,
            "outcome": review.outcome(submission, user),
            "may_edit": City.objects.editable_by(user).filter(pk=city.pk).exists(),
            "returned_before": returned_before(submission),
        }
        try:
            context["compared"] = compare_sent(submission, comments, form.comments)
        except UnreadableRecord:
            context["is_unreadable"] = True
        return context

    def take_back_view(self, request, object_id):
        submission = self.find(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            review.take_back(submission, request.user)
        except review.NotNow as error:
            messages.warning(request, str(error))
        else:
            messages.success(
                request, _("Taken back: nobody reviews it now. Send it again when it is ready.")
            )
        return redirect("admin:profiles_city_change", submission.city_id)

    def done_view(self, request, comment_id):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        own = City.objects.editable_by(request.user)
        rows = Comment.objects.select_related("submission").filter(submission__city__in=own)
        comment = get_object_or_404(rows, pk=min(comment_id, 2**62))
        if review.mark_done(comment, request.user):
            messages.success(request, _("Marked as done."))
        return redirect("admin:profiles_city_change", comment.submission.city_id)

    # Sending

    @shows_typed
    def send_view(self, request, city_id):
        """Shows what would be sent; a POST sends it."""
        cities = City.objects.editable_by(request.user).select_related("country")
        city = get_object_or_404(cities, pk=min(city_id, 2**62))
        data = request.POST if request.method == "POST" else None
        form = shown_again(SendForm, request)(data, label_suffix="")
        if form.is_valid():
            try:
                return self.send(request, city, form)
            except review.NotNow as error:
                form.add_error(None, str(error))
        after, seen = records.working_record_and_version(city)
        context = {
            "title": _("Send for review"),
            "subtitle": city.name,
            "city": city,
            "form": form,
            "seen_version": seen,
            "compared": compare(city.pk, after, frozen.current()),
            "why_not": review.why_not_send(city, request.user),
            "waiting": city.submissions.filter(state=State.WAITING).defer("record").first(),
            "days": settings.REVIEW_DAYS,
        }
        return self.page(request, "send", context)

    def send(self, request, city, form):
        given = form.cleaned_data
        sent = review.send(city, request.user, given["note"], given["seen_version"])
        words = _("Sent for review. An answer is due by %(day)s.")
        messages.success(request, words % {"day": date_format(sent.due_on)})
        return redirect("admin:profiles_city_change", city.pk)

    def page(self, request, name, context):
        request.current_app = self.admin_site.name
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/review/{name}.html", {**shared, **context})


def shows_decided(request):
    """Whether the list has the decided submissions, the newest first, and not what waits."""
    return request.GET.get(StateFilter.parameter_name) == "decided"


def due_words(submission):
    """The day by which an answer is due; marked where it is over."""
    day = date_format(submission.due_on)
    if not submission.is_overdue:
        return day
    return format_html('{} <span class="missing">{}</span>', day, _("overdue"))


def returned_before(submission):
    """The submission of the same city just before this one, if it was returned; else None."""
    before = Submission.objects.filter(city=submission.city_id, pk__lt=submission.pk)
    before = before.defer("record").order_by("-pk").first()
    return before if before and before.state == State.RETURNED else None


def compare_sent(submission, comments=(), typed=None):
    """What a submission says, beside what is public."""
    if not submission.record:
        raise UnreadableRecord("A submission from before records were kept.")
    after = records.read(submission.record)
    own = frozen.find(submission.catalogue.sha256)
    return compare(submission.city_id, after, own, comments, typed)
