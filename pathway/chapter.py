"""Chapter 3: the nine steps, each with its state and with the items that the city put on it."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.utils.translation import get_language

from catalogue.atoms import ChapterHead, Day, Text
from catalogue.languages import native_name
from catalogue.texts import Texts
from hub.chapter import host_of
from hub.context import PublicResources
from profiles.record import text_of
from profiles.writing_systems import platform_text

from .step_state import NOT_BEGUN, State, shown_by_step, step_states

NUMERALS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class Version:
    """One language version of an item. `kind`: link, file or resource.

    `detail` tells before a click what it is: host of the link, type of the file, kind of resource.
    `language` is the name of its language in itself.
    """

    url: str
    title: Text
    language: Text
    kind: str
    detail: Text


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """One item, with all its language versions; that in the reader's language comes first."""

    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A step. `is_said`: the city itself has stated the `state` (see `StepState`).

    `state_text` is None until the city has begun with any step; `url` is empty for retired steps.
    """

    number: int
    code: str
    title: Text
    url: str
    state: str
    is_said: bool
    state_text: Text | None
    started: Day | None
    done: Day | None
    days: tuple[Text, ...]
    items: tuple[ItemEntry, ...]
    empty: Text | None


@dataclass(frozen=True, slots=True)
class PhaseEntry:
    number: int
    title: Text
    steps: tuple[StepEntry, ...]


@dataclass(frozen=True, slots=True)
class StateName:
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class PathwayChapter:
    """Chapter 3. `summary` and `key` are empty until the city has begun with any step.

    `assumed_note` is there if the state of a step is assumed.
    """

    head: ChapterHead
    step_count: int
    done_count: int
    under_way_count: int
    done_name: Text
    summary: Text | None
    key: tuple[StateName, ...]
    assumed_note: Text | None
    phases: tuple[PhaseEntry, ...]


def build(record, context):
    """The chapter of a profile record.

    A retired step is shown only if the city has items on it or has begun with it.
    """
    items = shown_by_step(record.pathway, context.resources)
    states = step_states(record.pathway, items)
    is_begun = any(own.is_said or own.is_begun for own in states.values())
    writer = Writer(context.texts, context.resources, context.city.pk, is_begun)
    shown = [
        (phase, step, states.get(step.code, NOT_BEGUN))
        for phase, step in framework(context.catalogue)
        if not step.retired or step.code in items or states.get(step.code, NOT_BEGUN).is_begun
    ]
    phases = tuple(
        PhaseEntry(
            number=phase.number,
            title=numbered(NUMERALS[phase.number], phase.text()),
            steps=tuple(writer.step(step, own, items.get(step.code, ())) for _, step, own in rows),
        )
        for phase, rows in groupby(shown, key=itemgetter(0))
    )
    return writer.chapter(phases, [own for _phase, _step, own in shown])


def framework(catalogue):
    """Pairs (phase, step), in the order of their numbers."""
    pairs = [(catalogue.phases[step.phase], step) for step in catalogue.steps.values()]
    return sorted(pairs, key=lambda pair: (pair[0].number, pair[1].number))


def numbered(number, name):
    return Text(f"{number}. {name}", name.language)


@dataclass(frozen=True, slots=True)
class Writer:
    """Builds the entries of the chapter of the city with the key `city_id`."""

    texts: Texts
    resources: PublicResources
    city_id: int
    is_begun: bool

    def chapter(self, phases, step_states):
        states = [one.state for one in step_states]
        done, under_way = states.count(State.DONE), states.count(State.UNDER_WAY)
        summary = note = None
        key = ()
        if self.is_begun:
            gaps = {"done": done, "steps": len(states), "under_way": under_way}
            summary = self.texts("pathway.summary", **gaps)
            key = tuple(StateName(code, self.state_name(code)) for code in State.values[::-1])
            if not all(one.is_said for one in step_states):
                note = self.texts("pathway.assumed")
        return PathwayChapter(
            head=self.texts.chapter(3, "pathway"),
            step_count=len(states),
            done_count=done,
            under_way_count=under_way,
            done_name=self.state_name(State.DONE),
            summary=summary,
            key=key,
            assumed_note=note,
            phases=phases,
        )

    def step(self, step, own, items):
        return StepEntry(
            number=step.number,
            code=step.code,
            title=numbered(step.number, step.text()),
            url="" if step.retired else step.get_absolute_url(),
            state=own.state,
            is_said=own.is_said,
            state_text=self.state_text(own) if self.is_begun else None,
            started=day_of(own.started_on),
            done=day_of(own.done_on),
            days=self.days(own),
            items=self.items(items),
            empty=None if items else self.texts("pathway.step.empty"),
        )

    def state_name(self, state):
        return self.texts(f"pathway.state.{state}")

    def state_text(self, own):
        name = self.state_name(own.state)
        return name if own.is_said else self.texts("pathway.state.assumed", state=name)

    def days(self, own):
        days = (("pathway.started", own.started_on), ("pathway.done", own.done_on))
        return tuple(self.texts(code, day=Day.of(day)) for code, day in days if day)

    def items(self, rows):
        """The entries of a step; language versions form one entry, at the position of the first."""
        together = {}
        for row in rows:
            together.setdefault(row.version_set or row.id, []).append(row)
        return tuple(ItemEntry(self.versions(rows)) for rows in together.values())

    def versions(self, rows):
        wanted = get_language() or ""
        rows = sorted(rows, key=lambda row: language_distance(text_of(row.title).language, wanted))
        return tuple(self.version(row) for row in rows)

    def version(self, row):
        title = text_of(row.title)
        kind, url, detail = self.target(row)
        if not isinstance(detail, Text):
            detail = platform_text(detail, self.texts.language)
        language = Text(native_name(title.language), title.language)
        return Version(url, title, language, kind, detail)

    def target(self, row):
        """What an item leads to: its kind, address and detail, as in `Version`."""
        if row.url:
            return "link", row.url, host_of(row.url)
        if row.file:
            return "file", row.file.get_absolute_url(), row.file.description
        resource = self.resources.get(row.resource)
        return "resource", resource.get_absolute_url(), self.resource(resource)

    def resource(self, resource):
        kind = resource.get_kind_display()
        if resource.city_id == self.city_id:
            return self.texts("pathway.item.resource", kind=kind)
        maker = resource.organisation or resource.city.name
        return self.texts("pathway.item.resource.of", kind=kind, maker=maker)


def day_of(date):
    return Day.of(date) if date else None


def language_distance(tag, wanted):
    """Sort key: 0 for the language `wanted`, 1 for the same in another script or region, else 2."""
    tag, wanted = tag.lower(), wanted.lower()
    if tag == wanted:
        return 0
    return 1 if tag.split("-")[0] == wanted.split("-")[0] else 2
