"""What of this room stands in the journal."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

VERIFIED = event(
    "network:directory:verified", _("%(who)s recorded a verification."), retention="names no one"
)


SERVICE_SAVED = event(
    "network:service:saved", _("%(who)s saved a service in the directory."), retention="names no one"
)


NUMBER_SAVED = event("network:number:saved", _("%(who)s saved a hotline number."), retention="names no one")


ORGANIZATION_SAVED = event(
    "network:organization:saved", _("%(who)s changed an organisation’s entry."), retention="names no one"
)


AGREEMENT_SAVED = event(
    "network:agreement:saved", _("%(who)s recorded an agreement."), retention="names no one"
)


AGREEMENT_CHANGED = event(
    "network:agreement:changed", _("%(who)s changed an agreement."), retention="names no one"
)


DIRECTORY_TAKEN = event(
    "network:directory:taken", _("%(who)s took a directory in from a file."), retention="names no one"
)


DIRECTORY_LEFT = event(
    "network:directory:left", _("%(who)s exported the directory as a file."), retention="names no one"
)


ENTRY_TAKEN = event(
    "network:directory:entry", _("Another node renewed an entry of the directory."), retention="names no one"
)


PATHWAY_SAVED = event(
    "network:pathway:saved", _("%(who)s saved a step of a referral pathway."), retention="names no one"
)


PATHWAY_REMOVED = event(
    "network:pathway:removed", _("%(who)s removed a step of a referral pathway."), retention="names no one"
)
