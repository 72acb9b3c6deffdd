"""What the page of one referral says, decided before it is drawn: its template only lays it out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.forms import BoundField
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from panah.ground.exchange.words import MessageKind
from panah.ground.kit.dates import when
from panah.ground.kit.jinja import url
from panah.ground.kit.notices import Notice, Point
from panah.ground.kit.sealed_addresses import sealed
from panah.people.consent.words import SharedField
from panah.people.referrals.views.step_forms import moment
from panah.people.referrals.views.timeline import MessageLine, opens_for_others, why_doubted
from panah.people.referrals.words import ReferralDirection, ReferralState

if TYPE_CHECKING:
    from panah.ground.accounts.queries import DutyPhone
    from panah.ground.directory.queries import HotlineCard
    from panah.ground.exchange.queries import ConversationMessage
    from panah.people.cases.models import Case
    from panah.people.consent.queries import ConsentVerdict
    from panah.people.referrals.offer_schema import OfferRows
    from panah.people.referrals.queries import OpenedReferral
    from panah.people.referrals.views.detail import OfferedStep

OVER = (ReferralState.WITHDRAWN, ReferralState.NOT_NEEDED)
TONES = {
    ReferralState.NOT_MET: "urgent",
    ReferralState.MET: "good",
    ReferralState.DONE: "good",
    ReferralState.ACCEPTED: "good",
}


@dataclass(frozen=True)
class ReferralWarnings:
    """What somebody has to be warned of: asked of the queries once, for ``ReferralPage``."""

    late: bool
    watched: bool
    unheard: bool
    untold: list[ConversationMessage]
    by_phone: bool
    numbers: tuple[HotlineCard, ...]
    duty: tuple[DutyPhone, ...]


@dataclass(frozen=True)
class StepOnPage:
    """A form of the page: which of its fields are asked, and what is said beside it."""

    offered: OfferedStep
    fields: list[BoundField]
    on_the_way: bool

    @property
    def asks_for_script(self) -> bool:
        key = self.offered.key
        return key in ("told", "they_agree", "told_back") or (key == "first_days" and self.offered.main)

    @property
    def says(self) -> str:
        if self.offered.key == "take_up":
            return _(
                "It opens with the key of this conversation, which lies in this case, and becomes part of it."
            )
        if self.offered.key == "seal":
            return _(
                "It is sealed so that only those on duty there open it, and goes to their Panah by itself."
            )
        return ""

    @property
    def icon(self) -> str:
        return "lock" if self.offered.key == "seal" else ""

    @property
    def ends_it(self) -> bool:
        return self.offered.key == "after_all"

    @property
    def warns_of_journey(self) -> bool:
        return self.on_the_way and self.offered.key in ("after_all", "they_cannot")


@dataclass(frozen=True)
class ReferralPage:
    """One referral as either side sees it."""

    case: Case
    opened: OpenedReferral
    watch: ReferralWarnings
    meeting: dict[str, Any]
    verdict: ConsentVerdict
    lacks: list[tuple[str, str]]
    offer: OfferRows | None
    packet: dict[str, str]
    timeline: Sequence[ConversationMessage | MessageLine]
    agreed: Collection[str]
    # Who opens what came and does not open for whoever reads the page; None where all of it does.
    opens_for: list[str] | None = None

    @property
    def state(self) -> ReferralState:
        return ReferralState(self.opened.row.state)

    @property
    def incoming(self) -> bool:
        return bool(self.opened.row.direction == ReferralDirection.IN)

    @property
    def across(self) -> bool:
        return self.opened.row.conversation is not None

    @property
    def who(self) -> str:
        return str(self.opened.sealed["receiver_name"])

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "info")

    # -- what can be done --------------------------------------------------------------------------------------------

    @property
    def gives_letters(self) -> bool:
        return "packet" in self.opened.sealed and self.state not in OVER

    @property
    def gives_script(self) -> bool:
        taken_back = self.state in OVER and self.opened.row.sent_at is not None and not self.across
        return self.gives_letters or taken_back

    @property
    def is_draft(self) -> bool:
        return self.state == ReferralState.DRAFT

    @property
    def change_at(self) -> str:
        life = f"?why={sealed('life')}" if not self.verdict.allowed and self.packet else ""
        return url("referrals:change", self.case.number, self.opened.row.pk) + life

    @property
    def can_be_withdrawn(self) -> bool:
        return not self.incoming and self.state not in (ReferralState.DONE, ReferralState.DECLINED, *OVER)

    @property
    def asks_what_is_erased(self) -> bool:
        taken_back = self.incoming and self.state == ReferralState.WITHDRAWN
        return taken_back and bool(self.opened.sealed.get("offer"))

    def step(self, offered: OfferedStep, *, on_the_way: bool) -> StepOnPage:
        fields = [field for field in offered.form if field.name != "life" or not self.verdict.allowed]
        return StepOnPage(offered, fields, on_the_way)

    # -- what has to be known first ----------------------------------------------------------------------------------

    @cached_property
    def alarms(self) -> list[Notice]:
        return list(self._alarms())

    def _alarms(self) -> Iterator[Notice]:
        if self.watch.late:
            yield self._late()
        if self.watch.watched:
            yield self._watched()
        if says_met := self._says_met():
            yield says_met
        if self.watch.untold or self.watch.by_phone:
            yield self._untold()
        if self.watch.unheard:
            yield Notice(
                _("News of the journey lies unread."),
                _("Open it now: the time may have changed. The alarm here goes by what was read."),
            )
        if self.opens_for is not None:
            yield opens_for_others(self.opens_for)
        yield from self._taken_back()

    def _late(self) -> Notice:
        not_met = _("Nobody was met.")
        nobody_says = _("Half an hour after the arrival, and nobody says that they met.")
        both = _("Call the duty number of the other side: both sides have the alarm.")
        alone = _("Call the other side: no alarm rings there.")
        call = both if self.across else alone
        return Notice(
            not_met if self.state == ReferralState.NOT_MET else nobody_says,
            _("Now, in this order:"),
            steps=(
                Point(_("What was agreed for this:"), self.meeting.get("fallback", "")),
                Point(f"{_('Call whoever was to meet the person:')} {self.meeting.get('who', '')}"),
                Point(call if self.watch.numbers else f"{call} {no_number()}", numbers=self.watch.numbers),
            ),
            duty=self.watch.duty,
        )

    def _watched(self) -> Notice:
        title = _("The other side asks; somebody may be on the way.")
        if self.state == ReferralState.DECLINED:
            title = _("It was declined, and somebody may be on the way.")
        if self.state in OVER:
            title = _("It was taken back, and somebody may be on the way.")
        both = _("Else call the duty number of the other side: they are asked the same.")
        alone = _("Else call the other side: no alarm rings there.")
        call = both if self.across else alone
        return Notice(
            title,
            _(
                "The alarm stays until somebody here writes down in words that the person is safe."
                " Nothing from the other side ends it."
            ),
            steps=(
                Point(_("Ask the person, if that is safe: by the way that was agreed.")),
                Point(call if self.watch.numbers else f"{call} {no_number()}", numbers=self.watch.numbers),
            ),
        )

    def _says_met(self) -> Notice | None:
        """They wrote that they met, and the alarm stays: it is unread, does not open, or cannot be believed."""
        if self.state not in (ReferralState.MEETING, ReferralState.NOT_MET) and not self.watch.watched:
            return None
        theirs = {one.state for one in self.timeline if one.kind == MessageKind.MET and not one.ours}
        doubts = [why_doubted(step.get("doubt", "")) for step in self.opened.sealed["steps"]]
        ask = _("Telephone them, and write down here whether they met.")
        if "unread" in theirs:
            why, ask = _("Nobody here has read it yet."), _("Open it now.")
        elif "damaged" in theirs:
            why = _("It does not open: perhaps it is not from those who receive the person.")
        elif not (why := next(filter(None, reversed(doubts)), "")):
            return None
        return Notice(_("They wrote that they met. The alarm stays."), f"{why} {ask}")

    def _untold(self) -> Notice:
        if self.watch.by_phone:
            why = _("It could not be sealed to them.")
        elif any(message.state == "waiting" for message in self.watch.untold):
            why = _(
                "There is no line to them now. It leaves by itself when there is one; the person may arrive before."
            )
        else:
            why = _("It was refused, or did not arrive in time: it will not be sent again by itself.")
        call = f"{why} {_('Telephone them now, and write it down here.')}"
        return Notice(
            _("The other side has NOT been told yet."),
            ", ".join(f"{message.label} ({when(message.at)})" for message in self.watch.untold),
            more=call if self.watch.numbers else f"{call} {no_number()}",
            points=tuple(Point(f"{number.name}:", number.number) for number in self.watch.numbers),
        )

    def _taken_back(self) -> Iterator[Notice]:
        if self.incoming and self.state == ReferralState.WITHDRAWN:
            more = ""
            if self.asks_what_is_erased:
                more = _("There is no ground any more for keeping what came. Decide now what is erased.")
                if self.watch.watched:
                    more += " " + _("When and where they were to meet stays until the person is safe.")
            yield Notice(_("This was taken back: the person, or whoever sent it, withdrew it."), more=more)
        if self.incoming and self.state == ReferralState.NOT_NEEDED:
            yield Notice(
                _("Whoever sent it does not need it any more."),
                _("Nothing has to be erased for it. Ask the person what is wished here."),
                tone="info",
            )
        withdrawn_there = any(
            not message.ours and message.kind == "consent-withdrawn" for message in self.timeline or ()
        )
        if not self.incoming and self.state == ReferralState.WITHDRAWN and withdrawn_there:
            yield Notice(
                _("The person withdrew the consent there."),
                more=_("They decide what they erase. Ask the person, if it is safe, what is wished here."),
            )

    @cached_property
    def hindrances(self) -> list[Notice]:
        """What keeps it from leaving."""
        notices = []
        if self.is_draft and not self.verdict.allowed:
            only = _("The only exception is a risk to life, with a reason.")
            some = _("Some of what is filled in was not agreed to.")
            page_url = url("referrals:one", self.case.number, self.opened.row.pk)
            ask = url("consent:ask", self.case.number, self.opened.sealed["purpose"])
            notices.append(
                Notice(
                    _("The person's consent does not cover this: it cannot leave."),
                    more=f"{some} {only}" if self.verdict.missing else only,
                    href=f"{ask}?{urlencode({'to': sealed(self.opened.sealed['receiver']), 'back': page_url})}",
                    link=_("Ask for consent"),
                )
            )
        if self.lacks:
            points = tuple(self._lack(code, sentence) for code, sentence in self.lacks)
            notices.append(Notice(_("A child, or perhaps a child: it cannot leave yet."), points=points))
        return notices

    def _lack(self, code: str, sentence: str) -> Point:
        number = self.case.number
        if code == "authority":
            at = url("referrals:change", number, self.opened.row.pk)
            return Point(sentence, href=at, link=_("Name the authority"))
        if code == "guardian":
            link = _("Write down who may act for the child")
            return Point(sentence, href=url("cases:guardian", number), link=link)
        return Point(sentence, href=url("cases:child", number), link=_("Write it under “Age and child”"))

    # -- what left or came -------------------------------------------------------------------------------------------

    @property
    def packet_title(self) -> str:
        if self.incoming:
            return _("What came")
        if self.offer:
            words = _("What %(who)s will see") if self.is_draft else _("What %(who)s sees")
            return words % {"who": self.who}
        return _("What leaves") if self.is_draft else _("What has left")

    @property
    def packet_line(self) -> str:
        if self.incoming:
            return _("From %(who)s") % {"who": self.who}
        if self.offer:
            return _("Exactly this, and nothing else")
        return _("To %(who)s") % {"who": self.who}

    @property
    def rows(self) -> list[tuple[str | Promise, str]]:
        return field_rows(self.packet)

    @property
    def told(self) -> Collection[str]:
        return self.offer.told if self.offer else self.packet

    @property
    def stays(self) -> list[str | Promise]:
        return [] if self.incoming else [field.label for field in SharedField if field.value not in self.told]

    @property
    def left_empty(self) -> list[str | Promise]:
        """What was agreed to and nobody filled in."""
        return [
            field.label
            for field in SharedField
            if field.value in self.agreed and field.value not in self.told
        ]

    @property
    def was_erased_here(self) -> bool:
        return self.incoming and not self.offer

    # -- the meeting -------------------------------------------------------------------------------------------------

    @property
    def meeting_tag(self) -> tuple[str, str, str] | None:
        """Whether both agree: the word, its tone, its picture."""
        if not self.meeting.get("by"):
            return None
        if self.meeting["confirmed"]:
            return _("agreed by both"), "good", "check"
        if self.meeting["by"] == "them":
            return _("proposed by them"), "soon", ""
        return _("proposed by us, not confirmed yet"), "soon", ""

    @property
    def meeting_rows(self) -> list[tuple[str, str]]:
        meeting = self.meeting
        always = [
            (_("Where"), meeting["where"]),
            (_("Who meets"), meeting["who"]),
            (_("Recognise each other by"), meeting["sign"]),
            (_("If nobody is met"), meeting["fallback"]),
        ]
        rows = [
            (_("Comes along"), meeting["escort"]),
            (_("Papers"), meeting["papers"]),
            (_("Medical"), meeting["medical"]),
        ]
        arrives = moment(meeting.get("arrives"))
        return [
            (_("When"), when(moment(meeting["when"]), zoned=True)),
            *([(_("Arrives, as known now"), when(arrives, zoned=True))] if arrives else []),
            *always,
            *((label, text) for label, text in rows if text),
        ]


def no_number() -> str:
    return _("Their number is not in the directory: take it from the meeting, or ask a focal point.")


def field_rows(values: dict[str, str]) -> list[tuple[str | Promise, str]]:
    """The fields of a packet with their names."""
    return [(SharedField(name).label, text) for name, text in values.items()]
