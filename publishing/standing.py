"""Where a city stands with the public: what of it is public, what waits, and what comes next."""

from dataclasses import dataclass

from catalogue.atoms import Day
from cbi.models import Assessment
from profiles.lagging import lags
from profiles.models import City, PublicCity, Submission

from .following import FEW_ACTIONS
from .unpublished import find_unpublished

State = Submission.State


@dataclass(frozen=True, slots=True)
class Standing:
    """What a city's page and the first page of the admin say of it to `user`.

    - `public`: its `PublicCity` with the publication; None where nothing of it is public.
    - `is_changed`: whether it holds what is not public; `count`: how many differences that are,
      None where they are too many to count for a page that is about something else.
    - `is_being_published`: its changes become public by themselves.
    - `waiting`, `returned`: the submission that is in review, or the last one if it was returned.
    - `may_edit`, `may_publish`, `may_send`: what the user may do next.
    - `kept_back`: the assessments of the index that stay out of what is public until the city
      says so; they are not among the changes.
    """

    city: City
    public: PublicCity | None
    is_changed: bool
    count: int | None
    is_being_published: bool
    waiting: Submission | None
    returned: Submission | None
    may_edit: bool
    may_publish: bool
    may_send: bool
    kept_back: tuple[Assessment, ...] = ()

    @property
    def kind(self):
        """Which of the templates' cases this is."""
        if self.city.is_withdrawn:
            return "withdrawn"
        return "public" if self.public else "draft"

    @property
    def published_on(self):
        return Day.of(self.public.publication.published_at.date())

    @property
    def sent_on(self):
        return Day.of(self.waiting.sent_at.date())

    @property
    def due_on(self):
        return Day.of(self.waiting.due_on)

    @property
    def returned_on(self):
        return Day.of(self.returned.decided_at.date())


def standing_of(city, user, found=None):
    """The `Standing` of a `City` for a user who may see it.

    `found`: its `Unpublished`, where that is known already.
    """
    public = PublicCity.objects.public().filter(pk=city.pk)
    public = public.select_related("publication").defer("publication__record", "search_text")
    public, is_lagging = public.first(), lags(city)
    is_changed, count = _changes(city, public, found)
    newest = Submission.objects.defer("record").filter(city=city.pk).order_by("-pk").first()
    return Standing(
        city=city,
        public=public,
        is_changed=is_changed,
        count=count,
        is_being_published=is_lagging and not city.is_withdrawn,
        kept_back=tuple(Assessment.objects.left_out_of(city)),
        waiting=newest if newest and newest.state == State.WAITING else None,
        returned=newest if newest and newest.state == State.RETURNED else None,
        **rights(city, user),
    )


def rights(city, user):
    """What `user` may do with the changes of a `City`."""
    may_edit = City.objects.editable_by(user).filter(pk=city.pk).exists()
    may_publish = City.objects.publishable_by(user).filter(pk=city.pk).exists()
    may_send = not may_publish and City.objects.submittable_by(user).filter(pk=city.pk).exists()
    return {"may_edit": may_edit, "may_publish": may_publish, "may_send": may_send}


def _changes(city, public, found):
    """Whether the city holds what is not public, and how many differences that are."""
    if public is None or public.seen_content_version == city.content_version:
        return public is None, None
    if found is None and public.action_count > FEW_ACTIONS:
        return True, None
    count = len((found or find_unpublished(city)).changes)
    return count > 0, count
