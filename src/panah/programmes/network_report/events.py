"""What this room writes in the journal: never a number."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

PREPARED = event(
    "network_report:figures:prepared",
    _("%(who)s prepared the society’s figures of a quarter."),
    retention="names no one",
)
SIGNED = event(
    "network_report:figures:signed",
    _("%(who)s signed off the society’s figures of a quarter."),
    retention="names no one",
)
SENT = event(
    "network_report:figures:sent",
    _("%(who)s sent the society’s figures of a quarter to paired societies."),
    retention="names no one",
)
RECEIVED = event(
    "network_report:figures:received",
    _("The figures of a quarter came from a paired society."),
    retention="names no one",
)
