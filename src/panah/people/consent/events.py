"""What this room writes in the journal: that it was asked, never what was said or for whom."""

from django.utils.translation import gettext_noop as _

from panah.ground.audit.events import event

ASKED = event("consent:answer:written", _("%(who)s asked for consent and wrote the answer down."))
CARRIED = event("consent:answer:carried", _("%(who)s took over what was agreed to on a call."))
WITHDRAWN = event("consent:answer:withdrawn", _("%(who)s wrote down that a consent was withdrawn."))
TYPED_IN = event("consent:answer:typed-in", _("%(who)s typed in a consent that was taken on paper."))
PRINTED = event("consent:answer:printed", _("%(who)s printed what the person agreed to, for the person."))
