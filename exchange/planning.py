"""Compares every row with what is stored and checks it; writes nothing."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from profiles.garbage import rarely_collected

from . import cells
from .lookups.context import ImportContext
from .problems import Problem, did_you_mean, sentence
from .remarks import has_hidden, remarks_about, without_hidden
from .sheets import SHEETS, sheet_classes
from .sheets.base.rows import OUTCOMES


@dataclass
class Plan:
    """`sheets` are planned and hold what they would save; a plan that `is_sound` can be applied.

    `versions`: the content version of each city at the time of planning. `remarks`: how the file
    was read, as `Problem`s. `has_hidden`: whether it hides anything that can be left out.
    """

    context: ImportContext
    sheets: list
    problems: list = field(default_factory=list)
    versions: dict = field(default_factory=dict)
    remarks: list = field(default_factory=list)
    has_hidden: bool = False
    leaves_out_hidden: bool = False

    @property
    def doubts(self):
        """What looks wrong and may be right: the first of each sheet, as `Problem`s."""
        return [*self.notices, *(doubt for sheet in self.sheets for doubt in sheet.doubts)]

    @property
    def doubt_count(self):
        return len(self.notices) + sum(sheet.doubt_count for sheet in self.sheets)

    @property
    def notes(self):
        """How cells were understood that say it otherwise: the first of each sheet."""
        return [note for sheet in self.sheets for note in sheet.notes]

    @property
    def note_count(self):
        return sum(sheet.note_count for sheet in self.sheets)

    @property
    def notices(self):
        """Doubts about the whole import rather than about a cell."""
        notice = self.context.files.notice_of_unused()
        return [notice] if notice else []

    @property
    def newer(self):
        """The `NewerCell`s of all sheets: what the file would put back."""
        return [cell for sheet in self.sheets for cell in sheet.newer.found]

    @property
    def is_sound(self):
        return not self.problems

    @property
    def counts(self):
        """Sheet name → how many rows are new, changed, unchanged, wrong."""
        return {sheet.sheet_name: sheet.row_counts() for sheet in self.sheets}

    @property
    def totals(self):
        counts = self.counts.values()
        return {outcome: sum(count[outcome] for count in counts) for outcome in OUTCOMES}

    def made_users(self):
        """The accounts that the plan makes; `apply` gives them primary keys."""
        return [user for sheet in self.sheets for user in getattr(sheet, "made", ())]

    @property
    def changes_anything(self):
        return any(batch.instances for sheet in self.sheets for batch in sheet.batches())


@rarely_collected()
def make_plan(
    workbook,
    user=None,
    *,
    clears=False,
    leaves_out_hidden=False,
    enclosed=None,
    progress=None,
    new_from=None,
):
    """Plan the import of a `reading.Workbook` by `user`; None stands for the platform itself.

    `clears`: an empty cell of a stored row clears what is stored. `leaves_out_hidden`: what is
    hidden or struck through is no part of the import. `enclosed`: the files that came with the
    workbook, as `sent_files.SentFiles`. `progress` is called with the number of rows
    planned so far, every few hundred rows; what it raises ends the planning. `new_from`: address of
    a city → the first number from which on the actions of the workbook are new ones.
    """
    context = ImportContext(
        user,
        from_1904=workbook.from_1904,
        clears=clears,
        enclosed=enclosed,
        progress=progress,
        written=workbook.written,
        new_from=new_from,
    )
    offered = [cls.sheet_name for cls in sheet_classes(user)]
    plan = Plan(context, [], unknown_sheets(workbook, offered))
    plan.leaves_out_hidden = leaves_out_hidden
    data = dict(sheets_to_plan(plan, workbook))
    context.load_cities(city_words(data.values()))
    plan.versions = {city.pk: city.content_version for city in context.cities.values()}
    for cls, rows in data.items():
        sheet = cls(context)
        sheet.plan(rows)
        plan.sheets.append(sheet)
        plan.problems += sheet.problems
    if not plan.problems and not any(sheet.rows for sheet in plan.sheets):
        plan.problems.append(no_rows(workbook, offered))
    return plan


def sheets_to_plan(plan, workbook):
    """The sheets that are imported, each with its rows. The plan's `remarks` tell of the others."""
    for cls in SHEETS:
        data = workbook.sheets.get(cells.folded(cls.sheet_name))
        if data is None or not data.headers:
            continue
        if cls.staff_only and not plan.context.by_platform:
            plan.remarks += sheet_of_staff(cls, data)
            continue
        plan.remarks += remarks_about(cls, data, leaves_out_hidden=plan.leaves_out_hidden)
        plan.has_hidden = plan.has_hidden or has_hidden(data)
        if plan.leaves_out_hidden:
            data = without_hidden(cls, data)
        if data is not None:
            yield cls, data


def city_words(sheets):
    """The cells of the City columns of all sheets as text."""
    words = set()
    for data in sheets:
        headers = [cells.folded(header) for header in data.headers]
        if "city" in headers:
            index = headers.index("city")
            words |= {cells.as_text(row[index]) for _number, row in data.rows if index < len(row)}
    return words


def sheet_of_staff(cls, data):
    """The remark about a sheet that only staff may import; none where it has no rows."""
    if not data.rows:
        return []
    message = _("This sheet is passed over: only platform staff can import it.")
    return [Problem(message, sheet=cls.sheet_name)]


def unknown_sheets(workbook, names):
    return [
        Problem(
            sentence(
                _("There is no sheet “%s” in these workbooks.") % name,
                did_you_mean(name, names) or _("Rename, hide or delete it."),
            ),
            expected=_("one of these sheets: %s") % ", ".join(names),
            sheet=name,
        )
        for name in workbook.unknown
    ]


def no_rows(workbook, names):
    return Problem(
        _("There are no rows to import. Sheets found: %s.") % (", ".join(workbook.found) or "–"),
        expected=_("one of these sheets: %s") % ", ".join(names),
    )
