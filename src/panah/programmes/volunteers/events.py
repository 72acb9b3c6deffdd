"""What this room writes in the journal: codes and the row, never a name."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

ADDED = event("volunteers:volunteer:added", _("%(who)s wrote down a volunteer."))
CHANGED = event("volunteers:volunteer:changed", _("%(who)s changed what is known of a volunteer."))
STATE = event(
    "volunteers:volunteer:state", _("%(who)s wrote down that a volunteer paused, came back, left or moved.")
)
ROLE = event("volunteers:volunteer:role", _("%(who)s changed what a volunteer does in a branch."))
LINKED = event("volunteers:volunteer:linked", _("%(who)s said which volunteer signs in as which colleague."))
VETTED = event("volunteers:volunteer:vetted", _("%(who)s vetted a volunteer."))
INCIDENT = event("volunteers:volunteer:incident", _("%(who)s wrote down an incident with a volunteer."))
READ = event("volunteers:volunteer:read", _("%(who)s read what few may read of a volunteer."))
EXPORTED = event(
    "volunteers:volunteer:exported", _("%(who)s took out what is held of a volunteer, for the volunteer.")
)
ERASED = event("volunteers:volunteer:erased", _("%(who)s erased a volunteer."), retention="names no one")
FORGOTTEN = event(
    "volunteers:volunteers:forgotten",
    _("Volunteers who left long ago, and requests that came to nothing, were erased."),
    retention="names no one",
)
LINK = event(
    "volunteers:link:changed",
    _("%(who)s made, renewed or switched off a link to join."),
    retention="names no one",
)
ASKED = event("volunteers:volunteer:asked", _("Somebody asked to join as a volunteer."))
ANSWERED = event("volunteers:volunteer:answered", _("%(who)s answered a request to join."))
TABLE_BROUGHT = event(
    "volunteers:table:brought", _("%(who)s brought a table of volunteers."), retention="names no one"
)
TABLE_LET_IN = event(
    "volunteers:table:let-in",
    _("%(who)s let the rows of a table of volunteers in."),
    retention="names no one",
)
TABLE_CAME_IN = event(
    "volunteers:table:came-in",
    _("Rows of the table that %(who)s brought came into the register of volunteers."),
    retention="names no one",
)
TABLE_STOPPED = event(
    "volunteers:table:stopped", _("%(who)s stopped a table of volunteers."), retention="names no one"
)
MERGED = event("volunteers:volunteer:merged", _("%(who)s made one of two volunteers who are one person."))
UNMERGED = event("volunteers:volunteer:unmerged", _("%(who)s made two volunteers of one again."))
PARTED = event("volunteers:volunteer:parted", _("%(who)s said that two volunteers are two people."))
