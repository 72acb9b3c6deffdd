"""What else lies on a society's disk: people who wrote to the public door, and what colleagues do beside a case.

Every fifth person wrote a report, and every fifth a chat; of some an authority is asked, and of some a volunteer tells.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from panah.ground.vault import actions as vault
from panah.ground.work.models import DueItem
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.finding import actions as finding
from panah.people.hotline import actions as hotline
from panah.people.hotline import queries as hotline_queries
from panah.people.hotline.actions.drafts import CallDraft
from panah.people.intake import actions as intake
from panah.people.reporters import queries as reporters_queries
from panah.programmes.diplomacy import actions as diplomacy
from panah.programmes.volunteers import actions as volunteers
from panah.programmes.volunteers.actions import callouts, own_page
from panah.programmes.volunteers.helping_words import TELL
from panah.programmes.volunteers.models import IncidentReport, OwnPage
from tests.conftest import World
from tests.reporters.conftest import Stranger
from tests.volunteers.making import volunteer

if TYPE_CHECKING:
    from tests.guard.hundred_cases import Person

REPORT, CHAT, CALL = "report", "chat", "call"
BANDS = {"adult": "adult", "child": "child"}
CASE = next(one for one in intake.TARGETS if one.name == "case")


def way_of(person: Person) -> str:
    return {0: REPORT, 1: CHAT}.get(person.number % 5, CALL)


@dataclass
class OtherWays:
    """What the rooms around do; ``found``: (kind, its id, the person's number), ``told_by``: incident to volunteer."""

    world: World
    line: Any
    found: list[tuple[str, UUID, int]] = field(default_factory=list)
    told_by: dict[UUID, UUID] = field(default_factory=dict)
    _strangers: dict[int, Stranger] = field(default_factory=dict)
    _chats: dict[int, UUID] = field(default_factory=dict)

    # ---- the public door ------------------------------------------------------------------------

    def writes(self, person: Person, at: datetime) -> None:
        """A person writes to the door, or begins a chat that Elena takes a minute later."""
        if way_of(person) == REPORT:
            stranger = self._strangers[person.number] = Stranger(self.world)
            stranger.writes(language=person.language, at=at, child="yes" if person.age == "child" else "no")
            return
        token = reporters_queries.new_token()
        chat = hotline.start_chat(
            line=self.line, token=token, language=person.language, danger=False, text="Practice words", at=at
        )
        self._chats[person.number] = chat
        elena = self.world.staff["elena"]
        contact = hotline.claim_chat(
            keys=self.world.keys("elena"),
            chat=hotline_queries.chat_row(chat),
            by=elena,
            at=at + timedelta(minutes=1),
        )
        hotline.say_to_person(
            keys=self.world.keys("elena"), contact=contact, text="Practice words", once="a", by=elena,
            at=at + timedelta(minutes=2),
        )  # fmt: skip
        typed = CallDraft(answers={"language": person.language, "age_band": BANDS[person.age]}, tab="x")
        hotline.save_typed(
            keys=self.world.keys("elena"),
            contact=contact,
            typed=typed,
            by=elena,
            at=at + timedelta(minutes=3),
        )

    def becomes_case(self, person: Person, at: datetime) -> UUID:
        """Bakyt opens the report, or Elena ends the chat; what came goes into a case."""
        to = self.world.staff[person.holder]
        if way_of(person) == REPORT:
            report = self._strangers[person.number].report
            by, keys = self.world.staff["bakyt"], self.world.keys("bakyt")
            self.found.append((REPORT, report.pk, person.number))
            intake.open_report(keys=keys, arrival=report.arrival, by=by, at=at)
            made = intake.convert(
                keys=keys, arrival=report.arrival, turn=CASE, called="", phone="", choice=str(to.pk), by=by, at=at,
                language=person.language, age_group=person.age,
            )  # fmt: skip
            return made.subject
        chat = self._chats[person.number]
        self.found.append((CHAT, chat, person.number))
        elena, keys = self.world.staff["elena"], self.world.keys("elena")
        contact = hotline.finish_call(
            keys=keys, contact=hotline_queries.chat_row(chat).contact, by=elena, at=at
        )
        number = hotline.convert_to_case(
            keys=self.world.keys("elena"), contact=contact, owner=to, by=elena, at=at,
            say=lambda name, value: (name, str(value)),
        )  # fmt: skip
        return Case.objects.get(number=number).pk

    # ---- beside the case ------------------------------------------------------------------------

    def is_spoken_of(self, person: Person, at: datetime) -> None:
        """A focal point asks an authority about one person: sealed, on days of its own."""
        case = Case.objects.get(pk=person.case)
        about = {
            "kind": "person",
            "authority": "x",
            "asked": f"Practice: {case.number}",
            "confidence": "author",
        }
        dialogue = diplomacy.begin_dialogue(keys=self.world.keys("bakyt"), about=about, at=at)
        entry = {"kind": "letter", "text": "x"}
        diplomacy.write_entry(
            keys=self.world.keys("bakyt"), dialogue=dialogue, entry=entry, at=at + timedelta(minutes=5),
            answer_by=at.date() + timedelta(days=10),
        )  # fmt: skip
        self.found.append(("dialogue", dialogue.pk, person.number))

    def volunteer(self, number: int, at: datetime) -> None:
        """A volunteer is called out that evening, and asks to be rung: what she tells the branch seals."""
        world, ibrat = self.world, self.world.staff["ibrat"]
        row = volunteer(world, by="ibrat", name=f"Practice Volunteer {number}", phone=f"+000 555 {number:03}")
        callouts.call_out(
            by=ibrat, branch=str(row.branch_id), what="meet", language="uz", wanted=1, meets_person=True, place="x",
            note="", starts_at=at, ends_at=at + timedelta(hours=3), at=at,
        )  # fmt: skip
        own_page.give_page(by=ibrat, row=row, at=at)
        own_page.ask_branch(
            page=OwnPage.objects.get(volunteer=row), purpose=TELL, at=at + timedelta(minutes=2)
        )
        known = uuid4()
        volunteers.add_incident(
            keys=world.keys("ibrat"), row=row, on=at.date(), what="Practice: met a girl", at=at + timedelta(minutes=9),
            pk=known,
        )  # fmt: skip
        self.told_by[IncidentReport.objects.get(pk=known).pk] = row.pk

    def links(self, one: Person, other: Person, at: datetime) -> None:
        """Two siblings: their cases are linked, as far as one colleague holds both."""
        pair = [Case.objects.select_related("owner").get(pk=person.case) for person in (one, other)]
        cases.link_cases(
            keys=self.world.keys("bakyt"), case=pair[0], other=pair[1], relation="sibling", at=at
        )
        self.found.append(("sibling", pair[1].pk, one.number))

    def undoes(self, one: Person, at: datetime) -> None:
        """They were not siblings: the link is undone."""
        keys, case = self.world.keys("bakyt"), Case.objects.get(pk=one.case)
        for link in cases.links_of(keys=keys, case=case):
            cases.unlink(keys=self.world.keys("bakyt"), case=case, ref=link.ref, at=at)

    def are_a_household(self, one: Person, other: Person, at: datetime) -> None:
        keys = self.world.keys("bakyt")
        house = cases.open_case_group(keys=keys, kind="household", about={"title": "x"}, at=at)
        for minutes, person in enumerate((one, other)):
            case = Case.objects.select_related("owner").get(pk=person.case)
            cases.join_case_group(keys=keys, gathering=house, case=case, at=at + timedelta(minutes=minutes))
            self.found.append(("household", house.pk, person.number))
        self.found.append(("sibling", Case.objects.get(pk=other.case).pk, one.number))

    def are_one(self, one: Person, other: Person, at: datetime) -> None:
        """Both holders say that two cases are one person's; they are linked as two episodes."""
        numbers = frozenset(
            Case.objects.filter(pk__in=[one.case, other.case]).values_list("number", flat=True)
        )
        finding.look_for_pairs(keys=self.world.keys("bakyt"), at=at)
        for ask in (finding.ask_first, finding.ask_second):
            ask(keys=self.world.keys("bakyt"), numbers=numbers, at=at)
            for item in DueItem.objects.filter(purpose="known_double", done_at=None):
                keys, case = self.world.keys(item.owner.username), Case.objects.get(pk=item.subject)
                (part,) = finding.laid_before(keys=keys, case=case)
                finding.answer(keys=keys, case=case, ref=part.ref, said="episode", at=at)
        finding.link_pair(keys=self.world.keys("bakyt"), numbers=numbers, at=at)
        self.found.append(("sibling", other.case, one.number))

    def comes_in(self, at: datetime) -> None:
        """Bakyt signs in: what waits for a session is done in it."""
        vault.maintain_a_little(keys=self.world.keys("bakyt"), at=at)
