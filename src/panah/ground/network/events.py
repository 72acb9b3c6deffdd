"""What of this room stands in the journal."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

BRANCH_CONFIRMED = event(
    "network:branch:confirmed", _("%(who)s confirmed a branch."), retention="names no one"
)
BRANCH_EDITED = event(
    "network:branch:edited", _("%(who)s changed a branch in the register."), retention="names no one"
)
BRANCH_ADDED = event(
    "network:branch:added", _("%(who)s added a branch to the register."), retention="names no one"
)
SOCIETY_EDITED = event(
    "network:society:edited", _("%(who)s corrected a society’s entry."), retention="names no one"
)
RULE_WRITTEN = event(
    "network:rule:written", _("%(who)s wrote a line of the rule sheet."), retention="names no one"
)
RULE_CHECKED = event(
    "network:rule:checked", _("%(who)s recorded who checked a rule line."), retention="names no one"
)
WORK_LEFT = event(
    "network:capabilities:closed",
    _("%(who)s and another focal point decided to leave work to others from a day on."),
    retention="names no one",
)
WORK_TAKEN_UP = event(
    "network:capabilities:opened",
    _("%(who)s and another focal point decided that the society takes up work again from a day on."),
    retention="names no one",
)
HOSTED = event(
    "network:society:hosted", _("%(who)s took the society in: it works here now."), retention="names no one"
)
