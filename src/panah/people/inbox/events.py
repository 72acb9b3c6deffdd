"""What this room writes in the journal: that something came and who opened it, never what it says."""

from django.utils.translation import gettext_noop as _

from panah.ground.audit.events import event

ARRIVED = event("inbox:arrival:came", _("Something sealed arrived."), retention="names no one")
OPENED = event(
    "inbox:arrival:opened", _("%(who)s opened something that had arrived sealed."), retention="names no one"
)
SHOWN = event(
    "inbox:arrival:shown",
    _("%(who)s looked again at something that had arrived sealed."),
    retention="names no one",
)
DAMAGED = event(
    "inbox:arrival:damaged",
    _("%(who)s could not open something that had arrived: it is damaged."),
    retention="names no one",
)
SETTLED = event(
    "inbox:arrival:settled",
    _("%(who)s turned something that had arrived into further work."),
    retention="names no one",
)
CLOSED = event(
    "inbox:arrival:closed", _("%(who)s closed something that had arrived."), retention="names no one"
)
WITHDRAWN = event(
    "inbox:arrival:withdrawn",
    _("Something that had arrived was withdrawn and deleted."),
    retention="names no one",
)
EXPIRED = event(
    "inbox:arrival:expired",
    _("Something that had arrived expired unopened and was deleted."),
    retention="names no one",
)
PASSED_ON = event(
    "inbox:arrival:passed",
    _("%(who)s passed on something that had arrived to whoever holds the case or contact."),
    retention="names no one",
)
COMPARED = event(
    "inbox:arrival:compared",
    _("%(who)s opened many that had arrived, to find look-alikes."),
    retention="names no one",
)
ASIDE = event("inbox:arrival:aside", _("%(who)s put a pile of look-alikes aside."), retention="names no one")
BACK = event("inbox:arrival:back", _("%(who)s put back what had been put aside."), retention="names no one")
OVERDUE = event(
    "inbox:arrival:overdue",
    _("Nobody opened something that had arrived: the focal points were told."),
    retention="names no one",
)
