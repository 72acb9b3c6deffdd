"""Two societies at work: real cases, contacts, requests and entries, of colleagues who may not see each other's.

``House.ask`` sends one request as a colleague, remembers what it wrote, and undoes it: thousands of requests can be
asked of one house, and each finds it as it was.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from panah.ground.accounts import actions as accounts
from panah.ground.accounts.models import Staff
from panah.ground.accounts.queries import with_role
from panah.ground.approvals import actions as approvals
from panah.ground.channels import actions as channels
from panah.ground.directory import actions as directory
from panah.ground.directory.models import HotlineNumber, Organization, Service
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.models import Outgoing, Peer
from panah.ground.exchange.words import MessageKind, SendingState
from panah.ground.network.models import Society
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in.models import VaultSession
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueType
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.cases.queries.consent import consent_subject
from panah.people.cases.views.documents import token_for
from panah.people.consent import actions as consent
from panah.people.consent.rules import MUST_BE_TOLD
from panah.people.family_links import actions as family_links
from panah.people.family_links import queries as family_links_queries
from panah.people.family_links.models import FamilyLinksRequest
from panah.people.finding import actions as finding
from panah.people.hotline import actions as hotline
from panah.people.hotline import queries as hotline_queries
from panah.people.imports.permissions import EXPORT
from panah.people.inbox import actions as inbox
from panah.people.inbox.models import Arrival
from panah.people.intake import actions as intake
from panah.people.intake.models import Pile
from panah.people.referrals import actions as referrals
from panah.people.referrals import queries as referrals_queries
from panah.people.referrals.models import ProgrammeWork, Referral
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.safety import actions as safety
from panah.people.screening import actions as screening
from panah.people.screening import queries as screening_queries
from panah.people.shelter import actions as shelter
from panah.people.shelter import queries as shelter_queries
from panah.people.shelter.queries.house import needs_of
from panah.programmes.volunteers import actions as volunteers
from panah.programmes.volunteers.actions import callouts, helping, own_page
from panah.programmes.volunteers.models import Asked as AskedVolunteer
from panah.programmes.volunteers.models import DoublePair, Expense, Hours, IncidentReport, OwnPage, Volunteer
from tests.conftest import World, everyone_signs_in, make_world, pair
from tests.guard import channel, papers, preventing, teaching
from tests.guard.addresses import EVERYONE, STRANGER
from tests.guard.asking import asked_about, names_her
from tests.guard.assessed import assessed
from tests.guard.briefed import briefed
from tests.guard.committed import committed
from tests.guard.figured import figured
from tests.guard.imported import imported
from tests.guard.released import released
from tests.guard.shelved import shelved
from tests.guard.together import guest_of, together
from tests.inbox.conftest import arrive
from tests.two_people import FOCAL_POINT

# What every request may write: that the session and the open vault are still alive.
SIGNS_OF_LIFE = ("accounts_session", "sign_in_vaultsession")
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)


@dataclass
class Asked:
    """An answer, and the tables that the request wrote to before it was undone."""

    response: Any
    wrote: set[str]

    @cached_property
    def body(self) -> bytes:
        """What was answered, also a file that comes piece by piece."""
        return b"".join(self.response) if self.response.streaming else bytes(self.response.content)

    @property
    def to(self) -> str:
        """Where it leads, if it leads somewhere."""
        return str(self.response.get("Location", ""))

    @property
    def status(self) -> int:
        return int(self.response.status_code)


@dataclass
class House:
    """``of[who]`` are the ids of real things that belong to a colleague: ``{"number": …, "clock": …}``.

    ``of_nothing`` keeps what was answered about things that do not exist.
    """

    world: World
    of: dict[str, dict[str, str]] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    of_nothing: dict[Any, Any] = field(default_factory=dict)
    browser: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    @property
    def own(self) -> dict[str, str]:
        """One of each: what Amina, Elena, Bakyt and Zarina of North work on."""
        mine = self.of["gulnar"] | self.of["amina again"]
        return self.of["zarina"] | self.of["bakyt"] | mine | self.proof("amina again")

    def proof(self, whose: str) -> dict[str, str]:
        """What shows that Amina has just opened the document of a case; it holds for minutes only."""
        session = SimpleNamespace(session_key=self.cookies["amina"][settings.SESSION_COOKIE_NAME])
        request = SimpleNamespace(staff=self.world.staff["amina"], session=session)
        return {"token": token_for(request, UUID(self.of[whose]["doc"]))}

    def client(self, who: str) -> Client:
        """The one browser of the house as it was right after ``who`` signed in, with an open vault."""
        self.browser.cookies.clear()
        for name, value in self.cookies[who].items():
            self.browser.cookies[name] = value
        return self.browser

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever happens inside did not happen."""
        with ExitStack() as stack:
            for alias in connections:
                stack.enter_context(transaction.atomic(using=alias))
            yield
            for alias in connections:
                transaction.set_rollback(True, using=alias)

    def ask(self, who: str, method: str, path: str, data: Any = None, **more: Any) -> Asked:
        """Send one request as ``who`` and undo what it did."""
        client, wrote = self.client(who), set()

        def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if found := WRITES.match(sql):
                wrote.add(found[1])
            return execute(sql, params, many, context)

        with self.undone(), ExitStack() as stack:
            # However long a file of tests takes, and on whatever machine: nobody's vault has locked meanwhile.
            VaultSession.objects.update(seen_at=timezone.now())
            for alias in connections:
                stack.enter_context(connections[alias].execute_wrapper(listen))
            response = getattr(client, method.lower())(path, data or {}, **more)
        return Asked(response, wrote - set(SIGNS_OF_LIFE))


