"""What this room writes in the journal."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

DONE = event("work:due:done", _("%(who)s did what was due."), retention="names no one")
ENDED = event(
    "work:due:ended", _("%(who)s took something off the list without doing it."), retention="names no one"
)
NOT_DONE = event(
    "work:due:not_done",
    _("%(who)s could not do what was due and tries again later."),
    retention="names no one",
)
UNDONE = event(
    "work:due:undone",
    _("%(who)s put back on the list what was taken off by a slip."),
    retention="names no one",
)
MOVED = event("work:due:moved", _("%(who)s changed when something is due."), retention="names no one")
ASKED_SECOND = event(
    "work:due:asked", _("%(who)s asked a second colleague whether it may wait."), retention="names no one"
)
STAYS_DUE = event("work:due:stays", _("%(who)s said that it does not wait."), retention="names no one")
GIVEN = event("work:due:given", _("%(who)s gave what was due to a colleague."), retention="names no one")
ALARM = event("work:alarm:raised", _("%(who)s called for help: danger now."), retention="names no one")
PAGED = event("work:alarm:paged", _("The person on duty was paged."), retention="names no one")
ANSWERED = event("work:alarm:answered", _("%(who)s answered the call for help."), retention="names no one")
STOPPED = event(
    "work:alarm:stopped",
    _("%(who)s stopped the paging: the danger is over, or it was a slip."),
    retention="names no one",
)
SAID_OVER = event(
    "work:alarm:said_over",
    _("%(who)s, who called for help, said that it is over or was a slip. The others are still paged."),
    retention="names no one",
)
CALLED_OFF = event(
    "work:alarm:called_off",
    _("What a call for help was about was taken back: nobody is paged for it any more."),
    retention="names no one",
)
WEEK_STOPPED = event("work:week:stopped", _("%(who)s stopped the weekly e-mail."), retention="names no one")
WEEK_AGAIN = event(
    "work:week:again", _("%(who)s turned the weekly e-mail on again."), retention="names no one"
)
