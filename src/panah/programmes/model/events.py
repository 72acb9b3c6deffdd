"""What this room writes in the journal: no entry names a level or a person served."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

BEGUN = event("model:assessment:begun", _("%(who)s began a self-assessment."), retention="names no one")
NAMED = event(
    "model:assessment:named", _("%(who)s named colleagues for a self-assessment."), retention="names no one"
)
FINISHED = event(
    "model:assessment:finished",
    _("%(who)s finished the own part of a self-assessment."),
    retention="names no one",
)
TOGETHER = event(
    "model:assessment:together", _("%(who)s set a self-assessment side by side."), retention="names no one"
)
LEVEL_AGREED = event(
    "model:assessment:level",
    _("%(who)s wrote down an agreed level of a self-assessment."),
    retention="names no one",
)
AGREED = event("model:assessment:agreed", _("%(who)s ended a self-assessment."), retention="names no one")
PLANNED = event(
    "model:plan:added", _("%(who)s planned an action after a self-assessment."), retention="names no one"
)
PLAN_ENDED = event("model:plan:ended", _("%(who)s ended an action of the plan."), retention="names no one")
SHARED = event(
    "model:strengths:shared",
    _("%(who)s showed the network where the society is strong."),
    retention="names no one",
)
TAKEN_BACK = event(
    "model:strengths:taken-back", _("%(who)s took back what the network saw."), retention="names no one"
)
EDITION_BEGUN = event(
    "model:edition:begun",
    _("%(who)s began a new version of the operational model."),
    retention="names no one",
)
EDITION_CHANGED = event(
    "model:edition:changed", _("%(who)s changed a draft of the operational model."), retention="names no one"
)
EDITION_PUBLISHED = event(
    "model:edition:published",
    _("%(who)s published a version of the operational model."),
    retention="names no one",
)