def furnish() -> House:
    """Make the cast and give them things to work on."""
    at = timezone.now()
    world = make_world(at - timedelta(days=2))
    directory.load_reference_data(at=at, practice=True)
    world.staff["maryam"] = _coordinator(world)
    guest_of(world)
    house = House(world)
    north, south = _lines(world)
    for name, lead in (("amina", "bakyt"), ("cholpon", "saule"), ("daler", "rustam")):
        house.of[name] = _case(world, name, lead=lead)
    house.of["amina again"] = _case(world, "amina", lead="bakyt", other=house.of["amina"]["number"])
    house.of["elena"] = _contact(world, "elena", north) | _entries("north")
    house.of["rustam"] = _contact(world, "rustam", south) | _entries("south")
    house.of["bakyt"] = _lead(world, "bakyt", "elena") | house.of["elena"] | {"brought": _brought(world)}
    house.of["rustam"] |= _lead(world, "rustam", "daler")
    for lead, colleague in (("bakyt", "cholpon"), ("rustam", "daler")):
        house.of[lead]["told"] = _told(world, lead, world.staff[colleague])
    for lead, trainer, holder in (("bakyt", "elena", "nurlan"), ("rustam", "daler", "")):
        house.of[lead] |= teaching.course_of(world, lead, trainer=trainer)
        house.of[lead] |= teaching.certificate_of(world, lead, trainer=trainer, holder=holder)
        house.of[lead] |= preventing.prevention_of(world, lead)
        house.of[lead] |= papers.papers_of(world, lead)
    for lead in ("bakyt", "rustam"):
        house.of[lead] |= _links(world, lead, house.of[lead]["links"])
    house.of["gulnar"] = _house(world, "gulnar", asks="amina", number=house.of["amina again"]["number"])
    house.of["malika's house"] = _house(world, "malika", asks="daler", number=house.of["daler"]["number"])
    house.of["daler"]["place"] = house.of["malika's house"]["place"]
    everyone_signs_in(world)
    for lead, there in (("bakyt", "rustam"), ("rustam", "bakyt")):
        house.of[lead] |= _paired(world, lead, there)
    house.of["amina again"]["device"] = house.of["amina"]["device"] = _device(world, "amina")
    house.of["amina again"]["passkey"] = house.of["amina"]["passkey"] = _passkey(world, "amina")
    channel.name_second(world)
    house.of["zarina"] = channel.heard(world, "elena", reader="zarina", asks="amina")
    house.of["zarina alone"] = channel.heard(world, "elena", reader="zarina", about=("nurlan",))
    house.of["nurlan alone"] = channel.heard(world, "amina", reader="nurlan", about=("zarina", "bakyt"))
    house.of["malika alone"] = channel.heard(world, "daler", reader="malika", about=("rustam",))
    house.of["bakyt"] |= imported(world)
    house.of["saule alone"] = channel.threatened(world, "amina", reader="saule", about=("bakyt", "elena"))
    house.of["malika"] = channel.heard(world, "daler", reader="malika", asks="daler")
    house.of["bakyt"] |= assessed(world) | committed(world) | together(world) | shelved(world)
    house.of["bakyt"] |= figured(world) | briefed(world) | released(world)
    for who in EVERYONE:
        browser = world.client(None if who == STRANGER else who)
        house.cookies[who] = {name: one.value for name, one in browser.cookies.items()}
    for name in ("amina", "cholpon", "daler", "amina again"):
        house.of[name] |= house.proof(name)
    return house


