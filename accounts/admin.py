"""The admin of people. It is registered in `profiles.admin`, together with their roles."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from .models import User

# Rights come from roles in cities, regions and countries (profiles.access), not from groups.
admin.site.unregister(Group)

POWERS = ("is_staff", "is_superuser")


class AddUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "full_name")


class ChangeUserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"  # noqa: DJ007 (the admin's fieldsets choose)


class PeopleAdmin(UserAdmin):
    """Accounts. Only superusers may change who is staff or a superuser."""

    form = ChangeUserForm
    add_form = AddUserForm
    ordering = ("email",)
    list_display = ("email", "full_name", "is_active", *POWERS, "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "full_name")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "full_name", "password")}),
        (_("Access"), {"fields": ("is_active", *POWERS)}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": ("email", "full_name", "usable_password", "password1", "password2"),
            },
        ),
    )

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else (*fixed, *POWERS)

    def has_change_permission(self, request, obj=None):
        """Staff may not change a superuser: who sets its password could sign in as it."""
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not is_above and super().has_change_permission(request, obj)
