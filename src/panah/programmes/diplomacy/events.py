"""What this room writes in the journal: no entry names an authority, a state or a person."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

STOOD = event(
    "diplomacy:standing:said",
    _("%(who)s wrote down how somebody stands to an instrument."),
    retention="names no one",
)
DRAFTED = event(
    "diplomacy:commitment:drafted",
    _("%(who)s drafted a commitment."),
    retention="names no one",
    does="writes",
)
CHANGED = event(
    "diplomacy:commitment:changed",
    _("%(who)s changed a draft of a commitment."),
    retention="names no one",
    does="writes",
)
SENT_BACK = event(
    "diplomacy:commitment:sent-back",
    _("%(who)s sent a draft of a commitment back."),
    retention="names no one",
)
SIGNED = event(
    "diplomacy:commitment:signed",
    _("%(who)s signed a commitment off."),
    retention="names no one",
    does="approves",
)
PLANNED = event(
    "diplomacy:commitment:planned",
    _("%(who)s added to the plan of a commitment."),
    retention="names no one",
    does="writes",
)
SHOWN = event(
    "diplomacy:commitment:evidence", _("%(who)s added evidence for a commitment."), retention="names no one"
)
SAID = event(
    "diplomacy:commitment:status", _("%(who)s said how far a commitment is."), retention="names no one"
)
ENDED = event("diplomacy:commitment:ended", _("%(who)s ended a commitment."), retention="names no one")
CARRIED = event(
    "diplomacy:commitment:carried-over",
    _("%(who)s carried a commitment over into a new round."),
    retention="names no one",
    does="writes",
)
REPORTED = event(
    "diplomacy:report:made", _("%(who)s made a follow-up report."), retention="names no one", does="writes"
)
CLEARED = event(
    "diplomacy:report:cleared",
    _("%(who)s cleared a follow-up report."),
    retention="names no one",
    does="approves",
)
REFUSED = event(
    "diplomacy:report:refused",
    _("%(who)s refused to let a follow-up report leave."),
    retention="names no one",
)
TAKEN = event(
    "diplomacy:report:taken", _("%(who)s took a follow-up report out as a file."), retention="names no one"
)
TOLD_NO_MORE = event(
    "diplomacy:commitment:told-no-more",
    _("%(who)s took back what paired societies were told of a commitment."),
    retention="names no one",
)
BROUGHT = event(
    "diplomacy:table:brought", _("%(who)s took commitments in from a table."), retention="names no one"
)
POLICY_BEGUN = event(
    "diplomacy:policy:begun", _("%(who)s began a version of the society’s policy."), retention="names no one"
)
POLICY_CHANGED = event(
    "diplomacy:policy:changed",
    _("%(who)s changed a draft of the society’s policy."),
    retention="names no one",
)
POLICY_COMMENTED = event(
    "diplomacy:policy:commented",
    _("%(who)s commented on a draft of the society’s policy."),
    retention="names no one",
)
POLICY_ADOPTED = event(
    "diplomacy:policy:adopted",
    _("%(who)s wrote down that the board adopted the policy."),
    retention="names no one",
)
DIALOGUE_BEGUN = event("diplomacy:dialogue:begun", _("%(who)s began a dialogue with an authority."))
DIALOGUE_NOTED = event("diplomacy:dialogue:noted", _("%(who)s wrote in a dialogue with an authority."))
DIALOGUE_CLOSED = event("diplomacy:dialogue:closed", _("%(who)s closed a dialogue with an authority."))
DIALOGUE_REOPENED = event(
    "diplomacy:dialogue:reopened", _("%(who)s opened a dialogue with an authority again.")
)
SCAN_SEEN = event(
    "diplomacy:dialogue:scan-seen", _("%(who)s looked at a scan in a dialogue with an authority.")
)
