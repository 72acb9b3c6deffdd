"""What this room writes in the journal. The names were given when it was part of the hotline, and stay."""

from django.utils.translation import gettext_noop as _

from panah.ground.audit.events import event

LINKS_SENT = event(
    "hotline:links:sent", _("%(who)s took a restoring family links request to another society.")
)


LINKS_PRINTED = event(
    "hotline:links:printed", _("%(who)s made a letter of a restoring family links request.")
)


LINKS_CAME = event(
    "hotline:links:came", _("%(who)s took in a restoring family links request of another society.")
)


# One event whatever the answer is.
LINKS_ANSWERED = event("hotline:links:answered", _("%(who)s answered a restoring family links request."))


LINKS_READ = event("hotline:links:read", _("%(who)s read what came about a restoring family links request."))


LINKS_TAKEN_BACK = event("hotline:links:taken-back", _("%(who)s took back a restoring family links request."))


LINKS_STOPPED = event(
    "hotline:links:stopped", _("A restoring family links request was taken back by the other society.")
)


LINKS_ERASED = event(
    "hotline:links:erased",
    _("%(who)s erased a restoring family links request that was taken back."),
    retention="names no one",
)


LINKS_ASKED = event("hotline:links:asked", _("%(who)s took a restoring family links request."))


LINKS_NOTED = event("hotline:links:noted", _("%(who)s wrote in a restoring family links request."))


LINKS_CLOSED = event("hotline:links:closed", _("%(who)s closed a restoring family links request."))
