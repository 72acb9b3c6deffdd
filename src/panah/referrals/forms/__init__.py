"""The questions of a referral, one page each."""

from panah.referrals.forms.across import (
    AcceptForm,
    AfterAllForm,
    AskMoreForm,
    ConfirmForm,
    DeclineForm,
    SealForm,
    ShareForm,
    TellForm,
    TravelForm,
    WithdrawnForm,
)
from panah.referrals.forms.steps import (
    PURPOSES,
    AnswerForm,
    FindForm,
    MeetingForm,
    MetForm,
    OnceAnswerForm,
    OnceForm,
    OutcomeForm,
    PacketForm,
    SendForm,
)

__all__ = [
    "PURPOSES",
    "AcceptForm",
    "AfterAllForm",
    "AnswerForm",
    "AskMoreForm",
    "ConfirmForm",
    "DeclineForm",
    "FindForm",
    "MeetingForm",
    "MetForm",
    "OnceAnswerForm",
    "OnceForm",
    "OutcomeForm",
    "PacketForm",
    "SealForm",
    "SendForm",
    "ShareForm",
    "TellForm",
    "TravelForm",
    "WithdrawnForm",
]
