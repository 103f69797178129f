"""What the steps of a mapping have in common: each is one page with one form."""

import hashlib

from django import forms

from ...mapping.answers import UNSEEN

FIRST_ROWS = 8
"""Rows of their list, and of ours, on the page of a step."""


class Step:
    """One page of a mapping. `name` is its key in the decisions; `title` its heading.

    A step says in one sentence what is understood, and offers a form in which that can be decided.
    The form is filled with what was decided or guessed: posted as it is, the guess is decided.
    """

    name = ""
    title = ""
    purpose = ""
    """What is decided here, in a sentence for who has never seen the page."""

    form_class = forms.Form
    template = "step"
    """The name of the template in templates/admin/exchange/mapping/."""

    shows_made = True
    """Whether the page shows what becomes of the first rows, not only the rows as they stand."""

    def __init__(self, draft):
        self.draft = draft

    @property
    def is_needed(self):
        """Whether there is anything to decide for this file."""
        return True

    @property
    def is_decided(self):
        """Whether a person has looked at it; else what it says is a guess, or was taken over."""
        return self.name in self.draft.decisions and not self.is_taken_over

    @property
    def is_taken_over(self):
        """Whether its answers are those of a kept mapping, and nobody looked at them here."""
        return self.name in self.draft.decided(UNSEEN)

    @property
    def sentence(self):
        """What is understood, for the overview."""
        raise NotImplementedError

    @property
    def open(self):
        """What must be decided before the workbook can be made: a list of sentences."""
        return []

    def form(self, data=None):
        return self.form_class(data, label_suffix="", **self.form_options())

    def form_options(self):
        """More arguments of the form; by default its fields start with what is understood."""
        return {"initial": self.initial()}

    def initial(self):
        return {}

    def decide(self, form):
        """The decisions of this step as its valid `form` says: what JSON can hold."""
        return form.cleaned_data

    def subjects(self, form):
        """The keys of what the fields are numbered by; none where fields have names of their own.

        Another decision about the list may number them anew while the page is open.
        """
        return ()

    def basis(self, form):
        """By which a form that is posted says what its fields are about; "" where they say it."""
        subjects = list(self.subjects(form))
        return hashlib.sha256(repr(subjects).encode()).hexdigest()[:16] if subjects else ""

    def is_of_before(self, form, posted):
        """Whether the page was made when its fields were about something else."""
        return posted.get("_basis", basis := self.basis(form)) != basis

    def goes_on_at(self, posted):
        """The query of the page of this step that a button asked for; None for the next step."""
        return None

    def context(self, form):
        """More for the template. The page of many words shows a part of them: `request.GET` is
        `self.query`."""
        return {}

    query = {}
