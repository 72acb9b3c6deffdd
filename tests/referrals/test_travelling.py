# ruff: noqa: F811  fixtures of travelling.py are used here
"""While somebody travels, a withdrawal stops what is told, not the watching: on both sides, in both directions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.ground.accounts.models import Duty
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.envelope import bundle
from panah.ground.exchange.models import Incoming, Outgoing
from panah.ground.exchange.words import SAY_ONLY_THAT
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.work.models import Alarm
from panah.ground.work.queries import alarms_for, items_of
from panah.people.referrals import actions as referrals
from panah.people.referrals.models import Referral
from panah.people.referrals.rules import CUT_SHORT
from tests.referrals.across import CALLED, MEETING, Story, soon, text_of
from tests.referrals.forged import packed
from tests.referrals.giving_up import gives_up
from tests.referrals.travelling import meets, rings, story, unmet  # noqa: F401
from tests.referrals.withdrawing import withdraw

FAR = timedelta(days=800)


def rows() -> tuple[Referral, Referral]:
    """The rows of Amina's side and of Daler's."""
    return Referral.objects.get(direction="out"), Referral.objects.get(direction="in")


def due(row: Referral) -> set[str]:
    return {item.purpose for item in items_of(row.pk)}


def consent_withdrawn(story: Story) -> None:
    withdraw(story)


def referral_withdrawn(story: Story) -> None:
    assert gives_up(story).status_code == 302


def not_needed(story: Story) -> None:
    assert gives_up(story, "not_needed").status_code == 302


def consent_withdrawn_there(story: Story) -> None:
    """The person takes back at Daler's what was agreed to there."""
    page = story.daler.get(f"/cases/{story.theirs.number}/consent/").content.decode()
    address = page[: page.index("/withdraw/")].rsplit('"', 1)[1] + "/withdraw/"
    today = timezone.localdate()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year, "words": ""}
    assert story.daler.post(address, day).status_code == 302


def declined_there(story: Story) -> None:
    story.does("daler", "after_all", reason="not_safe", note="the street is watched")


ENDS = [consent_withdrawn, referral_withdrawn, not_needed, consent_withdrawn_there, declined_there]


@pytest.mark.parametrize("end", ENDS)
def test_half_an_hour_after_the_arrival_it_still_rings_on_both_sides_whoever_took_what_back(story, end):
    known = [row.alarm_at for row in rows()]
    end(story)
    story.deliver()
    assert [row.alarm_at for row in rows()] == known
    for side, at in zip(("here", "there"), known, strict=True):
        Referral.objects.update(safe_by=None)
        assert not rings(story, side, at - timedelta(minutes=1))
        assert rings(story, side, at)


@pytest.mark.parametrize("end", ENDS)
def test_both_sides_are_asked_at_once_whether_the_person_is_safe(story, end):
    end(story)
    story.deliver()
    for row, who in zip(rows(), ("amina", "daler"), strict=True):
        (asked,) = items_of(row.pk, purpose="safe")
        assert (asked.urgency, asked.owner.username) == ("now", who)
        assert asked.due_at <= timezone.now()
        where = story.here if who == "amina" else story.there
        page = text_of(getattr(story, who).get(where))
        assert "Is the person safe?" in page
        assert "somebody may be on the way" in page.casefold()
        listed = text_of(getattr(story, who).get(where.rsplit("/", 2)[0] + "/"))
        assert "is the person safe?" in listed, "the list of the case says it before anything is opened"
        assert "Is the person safe? Ask" in text_of(getattr(story, who).get("/")), "and the day of the holder"
        locked = text_of(story.world.client(who, open_vault=False).get("/"))
        assert "Answer" in locked and "safe?" not in locked


def test_a_meeting_that_nobody_read_goes_on_ringing_after_it_was_withdrawn_and_can_still_be_read(unmet):
    meets(unmet, read=False)
    consent_withdrawn(unmet)
    unmet.deliver()
    now = timezone.now()
    _, there = rows()
    assert there.read_by is not None
    assert rings(unmet, "there", now + timedelta(minutes=16))
    assert "the bakery behind the station" in text_of(unmet.does("daler", "take_up"))
    _, there = rows()
    assert there.alarm_at is not None


