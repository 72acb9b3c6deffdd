"""A referral across a border from first screen to last: what crosses, what stays, what each side sees."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from panah.ground.accounts.models import Staff
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.envelope import Envelope, Header, bundle
from panah.ground.exchange.models import Outgoing
from panah.ground.foundation import tenancy
from panah.ground.network.models import Society
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.work.queries import alarms_for, items_of
from panah.people.cases import actions as cases
from panah.people.consent import queries as consent_queries
from panah.people.inbox import actions as inbox
from panah.people.referrals import actions as referrals
from panah.people.referrals.models import Referral
from tests.in_danger import gone_on_with, says_danger
from tests.referrals.across import AGREED, CALLED, MEETING, STAYS, Story, agree, packet_of, soon, text_of
from tests.referrals.withdrawing import withdraw


@pytest.fixture
def story(world, paired):
    return Story.begun(world)


def state(direction: str) -> str:
    return Referral.objects.get(direction=direction).state


def test_a_society_is_called_as_whoever_reads_calls_it_on_both_sides(story):
    story.first(Story.accepted)
    for name, its in {"north": "Учебное общество «Север»", "south": "Учебное общество «Юг»"}.items():
        Society.objects.filter(slug=f"practice-{name}").update(name_ru=its)
    Staff.objects.update(language="ru")
    for reader, other, page in ((story.amina, "Юг", story.here), (story.daler, "Север", story.there)):
        for address in (page, page.rsplit("/", 2)[0] + "/"):
            read = text_of(reader.get(address))
            assert f"Учебное общество «{other}»" in read and "Practice Society" not in read, address
    agreed = text_of(story.daler.get(f"/cases/{story.theirs.number}/consent/"))
    assert "согласие получено: Учебное общество «Север»" in agreed and "asked by" not in agreed


def test_a_person_is_offered_accepted_met_and_followed_from_both_colleagues_screens(story):
    seen_before = story.prepare()
    assert CALLED in packet_of(seen_before)
    assert STAYS not in text_of(seen_before)
    assert story.seal().status_code == 302
    assert story.deliver() == 1
    came = story.open_offer()
    assert packet_of(came) == packet_of(story.amina.get(story.here)) == packet_of(seen_before)
    page = story.accept()
    assert CALLED in text_of(page)
    assert story.theirs.language == "uz"
    identity = text_of(story.daler.post(f"/cases/{story.theirs.number}/identity/", {"purpose": "meet"}))
    assert CALLED in identity
    assert STAYS not in identity
    assert "asked by" in text_of(story.daler.get(f"/cases/{story.theirs.number}/consent/"))
    story.deliver()
    assert state("out") == "offered", "nobody in the north has read it"
    read = text_of(story.does("amina", "take_up"))
    assert "a bed from Monday" in read
    assert state("out") == "accepted"
    story.does("amina", "meeting", **MEETING)
    story.deliver()
    proposed = text_of(story.does("daler", "take_up"))
    assert "the bakery behind the station" in proposed
    assert "proposed by them" in proposed
    for page in (
        proposed,
        text_of(story.amina.get(story.here)),
        text_of(story.amina.get(story.here.rsplit("/", 2)[0] + "/")),
    ):
        assert "meeting proposed" in page
        assert "meeting agreed" not in page.casefold().replace("is this meeting agreed?", "")
    story.does("daler", "confirm")
    story.deliver()
    agreed = text_of(story.does("amina", "take_up"))
    assert "agreed by both" in agreed and "meeting agreed" in agreed
    alarms = set(Referral.objects.values_list("alarm_at", flat=True))
    assert len(alarms) == 1
    assert None not in alarms
    story.does(
        "amina",
        "travel",
        what="delayed",
        note="a later train",
        **{k: v for k, v in MEETING.items() if k.startswith("when_")} | {"when_time": "12:00"},
    )
    story.deliver()
    assert "a later train" in text_of(story.does("daler", "take_up"))
    (moved,) = set(Referral.objects.values_list("alarm_at", flat=True))
    assert moved not in alarms
    story.does("daler", "travel", what="arrived", note="an earlier train", **soon(0))
    met = text_of(story.does("daler", "met", met="yes", note="in good health"))
    assert "The first three days" in met
    story.deliver()
    assert (state("in"), state("out")) == ("met", "meeting"), "nobody in the north has read it"
    assert "in good health" in text_of(story.does("amina", "take_up"))
    assert (state("in"), state("out")) == ("met", "met")
    assert not Referral.objects.filter(met_at=None).exists(), "both sides know in which month they met"
    incoming = Referral.objects.get(direction="in")
    assert len(items_of(incoming.pk, purpose="outcome")) == 4
    story.does(
        "daler",
        "share",
        outcome="helped",
        person="sleeps well",
        society="secret of South",
        agreed="",
        final="",
    )
    story.does("daler", "share", outcome="helped", person="has work", society="", agreed="on", final="on")
    story.deliver()
    told = text_of(story.does("amina", "take_up"))
    assert "has work" in told
    assert "sleeps well" not in told
    assert "secret of South" not in told
    assert "does not want it told" in told
    assert state("in") == "done"
    here, there = (text_of(b.get(p)) for b, p in ((story.amina, story.here), (story.daler, story.there)))
    shared = ["A person is referred to you", "Your referral was accepted", "They met", "How it went on"]
    for page in (here, there):
        beside = page[page.index("Both sides see this") : page.index("Happened")]
        assert [beside.count(one) for one in shared] == [1, 1, 1, 2]


def test_danger_in_an_offer_calls_on_until_somebody_goes_on_with_it(story):
    story.prepare()
    assert story.seal().status_code == 302
    story.deliver()
    (arrival,) = story.arrivals(kind="referral-offered")
    alarm = says_danger(arrival, at=timezone.now())
    assert "I go on with it" in text_of(story.open_offer())
    gone_on_with(arrival, alarm, story.rustam, story.offer)
    assert "a bed from Monday" in text_of(story.accept()), "and it is answered like every offer"


def test_what_was_not_agreed_to_is_not_in_the_body_that_crosses(story, world):
    story.prepare()
    story.seal()
    story.deliver()
    (arrival,) = story.arrivals()
    content = inbox.open_arrival(
        keys=world.keys("rustam"), arrival=arrival, by=world.staff["rustam"], at=timezone.now()
    )
    whole = json.dumps(content, ensure_ascii=False)
    assert STAYS not in whole
    assert "Feminine" not in whole
    assert story.case.number not in whole
    assert set(content["values"]) == set(AGREED)
    assert content["codes"] == {}
    assert content["language"] == "uz"
    preview = packet_of(story.amina.get(story.here))
    for value in (*content["values"].values(), content["need"], content["wish"]):
        assert value in preview


def test_without_consent_nothing_leaves_and_with_a_risk_to_life_the_receiver_reads_why(world, paired):
    story = Story(world, fields=None)
    page = text_of(story.prepare(needs=[]))
    assert "it cannot leave" in page
    refused = story.seal()
    assert "only a risk to life" in text_of(refused)
    assert Referral.objects.get().state == "draft"
    assert story.seal(life="no medicine since Sunday").status_code == 302
    assert {i.owner.username for i in items_of(Referral.objects.get().pk, purpose="life")} == {
        "bakyt",
        "saule",
    }
    story.deliver()
    came = text_of(story.open_offer())
    assert "no medicine since Sunday" in came
    assert "sent without consent" in came
    assert CALLED not in came


def test_a_child_does_not_leave_without_assessment_guardian_and_authority(world, paired):
    story = Story(world, age="child", fields=None)
    agree(world, story.case, guardian="representative")
    keys, at = world.keys("amina"), timezone.now()
    page = text_of(story.prepare(authority=""))
    assert "best-interests assessment is not written" in page
    assert "No guardian or representative" in page
    assert "Nobody is named to call" in page
    assert "is not referred across a border" in text_of(story.seal())
    cases.write_best_interests(
        keys=keys, case=story.case, which="assessment", text={"text": "home is safe"}, at=at
    )
    cases.write_guardian(keys=keys, case=story.case, guardian={"name": "An aunt", "involved": "no"}, at=at)
    assert "competent authority" in text_of(story.seal())
    story.prepare(authority="Practice child protection, +000 555")
    assert story.seal().status_code == 302
    story.deliver()
    came = packet_of(story.open_offer())
    assert "Practice child protection" in came
    assert "known not to be involved" in came
    assert "An aunt" not in came
    assert "home is safe" not in came
    story.accept()
    assert story.theirs.age_group == "child"


def test_a_decline_tells_why_and_who_else_could_help_and_destroys_what_came(
    story, django_capture_on_commit_callbacks
):
    story.prepare()
    story.seal()
    story.deliver()
    story.open_offer()
    with django_capture_on_commit_callbacks(using="default", execute=True):
        no = {"step": "decline", "reason": "full", "note": "ask again in June"}
        assert story.rustam.post(story.offer, no).status_code == 302
    (arrival,) = story.arrivals()
    assert not arrival.kept
    assert vault.load_blob(kind="arrived", key=arrival.pk) is None
    story.deliver()
    read = text_of(story.does("amina", "take_up"))
    assert state("out") == "declined"
    assert "no place now" in read
    assert "ask again in June" in read
    assert Referral.objects.filter(direction="in").count() == 0


def test_a_question_is_answered_with_what_the_person_agreed_to_and_nothing_else(world, paired):
    story = Story(world, fields=(*AGREED, "family"))
    story.prepare()
    story.seal()
    story.deliver()
    story.open_offer()
    assert story.rustam.post(story.offer, {"step": "ask", "text": "Who comes along?"}).status_code == 302
    story.deliver()
    assert "Who comes along?" in text_of(story.does("amina", "take_up"))
    assert state("out") == "more_asked"
    story.does("amina", "tell", text="one child", tell_family="a son of three", tell_story="everything")
    story.deliver()
    told = story.arrivals(kind="referral-told")[0]
    assert "They have answered what we asked" in text_of(story.rustam.get(story.offer))
    story.rustam.post(f"/inbox/{told.pk}/open/")
    beside = text_of(story.rustam.get(story.offer))
    assert "a son of three" in beside
    assert "everything" not in beside
    page = text_of(story.accept())
    assert CALLED in page
    notes = text_of(story.daler.get(f"/cases/{story.theirs.number}/"))
    assert "a son of three" in notes


def test_a_withdrawal_before_it_left_stops_it_and_nothing_of_the_person_arrives(story):
    story.prepare()
    story.seal()
    assert "still on its way: it is stopped" in withdraw(story)
    story.deliver()
    assert [a.kind for a in story.arrivals()] == []
    assert state("out") == "withdrawn"
    assert items_of(Referral.objects.get().pk) == []


def test_a_withdrawal_before_it_is_opened_deletes_it_there_with_nobody_logged_in(
    story, django_capture_on_commit_callbacks
):
    story.prepare()
    story.seal()
    story.deliver()
    assert "they are told at once" in withdraw(story)
    with django_capture_on_commit_callbacks(using="default", execute=True):
        story.deliver()
    (arrival,) = story.arrivals()
    assert arrival.state == "withdrawn"
    assert vault.load_blob(kind="arrived", key=arrival.pk) is None
    assert "Accept" not in text_of(story.rustam.get(f"/inbox/{arrival.pk}/"))


def test_a_withdrawal_that_overtakes_its_offer_blocks_it(story):
    story.prepare()
    story.seal()
    offer = Outgoing.objects.get(kind="referral-offered")
    body = vault.load_blob(kind="sent", key=offer.pk)
    header = bytes(offer.header)
    late = bundle([Envelope(Header.unpack(header), header, body, bytes(offer.signature)).pack()])
    withdraw(story)
    story.deliver()
    exchange.receive(late, at=timezone.now())
    assert story.arrivals() == []
    told = text_of(story.amina.get(story.here))
    assert "A consent was withdrawn" in told


def test_a_withdrawal_after_acceptance_shows_what_must_be_erased_and_the_sender_hears_it(story, world):
    story.first(Story.accepted)
    keys = world.keys("daler")
    cases.write_identity(
        keys=keys,
        case=story.theirs,
        identity={
            **vault_queries.value_of(keys=keys, file=story.theirs.file_id, part="identity"),
            "addresses": [{"text": "what the person told Daler"}],
        },
        at=timezone.now(),
    )
    withdraw(story)
    story.deliver()
    incoming = Referral.objects.get(direction="in")
    assert incoming.state == "withdrawn"
    (due,) = items_of(incoming.pk)
    assert (due.purpose, due.urgency, due.owner.username) == ("erase", "now", "daler")
    assert "There is no ground any more for keeping what came" in text_of(story.daler.get(story.there))
    came = f"{story.there}came/"
    assert CALLED in text_of(story.daler.get(came))
    no_ground = story.daler.post(came, {"how": "kept_own", "ground": ""})
    assert "needs a ground of our own" in text_of(no_ground)
    assert story.daler.post(came, {"how": "erased", "ground": ""}).status_code == 302
    fresh = world.keys("daler")
    parts = {
        name: vault_queries.read_all(keys=fresh, file=story.theirs.file_id, part=name)
        for name in ("identity", "codes", "need", "note", "referral", "consent")
    }
    whole = json.dumps({n: [p.value for p in rows] for n, rows in parts.items()}, ensure_ascii=False)
    assert CALLED not in whole
    assert "+000111222" not in whole
    assert "what the person told Daler" in whole
    assert items_of(incoming.pk) == []
    story.deliver()
    assert "Erase what came" in text_of(story.does("amina", "take_up"))


def test_what_is_kept_on_an_own_ground_is_told_without_the_ground(story):
    story.first(Story.accepted)
    withdraw(story)
    story.deliver()
    ground = "agreed with us on Tuesday"
    assert story.daler.post(f"{story.there}came/", {"how": "kept_own", "ground": ground}).status_code == 302
    story.deliver()
    read = text_of(story.does("amina", "take_up"))
    assert "They keep it on a ground of their own" in read
    assert ground not in read


def test_half_an_hour_after_the_arrival_the_alarm_rings_on_both_sides_each_by_itself(story, world):
    story.first(Story.accepted)
    story.does("amina", "meeting", **MEETING)
    story.deliver()
    story.does("daler", "take_up")
    story.does("daler", "confirm")
    rings = Referral.objects.get(direction="in").alarm_at
    for name in ("north", "south"):
        with tenancy.tenant_context(world.societies[name].pk):
            assert referrals.raise_due_alarms(at=rings - timedelta(minutes=1)) == 0
    for name in ("north", "south"):
        with tenancy.tenant_context(world.societies[name].pk):
            assert referrals.raise_due_alarms(at=rings) == 1
            assert referrals.raise_due_alarms(at=rings + timedelta(minutes=1)) == 0
    for who, direction in (("bakyt", "out"), ("rustam", "in")):
        row = Referral.objects.get(direction=direction)
        assert row.pk in [a.subject for a in alarms_for(to=world.staff[who])]


def test_not_met_on_one_side_rings_on_the_other_and_shows_the_fallback_on_top(story, world):
    story.first(Story.accepted)
    story.does("amina", "meeting", **MEETING)
    story.deliver()
    story.does("daler", "take_up")
    page = text_of(story.does("daler", "met", met="no", note="waited an hour"))
    assert "Now, in this order" in page
    assert page.index("Nobody was met") < page.index("call Bakyt and wait")
    story.deliver()
    assert state("out") == "not_met"
    assert Referral.objects.get(direction="out").pk in [
        a.subject for a in alarms_for(to=world.staff["bakyt"])
    ]
    late = text_of(story.amina.get(story.here))
    assert "What was agreed for this: call Bakyt and wait in the bakery" in late
    assert "waited an hour" in text_of(story.does("amina", "take_up"))


def test_either_side_may_say_after_all_that_it_cannot(story, world):
    story.first(Story.accepted)
    story.does("daler", "after_all", reason="not_safe", note="the street is watched")
    story.deliver()
    assert "the street is watched" in text_of(story.does("amina", "take_up"))
    assert (state("in"), state("out")) == ("declined", "declined")


def test_when_the_pairing_has_ended_what_happened_is_written_down_and_they_are_telephoned(story, world):
    story.first(Story.accepted)
    exchange.end_pairing(
        peer=Referral.objects.get(direction="out").peer,
        why="not-needed",
        by=world.staff["bakyt"],
        at=timezone.now(),
    )
    story.does("amina", "meeting", **MEETING)
    assert state("out") == "meeting"
    (call,) = items_of(Referral.objects.get(direction="out").pk, purpose="by_phone")
    assert call.kind == "call"


@pytest.mark.parametrize("name", ["amina", "daler", "elena"])
def test_an_offer_is_nothing_to_whoever_may_not_open_it(story, world, name):
    story.prepare()
    story.seal()
    story.deliver()
    (arrival,) = story.arrivals()
    browser = world.client(name)
    theirs, none = (browser.get(f"/cases/offers/{pk}/") for pk in (arrival.pk, uuid4()))
    assert (theirs.status_code, theirs.content) == (404, none.content)


def test_nothing_of_the_person_stands_in_the_tables_or_the_store(story, world):
    story.first(Story.accepted)
    story.does("amina", "meeting", **MEETING)
    story.deliver()
    needles = (
        CALLED,
        "someone who meets the person",
        "bakery behind the station",
        "a bed from Monday",
        "evenings",
    )
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = repr(
                    [[bytes(c) if isinstance(c, memoryview) else c for c in r] for r in cursor.fetchall()]
                )
                for needle in needles:
                    assert needle not in rows, (table, needle)


def test_health_and_papers_are_told_of_a_meeting_only_where_the_person_agreed(story, world):
    story.first(Story.accepted)
    page = story.amina.get(story.here).content.decode()
    assert 'name="medical"' not in page
    assert 'name="papers"' not in page
    story.does("amina", "meeting", **MEETING | {"medical": "insulin", "papers": "passport"})
    story.deliver()
    read = text_of(story.does("daler", "take_up"))
    assert "bakery" in read
    assert "insulin" not in read
    assert "passport" not in read


def test_an_answer_sealed_before_the_case_was_known_is_read_by_whoever_holds_the_intake_key(world, paired):
    story = Story(world, fields=(*AGREED, "family"))
    story.prepare()
    story.seal()
    story.deliver()
    story.open_offer()
    story.rustam.post(story.offer, {"step": "ask", "text": "Who comes along?"})
    story.deliver()
    story.does("amina", "take_up")
    story.accept()
    story.does("amina", "tell", text="a son", tell_family="a son of three")
    story.deliver()
    for page in (story.daler.get(story.there), story.daler.post(story.there, {"step": "take_up"})):
        assert "These colleagues hold that key and this case: Malika, Rustam" in text_of(page)
        assert "a son of three" not in text_of(page)
    read = story.rustam.post(story.there, {"step": "take_up"})
    assert read.status_code == 302
    assert "a son of three" in text_of(story.daler.get(story.there))


def test_the_person_may_withdraw_with_either_society(story, world):
    story.first(Story.accepted)
    keys = world.keys("daler")
    (answer,) = [
        a
        for a in consent_queries.latest(keys=keys, file=story.theirs.file_id)
        if a.consent.purpose == "assistance"
    ]
    address = f"/cases/{story.theirs.number}/consent/{answer.sealed.ref}/withdraw/"
    assert "referred the person here" in text_of(story.daler.get(address))
    today = timezone.localdate()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year, "words": ""}
    assert story.daler.post(address, day).status_code == 302
    story.deliver()
    assert (state("in"), state("out")) == ("withdrawn", "withdrawn")
    assert [i.purpose for i in items_of(Referral.objects.get(direction="in").pk)] == ["erase"]
    assert "The person withdrew the consent there" in text_of(story.amina.get(story.here))
    assert story.daler.post(f"{story.there}came/", {"how": "erased", "ground": ""}).status_code == 302
    story.deliver()
    assert "Erase what came" in text_of(story.does("amina", "take_up"))
    assert items_of(Referral.objects.get(direction="out").pk) == []


def test_long_texts_cross_the_border_to_the_last_letter_and_what_is_too_much_is_refused_and_stays(
    world, paired
):
    story = Story(world)
    needs = f"Beginning {'отдых ' * 3_300}end"
    story.prepare(tell_needs=needs)
    assert story.seal().status_code == 302
    story.deliver()
    assert needs in story.open_offer().content.decode()


def test_more_than_one_message_holds_is_refused_with_a_sentence_and_nothing_is_lost(world, paired):
    long = ("needs", "story", "health", "safety")
    story = Story(world, fields=(*AGREED, *long))
    text = "👩" * 20_000
    prepared = story.prepare(**{f"tell_{name}": text for name in long}).content.decode()
    assert prepared.count(text) >= len(long)
    answer = story.seal()
    assert "too much for one message" in text_of(answer)
    assert answer.content.decode().count(text) >= len(long)
    assert not Outgoing.objects.exists()
