"""What this room writes in the journal."""

from django.utils.translation import gettext_lazy as _

from panah.audit.events import event

DONE = event("work:due:done", _("%(who)s did what was due."))
ENDED = event("work:due:ended", _("%(who)s took something off the list without doing it."))
NOT_DONE = event("work:due:not_done", _("%(who)s could not do what was due and tries again later."))
UNDONE = event("work:due:undone", _("%(who)s put back on the list what was taken off by a slip."))
MOVED = event("work:due:moved", _("%(who)s changed when something is due."))
GIVEN = event("work:due:given", _("%(who)s gave what was due to a colleague."))
ALARM = event("work:alarm:raised", _("%(who)s called for help: danger now."))
PAGED = event("work:alarm:paged", _("The person on duty was paged."))
ANSWERED = event("work:alarm:answered", _("%(who)s answered the call for help."))