# -- only words end it -------------------------------------------------------------------------


def says(story: Story, who: str, how: str, note: str):
    where = story.here if who == "amina" else story.there
    return getattr(story, who).post(where, {"step": "safe", "how": how, "note": note})


def test_unanswered_the_question_rings_and_rings_again(story):
    consent_withdrawn(story)
    story.deliver()
    now = timezone.now()
    assert not rings(story, "there", now + timedelta(minutes=10))
    assert rings(story, "there", now + timedelta(minutes=16))
    assert rows()[1].safe_by == now + timedelta(minutes=46)


def test_only_an_answer_in_words_ends_the_question_and_the_watch(story):
    consent_withdrawn(story)
    story.deliver()
    refused = says(story, "daler", "safe", "  ")
    assert refused.status_code == 422
    assert rows()[1].safe_by is not None
    assert says(story, "daler", "safe", "spoke with the person at noon, with an aunt now").status_code == 302
    here, there = rows()
    assert (there.safe_by, there.alarm_at, there.read_by) == (None, None, None)
    assert due(there) == {"erase"}
    assert not rings(story, "there", timezone.now() + FAR)
    assert "with an aunt now" in text_of(story.daler.get(story.there))
    # What was answered there is told to nobody, and ends nothing here.
    story.deliver()
    assert (here.alarm_at, here.safe_by) == (rows()[0].alarm_at, rows()[0].safe_by)
    assert "with an aunt now" not in text_of(story.amina.get(story.here))


def test_still_on_the_way_ends_the_question_until_half_an_hour_after_the_arrival(story):
    consent_withdrawn(story)
    alarm = rows()[0].alarm_at
    assert says(story, "amina", "on_the_way", "rang from the train").status_code == 302
    row = rows()[0]
    assert (row.safe_by, row.alarm_at) == (None, alarm)
    assert not rings(story, "here", alarm - timedelta(minutes=1))
    assert rings(story, "here", alarm)
    assert "safe" in due(rows()[0]), "and it is asked again"


def test_not_safe_calls_the_duty_at_once_and_asks_the_other_side_once_more(story):
    consent_withdrawn(story)
    story.deliver()
    assert says(story, "daler", "on_the_way", "rang from the train").status_code == 302
    assert rows()[1].safe_by is None
    assert says(story, "amina", "not_safe", "the telephone was taken away").status_code == 302
    assert rows()[0].pk in [a.subject for a in alarms_for(to=story.world.staff["bakyt"])]
    story.deliver()
    assert rows()[1].safe_by is not None
    assert "safe" in due(rows()[1])
    assert "safe" in due(rows()[0])


def test_whoever_is_called_in_and_cannot_open_the_case_reads_whom_to_telephone(unmet, world):
    for who, what in (("elena", "danger"), ("gulnar", "danger_second")):
        hours = {
            "starts_at": timezone.now() - timedelta(hours=1),
            "ends_at": timezone.now() + timedelta(hours=3),
        }
        Duty.objects.create(society=world.societies["north"], staff=world.staff[who], what=what, **hours)
    meets(unmet)
    consent_withdrawn(unmet)
    assert says(unmet, "amina", "not_safe", "nobody was at the station").status_code == 302
    [alarm] = Alarm.objects.filter(room="referrals", first=world.staff["elena"])
    elena, address = world.client("elena"), f"/calls/alarms/{alarm.pk}/"
    page = elena.get(address).content.decode()
    assert "may be on the way and may not be safe" in page
    assert "can open the case" in page and "Amina" in page
    assert unmet.case.number not in page
    page = elena.post(address, follow=True).content.decode()
    assert "Open what it is about" not in page and unmet.here not in page
    assert "can open the case" in page
    page = world.client("bakyt").post(address, follow=True).content.decode()
    assert "Open what it is about" in page and unmet.here in page


