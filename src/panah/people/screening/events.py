"""What screening writes in the journal. Never which set, nor what was answered, nor a refusal."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

BEGUN = event("screening:meeting:begun", _("%(who)s began a screening meeting."))
ANSWERED = event("screening:meeting:answered", _("%(who)s wrote down answers of a screening meeting."))
# Also when the person would rather not be asked: the journal does not tell the two apart.
ENDED = event("screening:meeting:ended", _("%(who)s ended a screening meeting."))
CARRIED = event("screening:meeting:carried", _("%(who)s took screening meetings over from another file."))
PRINTED = event("screening:result:printed", _("%(who)s printed a screening."))
