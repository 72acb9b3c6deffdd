"""What referrals register with rooms below them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panah.ground.audit.fact_words import FACT_WORDS, FactWords, by_codes
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.words import OF_A_REFERRAL
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.network.capabilities import NEVER_CLOSED
from panah.ground.vault.actions.erasure import ON_ERASE
from panah.ground.vault.actions.offboarding import OFFBOARDING, Offboarding
from panah.ground.vault.keyring import Keyring
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject
from panah.ground.work.told_parts import MORE, SHEETS, in_order
from panah.people.cases import actions as cases
from panah.people.cases import queries as cases_queries
from panah.people.cases.queries.bulk import BULK, BulkAction
from panah.people.consent.withdrawal_registry import EFFECTS, WithdrawalEffect
from panah.people.inbox.arrival_rooms import ARRIVAL_ROOMS, ArrivalRoom
from panah.people.referrals import actions as referrals
from panah.people.referrals import queries as referrals_queries
from panah.people.referrals import told
from panah.people.referrals.actions.incoming_messages import ROOM
from panah.people.referrals.forms.bulk import ReferralsForm
from panah.people.referrals.urls import urlpatterns
from panah.people.referrals.words import PROGRAMME_ROOM, DeclineReason, DeliveryMethod, ReferralOutcome

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def _address(subject: UUID, number: str) -> str:
    # An alarm knows only the referral; a due item also knows the case.
    return reverse("referrals:one", args=[number or referrals_queries.case_number(subject), subject])


def _told_apart(subject: UUID, *, staff: Staff, may_open: bool) -> str:
    if not may_open:
        return gettext("Somebody on the way.")
    return gettext("Somebody on the way, case %(number)s.") % {
        "number": referrals_queries.case_number(subject)
    }


cases.EXTRA_FACTS.register(ROOM, referrals_queries.was_referred)
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=_address,
        ends_on=dict.fromkeys(
            # A meeting too: that they met, or did not, is written there.
            (
                *("answer", "meet", "read", "safe", "feedback", "first", "by_phone", "no_line", "erase"),
                "tell_withdrawn",
            ),
            _address,
        ),
        may_open=referrals_queries.may_open,
        told_apart=_told_apart,
        holders=referrals_queries.holders_by_id,
        asks_first=frozenset({"life", "erased", "outcome", "look", "page_answer"}),
        # Overdue, nobody has written that they met: nobody was met.
        danger_once_due=frozenset({"meet"}),
        of_safety=frozenset({"safe", "life", "read"}),
        says={
            "answer": _("A referral has no answer yet: ask them"),
            "meet": _("A meeting: did they meet?"),
            "read": _("News about somebody on the way: read it now"),
            "safe": _("Is the person safe? Ask, and write down the answer"),
            "feedback": _("Ask how it went after the meeting"),
            "first": _("Ask about the first days after the meeting"),
            "by_phone": _("The other side was not told: telephone them"),
            "no_line": _("The other side was not told, there is no line: telephone them"),
            "erase": _("A referral was taken back: decide what is erased"),
            "tell_withdrawn": _("Tell the other side that the consent is withdrawn"),
            "life": _("Told without consent because of a risk to life: look at it"),
            "erased": _("They have not said yet what was erased: ask"),
            "outcome": _("Tell the other side how it went on"),
            "look": _("A referral has changed: look at it"),
            "page_answer": _("An answer came on a page: read it"),
        },
    ),
)


def _forget(*, keys: Keyring, file: UUID, at: datetime) -> None:
    referrals.forget(file=file, at=at)


ON_ERASE.register(ROOM, _forget, order=20)
cases_queries.TABS.register(
    "referrals", cases_queries.Tab("referrals:list", _("Referrals"), cases_queries.CaseTab.CONSENT), order=50
)
cases.OPEN_THINGS.register(ROOM, referrals_queries.still_open, order=10)
EFFECTS.register(ROOM, WithdrawalEffect(referrals.preview_stop, referrals.stop), order=10)

# An offer begins a conversation and waits in the inbox; what follows may have a case here.
exchange.HANDLERS.register(ROOM, exchange.MessageHandler(OF_A_REFERRAL, referrals.receive_message), order=50)


ARRIVAL_ROOMS.register(ROOM, ArrivalRoom(subjects=referrals_queries.subjects, key=referrals.key_for))
BULK.register(
    "referral",
    BulkAction(
        _("Referral for several people"),
        _("Prepare the referrals"),
        ReferralsForm,
        referrals.prepare_one_of_many,
    ),
    order=20,
)
NEVER_CLOSED.register("referrals", frozenset(f"referrals:{one.name}" for one in urlpatterns))
ITEM_ROOMS.register(
    PROGRAMME_ROOM,
    ItemRoom(
        address=by_subject("referrals:told"),
        ends_on={"read": by_subject("referrals:told")},
        due_by_quarter=True,
        may_open=referrals_queries.may_open_work,
        says={"read": _("A caseworker asks something of your programme: read it and answer")},
    ),
)
cases.GOES_ALONG.register(PROGRAMME_ROOM, cases.FilesAlong(referrals.told_files, referrals.read_told))
ON_ERASE.register(PROGRAMME_ROOM, referrals.forget_told, order=25)
OFFBOARDING.register(PROGRAMME_ROOM, Offboarding(hand_over=referrals.hand_over_programmes), order=15)
FACT_WORDS.register("why a referral was declined", FactWords("reason", by_codes(DeclineReason)))
FACT_WORDS.register("how a referral went", FactWords("way", by_codes(DeliveryMethod)))
FACT_WORDS.register("outcome of a referral", FactWords("outcome", by_codes(ReferralOutcome)))
MENU.register(
    "programmes",
    MenuItem("referrals:programmes", _("Our own programmes"), "people", section=Section.DIRECTORY),
    order=71,
)
for name, part, order in in_order("case", told.SHEETS, order=140):
    SHEETS.register(name, part, order=order)
MORE.register("referrals", told.handed_in)
