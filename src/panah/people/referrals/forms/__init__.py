"""The questions of a referral, one page each."""

from panah.people.referrals.forms.across import (
    AcceptForm,
    AskMoreForm,
    ByTelephoneForm,
    ConfirmForm,
    DeclineForm,
    FirstDaysForm,
    SafeForm,
    SealForm,
    ShareForm,
    TellForm,
    TheyCannotForm,
    ToldBackForm,
    TravelForm,
    WithdrawnForm,
    WithdrawReferralForm,
)
from panah.people.referrals.forms.steps import (
    PURPOSES,
    AnswerForm,
    FindForm,
    MeetingForm,
    MetForm,
    OnceAnswerForm,
    OnceForm,
    OutcomeForm,
    PacketForm,
    ProgrammeAnswerForm,
    ProgrammeForm,
    SendForm,
)
