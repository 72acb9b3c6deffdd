"""What this room writes in the journal: never a number, and of a package its hash alone."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

COUNTED = event(
    "evidence:facts:entered",
    _("%(who)s entered what the society counted of its own work as a figure."),
    retention="names no one",
    decides=True,
)
BEGUN = event(
    "evidence:release:begun",
    _("%(who)s began a release of the society’s facts."),
    retention="names no one",
    decides=True,
    does="writes",
)
COLUMNS_SIGNED = event(
    "evidence:columns:signed", _("%(who)s signed which columns releases have."), retention="names no one"
)
REHEARSED = event(
    "evidence:release:rehearsed",
    _("%(who)s rehearsed a release with made-up people."),
    retention="names no one",
)
CHANGED = event(
    "evidence:release:changed",
    _("%(who)s changed what a release says of itself."),
    retention="names no one",
    does="writes",
)
SPENT = event(
    "evidence:budget:spent",
    _("%(who)s spent privacy budget for a release."),
    retention="names no one",
    decides=True,
    does="writes",
)
CLOSED = event(
    "evidence:budget:closed",
    _("%(who)s had exact figures counted: no rows of these people can follow."),
    retention="names no one",
    decides=True,
)
PREPARED = event(
    "evidence:release:prepared",
    _("%(who)s prepared a release of the society’s facts."),
    retention="names no one",
    decides=True,
    does="writes",
)
READ = event(
    "evidence:release:read",
    _("%(who)s read a release, what the attacks on it found, and all earlier ones."),
    retention="names no one",
)
GIVEN_UP = event(
    "evidence:release:given-up",
    _("%(who)s gave up a release that was neither published nor refused."),
    retention="names no one",
)
DECIDED = event(
    "evidence:release:decided", _("%(who)s decided about a release."), retention="names no one", decides=True
)
TAKEN = event(
    "evidence:release:taken", _("%(who)s took out the file of a release."), retention="names no one"
)
COUNTS_GIVEN = event(
    "evidence:counts:given",
    _("%(who)s took out protected counts for another society."),
    retention="names no one",
)
WITHDRAWN = event(
    "evidence:release:withdrawn", _("%(who)s withdrew a release."), retention="names no one", decides=True
)
