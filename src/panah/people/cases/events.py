"""What this room writes in the journal. Sentences say that something was done, never what about the person."""

from django.utils.translation import gettext_noop as _

from panah.ground.audit.events import event

OPENED = event("cases:case:opened", _("%(who)s opened the case."), retention="names no one")
IMPORTED = event(
    "cases:case:imported", _("%(who)s took the case over from another system."), retention="names no one"
)
CHANGED = event("cases:case:changed", _("%(who)s changed urgency, language or age group."))
IDENTITY_WRITTEN = event("cases:identity:written", _("%(who)s wrote who this is."))
CODES_WRITTEN = event("cases:codes:written", _("%(who)s filled in what is known."))
EPISODE_WRITTEN = event("cases:episode:written", _("%(who)s wrote what has happened."))
NOTED = event("cases:note:added", _("%(who)s wrote a note for the team."))
NEED_WRITTEN = event("cases:need:written", _("%(who)s wrote a need."))
SERVICE_GIVEN = event("cases:service:written", _("%(who)s wrote down a service."))
PLAN_WRITTEN = event("cases:plan:written", _("%(who)s wrote the plan."))
PLAN_ASKED = event(
    "cases:plan:asked", _("%(who)s asked for approval of the plan."), retention="names no one", decides=True
)
PLAN_APPROVED = event("cases:plan:approved", _("%(who)s approved the plan."), retention="names no one")
PLAN_RETURNED = event(
    "cases:plan:returned", _("%(who)s gave the plan back with a remark."), retention="names no one"
)
RISK_REVIEWED = event("cases:risk:reviewed", _("%(who)s reviewed the risk."))
DANGER = event(
    "cases:danger:called", _("%(who)s called for help in this case: danger now."), retention="names no one"
)
SAFETY_WRITTEN = event("cases:safety:written", _("%(who)s wrote the safety plan."))
SAFETY_PRINTED = event("cases:safety:printed", _("%(who)s printed the safety plan."))
SUMMARY_PRINTED = event("cases:summary:printed", _("%(who)s printed a summary of the case for a meeting."))
STAGE_CHANGED = event("cases:stage:changed", _("%(who)s changed the stage."))
CARE_WRITTEN = event("cases:care:written", _("%(who)s wrote an assessment."))
CLOCK_SET = event("cases:deadline:set", _("%(who)s set a deadline."))
CLOCK_ENDED = event("cases:deadline:ended", _("%(who)s ended a deadline."))
# Neutral on purpose: the journal does not say that somebody is held.
DATES_WRITTEN = event("cases:dates:written", _("%(who)s wrote in the dates of the case."))
FOLLOW_UP_BEGUN = event("cases:follow-up:begun", _("%(who)s began the follow-up."), retention="names no one")
FOLLOW_UP_SET = event("cases:follow-up:set", _("%(who)s set a follow-up."))
FOLLOW_UP_DONE = event("cases:follow-up:done", _("%(who)s wrote down a follow-up."))
LATER_WRITTEN = event("cases:reintegration:written", _("%(who)s wrote about life afterwards."))
CONFERENCE_HELD = event("cases:conference:held", _("%(who)s wrote down a case conference."))
SUPERVISED = event("cases:supervision:held", _("%(who)s wrote down a supervision."))
MEANS_GIVEN = event("cases:means:given", _("%(who)s signed for means."))
MEANS_SIGNED = event("cases:means:signed", _("%(who)s signed for means as the second."))
MEANS_VOIDED = event("cases:means:voided", _("%(who)s declared a receipt void."))
CLOSE_ASKED = event(
    "cases:closing:asked", _("%(who)s asked to close the case."), retention="names no one", decides=True
)
CLOSE_RETURNED = event("cases:closing:returned", _("%(who)s kept the case open."), retention="names no one")
CLOSED = event("cases:case:closed", _("%(who)s closed the case."), retention="names no one")
REOPENED = event("cases:case:reopened", _("%(who)s opened the case again."), retention="names no one")
KEPT_LONGER = event(
    "cases:case:kept", _("%(who)s decided to keep the case longer."), retention="names no one"
)
ERASE_ASKED = event(
    "cases:erasing:asked", _("%(who)s asked to erase the case."), retention="names no one", decides=True
)
ERASE_STOPPED = event(
    "cases:erasing:stopped", _("%(who)s stopped the erasing of the case."), retention="names no one"
)
LINKED = event("cases:link:made", _("%(who)s linked the case."))
UNLINKED = event("cases:link:undone", _("%(who)s undid a link of the case."))
GATHERING_OPENED = event(
    "cases:gathering:opened", _("%(who)s opened an event or a household."), retention="names no one"
)
GATHERING_WRITTEN = event("cases:gathering:written", _("%(who)s wrote about an event or a household."))
HANDED_OVER = event("cases:case:handed-over", _("%(who)s handed the case over to a colleague."))
LISTED = event("cases:list:exported", _("%(who)s exported a list of cases."), retention="names no one")
REVIEW_TIMES = event(
    "cases:review-times:changed",
    _("%(who)s changed when risks are looked at again."),
    retention="names no one",
)
DOCUMENT_KEPT = event("cases:document:kept", _("%(who)s put a photo or document into the case."))
DOCUMENT_DESCRIBED = event("cases:document:described", _("%(who)s wrote what a photo or document is."))
DOCUMENT_SHOWN = event("cases:document:shown", _("%(who)s looked at a photo or document."))
ORIGINAL_TAKEN = event("cases:document:taken", _("%(who)s exported the original of a photo or document."))
COPY_TAKEN = event("cases:document:copied", _("%(who)s exported a copy of a photo or document."))
DOCUMENT_REMOVED = event("cases:document:removed", _("%(who)s destroyed a photo or document."))
CEILING = event(
    "cases:ceiling:changed",
    _("%(who)s changed how many cases one colleague should hold."),
    retention="names no one",
)
HANDED_MANY = event(
    "cases:list:handed-over",
    _("%(who)s handed a list of cases over to a colleague."),
    retention="names no one",
)