def test_who_could_not_find_out_is_asked_again_in_half_an_hour(story):
    consent_withdrawn(story)
    assert says(story, "amina", "not_known", "nobody answers").status_code == 302
    (again,) = items_of(rows()[0].pk, purpose="safe")
    assert timedelta(minutes=29) < again.due_at - timezone.now() <= timedelta(minutes=30)
    assert rows()[0].safe_by is not None


def test_what_asks_the_other_side_names_nobody_and_says_nothing_but_its_kind(story):
    consent_withdrawn(story)
    asked = Outgoing.objects.get(kind="safety-asked")
    header = bytes(asked.header).decode()
    assert '"key":"nothing"' in header
    assert asked.urgency == "now"
    assert CALLED not in header
    assert story.case.number not in header
    assert '"key":"nothing"' in bytes(Outgoing.objects.get(kind="consent-withdrawn").header).decode()
    story.deliver()
    assert Incoming.objects.get(kind="safety-asked").code == "taken"


def test_where_nobody_knows_whom_it_is_about_the_sender_is_told_and_telephones(unmet):
    """South accepted by telephone alone: its node has an offer and no case."""
    unmet.prepare()
    unmet.seal()
    unmet.deliver()
    unmet.does("amina", "answer", answer="accepted", reason="", note="")
    unmet.does("amina", "meeting", **MEETING | soon(5))
    unmet.deliver()
    consent_withdrawn(unmet)
    unmet.deliver()
    row = Referral.objects.get()
    assert "safe" in due(row)
    assert Outgoing.objects.get(kind="safety-asked").state == "stuck"
    with tenancy.tenant_context(unmet.world.societies["north"].pk):
        referrals.say_held_up(at=timezone.now() + timedelta(minutes=3))
    assert "no_line" in due(row)
    assert "The other side has NOT been told yet" in text_of(unmet.amina.get(unmet.here))


# -- what is erased, closed ----------------------------------------------------------------------


def test_whoever_erases_what_came_still_knows_when_and_where_until_the_person_is_safe(story, world):
    consent_withdrawn(story)
    story.deliver()
    came = f"{story.there}came/"
    assert story.daler.post(came, {"how": "erased", "ground": ""}).status_code == 302
    page = text_of(story.daler.get(story.there))
    assert CALLED not in page
    assert "the bakery behind the station" in page
    there = rows()[1]
    assert None not in (there.alarm_at, there.safe_by)
    assert says(story, "daler", "safe", "home again, the line there knows").status_code == 302
    kept = vault_queries.read(
        keys=world.keys("daler"), file=story.theirs.file_id, part="referral", ref=there.pk
    )
    assert "meeting" not in kept.value


@pytest.mark.parametrize("end", [consent_withdrawn, not_needed])
def test_a_case_is_not_closed_while_nobody_has_said_that_the_person_is_safe_and_the_page_says_so(story, end):
    before = text_of(story.amina.get(f"/cases/{story.case.number}/close/"))
    assert "somebody is on the way" in before
    end(story)
    closing = {"reason": "other", "text": "done", "own_view": ""}
    refused = text_of(story.amina.post(f"/cases/{story.case.number}/close/ask/", closing))
    assert "nobody has written down whether the person is safe" in refused
    says(story, "amina", "safe", "spoke with the person")
    after = text_of(story.amina.get(f"/cases/{story.case.number}/close/"))
    assert "whether the person is safe" not in after


def test_a_case_is_not_erased_while_somebody_is_on_the_way(story, world):
    consent_withdrawn(story)
    with pytest.raises(Refusal) as refused:
        vault.erase(keys=world.keys("amina"), file=story.case.file_id, at=timezone.now())
    assert refused.value.code == "on-the-way"
    assert rows()[0].alarm_at is not None
    says(story, "amina", "safe", "spoke with the person")
    vault.erase(keys=world.keys("amina"), file=story.case.file_id, at=timezone.now())


def test_whoever_was_met_is_asked_about_no_more(story):
    story.does("daler", "travel", what="arrived", note="", **soon(0))
    story.does("daler", "met", met="yes", note="")
    story.deliver()
    story.does("amina", "take_up")
    consent_withdrawn(story)
    story.deliver()
    for row in rows():
        assert (row.alarm_at, row.read_by, row.safe_by) == (None, None, None)
        assert "safe" not in due(row)


