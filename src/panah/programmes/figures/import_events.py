"""What importing writes in the journal: counts alone, no number and no name of a file."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

BROUGHT = event("figures:import:brought", _("%(who)s uploaded a table of figures."), retention="names no one")
COLUMNS = event(
    "figures:import:columns",
    _("%(who)s said what the columns of a table of figures mean."),
    retention="names no one",
)
COMPARED = event(
    "figures:import:compared",
    _("%(who)s had a table of figures compared with the register again."),
    retention="names no one",
)
REFUSED = event(
    "figures:import:refused",
    _("%(who)s discarded a table of figures; nothing of it is kept."),
    retention="names no one",
)
ACCEPTED = event(
    "figures:import:accepted", _("%(who)s accepted a table of figures."), retention="names no one"
)
