"""North's part of the network's space, one of each kind, what South told it, and a guest."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from panah.ground.accounts import actions as accounts
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation.models import ReceivedEntry
from tests.conftest import World

SAID = {
    "title": "x", "language": "en", "version": 1, "of_version": 0, "original": "", "need": "x", "done": "x", "took": "",
    "changed": "", "evidence": "", "limits": "", "contact": "", "elements": [], "provisions": [], "reviewed_by": "",
    "reviewed_on": "", "state": "",
}  # fmt: skip
OFFICE = {
    "function": "duty", "title": "x", "phone": "+7 702 000 0000", "night": True, "email": "", "languages": [],
    "hours": "", "tried_on": "", "tried_at_night": False, "answered": "",
}  # fmt: skip


def together(world: World) -> dict[str, str]:
    by, at = world.staff["bakyt"], timezone.now()
    day = timezone.localdate(at)
    point = cooperation.save_point(
        phone="+7 701 000 0000", night=True, line="", languages=[], function="duty", title="x", email="", hours="",
        by=by, at=at,
    )  # fmt: skip
    corridor = cooperation.save_corridor(origin="XA", destination="XB", works={}, note="", by=by, at=at)
    practice = cooperation.write_practice(language="en", title="x", need="x", done="x", by=by, at=at)
    meeting = cooperation.save_meeting(title="x", held_on=day, place="", agenda="", by=by, at=at)
    decision = cooperation.add_decision(
        meeting=meeting, text="x", owner=str(world.staff["amina"].pk), due_on=day, by=by, at=at
    )
    told = ReceivedEntry.objects.create(
        society=by.society, teller=world.societies["south"], kind="practice", entry=practice.pk, content=SAID,
        as_of=at, received_on=day, for_review=True,
    )  # fmt: skip
    office = ReceivedEntry.objects.create(
        society=by.society, teller=world.societies["south"], kind="point", entry=point.pk, content=OFFICE,
        as_of=at, received_on=day,
    )  # fmt: skip
    guest = world.staff["dana"]
    seat = cooperation.give_seat(
        guest=str(guest.pk), organisation="x", kind="ngo", until=day + timedelta(days=90), by=by, at=at
    )
    cooperation.show_to_guest(seat=seat, entries=[str(corridor.pk)], by=by, at=at)
    question = cooperation.ask(entry=corridor.pk, text="x", by=guest, at=at)
    return {
        "contact_office": str(point.pk),
        "corridor": str(corridor.pk),
        "good_practice": str(practice.pk),
        "told_practice": str(told.pk),
        "told_office": str(office.pk),
        "network_meeting": str(meeting.pk),
        "decision": str(decision.pk),
        "seat": str(seat.pk),
        "guest_question": str(question.pk),
    }


def some(world: World, title: str) -> None:
    """One more of each, North's own and told by South."""
    by, at = world.staff["bakyt"], timezone.now()
    day = timezone.localdate(at)
    cooperation.save_point(
        phone="+7 7172 000000", night=True, line="", languages=["ru"], function="duty", title=title, email="", hours="",
        by=by, at=at,
    )  # fmt: skip
    cooperation.write_practice(
        language="en", title=title, need="x", done="x", elements=["shelter"], by=by, at=at
    )
    meeting = cooperation.save_meeting(title=title, held_on=day, place="", agenda="", by=by, at=at)
    cooperation.add_decision(meeting=meeting, text="x", owner=str(by.pk), due_on=day, by=by, at=at)
    corridor = {"from": "XA", "to": "XB", "works": {"legal": "works"}, "note": ""}
    told = {"society": by.society, "teller": world.societies["south"], "as_of": at, "received_on": day}
    ReceivedEntry.objects.create(kind="corridor", entry=uuid4(), content=corridor, **told)
    ReceivedEntry.objects.create(
        kind="practice", entry=uuid4(), content=SAID | {"elements": ["shelter"]}, **told
    )


def guest_of(world: World) -> None:
    """Dana comes from a partner without a node: she is a guest of North."""
    staff = accounts.add_colleague(
        society=world.societies["north"], username="dana", name="Dana", roles=["guest"], at=world.at
    )
    vault.make_staff_key(staff=staff, passphrase="six made up words of hers", code="00" * 16, at=world.at)
    opened = sign_in.check_passphrase(username="dana", passphrase="00" * 16, at=world.at, with_code=True)
    world.staff["dana"], world.seeds["dana"] = staff, opened.seed
