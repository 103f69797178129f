"""Cities, actions and people for tests, each with one call, saved as the platform saves them.

    city = make_city("Port Trial", population=120_000)
    action = make_action(city, "natural-areas", baseline={"total_area": 12})
    officer = make_user("officer@example.org", officer_of=city)
    staff = make_user("staff@example.org", is_staff=True)

Cities are published unless told otherwise. Everything that has history is written inside
`profiles.changes.recording`. Countries, action types and steps are rows of the catalogue: a test
that needs them asks for the fixture `catalogue`; a city alone makes its own country.
"""

from itertools import count

from django.contrib.auth import get_user_model
from django.utils.text import slugify

from actions.models import Action, ActionType, CityCommitment, Statement, Value
from actions.services import next_number
from cbi.models import Assessment, Edition, Indicator, IndicatorResult
from profiles.changes import recording
from profiles.models import Assignment, ChangeSet, City, Country, Role, State

PASSWORD = "grass-snakes-like-ponds"

_numbers = count(1)


def writing(reason="for a test"):
    """`with writing(): …` around other writes to rows with history."""
    return recording(None, ChangeSet.Kind.ADMIN, reason)


def make_city(name=None, *, country="CN", **fields):
    """A published city; `country` is its ISO code, `fields` any field of `City`."""
    name = name or f"Trial City {next(_numbers)}"
    home, _made = Country.objects.get_or_create(code=country, defaults={"name": country})
    values = {"slug": slugify(name), "state": State.PUBLISHED, **fields}
    with writing():
        city = City.objects.create(name=name, country=home, **values)
    city.refresh_from_db()
    return city


def make_action(city, action_type=None, *, baseline=None, is_made=True, **fields):
    """An action of `city` under its commitment.

    `action_type` is a code (default: the first one of the catalogue); `baseline` gives numbers,
    words or a status by the key of the measure.
    """
    types = ActionType.objects.select_related("commitment")
    kind = types.get(code=action_type) if action_type else types.first()
    with writing():
        if is_made:
            CityCommitment.objects.get_or_create(city=city, commitment=kind.commitment)
        action = Action.objects.create(
            city=city,
            number=next_number(city),
            action_type=kind,
            **{"description": "Hedges have been planted.", **fields},
        )
        if baseline is not None:
            make_statement(action, Statement.Kind.BASELINE, baseline)
    return action


def make_statement(action, kind, values=(), **fields):
    """A statement of `action` with `values` (a dictionary by key of the measure)."""
    with writing():
        statement = Statement.objects.create(action=action, kind=kind, **fields)
        for key, given in dict(values).items():
            measure = action.action_type.measures.get(key=key)
            field = {"text": "text", "status": "status"}.get(measure.kind, "number")
            value = Value(statement=statement, measure=measure, **{field: given})
            value.full_clean()
            value.save()
    return statement


def make_assessment(city, year=2024, edition="2021", **results):
    """An assessment with results: the code of an indicator → what `make_result` takes."""
    with writing():
        made = Assessment.objects.create(
            city=city, edition=Edition.objects.get(code=edition), year=year
        )
        for code, given in results.items():
            make_result(made, f"{edition}-{code.replace('_', '-')}", **given).save()
    return made


def make_result(assessment, code, *, points=None, reason="", unit="", takes_lower=False, **inputs):
    """A checked result, not saved: `inputs` by name, `points` the city's own."""
    made = IndicatorResult(
        assessment=assessment,
        indicator=Indicator.objects.get(code=code),
        inputs=inputs,
        unit=unit,
        takes_lower=takes_lower,
        own_points=points,
        reason=reason,
        evidence="" if points is None else "The survey.",
    )
    made.clean()
    return made


def make_user(email=None, *, officer_of=None, coordinator_of=None, **fields):
    """An active person with the password `PASSWORD`, perhaps with a role."""
    email = email or f"person-{next(_numbers)}@example.org"
    user = get_user_model().objects.create_user(email, PASSWORD, **fields)
    with writing():
        if officer_of is not None:
            Assignment.objects.create(user=user, role=Role.OFFICER, city=officer_of)
        if coordinator_of is not None:
            Assignment.objects.create(user=user, role=Role.COORDINATOR, region=coordinator_of)
    return user
