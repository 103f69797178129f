"""The mappings that were kept: their list, what they say, their names, and to whom they belong."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.refusals import UnreadableWorkbook
from profiles.access import is_platform_staff
from profiles.models import City

from ...mapping.answers import keep
from ...mapping.draft import Draft
from ...mapping.in_words import describe
from ...mapping.kept import is_same_list, list_name_of
from ...models import MappedFile, Mapping
from .importers import ForImporters

READ, WRITE = ("GET", "HEAD"), ("POST",)
SHOWN = 40
"""Sentences of one part that the page shows at once; the rest unfolds."""


class MappingForm(forms.ModelForm):
    class Meta:
        model = Mapping
        fields = ("name", "city")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.user = user
        cities = City.objects.editable_by(user).order_by("name", "pk")
        city = self.fields["city"]
        city.queryset = cities
        city.label = _("Belongs to")
        if is_platform_staff(user):
            city.empty_label = _("platform staff")
            city.help_text = _("Of a city: its officers find the mapping too.")
        else:
            city.required, city.empty_label = True, None
            city.initial = cities.first()


@admin.register(Mapping)
class MappingAdmin(ForImporters):
    def get_urls(self):
        one = "<int:object_id>/"
        return [
            self.address("", self.changelist_view, "mapping_changelist"),
            self.address(one, self.of_row(self.mapping_view, *READ, *WRITE), "mapping_change"),
            self.address(
                f"{one}delete/", self.of_row(self.remove_view, *READ, *WRITE), "mapping_remove"
            ),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("city")

    def get_list_display(self, request):
        return (self.link, self.becomes, self.owner, "used_at")

    def get_list_display_links(self, request, list_display):
        return None

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def link(self, mapping):
        address = mapping.get_absolute_url()
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, mapping.name)

    @admin.display(description=gettext_lazy("becomes"), ordering="target")
    def becomes(self, mapping):
        return mapping.get_target_display()

    @admin.display(description=gettext_lazy("belongs to"))
    def owner(self, mapping):
        if mapping.is_example:
            return _("example")
        return mapping.city.name if mapping.city else _("platform staff")

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Kept mappings of lists"), **(extra_context or {})}
        return super().changelist_view(request, context)

    # One mapping

    def mapping_view(self, request, mapping):
        may_edit = Mapping.objects.editable_by(request.user).filter(pk=mapping.pk).exists()
        posted = request.POST if request.method == "POST" and may_edit else None
        form = MappingForm(posted, instance=mapping, user=request.user) if may_edit else None
        if form and form.is_valid():
            form.save()
            messages.success(request, _("The mapping is called “%s”.") % mapping.name)
            return redirect(mapping)
        context = {
            "title": Mapping.objects.values_list("name", flat=True).get(pk=mapping.pk),
            "mapping": mapping,
            "form": form,
            "parts": [(head, lines[:SHOWN], lines[SHOWN:]) for head, lines in describe(mapping)],
        }
        return self.page(request, "mapping", context)

    def remove_view(self, request, mapping):
        rows = Mapping.objects.editable_by(request.user).filter(pk=mapping.pk)
        if request.method != "POST" and rows.exists():
            context = {
                "title": _("Delete this mapping?"),
                "name": mapping.name,
                "words": _(
                    "The answers kept as “%s” are deleted: the next such list begins without "
                    "them. What was imported with them stays as it is."
                )
                % mapping.name,
                "yes": _("Yes, delete it"),
                "no": _("No, leave it"),
                "back": mapping.get_absolute_url(),
            }
            return self.page(request, "confirm", context)
        deleted = request.method == "POST" and rows.delete()[0]
        if deleted:
            messages.success(request, _("The mapping “%s” is deleted.") % mapping.name)
        else:
            messages.error(request, _("Examples stay. Keep a mapping of your own instead."))
        return redirect("admin:exchange_mapping_changelist")


class KeepingPages:
    """To be inherited by the admin of files that are being mapped."""

    def keep_view(self, request, mapped):
        """Keep the answers of a file under a name, or in the mapping that it began with.

        Those of another list are replaced only by the button that says so. Where the name cannot
        be taken, the overview of the file says so at the field.
        """
        own = own_mapping(mapped, request.user)
        replaces = "_replace" in request.POST or (own and is_of(mapped, own))
        if "_new" in request.POST or not replaces:
            own = None
        form = MappingForm(request.POST, instance=own, user=request.user)
        if not form.is_valid():
            return self.overview(request, mapped, form)
        self.keep(request, mapped, form.cleaned_data, own)
        return redirect(mapped)

    def keep(self, request, mapped, said, own):
        draft = Draft.of(mapped, request.user)
        try:
            mapping = keep(draft, said["name"], request.user, said["city"], own)
        except UnreadableWorkbook as error:
            messages.error(request, str(error))
            return
        MappedFile.objects.filter(pk=mapped.pk).update(mapping=mapping)
        words = _("The answers are kept as “%s”: the next such list finds them by its headers.")
        messages.success(request, words % mapping.name)


def own_mapping(mapped, user):
    """The kept mapping of a file that `user` may change; None where it has none."""
    own = mapped.mapping
    is_own = own and Mapping.objects.editable_by(user).filter(pk=own.pk).exists()
    return own if is_own else None


def is_of(mapped, mapping):
    """Whether a file is the list that a mapping was kept of."""
    return is_same_list(mapping, mapped.file_name, list_name_of(mapped.decisions))


def keeping(mapped, user, posted=None):
    """For the template keep.html: the form with which the answers of a file are kept, and the
    mapping that it may replace. That of another list is only the second choice: the form is
    filled with a name for a new one. `posted`: the form that was sent and is wrong."""
    own = own_mapping(mapped, user)
    is_same = bool(own) and is_of(mapped, own)
    name = mapped.file_name.rpartition(".")[0] or mapped.file_name
    initial = {} if is_same else {"name": name}
    form = posted or MappingForm(instance=own if is_same else None, user=user, initial=initial)
    return {"keep_form": form, "replaces": own, "is_same_list": is_same}
