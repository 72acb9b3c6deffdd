"""What the register of figures writes in the journal: that something was done, never what a figure says."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

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
SENTENCE_WRITTEN = event(
    "figures:sentence:written",
    _("%(who)s wrote a sentence with a figure for everybody."),
    retention="names no one",
    does="writes",
)
SENTENCE_CLEARED = event(
    "figures:sentence:cleared",
    _("%(who)s cleared a sentence with a figure."),
    retention="names no one",
    does="approves",
)
SENTENCE_REFUSED = event(
    "figures:sentence:refused", _("%(who)s sent back a sentence with a figure."), retention="names no one"
)
SENTENCE_ENDED = event(
    "figures:sentence:ended", _("%(who)s took back a sentence with a figure."), retention="names no one"
)
DELIVERED = event(
    "figures:figure:delivered",
    _("The figures that are delivered with Panah came in."),
    retention="names no one",
)
BRIEF_BEGUN = event(
    "figures:brief:begun",
    _("%(who)s began a brief about a country."),
    retention="names no one",
    does="writes",
)
BRIEF_CHANGED = event(
    "figures:brief:changed",
    _("%(who)s changed a brief about a country."),
    retention="names no one",
    does="writes",
)
BRIEF_ASKED = event(
    "figures:brief:asked",
    _("%(who)s asked a second person to read a brief."),
    retention="names no one",
    does="writes",
)
BRIEF_TAKEN_BACK = event(
    "figures:brief:taken-back", _("%(who)s took a brief back to change it."), retention="names no one"
)
BRIEF_READ = event(
    "figures:brief:read", _("%(who)s answered the questions about a brief."), retention="names no one"
)
BRIEF_CLEARED = event(
    "figures:brief:cleared",
    _("%(who)s cleared a brief about the society’s country."),
    retention="names no one",
)
BRIEF_COMMENTED = event(
    "figures:brief:commented",
    _("%(who)s did not clear a brief about the society’s country."),
    retention="names no one",
)
BRIEF_PUBLISHED = event(
    "figures:brief:published", _("%(who)s published a brief about a country."), retention="names no one"
)
BRIEF_WITHDRAWN = event(
    "figures:brief:withdrawn", _("%(who)s withdrew a brief about a country."), retention="names no one"
)
BRIEF_OUT = event(
    "figures:brief:taken", _("%(who)s took a brief about a country out as a file."), retention="names no one"
)
ERRATUM_NOTED = event(
    "figures:brief:erratum", _("A figure of a published brief no longer stands."), retention="names no one"
)
ERRATUM_SEEN = event(
    "figures:brief:erratum-seen", _("%(who)s looked at an erratum of a brief."), retention="names no one"
)
