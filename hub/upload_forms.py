"""Fields of forms through which files come in, and the forms that have them."""

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

from intake import ACCEPT, IMAGE_ACCEPT, Checked, Refused, check
from profiles.admin_base.constraints import ConstraintsAtFields
from profiles.admin_base.forms import REASON

from . import uploads
from .models import Upload

KEPT, REMOVE, OLD = "-kept", "-remove", "-of-version"
"""What follows the field's name: the key of the file that is there, the box that takes it away,
and whether it is that of an earlier version."""


@dataclass(frozen=True)
class Sent:
    """What a form sent for a file: a new one, or the key of the present one, or that it goes."""

    new: UploadedFile | None
    kept: str
    remove: bool
    is_old: bool


class UploadWidget(forms.Widget):
    """The file that is there, with a link, and what replaces or removes it."""

    needs_multipart_form = True

    def __init__(self, images_only=False):
        accept = IMAGE_ACCEPT if images_only else ACCEPT
        super().__init__({"accept": accept})
        self.present = None

    def value_from_datadict(self, data, files, name):
        remove = forms.CheckboxInput().value_from_datadict(data, files, name + REMOVE)
        is_old = data.get(name + OLD) == "1"
        return Sent(files.get(name), data.get(name + KEPT) or "", remove, is_old)

    def value_omitted_from_data(self, data, files, name):
        return name not in files and name + KEPT not in data and name + REMOVE not in data

    def render(self, name, value, attrs=None, renderer=None):
        context = {
            "name": name,
            "present": self.present,
            "is_removed": isinstance(value, Sent) and value.remove,
            "attrs": self.build_attrs(self.attrs, attrs),
            "kept": name + KEPT,
            "remove": name + REMOVE,
        }
        return mark_safe(render_to_string("admin/hub/file_field.html", context))  # noqa: S308


class UploadField(forms.Field):
    """A file of a city: cleaned to the `Upload` that is there, a new `Checked`, or None."""

    def __init__(self, *, images_only=False, longest_side=None, **kwargs):
        self.images_only, self.longest_side = images_only, longest_side
        kwargs.setdefault("widget", UploadWidget(images_only))
        super().__init__(required=False, **kwargs)
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


def help_on(images_only):
    words = (
        _("An image of up to %(size)s: %(kinds)s.")
        if images_only
        else _("A file of up to %(size)s: %(kinds)s.")
    )
    kinds = (IMAGE_ACCEPT if images_only else ACCEPT).replace(",", ", ")
    return words % {"kinds": kinds, "size": filesizeformat(settings.UPLOAD_MAX_BYTES)}


class UploadsForm(ConstraintsAtFields, forms.ModelForm):
    """A form of a city's row with `UploadField`s, named as the row's relations to `Upload`.

    Files are checked with the form and kept by `keep_uploads` when all of it is right.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.to_keep = {}
        for name, field in self.upload_fields():
            present = getattr(self.instance, name)
            field.queryset = Upload.objects.filter(city=self.instance.city_id)
            if self.instance.pk is None:
                field.queryset = Upload.objects.none()
            field.widget.present = present
            field.help_text = help_on(field.images_only)

    def upload_fields(self):
        return [(n, field) for n, field in self.fields.items() if isinstance(field, UploadField)]

    def clean(self):
        """Finds a place for each new file; the city is locked by now."""
        cleaned = super().clean()
        for name, _field in self.upload_fields():
            if isinstance(self.cleaned_data.get(name), Checked):
                self.cleaned_data[name] = self._placed(name, self.cleaned_data[name])
        return cleaned

    def home(self):
        """The city that the row belongs to, or will."""
        return self.cleaned_data.get("city") or getattr(self.instance, "city", None)

    def _placed(self, name, checked):
        """The upload of this content that is there already, else one that is not saved yet."""
        besides = sum(len(other.content) for other in self.to_keep.values())
        try:
            there, _name = uploads.place_for(self.home(), checked, besides)
        except Refused as refused:
            self.add_error(name, str(refused))
            return None
        if there is None:
            self.to_keep[name] = checked
            there = Upload(city=self.home(), name=checked.name, media_type=checked.media_type)
        return there

    def full_clean(self):
        super().full_clean()
        if not self.is_bound or not self.errors:
            return
        for name, _field in self.upload_fields():
            sent = self[name].data.new
            if sent is not None and name not in self.errors:
                words = _("Nothing has been saved: please choose the file “%(name)s” once more.")
                self.add_error(name, words % {"name": sent.name})

    def fields_left_out(self):
        """A file that is not kept yet has no key: `clean` asks whether it is one too many."""
        return super().fields_left_out() | set(self.to_keep)

    def keep_uploads(self, written=None):
        """Write the new files and point the row to them (see `uploads.keep`)."""
        for name, checked in self.to_keep.items():
            setattr(self.instance, name, uploads.keep(self.home(), checked, written))
        self.to_keep = {}


class UploadPages:
    """For admins of such forms: files are kept with the row, and come back with old versions."""

    @contextmanager
    def recorded(self, request):
        """Where nothing is saved in the end, no file stays on the disk either."""
        request.written_files = []
        try:
            with super().recorded(request):
                yield
        except BaseException:
            for file in request.written_files:
                file.delete(save=False)
            raise

    def save_model(self, request, obj, form, change):
        # Known before the first row of it is written, which is a file's.
        request.recording.reason = form.cleaned_data.get(REASON, "")
        form.keep_uploads(request.written_files)
        super().save_model(request, obj, form, change)

    def version_data(self, request, form_class, row, record):
        data = super().version_data(request, form_class, row, record)
        for name, field in form_class.base_fields.items():
            if isinstance(field, UploadField):
                data[name + KEPT], data[name + OLD] = str(data.pop(name, None) or ""), "1"
        return data
