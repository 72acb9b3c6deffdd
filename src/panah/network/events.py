"""What of this room stands in the journal."""

from django.utils.translation import gettext_lazy as _

from panah.audit.events import event

BRANCH_CONFIRMED = event("network:branch:confirmed", _("%(who)s confirmed a branch."))
BRANCH_EDITED = event("network:branch:edited", _("%(who)s changed a branch in the register."))
BRANCH_ADDED = event("network:branch:added", _("%(who)s added a branch to the register."))
SOCIETY_EDITED = event("network:society:edited", _("%(who)s corrected a society’s entry."))
RULE_WRITTEN = event("network:rule:written", _("%(who)s wrote a line of the rule sheet."))
RULE_CHECKED = event("network:rule:checked", _("%(who)s recorded who checked a rule line."))
VERIFIED = event("network:directory:verified", _("%(who)s recorded a verification."))
SERVICE_SAVED = event("network:service:saved", _("%(who)s saved a service in the directory."))
NUMBER_SAVED = event("network:number:saved", _("%(who)s saved a hotline number."))
ORGANIZATION_SAVED = event("network:organization:saved", _("%(who)s changed an organisation’s entry."))
AGREEMENT_SAVED = event("network:agreement:saved", _("%(who)s recorded an agreement."))
HOSTED = event("network:society:hosted", _("%(who)s took the society in: it works here now."))
AGREEMENT_CHANGED = event("network:agreement:changed", _("%(who)s changed an agreement."))
DIRECTORY_TAKEN = event("network:directory:taken", _("%(who)s took a directory in from a file."))
DIRECTORY_LEFT = event("network:directory:left", _("%(who)s took the directory out as a file."))
ENTRY_TAKEN = event("network:directory:entry", _("Another node renewed an entry of the directory."))
PATHWAY_SAVED = event("network:pathway:saved", _("%(who)s saved a step of a referral pathway."))
PATHWAY_REMOVED = event("network:pathway:removed", _("%(who)s removed a step of a referral pathway."))
