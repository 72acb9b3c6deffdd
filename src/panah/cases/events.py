"""What this room writes in the journal. Sentences say that something was done, never what about the person."""

from django.utils.translation import gettext_noop as _

from panah.audit.events import event

OPENED = event("cases:case:opened", _("%(who)s opened the case."))
IMPORTED = event("cases:case:imported", _("%(who)s took the case over from another system."))
CHANGED = event(
    "cases:case:changed", _("%(who)s changed urgency, language or age group."), forgets="with the file"
)
IDENTITY_WRITTEN = event("cases:identity:written", _("%(who)s wrote who this is."), forgets="with the file")
CODES_WRITTEN = event("cases:codes:written", _("%(who)s filled in what is known."), forgets="with the file")
EPISODE_WRITTEN = event(
    "cases:episode:written", _("%(who)s wrote what has happened."), forgets="with the file"
)
NOTED = event("cases:note:added", _("%(who)s wrote a note for the team."), forgets="with the file")
NEED_WRITTEN = event("cases:need:written", _("%(who)s wrote a need."), forgets="with the file")
SERVICE_GIVEN = event("cases:service:written", _("%(who)s wrote down a service."), forgets="with the file")
PLAN_WRITTEN = event("cases:plan:written", _("%(who)s wrote the plan."), forgets="with the file")
PLAN_ASKED = event("cases:plan:asked", _("%(who)s asked for approval of the plan."))
PLAN_APPROVED = event("cases:plan:approved", _("%(who)s approved the plan."))
PLAN_RETURNED = event("cases:plan:returned", _("%(who)s gave the plan back with a remark."))
RISK_REVIEWED = event("cases:risk:reviewed", _("%(who)s reviewed the risk."), forgets="with the file")
DANGER = event("cases:danger:called", _("%(who)s called for help in this case: danger now."))
SAFETY_WRITTEN = event("cases:safety:written", _("%(who)s wrote the safety plan."), forgets="with the file")
SAFETY_PRINTED = event("cases:safety:printed", _("%(who)s printed the safety plan."), forgets="with the file")
STAGE_CHANGED = event("cases:stage:changed", _("%(who)s changed the stage."), forgets="with the file")
CARE_WRITTEN = event("cases:care:written", _("%(who)s wrote an assessment."), forgets="with the file")
CLOCK_SET = event("cases:deadline:set", _("%(who)s set a deadline."), forgets="with the file")
CLOCK_ENDED = event("cases:deadline:ended", _("%(who)s ended a deadline."), forgets="with the file")
FOLLOW_UP_BEGUN = event("cases:follow-up:begun", _("%(who)s began the follow-up."))
FOLLOW_UP_SET = event("cases:follow-up:set", _("%(who)s set a follow-up."), forgets="with the file")
FOLLOW_UP_DONE = event("cases:follow-up:done", _("%(who)s wrote down a follow-up."), forgets="with the file")
LATER_WRITTEN = event(
    "cases:reintegration:written", _("%(who)s wrote about life afterwards."), forgets="with the file"
)
CONFERENCE_HELD = event(
    "cases:conference:held", _("%(who)s wrote down a case conference."), forgets="with the file"
)
SUPERVISED = event("cases:supervision:held", _("%(who)s wrote down a supervision."), forgets="with the file")
MEANS_GIVEN = event("cases:means:given", _("%(who)s signed for means."), forgets="with the file")
MEANS_SIGNED = event(
    "cases:means:signed", _("%(who)s signed for means as the second."), forgets="with the file"
)
MEANS_VOIDED = event("cases:means:voided", _("%(who)s declared a receipt void."), forgets="with the file")
CLOSE_ASKED = event("cases:closing:asked", _("%(who)s asked to close the case."))
CLOSE_RETURNED = event("cases:closing:returned", _("%(who)s kept the case open."))
CLOSED = event("cases:case:closed", _("%(who)s closed the case."))
REOPENED = event("cases:case:reopened", _("%(who)s opened the case again."))
KEPT_LONGER = event("cases:case:kept", _("%(who)s decided to keep the case longer."))
ERASE_ASKED = event("cases:erasing:asked", _("%(who)s asked to erase the case."))
ERASE_STOPPED = event("cases:erasing:stopped", _("%(who)s stopped the erasing of the case."))
LINKED = event("cases:link:made", _("%(who)s linked the case."), forgets="with the file")
UNLINKED = event("cases:link:undone", _("%(who)s undid a link of the case."), forgets="with the file")
GATHERING_OPENED = event("cases:gathering:opened", _("%(who)s opened an event or a household."))
GATHERING_WRITTEN = event(
    "cases:gathering:written", _("%(who)s wrote about an event or a household."), forgets="with the file"
)
HANDED_OVER = event(
    "cases:case:handed-over", _("%(who)s handed the case over to a colleague."), forgets="with the file"
)
LISTED = event("cases:list:exported", _("%(who)s took out a list of cases."))
REVIEW_TIMES = event("cases:review-times:changed", _("%(who)s changed when risks are looked at again."))
DOCUMENT_KEPT = event(
    "cases:document:kept", _("%(who)s put a photo or document into the case."), forgets="with the file"
)
DOCUMENT_DESCRIBED = event(
    "cases:document:described", _("%(who)s wrote what a photo or document is."), forgets="with the file"
)
DOCUMENT_SHOWN = event(
    "cases:document:shown", _("%(who)s looked at a photo or document."), forgets="with the file"
)
ORIGINAL_TAKEN = event(
    "cases:document:taken",
    _("%(who)s took out the original of a photo or document."),
    forgets="with the file",
)
COPY_TAKEN = event(
    "cases:document:copied", _("%(who)s took out a copy of a photo or document."), forgets="with the file"
)
DOCUMENT_REMOVED = event(
    "cases:document:removed", _("%(who)s destroyed a photo or document."), forgets="with the file"
)
CEILING = event("cases:ceiling:changed", _("%(who)s changed how many cases one colleague should hold."))
HANDED_MANY = event("cases:list:handed-over", _("%(who)s handed a list of cases over to a colleague."))
