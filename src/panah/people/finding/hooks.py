"""What finding registers with rooms below it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from panah.ground.exchange import actions as exchange
from panah.ground.exchange.envelope import Envelope
from panah.ground.exchange.words import MessageKind
from panah.ground.kit.nav import FRAME_PAGES, FramePage
from panah.ground.kit.rank import Rank
from panah.ground.vault.actions.erasure import ON_ERASE
from panah.ground.vault.actions.maintenance import REFERENCED_BLOBS
from panah.ground.vault.keyring import Keyring
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number, by_subject
from panah.ground.work.told_parts import MORE, SHEETS, in_order
from panah.people.cases import queries as cases_queries
from panah.people.consent.withdrawal_registry import EFFECTS, WithdrawalEffect
from panah.people.finding import actions as finding
from panah.people.finding import queries as finding_queries
from panah.people.finding import told
from panah.people.finding.actions.incoming_inquiries import BODY
from panah.people.finding.permissions import may_find
from panah.people.finding.words import PAIRS, ROOM, InquiryAnswer
from panah.people.inbox.arrival_rooms import ARRIVAL_ROOMS, ArrivalRoom
from panah.people.inbox.words import CODES

if TYPE_CHECKING:
    from panah.ground.exchange.models import Peer


def _to_doubles(_subject: object, _number: str) -> str:
    return reverse("finding:doubles")


ITEM_ROOMS.register(
    "finding",
    ItemRoom(
        address=by_subject("finding:question"),
        ends_on={"question": by_subject("finding:question")},
        focal_points_only=True,
        says={"question": _("A colleague asks whether a person is known here: look and decide")},
    ),
)
ITEM_ROOMS.register(
    PAIRS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=_to_doubles,
        ends_on={"pairs": _to_doubles},
        focal_points_only=True,
        says={"pairs": _("A colleague answered whether two cases are one person’s: go on with it")},
    ),
)
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_number("finding:there"),
        ends_on=dict.fromkeys(("known_wait", "known_decide", "known_double"), by_number("finding:there")),
        asks_first=frozenset({"known_phone"}),
        says={
            "known_wait": _("A question to another society has no answer yet: ask"),
            "known_decide": _("Another society asks about somebody like this person: decide what is told"),
            "known_double": _(
                "A focal point asks whether another case is about this person: look and answer"
            ),
            "known_phone": _("A question to another society did not leave: telephone them"),
        },
    ),
)
REFERENCED_BLOBS.register(BODY, finding.bodies_needed)
REFERENCED_BLOBS.register("pairs", finding.register_needed)


def _forget(*, keys: Keyring, file: UUID, at: datetime) -> None:
    finding.forget(file=file, at=at)
    number = cases_queries.number_of_file(file)
    if number:
        finding.forget_case(keys=keys, number=number, at=at)


ON_ERASE.register(ROOM, _forget, order=40)
cases_queries.TABS.register(
    ROOM, cases_queries.Tab("finding:there", _("Known elsewhere"), cases_queries.CaseTab.CONSENT), order=53
)
EFFECTS.register("finding", WithdrawalEffect(finding.preview_stop, finding.stop), order=20)


def _taken_back(*, peer: Peer, envelope: Envelope, at: datetime) -> None:
    """A withdrawal may be about a question; the room that has more to do about it answers."""
    finding.receive_withdrawal(peer=peer, envelope=envelope, at=at)


for _kind, _handle in (
    (MessageKind.KNOWN_ASKED, finding.receive_question),
    (MessageKind.KNOWN_ANSWERED, finding.answer_arrived),
    (MessageKind.WITHDRAWN, _taken_back),
):
    exchange.HANDLERS.register(
        f"finding {_kind}", exchange.MessageHandler(frozenset({_kind}), _handle), order=20
    )


ARRIVAL_ROOMS.register(ROOM, ArrivalRoom(subjects=finding_queries.subjects, key=finding.key_for))
CODES.register("answer", dict(InquiryAnswer.choices))
FRAME_PAGES.register("search", FramePage("finding:find", visible=may_find))
for name, part, order in in_order("case", told.SHEETS, order=160):
    SHEETS.register(name, part, order=order)
MORE.register("finding", told.handed_in)
