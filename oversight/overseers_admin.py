"""The admin of those who look after cities; officers find none of it."""

from django.contrib import admin
from django.http import Http404

from catalogue.admin_search import FoldedSearch
from profiles.access import oversees


class ForOverseers(FoldedSearch):
    """An admin without Django's forms: its own pages change what there is to be changed."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def has_module_permission(self, request):
        return oversees(request.user)

    def has_view_permission(self, request, obj=None):
        return oversees(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def find(self, request, object_id):
        """The row, if it is one of those whom the user looks after; else 404."""
        row = self.get_queryset(request).filter(pk=min(object_id, 2**62)).first()
        if row is None or not oversees(request.user):
            raise Http404
        return row