def _coordinator(world: World) -> Staff:
    """Maryam keeps the network's directory: her society is North, her role is no society's."""
    staff = accounts.add_colleague(
        society=world.societies["north"], username="maryam", name="Maryam", roles=["network_coordinator"],
        at=world.at,
    )  # fmt: skip
    vault.make_staff_key(staff=staff, passphrase="six made up words of hers", code="00" * 16, at=world.at)
    opened = sign_in.check_passphrase(username="maryam", passphrase="00" * 16, at=world.at, with_code=True)
    world.seeds["maryam"] = opened.seed
    vault.admit(keys=world.keys("bakyt"), staff=staff, at=world.at)
    return staff


def _device(world: World, name: str) -> str:
    """A browser in which she has signed in before."""
    accounts.remember_device(by=world.staff[name], mark="", at=timezone.now())
    return str(world.staff[name].devices.get().pk)


def _passkey(world: World, name: str) -> str:
    """A passkey of a device that is nowhere: its page shows the name and when it was used."""
    row = Authenticator.objects.create(
        # A number that stands nowhere else on a page: tests compare pages without it.
        pk=1876543210,
        user=world.staff[name],
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "work telephone"},
    )
    return str(row.pk)


def _lines(world: World) -> tuple[Any, Any]:
    made = []
    for lead, operators in (("bakyt", ["elena", "bakyt"]), ("rustam", ["rustam"])):
        made.append(
            hotline.make_line(
                keys=world.keys(lead),
                name_en="Practice line",
                operators=[world.staff[n] for n in operators],
                by=world.staff[lead],
                at=world.at,
            )
        )
    return made[0], made[1]


def _case(world: World, name: str, *, lead: str, other: str = "") -> dict[str, str]:
    """A case with one of everything that can hang on it; returns the id of each."""
    keys, staff, at = world.keys(name), world.staff[name], world.at
    case = cases.open_case(
        keys=keys, by=staff, at=at, language="uz", branch=staff.branch, age_group="adult",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]},
    )  # fmt: skip
    know = {"keys": keys, "case": case, "at": at}
    practice = DueType("cases", "practice", DueKind.CALL, "call", timedelta(days=1))
    due = work.due(practice, cases.on_case(case), keys=keys, at=at)
    event = cases.open_case_group(keys=keys, kind="event", about={"title": "x"}, at=at)
    cases.join_case_group(keys=keys, gathering=event, case=case, at=at)
    cases.begin_follow_up(**know)
    found: dict[str, Any] = {
        "number": case.number,
        "case": case.pk,
        "file": case.file_id,
        "item": due.pk,
        "event": event.number,
        "heard": vault_queries.read_all(keys=keys, file=event.file_id, part="member")[0].ref,
        "episode": cases.write_episode(episode={"types": ["ForcedLabour"]}, **know),
        "need": cases.write_need(need={"type": "health", "horizon": "now", "said": "x", "do": "y"}, **know),
        "service": cases.write_service(
            service={"type": "medical", "given_on": "2026-11-20", "what": "x"}, **know
        ),
        "clock": cases.set_clock(kind="other", due_at=at + timedelta(days=9), what="x", **know),
        "follow": vault_queries.read_all(keys=keys, file=case.file_id, part="followup")[0].ref,
        "receipt": cases.give_means(
            means={"kind": "goods", "what": "boots", "mark": "x", "on": "2026-11-20"},
            second=world.staff[lead],
            **know,
        ),
        "meeting": _meeting(know, file=case.file_id, by=staff),
        "staff": world.staff[lead].pk,
        "doc": cases.keep_document(name="practice.png", body=picture(), **know).ref,
    }
    found["consent"], found["referral"], found["prepared"], found["receiver"] = _handed_on(know, case, staff)
    found["taken_back"] = _taken_back(know, case)
    found |= asked_about(know, case, staff)
    found["names_her"] = names_her(world, case, lead=lead)
    if other:
        elder = Case.objects.get(number=other)
        cases.link_cases(other=elder, relation="sibling", **know)
        found["link"] = vault_queries.read_all(keys=keys, file=case.file_id, part="link")[0].ref
    return {kind: str(one) for kind, one in found.items()}


