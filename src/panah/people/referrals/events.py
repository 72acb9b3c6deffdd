"""What this room writes in the journal: steps and codes, never whom or what."""

from django.utils.translation import gettext_noop as _

from panah.ground.audit.events import event

PREPARED = event("referrals:referral:prepared", _("%(who)s began to prepare a referral."))
CHANGED = event("referrals:referral:changed", _("%(who)s changed a referral that had not left."))
SENT = event("referrals:referral:sent", _("%(who)s sent a referral."))
WITHOUT_CONSENT = event(
    "referrals:referral:life", _("%(who)s sent a referral without consent, because of a risk to life.")
)
ANSWERED = event("referrals:referral:answered", _("%(who)s wrote down what a partner answered."))
BY_TELEPHONE = event(
    "referrals:referral:by-telephone", _("%(who)s wrote down a telephone call about a referral.")
)
MEETING = event("referrals:referral:meeting", _("%(who)s proposed or agreed a meeting."))
MET = event("referrals:referral:met", _("%(who)s wrote down that they met."))
NOT_MET = event("referrals:referral:not-met", _("%(who)s wrote down that nobody was met."))
DONE = event("referrals:referral:done", _("%(who)s wrote down how a referral ended."))
STOPPED = event("referrals:referral:stopped", _("A referral was stopped by a withdrawn consent."))
GIVEN_UP = event("referrals:referral:given-up", _("%(who)s withdrew a referral."))
PROGRAMME_NAMED = event(
    "referrals:programme:named",
    _("%(who)s decided who takes what is referred to an own programme."),
    retention="names no one",
)
PROGRAMME_ASKED = event(
    "referrals:programme:asked", _("%(who)s asked something of a colleague of an own programme.")
)
PROGRAMME_ANSWERED = event(
    "referrals:programme:answered", _("%(who)s answered for an own programme what was asked.")
)
PRINTED = event("referrals:referral:printed", _("%(who)s made a letter of a referral."))
LOCKED = event("referrals:referral:locked", _("%(who)s made a letter that opens with a code."))
OPENED = event("referrals:page:opened", _("A page that opens once was opened by its receiver."))

# Across borders
ACCEPTED_HERE = event(
    "referrals:offer:accepted", _("%(who)s accepted a person whom another society referred.")
)
DECLINED_HERE = event(
    "referrals:offer:declined", _("%(who)s declined a referral of another society."), retention="names no one"
)
MORE_ASKED_HERE = event(
    "referrals:offer:more-asked",
    _("%(who)s asked another society for more about a referral."),
    retention="names no one",
)
TAKEN_UP = event("referrals:message:taken-up", _("%(who)s read what the other society answered."))
TOLD = event("referrals:referral:told", _("%(who)s told the other society what was asked."))
TRAVEL = event("referrals:referral:travel", _("%(who)s noted news about a journey."))
SAFE_ASKED = event(
    "referrals:referral:safe-asked",
    _("Somebody may be on the way while a referral is taken back: it is asked whether the person is safe."),
)
SAFE_ANSWERED = event("referrals:referral:safe-answered", _("%(who)s wrote down whether the person is safe."))
SAFE_UNKNOWN = event(
    "referrals:referral:safe-unknown", _("Nobody said whether the person is safe: the alarm was raised.")
)
NOT_NEEDED = event(
    "referrals:referral:not-needed", _("%(who)s ended a referral that is not needed any more.")
)
NOT_NEEDED_THERE = event(
    "referrals:referral:not-needed-there", _("Another society does not need a referral any more.")
)
OVERDUE = event("referrals:referral:overdue", _("Nobody said that they met: the alarm was raised."))
UNREAD = event("referrals:referral:unread", _("News of a journey lay unread: the alarm was raised."))
TAKEN_BACK = event("referrals:referral:taken-back", _("Another society took a referral back."))
CAME_ERASED = event(
    "referrals:referral:came-erased",
    _("%(who)s decided about what had come with a referral that was taken back."),
)
HOW_IT_WENT = event("referrals:referral:how-it-went", _("%(who)s told the other society how it went on."))
