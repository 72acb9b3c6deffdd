"""What this room writes in the journal. Entries about a threat are read by its readers alone, on its own page."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

REPORTED = event("safety:threat:reported", _("%(who)s reported a threat."))
STEPPED = event("safety:threat:step", _("%(who)s wrote down what was done."))
CLOSED = event("safety:threat:closed", _("%(who)s closed a report of a threat."))
REOPENED = event("safety:threat:reopened", _("%(who)s opened a report of a threat again."))
PASSED_ON = event("safety:threat:passed-on", _("%(who)s let another focal point in."))
ADDED = event("safety:interpreter:added", _("%(who)s wrote down an interpreter."))
CHANGED = event("safety:interpreter:changed", _("%(who)s changed what is known of an interpreter."))
VETTED = event("safety:interpreter:vetted", _("%(who)s vetted an interpreter."))
READ = event("safety:interpreter:read", _("%(who)s read what few may read of an interpreter."))
ENDED = event("safety:interpreter:ended", _("%(who)s took an interpreter off the list."))