def _house(world: World, runner: str, *, asks: str, number: str) -> dict[str, str]:
    """A house with a room, and in it one stay in each state that has pages of its own."""
    keys, staff, at = world.keys(runner), world.staff[runner], timezone.now()
    kind = {"region": "XA-1" if runner == "gulnar" else "XB-1", "kind": "house", "languages": ["ru"]}
    place = shelter.make_place(
        keys=keys, typed={"name": "House 3", "admits": ["women", "men"], **kind}, runners=[staff], at=at,
        way=dict.fromkeys(("address", "phone", "how", "rules", "late"), "x"),
    )  # fmt: skip
    room = shelter.add_room(
        keys=keys, place=place, name="Room 1", admits=[], beds=["a", "b", "c", "d", "e"], at=at
    )
    shift = shelter.put_on_shift(
        place=place, staff=staff, starts_at=at, ends_at=at + timedelta(hours=8), by=staff, at=at
    )
    shelter.write_need(keys=keys, place=place, need={"what": "soap"}, at=at)
    shelter.write_incident(keys=keys, place=place, kind="other", text="x", told="", at=at)
    beds = list(room.beds.order_by("name"))
    found = {"asked_bed": _stay(world, runner, place, asks, number)}
    for which, bed in (("coming", beds[0]), ("stay", beds[1]), ("missing", beds[2])):
        found[which] = _stay(world, runner, place, asks, number, bed=bed, state=which)
    own = {
        "place": place.pk, "manager": staff.pk, "shift": shift.pk, "room": room.pk, "bed": beds[3].pk,
        "lack": needs_of(place, keys=keys)[0].ref,
    }  # fmt: skip
    return found | {kind: str(one) for kind, one in own.items()}


def _stay(
    world: World, runner: str, place: Any, asks: str, number: str, *, bed: Any = None, state: str = ""
) -> str:
    at, keys = timezone.now(), world.keys(runner)
    first = shelter_queries.tonight(at)
    stay = shelter.ask(
        keys=world.keys(asks), place=place, case=Case.objects.get(number=number), at=at, from_day=first,
        to_day=first + timedelta(days=3), sheet={"called": "Practice Person Tulip", "who": "women", "age": "adult",
        "language": "uz", "needs": "x", "said": "yes", "told": ["free"]},
    )  # fmt: skip

    def look() -> Any:
        return shelter_queries.stay_or_404(stay.pk, to=world.staff[runner], keys=keys)

    if bed is not None:
        shelter.give_bed(keys=keys, opened=look(), bed=bed, at=at)
    if state in ("stay", "missing"):
        shelter.arrive(keys=keys, opened=look(), at=at)
    if state == "missing":
        shelter.miss(keys=keys, opened=look(), seen="x", danger="no", at=at)
    return str(stay.pk)


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "PNG")
    return made.getvalue()


def _meeting(know: dict[str, Any], *, file: UUID, by: Staff) -> Any:
    profile = screening_queries.sets().by_code["adult_labour"]
    return screening.begin(
        keys=know["keys"], file=file, profile=profile, age="adult", held_at=know["at"], by=by, at=know["at"]
    )


