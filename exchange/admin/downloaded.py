"""The page on which platform staff send downloaded profiles and get a workbook to import."""

import tempfile
import time
from functools import wraps

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import Http404, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.kept_files import TOKEN, find, keep
from profiles.access import is_platform_staff

from ..downloaded.files import ENDINGS
from ..downloaded.stored import place_all
from ..downloaded.summary import COLUMNS, Summary, read_file
from ..downloaded.workbook import write_profiles
from ..writing.templates import NotWritten
from .downloads import download

MOST_FILES = 10
"""Files read in one request; the command `read_profiles` reads more."""

SECONDS_OF_REQUEST = 20
"""No file is begun later than this; one takes a second, seldom more."""

WORKBOOK = "downloaded-profiles.xlsx"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, as a list."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = (data if isinstance(data, list) else [data]) or [None]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("At most %d files at once; for more there is the command read_profiles.")
                % MOST_FILES
            )
        return [super(FilesField, self).clean(file, initial) for file in files]


class ProfilesForm(forms.Form):
    profiles = FilesField(
        label=gettext_lazy("Profiles"),
        widget=FilesInput(attrs={"accept": ",".join(ENDINGS)}),
        # An empty file gets its sentence in the table, beside the others.
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["profiles"].help_text = (
            _(
                "PDF files that were downloaded from CitiesWithNature, or their text as .txt, at "
                "most %d at once. Nothing is written: you get a workbook, which you check and "
                "import."
            )
            % MOST_FILES
        )


def for_platform(view):
    """`view` for platform staff; all others are refused."""

    @wraps(view)
    def checked(self, request):
        if not is_platform_staff(request.user):
            raise PermissionDenied
        return view(self, request)

    return checked


def read_in_time(files):
    """The `Summary`s of files; those for which a request has no time left say so."""
    end = time.monotonic() + SECONDS_OF_REQUEST
    summaries = []
    for file in files:
        if time.monotonic() < end:
            summaries.append(read_file(file, file.name))
        else:
            message = _("There was no time left for this file: send it once more, by itself.")
            summaries.append(Summary(file.name, refusal=message))
    return summaries


class DownloadedPages:
    """To be inherited by the admin of imports."""

    @for_platform
    def profiles_view(self, request):
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = ProfilesForm(*sent)
        if form.is_valid():
            return self.answer(request, form)
        context = {"title": _("Downloaded profiles"), "form": form}
        return self.page(request, "profiles", context)

    def answer(self, request, form):
        """What was found in each file, with the workbook of all that could be read."""
        files = form.cleaned_data["profiles"]
        summaries = read_in_time(files)
        kept, fault = self.workbook_of(request.user, summaries)
        context = {
            "title": _("What was read"),
            "headers": [header for header, _value in COLUMNS[:-1]],
            "rows": [(one, [value(one) for _name, value in COLUMNS[1:-1]]) for one in summaries],
            "has_to_decide": any(one.to_decide for one in summaries),
            "token_name": f"file{TOKEN}",
            "kept": kept,
            "fault": fault,
        }
        return self.page(request, "profiles_read", context)

    def workbook_of(self, user, summaries):
        """(the kept workbook, what hindered it)."""
        profiles = [one.profile for one in summaries if one.profile]
        place_all(profiles)
        profiles = [profile for profile in profiles if not profile.is_second]
        if not profiles:
            return None, ""
        with tempfile.TemporaryFile() as file:
            try:
                write_profiles(profiles, file, user)
            except NotWritten as error:
                return None, str(error)
            kept = keep(user, File(file, WORKBOOK))
        return kept, "" if kept else _("There is no room for the workbook: try again later.")

    @for_platform
    def profiles_workbook_view(self, request):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        file = find(request.user, request.POST.get(f"file{TOKEN}", ""))
        if file is None:
            raise Http404
        return download(file.file, WORKBOOK)
