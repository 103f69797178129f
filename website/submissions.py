"""What a city has sent for review, as the page that it would be."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import View

from profiles.models import Submission
from publishing.record import UnreadableRecord
from report.sources import submitted_document

from .views import in_words, never_cached

LARGEST_KEY = 2**62
"""A larger number in an address overflows the integers of the database."""


class SubmissionPage(LoginRequiredMixin, View):
    """For all who have a role in the city."""

    def get(self, request, slug, pk):
        rows = Submission.objects.managed_by(request.user).exclude(catalogue=None)
        rows = rows.select_related("city__country__region", "catalogue")
        submission = get_object_or_404(rows, pk=min(pk, LARGEST_KEY))
        if submission.city.slug != slug:
            return never_cached(redirect("website:submission", submission.city.slug, pk))
        try:
            document = submitted_document(submission)
        except UnreadableRecord:
            return in_words(request, "website/unreadable.html", slug, status=503)
        context = {"city": submission.city, "document": document, "submission": submission}
        response = render(request, "website/submission.html", context)
        response["X-Robots-Tag"] = "noindex"
        return never_cached(response)
