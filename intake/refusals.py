from django.utils.translation import gettext as _


class Refused(ValueError):
    """The file is not taken. The message is for who sent it, and says what to do."""


def not_as_named(ending):
    return Refused(
        _(
            "The content of the file is not what its ending .%(ending)s says, or the file is "
            "damaged: open it in the program that made it, save it anew as .%(ending)s and send "
            "that."
        )
        % {"ending": ending}
    )


def protected():
    return Refused(_("The file is protected by a password: save it without one and send that."))


def with_program(ending):
    return Refused(
        _(
            "The file contains macros, scripts or an embedded program: save it without them as "
            ".%(ending)s, or as PDF, and send that."
        )
        % {"ending": ending}
    )


def too_large_unpacked():
    return Refused(
        _("The file is too large when it is unpacked: make it smaller, or split it into several.")
    )
