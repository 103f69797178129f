"""A form field for a file of a city, and the base classes of forms and admins that have one."""

from contextlib import contextmanager
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts.typed import FILE_LOST
from intake import ACCEPT, IMAGE_ACCEPT, Checked, Refused, check
from profiles.admin_base.constraints import ConstraintErrors
from profiles.admin_base.forms import REASON

from . import uploads
from .kept_files import GONE, add_kept, forget, keep, render_kept
from .models import Upload

KEPT, REMOVE, IS_OF_OLD_VERSION = "-kept", "-remove", "-of-version"
"""Suffixes of the names of three more inputs: the primary key of the present upload, the checkbox
that removes it, and “1” if it comes from an old version that is to be restored."""


@dataclass(frozen=True)
class SentFile:
    """What a form posted for a file: a new one, the key of the present one, or its removal."""

    new: UploadedFile | None
    kept: str
    remove: bool
    is_old: bool


class UploadWidget(forms.Widget):
    """The present file with a link, and inputs to replace or remove it."""

    needs_multipart_form = True

    def __init__(self, images_only=False):
        accept = IMAGE_ACCEPT if images_only else ACCEPT
        super().__init__({"accept": accept})
        self.present = self.kept = None

    def value_from_datadict(self, data, files, name):
        remove = forms.CheckboxInput().value_from_datadict(data, files, name + REMOVE)
        is_old = data.get(name + IS_OF_OLD_VERSION) == "1"
        return SentFile(files.get(name), data.get(name + KEPT) or "", remove, is_old)

    def value_omitted_from_data(self, data, files, name):
        return name not in files and name + KEPT not in data and name + REMOVE not in data

    def render(self, name, value, attrs=None, renderer=None):
        context = {
            "name": name,
            "present": self.present,
            "is_removed": isinstance(value, SentFile) and value.remove,
            "kept_file": render_kept(name, self.kept, attrs or {}),
            "attrs": self.build_attrs(self.attrs, attrs),
            "kept": name + KEPT,
            "remove": name + REMOVE,
        }
        return mark_safe(render_to_string("admin/hub/file_field.html", context))  # noqa: S308


class UploadField(forms.Field):
    """A file of a city, cleaned to the present `Upload`, to a new `Checked` file, or to None."""

    def __init__(self, *, images_only=False, longest_side=None, required=False, **kwargs):
        self.images_only, self.longest_side = images_only, longest_side
        kwargs.setdefault("widget", UploadWidget(images_only))
        super().__init__(required=required, **kwargs)
        self.queryset = Upload.objects.none()

    def clean(self, sent):
        if sent.new is not None:
            try:
                return check(
                    sent.new.name,
                    sent.new,
                    images_only=self.images_only,
                    longest_side=self.longest_side,
                )
            except Refused as refused:
                raise ValidationError(str(refused)) from refused
        if sent.remove or not sent.kept:
            if self.required:
                raise ValidationError(_("Choose a file."))
            return None
        kept = sent.kept.isdecimal() and self.queryset.filter(pk=sent.kept[:18]).first()
        if not kept:
            raise ValidationError(
                _("Its file has been deleted since, so this version cannot be brought back.")
                if sent.is_old
                else _("The file is no longer there: please choose one.")
            )
        return kept

    def has_changed(self, initial, sent):
        if self.disabled:
            return False
        present = getattr(initial, "pk", initial)
        stays = sent.kept == str(present or "") and not (sent.remove and present)
        return sent.new is not None or not stays


def upload_help_text(images_only):
    words = (
        _("An image of up to %(size)s: %(kinds)s.")
        if images_only
        else _("A file of up to %(size)s: %(kinds)s.")
    )
    kinds = (IMAGE_ACCEPT if images_only else ACCEPT).replace(",", ", ")
    return words % {"kinds": kinds, "size": filesizeformat(settings.UPLOAD_MAX_BYTES)}


