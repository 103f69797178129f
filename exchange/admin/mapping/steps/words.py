"""The step “words”: what each word of a column is here, each once, or row by row."""

import hashlib
from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ....mapping.words import words
from ....mapping.words.words import BY_ROW, LEAVE_OUT
from ..step import Step

PER_PAGE = 50
MOST_NAMED = 5
"""Words that a sentence names."""

UNDECIDED, EMPTY = "?", "0"
"""How the form writes what is None and "" in decisions."""

TO_DECIDE = (UNDECIDED, gettext_lazy("– to decide –"))


@dataclass(slots=True)
class Entry:
    """A word, or a `row` whose word is decided row by row, with the name of its field."""

    made: object
    name: str
    word: object = None
    key: str = ""
    row: object = None
    text: str = ""

    @property
    def labelled_by(self):
        return f"{self.name}-word" if self.row is None else f"{self.name}-word {self.name}-text"

    @property
    def becomes(self):
        if self.word is not None:
            return self.word.becomes
        return self.made.by_row.get((self.row.table, self.row.number))

    @property
    def is_guess(self):
        if self.word is not None:
            return self.word.is_guess
        return (self.row.table, self.row.number) in self.made.guessed_rows


class WordsForm(forms.Form):
    """A choice for each entry of the page, and one for all words of a column that are undecided."""

    def __init__(self, *args, entries, lists, draft, **options):
        super().__init__(*args, **options)
        self.entries, self.lists = entries, lists
        for entry in entries:
            ours = words.vocabulary_of(entry.made.choices, draft)
            likeliest = ours.likeliest(entry.text)
            self.fields[entry.name] = forms.ChoiceField(
                choices=choices(ours, likeliest, is_row=entry.row is not None),
                initial=written(entry.becomes),
                required=False,
                widget=forms.Select(attrs={"aria-labelledby": entry.labelled_by}),
            )
        for made in lists:
            if made.open_words:
                ours = words.vocabulary_of(made.choices, draft)
                self.fields[rest_name(made)] = forms.ChoiceField(
                    label=rest_label(made),
                    choices=choices(ours, [], is_row=False),
                    required=False,
                )


def rest_label(made):
    if not made.are_titles:
        return _("All words of this column that are still to decide")
    sentence = ngettext(
        "%(number)d title has no action type yet",
        "%(number)d titles have no action type yet. One for all of them, or title by title below",
        len(made.open_words),
    )
    return sentence % {"number": len(made.open_words)}


def choices(ours, likeliest, *, is_row):
    """What a word can become: to be decided, the likeliest, all, and what is none of ours."""
    groups = [
        (label, [pair for pair in pairs if pair[0] not in likeliest])
        for label, pairs in ours.groups
    ]
    found = [TO_DECIDE]
    if likeliest:
        found.append((_("Likeliest"), [(code, ours.labels[code]) for code in likeliest]))
    for label, pairs in groups:
        found += [(label, pairs)] if label and pairs else pairs
    if is_row:
        return [*found, (LEAVE_OUT, _("Leave this row out"))]
    other = [(BY_ROW, _("Each row by itself")), (LEAVE_OUT, _("Leave its rows out"))]
    return [*found, (_("None of these"), [(EMPTY, _("Nothing, as an empty cell")), *other])]


def written(becomes):
    return UNDECIDED if becomes is None else becomes or EMPTY


def read(chosen):
    return None if chosen == UNDECIDED else "" if chosen == EMPTY else chosen


def field_name(*parts):
    """The name of a field: it stays with its word, whatever else of the page has changed."""
    return "w" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def rest_name(made):
    return field_name("rest", made.key)