# -- older words -------------------------------------------------------------------------------


def test_news_that_arrives_late_and_is_older_than_what_was_read_moves_no_alarm(story):
    story.does("amina", "travel", what="delayed", note="an hour later", **soon(9))
    late = packed(Outgoing.objects.latest("created_at"))
    Outgoing.objects.filter(kind="travel").delete()
    story.does("amina", "travel", what="left", note="earlier after all", **soon(3))
    story.deliver()
    story.does("daler", "take_up")
    known = rows()[1].alarm_at
    exchange.receive(bundle([late]), at=timezone.now())
    page = text_of(story.does("daler", "take_up"))
    assert "an hour later" in page, "what came is shown"
    assert rows()[1].alarm_at == known


# Everything that can be said in a conversation, but that they met.
SAID = [
    "referral-accepted", "referral-declined", "referral-more-asked", "referral-told", "meeting-agreed", "travel",
    "not-met", "outcome", "erased", "consent-withdrawn", "not-needed", "safety-asked",
]  # fmt: skip


@pytest.mark.parametrize("to", ["here", "there"])
def test_no_message_in_whatever_order_silences_an_alarm(story, world, to):
    writer = world.keys("daler" if to == "here" else "amina")
    direction, back = ("out", "in") if to == "here" else ("in", "out")
    peer = Referral.objects.get(direction=back).peer
    conversation = rows()[0].conversation
    envelopes = []
    for kind in SAID:
        silent = kind in SAY_ONLY_THAT
        row = exchange.send(
            keys=writer, peer=peer, kind=kind, conversation=conversation, at=timezone.now(), urgency="now",
            content={} if silent else {"v": 1, "note": ""},
        )  # fmt: skip
        envelopes.append(packed(row))
    society = world.societies["north" if to == "here" else "south"].pk
    alarm = Referral.objects.get(direction=direction).alarm_at

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from(envelopes), min_size=1, max_size=14))
    def whatever_comes(pieces):
        with transaction.atomic():
            asked = read = False
            for piece in pieces:
                exchange.receive(bundle([piece]), at=timezone.now())
                now = Referral.objects.get(direction=direction)
                assert now.alarm_at == alarm
                assert now.safe_by is not None or not asked, "a question is never taken off"
                assert now.read_by is not None or not read, "what lies unread still rings"
                asked, read = now.safe_by is not None, now.read_by is not None
                assert ("safe" in due(now)) == asked
            ended = Referral.objects.get(direction=direction).state in CUT_SHORT
            assert asked or not ended, "whoever takes back while somebody travels is asked about the person"
            with tenancy.tenant_context(society):
                assert referrals.raise_due_alarms(at=alarm) == 1
            transaction.set_rollback(True)

    whatever_comes()


# -- without a Panah there ---------------------------------------------------------------------


@pytest.mark.parametrize("why", ["person", "mistake", "not_needed"])
def test_without_a_panah_there_the_script_asks_first_whether_the_person_is_safe(world, why):
    story = Story(world)
    story.prepare()
    story.amina.post(story.here, {"step": "send", "way": "letter", "read": "on"})
    story.does("amina", "answer", answer="accepted", reason="", note="")
    story.does("amina", "meeting", **MEETING | soon(5), stands="agreed")
    page = text_of(story.amina.get(f"{story.here}give-up/"))
    assert "Somebody may be on the way" in page
    assert gives_up(story, why).status_code == 302
    row = Referral.objects.get()
    assert row.alarm_at is not None
    call = "by_phone" if why == "not_needed" else "tell_withdrawn"
    assert {"safe", "meet", call} <= due(row)
    script = text_of(story.amina.get(f"{story.here}script/"))
    assert "First: is the person safe?" in script
    assert ("erase all of it" in script) == (why != "not_needed")
    assert says(story, "amina", "safe", "they met an hour ago").status_code == 302
    assert due(Referral.objects.get()) == {call}
