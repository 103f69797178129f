"""What a meaning of a header (`synonyms.toml`) becomes for each target, or why nothing of it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ...models.mapping import Target

MONEY = _("Money, who gives it, or other means: published only if you choose so.")
PERSON = _("Names and contacts of people do not become public.")
INTERNAL = _("For work within the office, not for the public.")
NOTES = _("Remarks are often for the office only: read them before you publish them.")
OF_CITY = _("A fact about the city, not about what its rows are here.")
OF_WORK = _("A day of the work: none on which a commitment was made.")
NO_PLACE = _("There is no place for it here.")
HELD_BACK = (MONEY, PERSON, INTERNAL, NOTES)
"""Why a column is not imported that may be nothing for the public, unless a person chooses so."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """`field`: code of the field it becomes, "" for none. `why`: why it becomes none."""

    field: str
    why: str = ""

    @property
    def is_held_back(self):
        return self.why in HELD_BACK


def becomes(**fields):
    return {meaning: Meaning(field) for meaning, field in fields.items()}


def nothing(why, *meanings):
    return {meaning: Meaning("", why) for meaning in meanings}


MEANINGS = {
    Target.CITIES: {
        **becomes(
            city="name",
            name="name",
            place="name",
            local_name="local_name",
            country="country",
            latitude="latitude",
            longitude="longitude",
            point="point",
            population="population",
            population_year="population_year",
            area="area",
            area_unit="area_unit",
            about="about",
            summary="summary",
            description="about",
            language="language",
            head_name="head_name",
            head_title="head_title",
            website="website",
            email="contact_email",
            commitment="commitments",
            key="key",
            city_code="key",
            link="website",
            year="population_year",
            state="state",
        ),
        **nothing(PERSON, "person"),
        **nothing(MONEY, "money"),
        **nothing(INTERNAL, "internal"),
        **nothing(_("The state or province tells more of where a city is."), "admin_area"),
    },
    Target.COMMITMENTS: {
        **becomes(
            city="city",
            country="country",
            commitment="commitment",
            made_on="made_on",
            place="city",
            name="city",
            title="commitment",
            state="state",
        ),
        **nothing(PERSON, "person", "email", "head_name"),
        **nothing(MONEY, "money"),
        **nothing(INTERNAL, "internal", "status", "note"),
        **nothing(OF_WORK, "period", "target_year"),
        **nothing(OF_CITY, "population", "area", "latitude", "longitude", "point", "admin_area"),
    },
    Target.ACTIONS: {
        **becomes(
            title="title",
            description="description",
            action_type="action_type",
            department="department",
            key="key",
            city="city",
            country="country",
            city_code="key",
            name="title",
            language="language",
            updated_on="updated_on",
            baseline="baseline",
            baseline_year="baseline_year",
            target="target",
            target_year="target_year",
            target_text="target_text",
            progress="progress",
            progress_day="progress_day",
            unit="unit",
            summary="description",
            detail="description",
            place="description",
            subtitle="description",
            status="description",
            period="description",
            group="description",
            organisation="description",
            measure="description",
            about="description",
            year="description",
            area="description",
            value="description",
            source="description",
            link="description",
            website="description",
            state="state",
        ),
        **nothing(PERSON, "person", "email", "head_name", "head_title"),
        **nothing(MONEY, "money"),
        **nothing(INTERNAL, "internal"),
        **nothing(NOTES, "note"),
        **nothing(
            OF_CITY, "population", "population_year", "admin_area", "entity_type", "local_name"
        ),
        **nothing(
            _("Where an action takes place is not shown on a map."),
            *("latitude", "longitude", "point"),
        ),
        **nothing(NO_PLACE, "commitment", "made_on", "kind", "area_unit"),
    },
    Target.STATEMENTS: {
        **becomes(
            measure="measure",
            year="year",
            value="value",
            unit="unit",
            city="city",
            place="city",
            country="country",
            source="source",
            link="source_url",
            kind="kind",
            note="text",
            key="key",
            city_code="key",
            title="measure",
            name="measure",
            action_type="measure",
            description="text",
            period="year",
            progress="value",
            website="source_url",
            state="state",
        ),
        **nothing(PERSON, "person", "email", "head_name"),
        **nothing(INTERNAL, "internal", "department"),
        **nothing(NO_PLACE, "group", "status", "detail", "admin_area"),
    },
}
