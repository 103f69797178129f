"""What the commands of publishing say while they work."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

STEP = 50


def tell(command, total, outcomes):
    """Print how far it is; `outcomes` yields a city's key and whether it went well.

    Raises CommandError where something failed.
    """
    failed = []
    for number, (city_id, went_well) in enumerate(outcomes, start=1):
        if not went_well:
            failed.append(city_id)
        if number % STEP == 0 or number == total:
            command.stdout.write(
                _("%(number)d of %(total)d cities") % {"number": number, "total": total}
            )
    if not total:
        command.stdout.write(_("There is nothing to do."))
    if failed:
        raise CommandError(
            ngettext(
                "%(count)d city could not be published; the log says why: number %(keys)s.",
                "%(count)d cities could not be published; the log says why: numbers %(keys)s.",
                len(failed),
            )
            % {"count": len(failed), "keys": ", ".join(map(str, failed))}
        )