def _handed_on(know: dict[str, Any], case: Case, staff: Staff) -> tuple[Any, Any, Any, str]:
    answer = {
        "purpose": "partner", "said": "yes", "receiver": "other", "receiver_name": "A made-up clinic",
        "fields": ["called", "needs"], "seven": dict.fromkeys(MUST_BE_TOLD, "yes"),
        "guardian": "not_needed", "until": "2099-01-01", "way": "spoken_phone", "language": "uz",
        "interpreter": "none", "understood": "",
    }  # fmt: skip
    subject = consent_subject(case.number, to=staff, keys=know["keys"])
    ref = consent.write_answer(keys=know["keys"], subject=subject, answer=answer, at=know["at"])
    content = {
        "purpose": "partner", "receiver": "other", "receiver_name": "A made-up clinic", "need": "x",
        "note": "", "values": {"called": "Tulip", "needs": "a doctor"},
    }  # fmt: skip
    row, draft = (referrals.prepare(content=content, **know) for _one in "ab")
    opened = referrals_queries.one_or_404(case=case, keys=know["keys"], referral=row.pk)
    referrals.send(opened=opened, way="letter", **know)
    return ref, row.pk, draft.pk, opened.sealed["receiver"]


def _told(world: World, lead: str, colleague: Staff) -> str:
    """What was told to a colleague of an own programme."""
    keys, at = world.keys(lead), timezone.now()
    file = vault.begin_file(keys=keys, kind=FileKind.PROGRAMME, staff=[colleague], focal_points=True, at=at)
    told = {
        "service": "Practice: a course",
        "need": "x",
        "values": {"called": "Tulip"},
        "referral": str(uuid4()),
    }
    vault.write(keys=keys, file=file, part="told", value=told, at=at)
    row = ProgrammeWork.objects.create(society_id=colleague.society_id, colleague=colleague, file_id=file)
    return str(row.pk)


def _chat(line: Any, at: datetime) -> Any:
    """Somebody who waits in a chat of the public door."""
    token = reporters_queries.new_token()
    return hotline.start_chat(
        line=line, token=token, language="en", danger=False, text="Practice: are you there?", at=at
    )


def _contact(world: World, name: str, line: Any) -> dict[str, str]:
    """An open call of a colleague with an alarm, and what else was asked on the telephone."""
    keys, by, at = world.keys(name), world.staff[name], timezone.now()
    contact = hotline.begin_contact(keys=keys, line=line, channel="phone", by=by, at=at)
    hotline.start_emergency(contact=contact, by=by, at=at)
    hotline.ask_for_debriefing(contact=contact, by=by, at=at)
    alarm = work_queries.newest_alarm_of(contact.pk)
    asked = {"who": "Practice office", "what": "x"}
    # Finished, and nobody has said what happens next.
    ended = hotline.begin_contact(keys=keys, line=line, channel="phone", by=by, at=at)
    hotline.finish_call(keys=None, contact=ended, by=by, at=at)
    waiting, taken = (_chat(line, at) for _ in range(2))
    talk = hotline.claim_chat(keys=keys, chat=hotline_queries.chat_row(taken), by=by, at=at)
    rehearsed = hotline.begin_rehearsal(script="silent", by=by, at=at)
    hotline.note_rehearsal(rehearsed=rehearsed, paged=True, at=at)
    return {
        "rehearsed": str(rehearsed.pk),
        "ended": ended.number,
        "chat": str(waiting),
        "talk": talk.number,
        "contact": contact.number,
        "contact_pk": str(contact.pk),
        "line": str(line.pk),
        "alarm": str(alarm.pk),
        "links": family_links.take_links_request(keys=keys, typed={"asks": "x"}, by=by, at=at).number,
        "authority": hotline.take_request(keys=keys, typed=asked, by=by, at=at).number,
    }


def _lead(world: World, lead: str, colleague: str) -> dict[str, str]:
    """What a focal point keeps: a colleague's question, a duty, an invitation; and a sign-in of her own."""
    at = timezone.now()
    asker = "amina" if lead == "bakyt" else "daler"
    question = finding.ask(keys=world.keys(asker), sought=finding.Sought("Practice Person Reed", 1990), at=at)
    duty = accounts.put_on_duty(
        staff=world.staff[colleague], what="calls", starts_at=at, ends_at=at + timedelta(hours=8), at=at,
    )  # fmt: skip
    other = world.client(lead)
    return {
        **channel.threatened(world, colleague, reader=lead),
        "interpreter": _interpreter(world, lead),
        **_volunteer(world, lead),
        "arrival": _arrival(world, lead),
        **_reported(world, lead),
        "referred": _arrival(world, lead, kind="referral-offered", content={"need": "a bed"}),
        "known": _arrival(world, lead, kind="known-asked", content={"names": ["Practice Person Reed"]}),
        "question": str(question.pk),
        "duty": str(duty.pk),
        "channel": str(_channel(world, lead)),
        "approval": str(_asked(world, lead, colleague)),
        "leaving": str(_leaving(world, lead)),
        "colleague": str(world.staff[colleague].pk),
        "newcomer": str(world.staff["maryam"].pk),
        "session": str(other.cookies[settings.SESSION_COOKIE_NAME].value),
    }


