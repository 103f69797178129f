"""The forms of the import workspace: for a file to send, and for an export."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from hub.kept_files import GONE, KeptFileInput, keep
from profiles.models import City

from ..writing.formats import FORMATS

ENDINGS = ".xlsx,.ods,.csv"
MOST_BOXES = 12
"""Up to so many cities have a box each; more are chosen in a list."""


def megabytes():
    return settings.WORKBOOK_MAX_BYTES // 1_000_000


class UploadForm(forms.Form):
    FILES = ("file", "enclosed")

    file = forms.FileField(
        label=_("File"),
        widget=KeptFileInput(attrs={"accept": ENDINGS}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )
    enclosed = forms.FileField(
        label=_("Files (.zip)"),
        required=False,
        widget=KeptFileInput(attrs={"accept": ".zip"}),
        error_messages={"empty": _("This file is empty.")},
    )
    sheet = forms.ChoiceField(
        label=_("Sheet"),
        required=False,
        help_text=_(
            "Only for a file with a single sheet, such as a .csv. The sheets of a workbook are "
            "known by their names."
        ),
    )
    clears = forms.BooleanField(
        label=_("An empty cell clears what is stored"),
        required=False,
        help_text=_(
            "Without this tick an empty cell leaves what is stored as it is. A column that is not "
            "in the file is never touched, and no row is ever deleted."
        ),
    )

    leaves_out_hidden = forms.BooleanField(
        label=_("Leave out what is hidden"),
        required=False,
        help_text=_(
            "Hidden rows (also those that a filter hides), hidden columns and sheets, and rows "
            "that are struck through. Without this tick they are imported too; the check names "
            "them either way."
        ),
    )

    def __init__(self, *args, sheet_names, gone=(), **kwargs):
        """`gone`: names of those files that were kept for this form and are no longer there."""
        super().__init__(*args, label_suffix="", **kwargs)
        self.right_files, self.gone = {}, gone
        self.fields["sheet"].choices = [
            ("", _("As the file says")),
            *((name, name) for name in sheet_names),
        ]
        self.fields["file"].help_text = _(
            "An Excel workbook (.xlsx), a LibreOffice sheet (.ods) or one sheet as .csv; at most "
            "%(size)d MB and %(rows)s rows. Nothing is written yet: you first see what it would do."
        ) % {"size": megabytes(), "rows": f"{settings.WORKBOOK_MAX_ROWS:,}"}

        self.fields["enclosed"].help_text = _(
            "Only if the columns File and Cover name files that the city does not have yet: put "
            "them into one .zip, at most %s."
        ) % filesizeformat(settings.FILES_ZIP_MAX_BYTES)

    def keep_files(self, user):
        """Keep the files for the next round, except those that are too large or empty."""
        for name, file in self.right_files.items():
            self.fields[name].widget.kept = keep(user, file)

    def clean(self):
        cleaned = super().clean()
        self.right_files = {name: cleaned[name] for name in self.FILES if cleaned.get(name)}
        for name in self.gone:
            self.add_error(name, GONE)
        return cleaned

    def clean_enclosed(self):
        file = self.cleaned_data["enclosed"]
        if file is not None and file.size > settings.FILES_ZIP_MAX_BYTES:
            raise forms.ValidationError(
                _("The .zip is too large: at most %s.")
                % filesizeformat(settings.FILES_ZIP_MAX_BYTES)
            )
        return file

    def clean_file(self):
        """Refuses a file that is too large before it is stored."""
        file = self.cleaned_data["file"]
        if file.size > settings.WORKBOOK_MAX_BYTES:
            raise forms.ValidationError(
                _("The file is too large: at most %(size)d MB.") % {"size": megabytes()}
            )
        return file


class CityChoices(forms.ModelMultipleChoiceField):
    """Refuses keys that are too large for a database, where they would be an error."""

    def clean(self, value):
        for key in value or ():
            if not (key.isdecimal() and len(key) < 19):
                raise forms.ValidationError(self.error_messages["invalid_choice"] % {"value": key})
        return super().clean(value)


class ExportForm(forms.Form):
    """Chooses what goes into the file: all cities and sheets unless some are chosen."""

    cities = CityChoices(
        label=_("Cities"),
        queryset=City.objects.none(),
        required=False,
        help_text=_("None chosen: all of them."),
    )
    sheets = forms.MultipleChoiceField(
        label=_("Sheets"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them. A .csv file holds one."),
    )
    department = forms.ChoiceField(
        label=_("Responsible department"),
        required=False,
        help_text=_(
            "A department gets a workbook with its own actions alone. Import what comes back, one "
            "workbook after the other: what is not in a file stays as it is."
        ),
    )
    format = forms.ChoiceField(
        label=_("Kind of file"), widget=forms.RadioSelect, choices=(), initial="xlsx"
    )

    def __init__(self, *args, cities, sheet_names, departments=(), **kwargs):
        """`cities`: None if the export is of rows of an admin list."""
        super().__init__(*args, label_suffix="", **kwargs)
        if departments:
            names = [(name, name) for name in departments]
            self.fields["department"].choices = [("", _("all, and everything else")), *names]
        else:
            del self.fields["department"]
        self.fields["format"].choices = [
            (name, capfirst(kind.title)) for name, kind in FORMATS.items()
        ]
        self.fields["sheets"].choices = [(name, name) for name in sheet_names]
        if len(sheet_names) < 2:
            del self.fields["sheets"]
        self._offer_cities(cities)

    def _offer_cities(self, cities):
        number = 0 if cities is None else cities.count()
        if number < 2:
            del self.fields["cities"]
            return
        field = self.fields["cities"]
        if number <= MOST_BOXES:
            field.widget = forms.CheckboxSelectMultiple()
        else:
            field.widget.attrs["size"] = MOST_BOXES
            field.help_text = format_lazy(
                "{} {}", field.help_text, _("Hold Ctrl (⌘ on a Mac) to choose several.")
            )
        field.queryset = cities

    def clean(self):
        cleaned = super().clean()
        kind = FORMATS.get(cleaned.get("format"))
        is_single = kind is not None and kind.single_sheet
        if is_single and "sheets" in self.fields and len(cleaned.get("sheets", ())) != 1:
            self.add_error("sheets", _("A file of this kind holds one sheet: choose one."))
        return cleaned
