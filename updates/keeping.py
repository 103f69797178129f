"""Keeps what was typed on the page of an update, row by row.

Each row of the page carries what it showed: a digest of the answer, and the fingerprint of the last
value. So a row that nobody touched is left alone, and one that somebody else has answered meanwhile
is not overwritten.
"""

import hashlib
from dataclasses import asdict, dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from profiles.people import display_name
from profiles.texts import tidy, tidy_line

from .models import Answer, YearlyUpdate
from .rows import rows_for

CHOICES = {*Answer.Choice.values, ""}
NOT_CHECKED = ["update", "action", "code", "kept_by", "statement"]


@dataclass(frozen=True, slots=True)
class Typed:
    """What the fields of one row hold."""

    choice: str = ""
    text: str = ""
    year: str = ""
    source: str = ""
    reason: str = ""

    @classmethod
    def of(cls, answer):
        names = cls.__dataclass_fields__
        return cls(**{name: getattr(answer, name) for name in names}) if answer else cls()

    @classmethod
    def in_post(cls, post, key):
        given = {name: post.get(f"{key}-{name}", "") for name in cls.__dataclass_fields__}
        lines = {name: tidy_line(text) for name, text in given.items() if name != "text"}
        if lines["choice"] not in CHOICES:
            lines["choice"] = ""
        return cls(text=tidy(given["text"]), **lines)

    def digest(self):
        content = repr(tuple(asdict(self).values())).encode(errors="surrogatepass")
        return hashlib.sha256(content).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was typed in a row and is not kept, and why. `is_taken`: somebody else answered it."""

    typed: Typed
    messages: list
    is_taken: bool = False


@dataclass(slots=True)
class Kept:
    """`rows` as they are now; `refused`: key → `Refusal`; `changed`: the keys of what was kept."""

    rows: list
    refused: dict = field(default_factory=dict)
    changed: set = field(default_factory=set)


def seen(row):
    """What the page shows of a row, to be posted with it."""
    return f"{Typed.of(row.answer).digest()}-{row.fingerprint}"


def posted_numbers(post):
    """The numbers of the actions of which rows are posted."""
    keys = (name.partition(".")[0] for name in post if name.endswith("-seen"))
    return {int(key) for key in keys if key.isdecimal() and len(key) < 7}


def keep(update, post, user):
    """Keep the posted rows of `update`, which may not be stored yet. Answers with `Kept`."""
    with transaction.atomic():
        if update.pk is None:
            stored, _made = YearlyUpdate.objects.get_or_create(city=update.city, year=update.year)
            update.pk = stored.pk
        # Of two editors, the later waits here, and then sees what the earlier has kept.
        YearlyUpdate.objects.select_for_update().get(pk=update.pk)
        rows = rows_for(update.city, update.year, numbers=posted_numbers(post))
        kept = Kept(rows)
        for row in rows:
            if f"{row.key}-seen" in post:
                _keep_row(row, update, post, user, kept)
    if kept.changed:
        kept.rows = rows_for(update.city, update.year, numbers=posted_numbers(post))
    return kept


def _keep_row(row, update, post, user, kept):
    shown, _dash, last = post[f"{row.key}-seen"].partition("-")
    stored, typed = Typed.of(row.answer), Typed.in_post(post, row.key)
    if typed.digest() == shown or typed == stored:
        if post.get("confirm") == row.key and row.answer:
            forget_writing(row)
            row.answer.last = last[:16]
            row.answer.save(update_fields=["last", "written_at", "statement"])
            kept.changed.add(row.key)
        return
    if shown != stored.digest():
        kept.refused[row.key] = Refusal(typed, [_taken(row, user)], is_taken=True)
        return
    typed = understood(typed, stored)
    if typed == Typed():
        if row.answer:
            row.answer.delete()
    elif messages := _store(row, update, typed, last, user):
        kept.refused[row.key] = Refusal(typed, messages)
        return
    kept.changed.add(row.key)


def understood(typed, stored):
    """What the fields mean together, where only some of them were changed."""
    is_other_text = typed.text != stored.text
    choice, text, reason = typed.choice, typed.text, typed.reason
    if text and is_other_text and choice in (stored.choice, ""):
        choice = Answer.Choice.NEW
    elif not text and stored.text and choice == Answer.Choice.NEW:
        choice = ""
    elif not stored.text and not choice and (typed.year or typed.source):
        choice = Answer.Choice.NEW
    if not choice:
        return Typed()
    if choice != Answer.Choice.NEW and not is_other_text:
        text = ""
    if is_other_text and reason == stored.reason:
        reason = ""
    return replace(typed, choice=str(choice), text=text, reason=reason)


def _store(row, update, typed, last, user):
    """Store the answer; messages where a field cannot hold what was typed."""
    answer = row.answer or Answer(action=row.action, code=row.code)
    forget_writing(row)
    for name, value in asdict(typed).items():
        setattr(answer, name, value)
    answer.unit, answer.last = row.unit, last[:16]
    answer.kept_by, answer.kept_at, answer.written_at = user, timezone.now(), None
    try:
        answer.clean_fields(exclude=NOT_CHECKED)
    except ValidationError as error:
        return error.messages
    answer.update = update
    answer.save()
    return []


def forget_writing(row):
    """Let an overtaken answer be written anew, and nothing be taken back that it said before: that
    may have been of another figure."""
    if row.is_overtaken:
        row.answer.written_at = row.answer.statement = None


def _taken(row, user):
    if row.answer is None:
        return _("Somebody else has emptied this row meanwhile. Keep it again to fill it anew.")
    words = _(
        "%(who)s has answered this meanwhile: %(answer)s. Keep your answer again to replace it, or "
        "load the page anew."
    )
    said = row.answer.text or row.answer.get_choice_display()
    return words % {"who": display_name(row.answer.kept_by, user), "answer": said}