def _channel(world, lead: str):
    """A way of paging whose gateway is not there."""
    given = {
        "address": "http://localhost:9/", "form": "json", "number_field": "to", "text_field": "text", "fields": {},
        "header": "Authorization", "secret": "",
    }  # fmt: skip
    return channels.save_channel(
        channel=None, kind="sms", name="Modem", given=given, by=world.staff[lead], at=world.at
    ).pk


def _asked(world: World, lead: str, colleague: str) -> UUID:
    """What two people decide: the focal point asked to make that colleague another one."""
    request = vault.ask(
        keys=world.keys(lead), act=FOCAL_POINT, staff=world.staff[colleague], at=timezone.now()
    )
    return UUID(str(request.pk))


def _leaving(world: World, lead: str) -> UUID:
    """An export with names that the focal point asked for, and the other one was told of."""
    by = world.staff[lead]
    request = approvals.ask(
        act=EXPORT,
        subject=by.pk,
        by=by,
        at=timezone.now(),
        told=with_role(by.society_id, "focal_point"),
        facts={"cases": "", "purpose": "documents", "form": "csv"},
    )
    return UUID(str(request.pk))


def _interpreter(world: World, lead: str) -> str:
    """An interpreter who was vetted, and asked about ties."""
    keys, at = world.keys(lead), timezone.now()
    row = safety.add_interpreter(
        keys=keys, at=at,
        typed={"name": "Practice Voice Reed", "phone": "1", "languages": ["uz"], "ways": ["phone"], "hours": ""},
    )  # fmt: skip
    day = timezone.localdate()
    safety.ask_about_ties(keys=keys, row=row, ask_first=False, ties="x", not_for="x", on=day, at=at)
    safety.vet(keys=keys, row=row, checked="x", undertaking_on=day, until=day + timedelta(days=99), at=at)
    return str(row.pk)


def _volunteer(world: World, lead: str) -> dict[str, str]:
    """A volunteer who was vetted, and the branch with its link to join."""
    keys, at, staff = world.keys(lead), timezone.now(), world.staff[lead]
    branch = world.branches["arna" if lead == "bakyt" else "sora"]
    row = volunteers.add_volunteer(
        by=staff, branch=branch.pk, role="member", joined_on=None, at=at, name="Practice Volunteer Poplar",
        born_year=1990, languages=["uz"], phone="+000 12 34 56 78", code_signed_on=timezone.localdate(),
    )  # fmt: skip
    volunteers.vet(keys=keys, row=row, found="x", until=timezone.localdate() + timedelta(days=99), at=at)
    teaching.teach_safe_response(row, by=staff, at=at)
    volunteers.renew_link(by=staff, branch=branch.pk, at=at)
    if lead == "bakyt":
        volunteers.add_incident(keys=world.keys("ibrat"), row=row, on=timezone.localdate(), what="x", at=at)
    told = IncidentReport.objects.filter(society=staff.society_id).first()
    return {
        "volunteer": str(row.pk),
        "volunteers_branch": str(branch.pk),
        **({"volunteers_incident": str(told.pk)} if told else {}),
        **_doubles(staff, row, at),
        **_helping(staff, row, at),
    }


