"""The pages of pairing: two focal points on two telephones, from the first card to the end of a pairing."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from panah.ground.exchange import actions as exchange
from panah.ground.exchange import cards, http_client
from panah.ground.exchange.models import Outgoing, OwnCard, Peer
from panah.ground.exchange.words import MessageKind, PeerState, SendingState
from tests.conftest import card_of

NOW = timezone.now


def text_of(response):
    return html.unescape(response.content.decode())


def words_on(page):
    """The six words of the one list of words, as who reads English sees them."""
    (shown,) = re.findall(r'<ol class="share-words">(.*?)</ol>', page, re.DOTALL)
    words = re.findall(r"<li>([a-z]+)</li>", shown)
    assert len(words) == 6 == shown.count("<li")
    return " ".join(words)


@pytest.fixture
def bakyt_at(world):
    return world.client("bakyt")


@pytest.fixture
def rustam_at(world):
    return world.client("rustam")


def shows_card(client):
    """A focal point shows the card; returns its text and the words on the page."""
    assert client.post("/exchange/card/", {"address": "https://panah.example"}).status_code == 302
    page = text_of(client.get("/exchange/card/"))
    found = re.search(r"-----BEGIN PANAH CARD-----.*-----END PANAH CARD-----", page, re.DOTALL)
    return found[0], words_on(page)


# ---- pairing ---------------------------------------------------------------------------------------


def test_bakyt_and_rustam_pair_their_societies_by_telephone(world, bakyt_at, rustam_at):
    (of_north, said_by_bakyt), (of_south, said_by_rustam) = shows_card(bakyt_at), shows_card(rustam_at)
    for client, text, heard, own in (
        (bakyt_at, of_south, said_by_rustam, said_by_bakyt),
        (rustam_at, of_north, said_by_bakyt, said_by_rustam),
    ):
        theirs = "practice-south" if client is bakyt_at else "practice-north"
        to = client.post("/exchange/pair/", {"society": theirs, "text": text})
        assert to.status_code == 302, text_of(to)
        page = text_of(client.get(to["Location"]))
        assert words_on(page) == own, "her own words are there to be read aloud"
        assert heard not in page
        done = client.post(to["Location"], {"words": heard}, follow=True)
        assert "The words are the same" in text_of(done)
    assert set(Peer.objects.values_list("state", flat=True)) == {PeerState.PAIRED}
    assert "can be written to" in text_of(world.client("amina").get("/exchange/"))


def test_wrong_words_keep_what_was_typed_and_say_what_to_do(world, bakyt_at):
    peer = exchange.take_card(keys=world.keys("bakyt"), raw=card_of(world, "rustam", NOW()), at=NOW())
    answer = bakyt_at.post(
        f"/exchange/{peer.pk}/compare/", {"words": "acid adapt adjust admit adult advance"}
    )
    page = text_of(answer)
    assert answer.status_code == 422
    assert "These are not the six words" in page and "do not pair" in page
    assert "acid adapt adjust admit adult advance" in page


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "one of the three"),
        ({"text": "x", "address": "https://south.example"}, "one of the three"),
        ({"text": "hello"}, "no card of a society"),
        ({"address": "http://south.example"}, "no address under which"),
        ({"address": "https://south.example/path"}, "no address under which"),
    ],
)
def test_what_is_no_card_is_told_in_a_sentence(bakyt_at, given, says):
    answer = bakyt_at.post("/exchange/pair/", {"society": "practice-south"} | given)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not Peer.objects.exists()


def test_the_card_of_another_society_than_the_chosen_one_is_not_taken(world, bakyt_at):
    text = card_of(world, "rustam", NOW())
    answer = bakyt_at.post("/exchange/pair/", {"society": "practice-north", "text": text})
    assert answer.status_code == 422, "her own society is not even offered"
    file = SimpleUploadedFile("x.card", cards.read(text).pack())
    answer = bakyt_at.post("/exchange/pair/", {"society": "practice-south", "file": file})
    assert answer.status_code == 302


def test_a_card_is_fetched_from_the_address_and_nothing_else_comes_in_that_way(world, bakyt_at, monkeypatch):
    asked, shown = [], {}

    def get(address, path, *, largest):
        asked.append((address, path, largest))
        if "body" not in shown:
            raise http_client.NotReached("unreachable")
        return shown["body"]

    monkeypatch.setattr(http_client, "get", get)
    sent = {"society": "practice-south", "address": "https://south.example"}
    for body in (
        None,
        b"<html>secret of the intranet</html>",
        cards.read(card_of(world, "bakyt", NOW())).pack(),
    ):
        shown.update({"body": body} if body else {})
        page = text_of(bakyt_at.post("/exchange/pair/", sent))
        assert "No card of this society was found at this address" in page
        assert "intranet" not in page
    shown["body"] = cards.read(card_of(world, "rustam", NOW())).pack()
    assert bakyt_at.post("/exchange/pair/", sent).status_code == 302
    assert asked == [("https://south.example", "/exchange/v1/card/practice-south", cards.LARGEST)] * 4


# ---- the card at the door --------------------------------------------------------------------------


def test_the_card_is_shown_to_other_nodes_for_two_days_only(world, farid, bakyt_at):
    at = "/exchange/v1/card/practice-north"
    assert farid.get(at).status_code == 404
    shows_card(bakyt_at)
    answer = farid.get(at)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/octet-stream")
    assert cards.read(answer.content).society == "practice-north"
    assert not answer.cookies
    OwnCard.objects.update(open_until=NOW() - timedelta(seconds=1))
    assert farid.get(at).status_code == 404
    for other in ("practice-south", "nobody", "kyrgyzstan-red-crescent"):
        assert farid.get(f"/exchange/v1/card/{other}").status_code == 404


def test_the_card_can_be_taken_as_a_file_and_put_away(bakyt_at, farid):
    shows_card(bakyt_at)
    file = bakyt_at.get("/exchange/card/file")
    assert file["Content-Disposition"] == 'attachment; filename="practice-north.card"'
    assert cards.read(file.content).society == "practice-north"
    bakyt_at.post("/exchange/card/", {"do": "close"})
    assert bakyt_at.get("/exchange/card/file").status_code == 404
    assert farid.get("/exchange/v1/card/practice-north").status_code == 404


# ---- afterwards ------------------------------------------------------------------------------------


def test_rows_say_what_is_wrong_and_what_to_do(paired, bakyt_at):
    peer, now = Peer.objects.filter(pk=paired.north.pk), NOW()
    for change, says in (
        ({}, "go and come by themselves"),
        ({"failed_since": now, "failure": "unreachable"}, "Call them: is their node on?"),
        ({"failure": "untrusted"}, "certificate"),
        ({"failure": "not-paired"}, "have they paired with us"),
        ({"failure": "wrong-place"}, "take their card again"),
        ({"failed_since": None, "compare_by": now + timedelta(days=20)}, "almost a year ago"),
        ({"compare_by": now - timedelta(days=1)}, "more than a year ago"),
        ({"state": "blocked"}, "Nothing is taken from there"),
        ({"state": "ended"}, "take a new card"),
        ({"state": "waiting"}, "Call their focal point and compare"),
    ):
        peer.update(**change)
        assert says in text_of(bakyt_at.get("/exchange/"))
        assert says in text_of(bakyt_at.get(f"/exchange/{paired.north.pk}/"))


def test_blocking_and_letting_in_again(paired, bakyt_at, world):
    at = f"/exchange/{paired.north.pk}/"
    assert "withdrawals" in text_of(bakyt_at.get(f"{at}block/")).lower()
    assert bakyt_at.post(f"{at}block/", {}).status_code == 422
    page = bakyt_at.post(f"{at}block/", {"why": "strange"}, follow=True)
    assert "blocked by us" in text_of(page)
    assert "by telephone only" in text_of(world.client("amina").get("/exchange/"))
    page = bakyt_at.post(f"{at}unblock/", follow=True)
    assert "Let in again" in text_of(page)


def test_a_withdrawal_leaves_for_a_blocked_society_and_nothing_else_does(
    paired, bakyt_at, world, offers_are_taken
):
    conversation = uuid4()
    offer = exchange.send(
        keys=world.keys("amina"),
        peer=paired.north,
        kind=MessageKind.OFFERED,
        conversation=uuid4(),
        content={},
        at=NOW(),
    )
    bakyt_at.post(f"/exchange/{paired.north.pk}/block/", {"why": "strange"})
    blocked = Peer.objects.select_related("society", "theirs").get(pk=paired.north.pk)
    taken_back = exchange.send(
        keys=None, peer=blocked, kind=MessageKind.WITHDRAWN, conversation=conversation, content={}, at=NOW()
    )
    exchange.deliver_due(at=NOW())
    offer.refresh_from_db()
    taken_back.refresh_from_db()
    assert (offer.state, taken_back.state) == (SendingState.WAITING, SendingState.DELIVERED)


def test_ending_says_what_is_stopped_and_asks_about_withdrawals(paired, bakyt_at, world):
    at = f"/exchange/{paired.north.pk}/end/"
    exchange.send(
        keys=world.keys("amina"),
        peer=paired.north,
        kind=MessageKind.OFFERED,
        conversation=uuid4(),
        content={},
        at=NOW(),
    )
    exchange.send(
        keys=None, peer=paired.north, kind=MessageKind.WITHDRAWN, conversation=uuid4(), content={}, at=NOW()
    )
    page = text_of(bakyt_at.get(at))
    assert (
        "A person is referred to you 1" in page and "1 withdrawal of a consent has not arrived there" in page
    )
    assert "tell them, then say so here" in text_of(bakyt_at.post(at, {"why": "asked"}))
    assert Outgoing.objects.filter(state=SendingState.WAITING).count() == 2
    page = text_of(bakyt_at.post(at, {"why": "asked", "told": "on"}, follow=True))
    assert "2 messages were stopped" in page
    assert set(Outgoing.objects.values_list("state", flat=True)) == {SendingState.STOPPED}


def test_what_is_stuck_is_tried_again_or_let_be(paired, bakyt_at, world):
    rows = [
        exchange.send(
            keys=world.keys("amina"),
            peer=paired.north,
            kind=MessageKind.OFFERED,
            conversation=uuid4(),
            content={},
            at=NOW(),
        )
        for _ in range(2)
    ]
    Outgoing.objects.update(state=SendingState.STUCK, code="bad-signature", settled_at=NOW())
    page = text_of(bakyt_at.get(f"/exchange/{paired.north.pk}/"))
    assert page.count("the signature does not hold") == 2
    assert "2 were not taken" in text_of(bakyt_at.get("/exchange/"))
    here = f"/exchange/{paired.north.pk}/messages"
    bakyt_at.post(f"{here}/{rows[0].pk}/again/")
    asked = text_of(bakyt_at.get(f"{here}/{rows[1].pk}/give-up/"))
    assert "The message is destroyed and never sent" in asked
    assert Outgoing.objects.get(pk=rows[1].pk).state == SendingState.STUCK
    bakyt_at.post(f"{here}/{rows[1].pk}/give-up/")
    assert [Outgoing.objects.get(pk=row.pk).state for row in rows] == [
        SendingState.WAITING,
        SendingState.STOPPED,
    ]
    assert world.client("rustam").post(f"{here}/{rows[0].pk}/give-up/").status_code == 404


def test_what_waits_goes_by_file_and_the_receipt_comes_back(
    paired, bakyt_at, rustam_at, world, offers_are_taken
):
    row = exchange.send(
        keys=world.keys("amina"),
        peer=paired.north,
        kind=MessageKind.OFFERED,
        conversation=uuid4(),
        content={},
        at=NOW(),
    )
    file = bakyt_at.post(f"/exchange/{paired.north.pk}/file/")
    assert file["Content-Disposition"] == 'attachment; filename="practice-south.messages"'
    page = text_of(
        rustam_at.post("/exchange/read-file/", {"file": SimpleUploadedFile("from north", file.content)})
    )
    assert "1 sealed message" in page and "taken" in page
    answer = re.search(r'name="answer" value="([^"]+)"', page)[1]
    receipt = rustam_at.post("/exchange/read-file/receipt", {"answer": answer})
    assert receipt["Content-Disposition"] == 'attachment; filename="receipt.messages"'
    page = text_of(
        bakyt_at.post("/exchange/read-file/", {"file": SimpleUploadedFile("back", receipt.content)})
    )
    assert "A receipt" in page
    row.refresh_from_db()
    assert row.state == SendingState.DELIVERED
    assert bakyt_at.post("/exchange/read-file/receipt", {"answer": answer}).status_code == 409, "not hers"
    nonsense = bakyt_at.post("/exchange/read-file/", {"file": SimpleUploadedFile("x", b"nonsense")})
    assert nonsense.status_code == 422 and "no file of sealed messages" in text_of(nonsense)


def test_bakyt_reads_which_societies_keep_his_journals_head(paired, bakyt_at):
    assert "Practice Society South" not in text_of(bakyt_at.get("/journal/check"))
    exchange.send_heads(at=NOW())
    exchange.deliver_due(at=NOW())
    assert "Practice Society South" in text_of(bakyt_at.get("/journal/check"))
    assert "Lines of their journal" in text_of(bakyt_at.get(f"/exchange/{paired.north.pk}/"))
