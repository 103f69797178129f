"""How many actions and statements there may be."""

from django.utils.translation import gettext_lazy as _

from profiles.ceilings import Ceiling

OF_ACTIONS = (
    Ceiling(
        "CITY_MAX_ACTIONS",
        "city",
        _(
            "%(owner)s would have %(total)s actions; at most %(most)s fit on its page. Put what "
            "belongs together into one action, or remove actions that are over."
        ),
    ),
)
OF_STATEMENTS = (
    Ceiling(
        "ACTION_MAX_STATEMENTS",
        "action",
        _(
            "“%(owner)s” would have %(total)s starting points, targets and progress reports; at "
            "most %(most)s fit. Leave some out: one report a year shows the course as well."
        ),
    ),
    Ceiling(
        "CITY_MAX_STATEMENTS",
        "action__city",
        _(
            "%(owner)s would have %(total)s starting points, targets and progress reports; at most "
            "%(most)s fit on its page. Leave out reports that are no longer needed."
        ),
    ),
)
