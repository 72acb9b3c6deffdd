"""What this room writes in the journal: never a name, and nothing of what anybody told."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

GROUP_CHANGED = event("prevention:group:changed", _("%(who)s changed a group of peer educators."))
PLAN_WRITTEN = event("prevention:plan:written", _("%(who)s wrote a plan for sessions."))
PLANNED = event("prevention:session:planned", _("%(who)s planned a session."))
CHANGED = event("prevention:session:changed", _("%(who)s changed a session."))
CALLED_OFF = event("prevention:session:called-off", _("%(who)s called a session off."))
COUNTED = event("prevention:session:counted", _("%(who)s wrote down the numbers of a session."))
TESTED = event("prevention:session:tested", _("%(who)s wrote down the tests of a session."))
ACCESS_ASKED = event(
    "prevention:access:asked", _("%(who)s wrote down a request for access or for a session.")
)
ACCESS_DECIDED = event("prevention:access:decided", _("%(who)s wrote down an answer about access."))
LETTER = event("prevention:access:letter", _("%(who)s made a letter that asks for access."))
CAMPAIGN_CHANGED = event("prevention:campaign:changed", _("%(who)s changed a campaign."))
PUBLISHED = event("prevention:campaign:published", _("%(who)s published a campaign."))
CAMPAIGN_ENDED = event("prevention:campaign:ended", _("%(who)s ended a campaign."))
GOAL_ADDED = event("prevention:goal:added", _("%(who)s added a goal."))
NARRATIVE_WRITTEN = event(
    "prevention:report:narrative", _("%(who)s wrote the text beside the numbers of a period.")
)
EXPORTED = event("prevention:report:exported", _("%(who)s took prevention in numbers as a file."))
