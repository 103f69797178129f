"""Cities, actions and people for tests, each with one call, saved as the platform saves them.

    city = make_city("Port Trial", population=120_000)
    action = make_action(city, "natural-areas", baseline={"total_area": 12})
    officer = make_user("officer@example.org", officer_of=city)
    staff = make_user("staff@example.org", is_staff=True)

Cities are published unless told otherwise. Everything that has history is written inside
`profiles.changes.recording`. Countries, action types and steps are rows of the catalogue: a test
that needs them asks for the fixture `catalogue`; a city alone makes its own country.
"""

import datetime
import hashlib
from itertools import count

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils.text import slugify

from actions.models import (
    Action,
    ActionType,
    CityCommitment,
    OwnFigure,
    Plan,
    Statement,
    Value,
)
from actions.own_figures import free_number
from actions.services import next_number
from catalogue import frozen
from catalogue.models import CatalogueVersion, KMGBFTarget, Topic
from cbi.models import Assessment, Edition, Indicator, IndicatorResult
from hub.models import Picture, Resource, Upload
from pathway.models import Step, StepItem, StepProgress
from profiles.changes import recording
from profiles.dates import today
from profiles.models import (
    Assignment,
    ChangeSet,
    City,
    Country,
    PublishRequest,
    Role,
    State,
    Submission,
)
from publishing import record as records
from tests.intake.sendable import image

PASSWORD = "grass-snakes-like-ponds"

_numbers = count(1)


def writing(reason="for a test"):
    """`with writing(): …` around other writes to rows with history."""
    return recording(None, ChangeSet.Kind.ADMIN, reason)


def make_city(name=None, *, country="CN", state=State.PUBLISHED, **fields):
    """A city that is to be published, and each change of it at once.

    `country` is its ISO code, `state` one of `State`, `fields` any field of `City`.
    """
    name = name or f"Trial City {next(_numbers)}"
    home, _made = Country.objects.get_or_create(code=country, defaults={"name": country})
    values = {"slug": slugify(name), "publishing": City.Publishing.AT_ONCE, **fields}
    values.setdefault("is_withdrawn", state == State.WITHDRAWN)
    with writing():
        city = City.objects.create(name=name, country=home, **values)
        if state == State.PUBLISHED:
            PublishRequest.objects.create(city=city)
    city.refresh_from_db()
    return city


def withdraw(city, note="By mistake."):
    """Take a city from the public, as platform staff do on its page."""
    city.is_withdrawn, city.withdrawal_note = True, note
    with writing():
        city.save()


def bring_back(city):
    """The reverse of `withdraw`."""
    city.is_withdrawn = False
    with writing():
        city.save()


def request_publishing(city):
    """Have the rows of a city published, as an import of platform staff does."""
    with writing():
        PublishRequest.objects.create(city=city)
        city.save()


def make_submission(city, **fields):
    """What the city holds now, waiting for review."""
    record = records.encode(records.collect([city])[city.pk])
    values = {
        "record": records.pack(record),
        "sha256": records.digest(record),
        "catalogue": CatalogueVersion.objects.get(sha256=frozen.current().sha256),
        "content_version": city.content_version,
        "due_on": today() + datetime.timedelta(days=14),
        **fields,
    }
    return Submission.objects.create(city=city, **values)


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
    """A statement of `action` with `values`: a dictionary by key of the measure, or own figure."""
    with writing():
        statement = Statement.objects.create(action=action, kind=kind, **fields)
        for key, given in dict(values).items():
            is_own = isinstance(key, OwnFigure)
            figure = key if is_own else action.action_type.measures.get(key=key)
            field = {"text": "text", "status": "status"}.get(figure.kind, "number")
            value = Value.of(figure, statement=statement, **{field: given})
            value.full_clean()
            value.save()
    return statement


def make_own_figure(action, name, kind="count", unit="", **fields):
    """An own figure of `action`, after those that it has."""
    number = free_number(action)
    with writing():
        figure = OwnFigure(action=action, number=number, name=name, kind=kind, unit=unit, **fields)
        figure.full_clean()
        figure.save()
    return figure


def make_plan(city, title="Plan for nature", **fields):
    """A plan of `city` in which targets may be set."""
    with writing():
        return Plan.objects.create(city=city, title=title, **fields)


def make_assessment(city, year=2024, edition="2021", *, is_released=True, **results):
    """A released assessment with results: the code of an indicator → what `make_result` takes."""
    with writing():
        made = Assessment.objects.create(
            city=city,
            edition=Edition.objects.get(code=edition),
            year=year,
            is_released=is_released,
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


def make_upload(city=None, name="plan.pdf", content=b"%PDF-1.7\n%%EOF\n", **fields):
    """A file of `city` as it is kept; its content is not checked."""
    kinds = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
    values = {
        "media_type": kinds.get(name.rpartition(".")[2], "text/plain"),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        **fields,
    }
    upload = Upload(city=city, name=name, **values)
    upload.file.save(name, ContentFile(content), save=False)
    with writing():
        upload.save()
    return upload


def make_picture(city, role="cover", size=(80, 60), **fields):
    """A picture of the profile of `city`."""
    upload = make_upload(city, f"{role}.png", image(size=size), width=size[0], height=size[1])
    values = {"alternative_text": "A river.", "credit": "Kim Lens", **fields}
    with writing():
        return Picture.objects.create(city=city, role=role, file=upload, **values)


def make_resource(city=None, title="Guide", *, topics=(), targets=(), **fields):
    """A published resource of `city`, or of a partner organisation; topics by code, targets by
    number. Without a link or a file it gets a link of its own.
    """
    values = {
        "kind": Resource.Kind.GUIDE,
        "state": Resource.State.PUBLISHED,
        "organisation": "" if city else "Friends of Rivers",
        **fields,
    }
    if not values.get("file"):
        values.setdefault("url", f"https://example.org/resource-{next(_numbers)}")
    with writing():
        resource = Resource.objects.create(city=city, title=title, **values)
        resource.topics.set(Topic.objects.filter(code__in=topics))
        resource.targets.set(KMGBFTarget.objects.filter(number__in=targets))
    return resource


def make_item(city, number, title="Plan", **fields):
    """An item of `city` on the step of this number; without a target it gets a link of its own."""
    if not fields.get("upload") and not fields.get("resource"):
        fields.setdefault("url", f"https://example.org/item-{next(_numbers)}")
    with writing():
        step = Step.objects.get(number=number)
        return StepItem.objects.create(city=city, step=step, title=title, **fields)


def make_progress(city, number, state="under-way", **fields):
    """What `city` says about the step of this number."""
    with writing():
        step = Step.objects.get(number=number)
        return StepProgress.objects.create(city=city, step=step, state=state, **fields)