class Words(Step):
    name = "words"
    title = gettext_lazy("Words")
    purpose = gettext_lazy(
        "Your list says some things in words of its own. Say once for each word what it is here."
    )
    form_class = WordsForm
    template = "words"

    @property
    def is_needed(self):
        return any(made.words for made in self.lists)

    @property
    def lists(self):
        return list(self.draft.words.values())

    @property
    def sentence(self):
        parts = []
        for made in self.lists:
            known = len(made.words) - len(made.open_words)
            words_of = {"column": self.column_of(made).name, "known": known}
            sentence = ngettext(
                "“%(column)s”: %(known)d of %(all)d word is known",
                "“%(column)s”: %(known)d of %(all)d words are known",
                len(made.words),
            )
            parts.append(sentence % {**words_of, "all": len(made.words)})
        return "; ".join(parts)

    @property
    def open(self):
        return [*map(self.open_of, filter(lambda made: made.open_words, self.lists)), *self.rows]

    def open_of(self, made):
        if made.are_titles:
            number = sum(word.count for word in made.open_words)
            sentence = ngettext(
                "Choose an action type for %(number)d row",
                "Choose an action type for %(number)d rows: one for all, or one by one",
                number,
            )
            return sentence % {"number": number}
        named = ", ".join(f"“{one.word[:40]}”" for one in made.open_words[:MOST_NAMED])
        more = "…" if len(made.open_words) > MOST_NAMED else ""
        values = {"column": self.column_of(made).name, "words": named + more}
        return _("Say what these words of “%(column)s” are: %(words)s") % values

    @property
    def rows(self):
        """A sentence for each column that has rows to be decided by themselves."""
        counts = {}
        for entry in self.entries:
            if entry.row is not None and entry.becomes is None:
                column = self.column_of(entry.made).name
                counts[column] = counts.get(column, 0) + 1
        for column, number in counts.items():
            sentence = ngettext(
                "%(number)d row of “%(column)s” is to be decided by itself",
                "%(number)d rows of “%(column)s” are to be decided by themselves",
                number,
            )
            yield sentence % {"number": number, "column": column}

    @cached_property
    def uses(self):
        return {use.column.key: use for use in self.draft.uses}

    def column_of(self, made):
        return self.uses[made.key].column

    # The page

    @cached_property
    def entries(self):
        """All words of all columns, first those that are not clear, then the most frequent; behind
        them the rows decided one by one."""
        found = [
            Entry(made, field_name(made.key, key), word, key, text=word.word)
            for made in self.lists
            for key, word in sorted(made.by_key.items(), key=self.order_in(made))
        ]
        for made in self.lists:
            use = self.uses[made.key]
            for row in words.rows_by_themselves(made, self.draft, use):
                name = field_name(made.key, row.table, str(row.number))
                text = words.words_of_row(self.draft, row, use)
                found.append(Entry(made, name, row=row, text=text))
        return found

    def order_in(self, made):
        """The key of (key, word) by which words are sorted: decisions change nothing in it."""
        ours = words.vocabulary_of(made.choices, self.draft)

        def order(pair):
            word = pair[1]
            is_clear = word.becomes is not None
            if not word.is_guess:
                is_clear = ours.guess(word.word) is not None
            return is_clear, -word.count

        return order

    @cached_property
    def part(self):
        """The page of entries that the address asks for."""
        return Paginator(self.entries, PER_PAGE).get_page(self.query.get("page"))

    def form_options(self):
        shown = {entry.made.key for entry in self.part}
        lists = [made for made in self.lists if made.key in shown]
        return {"entries": list(self.part), "lists": lists, "draft": self.draft}

    def decide(self, form):
        """The decisions of the other pages, and those of this one."""
        before = self.draft.decided(self.name)
        found = {name: {k: dict(v) for k, v in before.get(name, {}).items()} for name in PARTS}
        for entry in form.entries:
            if chosen := form.cleaned_data.get(entry.name):
                keep(found, entry, read(chosen))
        for made in form.lists:
            rest = form.cleaned_data.get(rest_name(made)) or UNDECIDED
            if rest != UNDECIDED:
                decide_rest(found["words"].setdefault(made.key, {}), made, read(rest))
        return found

    def goes_on_at(self, posted):
        """The page of words that a button asked for."""
        return f"page={posted['_page']}" if posted.get("_page", "").isdecimal() else None

    def context(self, form):
        sections = []
        for entry in form.entries:
            is_rows = entry.row is not None
            if not sections or (sections[-1]["made"], sections[-1]["is_rows"]) != (
                entry.made,
                is_rows,
            ):
                sections.append(self.section(form, entry.made, is_rows))
            is_settled = entry.becomes is not None and not entry.is_guess
            shown = sections[-1]["settled" if is_settled else "entries"]
            shown.append((entry, form[entry.name]))
        return {"sections": sections, "part": self.part, "pages": self.pages()}

    def section(self, form, made, is_rows):
        rest = form[rest_name(made)] if rest_name(made) in form.fields and not is_rows else None
        return {
            "made": made,
            "column": self.column_of(made),
            "is_rows": is_rows,
            "rest": rest,
            "empty": [] if is_rows else words.empty_words(self.draft.rows, self.uses[made.key]),
            "entries": [],
            "settled": [],
        }

    def pages(self):
        """(number, whether something on it is to be decided) of each page of entries."""
        found = []
        for start in range(0, len(self.entries), PER_PAGE):
            some = self.entries[start : start + PER_PAGE]
            found.append((start // PER_PAGE + 1, any(entry.becomes is None for entry in some)))
        return found


PARTS = ("words", "rows")


def keep(found, entry, becomes):
    if entry.row is None:
        found["words"].setdefault(entry.made.key, {})[entry.key] = becomes
    else:
        row = f"{entry.row.table}:{entry.row.number}"
        found["rows"].setdefault(entry.made.key, {})[row] = becomes


def decide_rest(decided, made, becomes):
    """Decide all words of a column that are undecided, also those of other pages."""
    for key, word in made.by_key.items():
        if decided.get(key, word.becomes) is None:
            decided[key] = becomes