def _helping(staff: Staff, row: Volunteer, at: datetime) -> dict[str, str]:
    """A volunteer who was asked and said yes, with a page of her own, hours and a fare."""
    own_page.give_page(by=staff, row=row, at=at)
    call = callouts.call_out(
        by=staff, branch=str(row.branch_id), what="help", language="", wanted=2, meets_person=False, place="x",
        note="", starts_at=at, ends_at=at + timedelta(hours=3), at=at,
    )  # fmt: skip
    asked = AskedVolunteer.objects.create(society_id=row.society_id, call_out=call, volunteer=row)
    callouts.answer(asked=asked, answer="yes", by=None, at=at)
    page, day = OwnPage.objects.get(volunteer=row), timezone.localdate()
    helping.propose_hours(page=page, once=uuid4(), on=day, minutes=90, what="office", at=at)
    helping.ask_money(page=page, once=uuid4(), on=day, what="fare", amount=Decimal(5), currency="KGS", at=at)
    hours, money = Hours.objects.get(volunteer=row).pk, Expense.objects.get(volunteer=row).pk
    return {"call_out": str(call.pk), "called": str(asked.pk), "hours": str(hours), "expense": str(money)}


def _doubles(staff: Any, row: Any, at: Any) -> dict[str, str]:
    """Two volunteers who may be one person, and two who were made one."""
    others = [
        volunteers.add_volunteer(
            by=staff,
            branch=row.branch_id,
            role="member",
            joined_on=None,
            at=at,
            name=f"Practice Volunteer Twice {n}",
        )
        for n in range(3)
    ]
    pairs = [
        DoublePair.objects.create(
            society_id=staff.society_id, branch_id=one.branch_id, one=one, other=other, likeness=900
        )
        for one, other in ((row, others[0]), (others[1], others[2]))
    ]
    merged = volunteers.merge(by=staff, pair=pairs[1], keep=others[1].pk, at=at)
    return {"double": str(pairs[0].pk), "merged": str(merged.pk)}


def _links(world: World, lead: str, number: str) -> dict[str, str]:
    """A relative is sought elsewhere: one request that is being prepared, one that was told; and one that came."""
    keys, at = world.keys(lead), timezone.now()
    request = FamilyLinksRequest.objects.get(number=number)
    typed = {
        "receiver_name": "A made-up society", "sought": "Practice Person Reed", "relation": "x", "fields": [],
        "values": {}, "doubt": "none",
        "consent": {"asked_on": "2026-11-20", "way": "spoken_phone", "language": "uz", "until": "2099-01-01"},
    }  # fmt: skip
    asking, asked = (
        family_links.prepare_across(keys=keys, request=request, peer=None, typed=typed, at=at)
        for _ in range(2)
    )
    told = family_links_queries.one_across(request=request, keys=keys, pk=asked.pk)
    family_links.note_sent(keys=keys, opened=told, way="script", at=at)
    came = _arrival(world, lead, kind="links-asked", content={"sought": "Practice Person Reed"})
    return {"asking": str(asking.pk), "told_there": str(asked.pk), "sought": came}


def _brought(world: World) -> str:
    """A published directory that Bakyt has not decided about: one new entry, and one that looks like ours."""
    ours = Organization.objects.get(reference="north-clinic")
    published = [
        {"name": "Practice advice", "status": "active", "organization": {"name": name}}
        for name in (ours.name_en, "Practice Hearth")
    ]
    made = directory.bring_directory(
        body=json.dumps(published).encode(), source="Practice atlas", said_at=world.at,
        by=world.staff["bakyt"], at=timezone.now(),
    )  # fmt: skip
    return str(made.pk)


def _step(society: Society, leader: Staff) -> str:
    """A step of the society's pathway."""
    offer = Service.objects.filter(society=society)[0]
    entry = directory.StepEntry(need="medical", order=1, from_role="caseworker", to_service=offer.pk)
    return str(directory.save_step(entry=entry, society=society, by=leader, at=timezone.now()).pk)


def _taken_back(know: dict[str, Any], case: Case) -> Any:
    """What another society referred here and took back: it is to be decided what of it is erased."""
    theirs = Society.objects.exclude(pk=case.society_id).filter(practice=True).first()
    peer, _new = Peer.objects.get_or_create(
        society=case.society, theirs=theirs,
        defaults={"their_id": theirs.pk, "state": "ended", "intake_generation": 1, "made_at": know["at"]}
        | dict.fromkeys(("node", "node_box", "signing", "intake", "intake_signature"), b"x"),
    )  # fmt: skip
    row = Referral.objects.create(
        society=case.society, case=case, state="withdrawn", direction="in", peer=peer, conversation=uuid4(),
        made_at=know["at"], sent_at=know["at"],
    )  # fmt: skip
    kept = {
        "purpose": "", "receiver": "", "receiver_name": str(theirs), "need": "a bed", "values": {}, "note": "",
        "offer": {"need": "a bed", "values": {"called": "Practice Person Tulip"}}, "made": {}, "steps": [],
    }  # fmt: skip
    vault.write(
        keys=know["keys"],
        file=case.file_id,
        part="referral",
        ref=row.pk,
        value=kept,
        at=know["at"],
        based_on=0,
    )
    return row.pk


