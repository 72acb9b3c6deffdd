"""What the register of figures writes in the journal: that something was done, never what a figure says."""

from django.utils.translation import gettext_lazy as _

from panah.audit.events import event

SOURCE_ADDED = event(
    "figures:source:added", _("%(who)s registered a source of figures."), retention="names no one"
)
FILE_KEPT = event(
    "figures:file:kept", _("%(who)s kept the file of a source of figures."), retention="names no one"
)
FILE_TAKEN = event(
    "figures:file:taken", _("%(who)s took out the file of a source of figures."), retention="names no one"
)
ENTERED = event("figures:figure:entered", _("%(who)s entered figures."), retention="names no one")
CORRECTED = event(
    "figures:figure:corrected", _("%(who)s replaced a figure by a newer one."), retention="names no one"
)
WITHDRAWN = event(
    "figures:figure:withdrawn",
    _("%(who)s wrote down that a publisher withdrew a figure."),
    retention="names no one",
)
MISTAKEN = event(
    "figures:figure:mistaken",
    _("%(who)s wrote down that a figure was entered by mistake."),
    retention="names no one",
)
BREAK_MARKED = event(
    "figures:figure:break",
    _("%(who)s wrote down from where on a series is counted otherwise."),
    retention="names no one",
)
TENSION_NOTED = event(
    "figures:figure:tension", _("%(who)s wrote down where figures disagree."), retention="names no one"
)
TAKEN = event("figures:list:taken", _("%(who)s took figures out as a table."), retention="names no one")
SAY_WRITTEN = event(
    "figures:say:written",
    _("%(who)s wrote a sentence with a figure for everybody."),
    retention="names no one",
)
SAY_CLEARED = event(
    "figures:say:cleared", _("%(who)s cleared a sentence with a figure."), retention="names no one"
)
SAY_REFUSED = event(
    "figures:say:refused", _("%(who)s sent back a sentence with a figure."), retention="names no one"
)
SAY_ENDED = event(
    "figures:say:ended", _("%(who)s took back a sentence with a figure."), retention="names no one"
)
DELIVERED = event(
    "figures:figure:delivered",
    _("The figures that are delivered with Panah came in."),
    retention="names no one",
)
