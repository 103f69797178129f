"""What a person is told, and asked, of the kept mapping whose answers a list began with."""

from functools import cached_property

from .. import cells
from ..models import Mapping
from .columns.content import contents_of
from .columns.fields import field_of
from .columns.fitting import fits
from .deciding import decide
from .kept import Fit, decisions_for, fit_of, is_same_list, list_name_of

OF_COLUMNS = ("columns", "words")
"""Parts of decisions that are by the keys of columns, each below its own name again."""


class Known:
    """A `mapping` that fits the list of a `draft`, which may be decided in part by now.

    `is_kept_of_it`: whether the mapping was kept of this very file, after it was sent.
    """

    def __init__(self, mapping, draft, *, is_kept_of_it=False):
        self.mapping, self.draft, self.is_kept_of_it = mapping, draft, is_kept_of_it
        self.fit = fit_of(mapping, [column.key for column in draft.columns])

    @classmethod
    def of(cls, mapped, draft):
        """That of a `MappedFile`; None where it has none, or the user may not see it."""
        mapping = Mapping.objects.visible_to(draft.user).filter(pk=mapped.mapping_id).first()
        if mapping is None:
            return None
        is_newer = mapping.made_at > mapped.created_at
        is_of_it = is_newer and mapping.file_name == mapped.file_name
        return cls(mapping, draft, is_kept_of_it=is_of_it)

    @cached_property
    def is_same_list(self):
        list_name = list_name_of(self.draft.decisions)
        return is_same_list(self.mapping, self.draft.name, list_name)

    @cached_property
    def uses_of_then(self):
        """Key of a column as it is called now → what was kept of it."""
        return decisions_for(self.fit).get("columns", {}).get("columns", {})

    @property
    def held_back(self):
        """[(letters, `Use`)] of columns that were imported then, and here only if a person says
        so."""
        return [
            (cells.column_letters(use.column.at), use)
            for use in self.draft.uses
            if use.is_guess and use.is_held_back and self.field_of_then(use.column.key)
        ]

    @property
    def perhaps_renamed(self):
        """[(key that is gone, the `Use` of the new column at its place)] where the new one can be
        the same, would become something else, and nobody has decided that."""
        uses = {use.column.key: use for use in self.draft.uses}
        found = []
        for then, now in self.fit.instead.items():
            use, field = uses[now], self.field_of_then(then)
            if field and use.is_guess and use.field != field.code and self.can_be(use, field):
                found.append((then, use))
        return found

    @cached_property
    def taken_for(self):
        """Key of then → the key of the column that has its answers now, by its name or because a
        person said so."""
        uses = {use.column.key: use for use in self.draft.uses}
        said = {
            then: now
            for then, now in self.fit.instead.items()
            if not uses[now].is_guess
            and (field := self.field_of_then(then))
            and uses[now].field == field.code
        }
        return self.fit.renamed | said

    @property
    def gone(self):
        return [key for key in self.fit.gone if key not in self.taken_for]

    @property
    def added(self):
        return [key for key in self.fit.added if key not in self.taken_for.values()]

    def field_of_then(self, key):
        return field_of(self.draft.target, self.uses_of_then.get(key, {}).get("field", ""))

    def can_be(self, use, field):
        is_free = not field.is_single or not self.draft.used_as(field.code)
        content = contents_of([use.column], self.draft.rows)[use.column.key]
        return is_free and fits(field, content, "")


def take_as_renamed(mapped, known, key):
    """Let the column `key` of a list have the answers of the one at whose place it stands; whether
    that could still be."""
    pairs = [(then, use) for then, use in known.perhaps_renamed if use.column.key == key]
    if not pairs:
        return False
    then, _use = pairs[0]
    answers = decisions_for(Fit(known.mapping, 1, renamed={then: key}))
    for part in OF_COLUMNS:
        of_then = answers.get(part, {}).get(part, {})
        if key in of_then:
            decided = mapped.decisions.get(part, {})
            columns = {**decided.get(part, {}), key: of_then[key]}
            decide(mapped, part, {**decided, part: columns}, is_looked_at=False)
    return True


def take_as_new(mapped, known, key):
    """Let the column `key` of a list be another one than that at whose place it stands, and become
    what is guessed of it; whether that could still be."""
    use = next((use for _then, use in known.perhaps_renamed if use.column.key == key), None)
    if use is None:
        return False
    decided = mapped.decisions.get("columns", {})
    said = {name: getattr(use, name) for name in ("field", "has_title", "fills_down", "separator")}
    columns = {**decided.get("columns", {}), key: said}
    decide(mapped, "columns", {**decided, "columns": columns}, is_looked_at=False)
    return True