def _arrival(world: World, lead: str, **more: Any) -> str:
    """Something that arrived sealed; both focal points have opened it, for as long as the house stands."""
    society, other = ("north", "saule") if lead == "bakyt" else ("south", "malika")
    at = timezone.now() + timedelta(hours=3)
    arrival = arrive(world, at=timezone.now(), society=society, expires=at + timedelta(days=30), **more)
    for one in (lead, other):
        inbox.open_arrival(keys=world.keys(one), arrival=arrival, by=world.staff[one], at=at)
    return str(arrival.pk)


def _reported(world: World, lead: str) -> dict[str, str]:
    """A report of the door with two pictures, of which one is marked; both focal points opened it. And a pile."""
    society, other = ("north", "saule") if lead == "bakyt" else ("south", "malika")
    out, at = BytesIO(), timezone.now()
    Image.new("RGB", (60, 40)).save(out, "PNG")
    token = reporters_queries.new_token()
    files = [reporters_queries.PlainFile(out.getvalue(), "a.png", "png", "picture") for _ in range(2)]
    reporters.submit_report(
        society=world.societies[society].pk, token=token, language="tg", urgency="today", at=at, files=files,
        content={"text": "Practice: x"}, receipt=reporters_queries.receipt_for(token),
    )  # fmt: skip
    arrival = Arrival.objects.filter(society=world.societies[society], kind="report").latest("arrived_at")
    for one in (lead, other):
        content = inbox.open_arrival(
            keys=world.keys(one), arrival=arrival, by=world.staff[one], at=at + timedelta(hours=3)
        )
    first, second = reporters_queries.entries_in(content)
    intake.mark_picture(arrival=arrival, entry=second, by=world.staff[lead], at=at)
    pile = Pile.objects.create(
        society=world.societies[society], number=1, emptied_by=world.staff[lead], emptied_at=at
    )
    return {
        "report": str(arrival.pk),
        "upload": str(first.id),
        "picture": str(second.id),
        "pile": str(pile.pk),
    }


def _paired(world: World, lead: str, there: str) -> dict[str, str]:
    """The society of a focal point, paired with another; a message to it that is stuck, and one that waits."""
    at = timezone.now()
    peer = pair(world, lead, there, at)
    stuck, _waits = (
        exchange.send(
            keys=world.keys(lead),
            peer=peer,
            kind=MessageKind.OFFERED,
            conversation=uuid4(),
            content={},
            at=at,
        )
        for _ in range(2)
    )
    Outgoing.objects.filter(pk=stuck.pk).update(state=SendingState.STUCK, code="bad-signature", settled_at=at)
    return {"peer": str(peer.pk), "message": str(stuck.pk)}


def _entries(which: str) -> dict[str, str]:
    """Entries of the delivered practice register that a society keeps."""
    society = Society.objects.get(slug=f"practice-{which}")
    leader = Staff.objects.get(username={"north": "bakyt", "south": "rustam"}[which])
    office = Organization.objects.filter(services__society=society)[0]
    agreed = directory.record_agreement(
        organization=office, society=society, starts_on=date(2026, 1, 1), ends_on=None, scope="x",
        by=leader, at=timezone.now(),
    )  # fmt: skip
    return {
        "agreement": str(agreed.pk),
        "step": _step(society, leader),
        "phone": str(HotlineNumber.objects.filter(society=society)[0].pk),
        "offer": str(Service.objects.filter(society=society)[0].pk),
        "office": str(office.pk),
        "own": str(Service.objects.filter(organization__is_society=society)[0].pk),
        "slug": society.slug,
        "branch": society.branches.order_by("slug")[0].slug,
    }