class UploadsForm(ConstraintErrors, forms.ModelForm):
    """A form of a city's row with `UploadField`s, named as its foreign keys to `Upload`.

    Files are checked with the form. `store_uploads` writes them once the whole form is valid.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.to_store, self.checked = {}, set()
        names = [self.add_prefix(name) for name, _field in self.upload_fields()]
        self.gone = add_kept(self.request.user, self.data, self.files, names)
        for name, field in self.upload_fields():
            # A new row has none, also where it needs one.
            present = getattr(self.instance, name, None)
            field.queryset = Upload.objects.filter(city=self.instance.city_id)
            if self.instance.pk is None:
                field.queryset = Upload.objects.none()
            field.widget.present = present
            field.help_text = upload_help_text(field.images_only)

    def upload_fields(self):
        return [(n, field) for n, field in self.fields.items() if isinstance(field, UploadField)]

    def clean(self):
        """Prepare an upload for each new file; `CityRowForm.clean` has locked the city."""
        cleaned = super().clean()
        for name, _field in self.upload_fields():
            if self.add_prefix(name) in self.gone:
                self.add_error(name, GONE)
            if isinstance(self.cleaned_data.get(name), Checked):
                self.checked.add(name)
                self.cleaned_data[name] = self._find_or_prepare(name, self.cleaned_data[name])
        return cleaned

    def row_city(self):
        """The city of the row, as chosen in the form or as stored."""
        return self.cleaned_data.get("city") or getattr(self.instance, "city", None)

    def _find_or_prepare(self, name, checked):
        """The stored upload with this content, else an unsaved one; None if the quota is full."""
        pending_bytes = sum(len(other.content) for other in self.to_store.values())
        try:
            upload, _name = uploads.find_or_name(self.row_city(), checked, pending_bytes)
        except Refused as refused:
            self.add_error(name, str(refused))
            self.checked.discard(name)
            return None
        if upload is None:
            self.to_store[name] = checked
            upload = Upload(city=self.row_city(), name=checked.name, media_type=checked.media_type)
        return upload

    def full_clean(self):
        """Keep the files that are right for the next round if something else is wrong."""
        super().full_clean()
        for name in sorted(self.checked) if self.errors else ():
            sent = self[name].data.new
            kept = self.fields[name].widget.kept = keep(self.request.user, sent)
            if kept is None:
                self.add_error(name, FILE_LOST % {"name": sent.name})

    def fields_left_out(self):
        """Also new files: they have no primary key yet that a constraint could compare."""
        return super().fields_left_out() | set(self.to_store)

    def _get_validation_exclusions(self):
        """Also new files: a row that needs a file would be without one until it is stored."""
        return super()._get_validation_exclusions() | set(self.to_store)

    def store_uploads(self, written=None):
        """Write the new files and set the row's foreign keys (`written`: see `uploads.store`)."""
        for name, checked in self.to_store.items():
            setattr(self.instance, name, uploads.store(self.row_city(), checked, written))
        self.to_store = {}


class StoresUploads:
    """For admins of an `UploadsForm`: stores files with the row, restores them with versions."""

    @contextmanager
    def recorded(self, request):
        """Delete the written files if the transaction fails: it cannot roll them back."""
        request.written_files = []
        try:
            with super().recorded(request):
                yield
        except BaseException:
            for file in request.written_files:
                file.delete(save=False)
            raise

    def save_model(self, request, obj, form, change):
        # Set now: the change set gets its reason with the first row, which is that of a file.
        request.recording.reason = form.cleaned_data.get(REASON, "")
        form.store_uploads(request.written_files)
        forget(form.files)
        super().save_model(request, obj, form, change)

    def version_data(self, request, form_class, row, record):
        data = super().version_data(request, form_class, row, record)
        for name, field in form_class.base_fields.items():
            if isinstance(field, UploadField):
                data[name + KEPT], data[name + IS_OF_OLD_VERSION] = (
                    str(data.pop(name, None) or ""),
                    "1",
                )
        return data
