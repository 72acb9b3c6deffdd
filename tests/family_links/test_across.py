"""A relative is sought across a border: whereabouts only with the consent of the person sought."""

import json
import os
import re
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from panah.ground.accounts.models import Staff
from panah.ground.exchange.models import Outgoing
from panah.ground.network.models import Society
from panah.ground.vault import actions as vault
from panah.people.family_links import actions as family_links
from panah.people.family_links import queries
from panah.people.family_links.message_schema import ANSWER_BYTES, compose_question
from panah.people.family_links.models import FamilyLinksAcross, FamilyLinksRequest
from tests.family_links.links import ASK, SEARCHED, SEEKER, SOUGHT, WHERE, Story, packet_of, text_of
from tests.in_danger import gone_on_with, says_danger
from tests.referrals.forged import comes, header_of, signed_by_the_node


@pytest.fixture
def story(world, paired):
    return Story.begun(world)


# -- asking ------------------------------------------------------------------------------------


def test_the_page_before_it_leaves_and_the_page_where_it_arrives_say_the_same(story):
    here = story.prepare()
    assert "a photograph" not in text_of(here), "what was not chosen is not even kept"
    assert "how we know that they are related" in text_of(here), "and is named among what stays"
    story.does("bakyt", "seal", read="on")
    story.deliver()
    there = story.open_it()
    assert packet_of(there) == packet_of(here) != ""
    for told in (SOUGHT, SEEKER, "we all wait for you", "mother", "Uzbek"):
        assert told in packet_of(there)


def test_danger_in_a_question_about_a_relative_calls_on_until_somebody_goes_on_with_it(story):
    story.ask()
    story.deliver()
    (arrival,) = story.arrivals(kind="links-asked")
    alarm = says_danger(arrival, at=timezone.now())
    assert "I go on with it" in text_of(story.open_it())
    gone_on_with(arrival, alarm, story.rustam, story.came)
    story.take_over()


def test_nothing_that_was_written_in_the_request_is_typed_again(story):
    page = story.bakyt.get(f"{story.home}ask/").content.decode()
    assert SOUGHT in page and SEEKER in page and "we all wait for you" in page
    assert "Practice Society South" in page


def test_nothing_leaves_before_it_was_read_to_the_one_who_asks(story):
    story.prepare()
    answer = story.tries("bakyt", "seal")
    assert answer.status_code == 422 and "Read it first" in text_of(answer)
    assert not Outgoing.objects.exists()


def test_while_the_one_who_asks_may_be_the_danger_nothing_leaves_and_nothing_typed_is_lost(story):
    for doubt in ("unsure", "danger"):
        answer = story.prepare(doubt=doubt)
        assert "may be the danger" in text_of(answer) and SOUGHT in answer.content.decode()
    assert not FamilyLinksAcross.objects.exists()


def test_a_yes_without_having_been_told_is_no_consent(story):
    answer = story.prepare(understood="")
    assert "without it a yes is no consent" in text_of(answer)
    answer = story.prepare(fields_told=["news"])
    assert "write it, or do not choose it" in text_of(answer)


def test_a_draft_can_be_changed_and_dropped(story):
    story.prepare()
    first = FamilyLinksAcross.objects.get()
    again = story.bakyt.get(f"{story.home}ask/{first.pk}/").content.decode()
    assert SEEKER in again and "we all wait for you" in again
    changed = story.bakyt.post(
        f"{story.home}ask/{first.pk}/", {**ASK, "tell_message": "call me"}, follow=True
    )
    assert "call me" in text_of(changed) and "we all wait" not in packet_of(changed)
    row = FamilyLinksAcross.objects.get()
    story.bakyt.post(f"{story.home}across/{row.pk}/", {"step": "drop"})
    assert not FamilyLinksAcross.objects.exists()


# -- arriving ----------------------------------------------------------------------------------


def test_what_arrives_becomes_a_request_there_marked_from_whom_and_is_due_for_a_focal_point(story):
    story.first(Story.arrived)
    request = FamilyLinksRequest.objects.get(society=story.world.societies["south"])
    page = text_of(story.world.client("malika").get(f"/calls/family/{request.number}/"))
    assert SOUGHT in page and "Practice Society North" in page and "came from another society" in page
    assert {item.purpose for item in story.due("south")} == {"links", "links_answer"}
    (arrival,) = story.arrivals(kind="links-asked")
    assert arrival.state == "settled"
    assert "Family links request" in text_of(story.rustam.get("/inbox/?state=over"))


def test_the_other_society_is_called_as_whoever_reads_calls_it(story):
    story.first(Story.arrived)
    for name, its in {"north": "Учебное общество «Север»", "south": "Учебное общество «Юг»"}.items():
        Society.objects.filter(slug=f"practice-{name}").update(name_ru=its)
    Staff.objects.update(language="ru")
    for reader, other, address in ((story.bakyt, "Юг", story.here), (story.rustam, "Север", story.there)):
        read = text_of(reader.get(address))
        assert f"Учебное общество «{other}»" in read and "Practice Society" not in read, address


def test_a_colleague_on_intake_duty_hands_it_on_and_cannot_read_it_back(story):
    world = story.world
    vault.give_key(keys=world.keys("rustam"), kind="G", to=world.staff["daler"], at=timezone.now())
    story.rustam = world.client("daler")
    story.ask()
    story.deliver()
    assert SOUGHT in text_of(story.open_it())
    made = story.rustam.post(story.came, {"step": "take"}, follow=True)
    request = FamilyLinksRequest.objects.get(society=world.societies["south"])
    assert request.number in text_of(made), "the number may be told"
    assert story.rustam.get(f"/calls/family/{request.number}/").status_code == 404
    assert story.rustam.get(story.came, follow=True).status_code in (200, 404)
    assert SOUGHT not in story.rustam.get(story.came, follow=True).content.decode()


def test_a_curious_colleague_without_the_key_finds_nothing(story):
    story.first(Story.arrived)
    ours, theirs = (story.home, story.here, f"{story.home}ask/"), (story.there, story.came)
    for who in ("amina", "elena", "cholpon", "daler", "zarina", "timur", "saule"):
        browser = story.world.client(who)
        # Saule leads in North: what North asked is hers too, what South does about it is not.
        for place in theirs if who == "saule" else ours + theirs:
            assert browser.get(place).status_code == 404, (who, place)
        answer = browser.post(
            story.there, {"step": "answer", "answer": "contact", "message": "x", "reach": "x"}
        )
        assert answer.status_code == 404
    assert SOUGHT in text_of(story.world.client("saule").get(story.here))


def dumped():
    """Every row of both databases, as a thief of their disks reads them."""
    found = b""
    for connection in connections.all():
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f'SELECT * FROM "{table}"')
                for row in cursor.fetchall():
                    found += b"|".join(
                        bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row
                    )
    return found


def test_the_database_holds_no_name_and_nothing_of_the_answer(story):
    story.first(Story.arrived)
    story.does("rustam", "search", **SEARCHED)
    story.does("rustam", "answer", answer="contact", message="I am well", reach=WHERE)
    story.does("rustam", "send", read="on")
    story.deliver()
    story.does("bakyt", "read")
    whole = dumped()
    for secret in (SOUGHT, SEEKER, WHERE, "Zebrason", "Quillova", "we all wait", "I am well", "on Sundays"):
        assert secret.encode() not in whole, secret


# -- answering ---------------------------------------------------------------------------------


def test_contact_leaves_only_as_the_person_sought_agreed_and_arrives_word_for_word(story):
    story.first(Story.arrived)
    refused = story.tries("rustam", "answer", answer="contact", message="hello", reach=WHERE)
    assert "without a clear yes" in text_of(refused)
    assert "hello" in refused.content.decode(), "what was typed is still there"
    story.does("rustam", "search", **SEARCHED)
    page = story.does("rustam", "answer", answer="contact", message="I am well", reach=WHERE)
    assert "I am well" in text_of(page) and WHERE in text_of(page)
    unread = story.tries("rustam", "send")
    assert "Read it back first" in text_of(unread)
    story.does("rustam", "send", read="on")
    story.deliver()
    assert "They have written" in text_of(story.bakyt.get(story.here))
    page = text_of(story.does("bakyt", "read"))
    assert "wants contact" in page and "I am well" in page and WHERE in page
    assert "on Sundays" not in page and "alone, in Uzbek" not in page, "how the person was asked stays there"
    (tell,) = story.due("north", purpose="links_tell")
    assert tell.kind == "call"
    story.does("bakyt", "told")
    assert not story.due("north", purpose="links_tell")
    assert not story.due("south")


def test_without_a_clear_yes_or_with_a_doubt_no_contact_leaves(story):
    story.first(Story.arrived)
    for found in (
        {"wants": "no"}, {"wants": "unknown"}, {"wants": "none"}, {"doubt": "unsure"}, {"doubt": "danger"},
        {"wants": "no", "reached": "not_found"},
    ):  # fmt: skip
        story.does("rustam", "search", **SEARCHED | found)
        answer = story.tries("rustam", "answer", answer="contact", message="hello", reach="")
        assert "without a clear yes" in text_of(answer), found
    for name in ("asked_by", "how", "asked_on_day"):
        bare = story.tries("rustam", "search", **SEARCHED | {name: ""})
        assert bare.status_code == 422, "without who asked, how and when it is no yes"
    assert "A yes comes from the person alone" in text_of(
        story.tries("rustam", "search", **SEARCHED | {"reached": "not_found"})
    )
    assert not story.sent("links-answered")


def test_a_yes_that_is_taken_back_before_it_leaves_holds_the_answer_back(story):
    story.first(Story.arrived)
    story.does("rustam", "search", **SEARCHED)
    story.does("rustam", "answer", answer="contact", message="hello", reach="")
    story.does("rustam", "search", **SEARCHED | {"wants": "no"})
    assert "without a clear yes" in text_of(story.tries("rustam", "send", read="on"))
    assert not story.sent("links-answered")


THREE = {
    "nobody was found": {"reached": "not_found", "wants": "none", "how": ""},
    "she was found and does not want it": {"wants": "no", "agreed": "never tell my uncle " * 40},
    "asking is not safe": {"reached": "not_asked", "wants": "none", "doubt": "danger"},
}


def _nothing_told(story, found):
    """What both sides and the wire show of *nothing that can be told*, without the ids and hours of each run."""
    story.does("rustam", "search", **SEARCHED | found)
    story.weeks_pass()
    story.answers("nothing")
    (sent,) = story.sent("links-answered")
    from panah.ground.vault.sealed_body import open_body
    from panah.ground.vault.seals import Private
    from panah.people.family_links.queries import across_of

    body = vault.load_blob(kind="sent", key=sent.pk)
    keys = story.world.keys("bakyt")
    (ours,) = across_of(request=story.request, keys=keys)
    content = open_body(Private(bytes.fromhex(ours.sealed["reply_seed"])), body, bytes(sent.header))
    content.pop("reply_key")
    story.deliver()
    page = packetless(story.does("bakyt", "read"))
    (arrival,) = story.arrivals("north")
    outside = (sent.kind, sent.urgency, len(bytes(sent.header)), len(body), arrival.urgency, arrival.kind)
    states = list(FamilyLinksAcross.objects.order_by("direction").values_list("direction", "state"))
    dues = [(item.kind, item.purpose, item.urgency) for item in story.due("north") + story.due("south")]
    return content, page, outside, states, dues


def packetless(answer):
    # Hours, days and the six characters differ from run to run whatever is told.
    return re.sub(r"[A-Z0-9]{3}-[A-Z0-9]{3}(-[A-Z0-9])?|\d+:\d+", "", text_of(answer))


@contextmanager
def undone():
    """Whatever happens inside did not happen."""
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)


def test_nothing_that_can_be_told_is_the_same_to_the_byte_in_all_three_situations(world, paired):
    told = []
    for found in THREE.values():
        with undone():
            story = Story(world)
            story.arrived()
            told.append(_nothing_told(story, found))
    assert told[0] == told[1] == told[2]
    content, page, outside, _states, _dues = told[0]
    assert content["answer"] == "nothing" and content["message"] == content["reach"] == content["again"] == ""
    assert "nothing that can be told" in page and outside[0] == "links-answered"
    assert "whether nobody was found, somebody was found and does not want it, or it is not safe" in page


def test_every_answer_is_as_long_as_every_other(story):
    story.first(Story.arrived)
    story.answers("later")
    story.does("rustam", "search", **SEARCHED)
    story.does("rustam", "answer", answer="contact", message="Я жива. " * 90, reach=WHERE)
    story.does("rustam", "send", read="on")
    story.weeks_pass()
    story.answers("nothing")
    sizes = {len(vault.load_blob(kind="sent", key=row.pk)) for row in story.sent("links-answered")}
    assert len(story.sent("links-answered")) == 3 and len(sizes) == 1
    assert {row.urgency for row in story.sent("links-answered")} == {"week"}
    assert len({len(bytes(row.header)) for row in story.sent("links-answered")}) == 1


def test_an_answer_that_is_too_long_for_that_size_is_refused_with_everything_still_there(story):
    story.first(Story.arrived)
    story.does("rustam", "search", **SEARCHED)
    answer = story.tries("rustam", "answer", answer="contact", message="\\" * 1000, reach='"' * 400)
    assert answer.status_code == 302, "two thousand bytes fit"
    answer = story.tries("rustam", "answer", answer="contact", message="\x01" * 1000, reach="kept")
    assert answer.status_code == 422 and "every answer has the same size" in text_of(answer)
    assert ">\nkept</textarea>" in answer.content.decode()


def test_nothing_that_can_be_told_leaves_no_sooner_than_three_weeks_after_it_was_asked(story):
    story.first(Story.arrived)
    for found in THREE.values():
        story.does("rustam", "search", **SEARCHED | found)
        story.does("rustam", "answer", answer="nothing", message="", reach="")
        answer = text_of(story.tries("rustam", "send"))
        assert "a quick one would tell that somebody was asked" in answer
    assert not story.sent("links-answered")
    (item,) = story.due("south", purpose="links_answer")
    assert timedelta(days=20) < item.due_at - timezone.now() <= timedelta(days=21)


def test_an_answer_that_is_opened_in_the_inbox_is_read_on_the_page_of_its_request(story):
    story.first(Story.arrived)
    story.answers("later")
    story.deliver()
    (arrival,) = story.arrivals("north")
    page = story.bakyt.post(f"/inbox/{arrival.pk}/open/", follow=True)
    assert page.redirect_chain[-1][0] == story.here and "They have written" in text_of(page)
    assert "no answer yet" in text_of(story.does("bakyt", "read"))
    arrival.refresh_from_db()
    assert arrival.state == "settled"


def test_no_answer_yet_names_the_day_and_moves_what_waits_on_both_sides(story):
    story.first(Story.arrived)
    story.answers("later")
    story.deliver()
    page = text_of(story.does("bakyt", "read"))
    assert "no answer yet" in page and "You hear again by" in page
    (waits,) = story.due("north", purpose="links_wait")
    assert timedelta(days=30) < waits.due_at - timezone.now() < timedelta(days=34)
    (answer,) = story.due("south", purpose="links_answer")
    assert answer.due_at < waits.due_at
    assert FamilyLinksAcross.objects.get(direction="out").state == "asked"
    assert "still searching" not in page


def test_the_asking_side_is_reminded_in_a_neutral_word_while_it_waits(story):
    story.ask()
    purposes = {item.purpose: item.kind for item in story.due("north")}
    assert purposes["links_wait"] == "answer" and purposes["links_until"] == "review"
    home = text_of(story.world.client("bakyt", open_vault=False).get("/"))
    assert "Quillova" not in home and "Practice Society South has" not in home


# -- adding, taking back, closing ----------------------------------------------------------------


def test_what_is_added_reaches_the_request_also_when_nobody_had_opened_it(story):
    story.ask()
    story.does("bakyt", "more", text="a scar on the left hand")
    story.deliver()
    story.open_it()
    assert "a scar on the left hand" in text_of(story.take_over())
    story.does("bakyt", "more", text="she sings")
    story.deliver()
    assert "she sings" in text_of(story.does("rustam", "read"))


def test_nothing_is_taken_back_or_erased_on_one_press(story):
    story.ask()
    assert "Tick it first" in text_of(story.bakyt.post(story.here, {"step": "back"}))
    assert Outgoing.objects.filter(kind="consent-withdrawn").count() == 0
    story.deliver()
    story.open_it()
    story.take_over()
    story.does("bakyt", "back", sure="on")
    story.deliver()
    assert "Tick it first" in text_of(story.rustam.post(story.there, {"step": "erase"}))


def test_a_withdrawal_overtakes_the_request(story):
    story.prepare()
    story.does("bakyt", "seal", read="on")
    story.does("bakyt", "back", sure="on")
    story.deliver()
    assert not story.arrivals(), "it had not left: nothing of it came"
    assert not story.due("north", purpose="links_erased")
    assert Outgoing.objects.get(kind="consent-withdrawn").state == "delivered"


def test_a_withdrawal_deletes_what_nobody_has_opened(story):
    story.ask()
    story.deliver()
    story.does("bakyt", "back", sure="on")
    story.deliver()
    (arrival,) = story.arrivals(kind="links-asked")
    assert arrival.state == "withdrawn"
    assert [
        item.purpose for item in story.due("north", subject__in=FamilyLinksAcross.objects.values("pk"))
    ] == ["links_erased"]


def test_what_was_opened_is_erased_there_by_hand_and_the_asking_side_hears_it(story):
    story.first(Story.arrived)
    story.does("rustam", "search", **SEARCHED)
    story.does("bakyt", "back", sure="on")
    story.deliver()
    (decide,) = story.due("south", purpose="links_erase")
    assert decide.kind == "decide" and decide.urgency == "now"
    page = text_of(story.rustam.get(story.there))
    assert "took this back" in page and "Prepare the answer" not in page
    late = story.rustam.post(story.there, {"step": "answer", "answer": "later"}, follow=True)
    assert "does not follow" in late.content.decode()
    erased = story.rustam.post(story.there, {"step": "erase", "sure": "on"}, follow=True)
    assert "everything of it was erased here" in text_of(erased) and SOUGHT not in erased.content.decode()
    assert not story.due("south")
    story.deliver()
    assert story.due("north", purpose="links_erased"), "nobody has read it yet"
    story.does("bakyt", "read")
    assert not story.due("north", purpose="links_erased")
    assert "erased there" in text_of(story.bakyt.get(story.here))


def test_that_it_was_erased_there_is_believed_when_it_opens_and_somebody_has_read_it(story):
    """*Erased* in plain, over a body that does not open: asking them stays on the list."""
    story.first(Story.arrived)
    story.does("bakyt", "back", sure="on")
    story.deliver()
    pattern = Outgoing.objects.get(kind="links-asked")
    known = header_of(pattern, "erased", timezone.now())
    turned = {"source": known.target, "source_node": known.target_node,
              "target": known.source, "target_node": known.source_node}  # fmt: skip
    assert comes(signed_by_the_node(replace(known, **turned), os.urandom(5000)), timezone.now()) == "taken"
    story.tries("bakyt", "read")
    assert story.due("north", purpose="links_erased")


def test_the_person_sought_takes_back_what_was_told_and_it_is_erased_with_the_one_who_was_told(story):
    story.first(Story.arrived)
    assert "The consent is withdrawn" not in text_of(story.rustam.get(story.there)), "nothing was told yet"
    story.does("rustam", "search", **SEARCHED)
    story.does("rustam", "answer", answer="contact", message="I am well", reach=WHERE)
    story.does("rustam", "send", read="on")
    story.deliver()
    story.does("bakyt", "read")
    story.does("rustam", "back", sure="on")
    story.deliver()
    page = text_of(story.bakyt.get(story.here))
    assert "The person sought took back what was told" in page
    story.bakyt.post(story.here, {"step": "erase", "sure": "on"})
    left = text_of(story.bakyt.get(story.here))
    assert WHERE not in left and "I am well" not in left
    story.deliver()
    story.does("rustam", "read")
    assert not story.due("south", purpose="links_erased")


def test_an_answer_that_comes_after_the_withdrawal_is_read_by_nobody(story):
    story.first(Story.arrived)
    story.does("rustam", "search", **SEARCHED)
    story.does("rustam", "answer", answer="contact", message="I am well", reach=WHERE)
    story.does("rustam", "send", read="on")
    story.does("bakyt", "back", sure="on")
    story.deliver()
    assert not story.arrivals("north")
    assert WHERE not in text_of(story.bakyt.get(story.here))


def test_a_request_is_not_closed_behind_the_back_of_those_who_still_search(story):
    story.first(Story.arrived)
    for browser, page in ((story.bakyt, story.home), (story.rustam, story.there.split("across/")[0])):
        answer = browser.post(page, {"do": "close"})
        assert "still searching, or waits for an answer" in text_of(answer)
    typed = {"do": "close", "text": "called the aunt twice"}
    assert "called the aunt twice" in text_of(story.bakyt.post(story.home, typed)), (
        "what was typed is not lost"
    )
    story.does("bakyt", "back", sure="on")
    assert story.bakyt.post(story.home, typed).status_code == 302
    assert "called the aunt twice" in text_of(story.bakyt.get(story.home))
    assert not FamilyLinksRequest.objects.exclude(state="closed").filter(pk=story.request.pk).exists()


# -- one question back --------------------------------------------------------------------------


QUESTION, REPLY = "which village was the school in?", "in Upper Vexbrook"


def asked_back(story, question=QUESTION):
    story.arrived()
    story.does("rustam", "ask_back", question=question)
    story.deliver()


def test_rustam_asks_one_question_back_and_reads_what_the_one_who_asks_answered(story):
    asked_back(story)
    assert QUESTION not in text_of(story.bakyt.get("/inbox/"))
    page = text_of(story.does("bakyt", "read"))
    assert f"They ask: {QUESTION}" in page
    (ask,) = story.due("north", purpose="links_question")
    assert ask.kind == "call"
    story.does("bakyt", "reply", text=REPLY)
    assert not story.due("north", purpose="links_question")
    story.deliver()
    assert REPLY in text_of(story.does("rustam", "read"))
    story.weeks_pass()
    story.answers("nothing")
    story.deliver()
    story.does("bakyt", "read")
    assert FamilyLinksAcross.objects.get(direction="out").state == "answered"


def test_the_answer_to_a_question_goes_to_who_asked_it_and_not_to_everybody_on_intake_duty(story):
    asked_back(story)
    story.does("bakyt", "read")
    story.does("bakyt", "reply", text=REPLY)
    story.deliver()
    (told,) = story.arrivals(kind="links-told")
    assert told.to_key == "conversation"


def test_one_question_goes_back_and_no_second_one(story):
    asked_back(story)
    assert "Seal and send this question" not in text_of(story.rustam.get(story.there))
    again = story.rustam.post(story.there, {"step": "ask_back", "question": "and the teacher?"}, follow=True)
    assert "does not follow" in text_of(again)
    assert len(story.sent("links-more-asked")) == 1


@pytest.mark.parametrize("found", [SEARCHED, {"doubt": "none", "reached": "not_asked", "wants": "none"}])
def test_once_somebody_was_found_no_question_leaves_for_it_would_tell(story, found):
    story.first(Story.arrived)
    assert "Seal and send this question" in text_of(story.rustam.get(story.there))
    story.does("rustam", "search", **found)
    assert "Seal and send this question" not in text_of(story.rustam.get(story.there))
    story.rustam.post(story.there, {"step": "ask_back", "question": QUESTION})
    assert not story.sent("links-more-asked")


def test_every_question_is_as_long_as_every_answer_from_outside(story):
    asked_back(story)
    sizes = {
        len(
            json.dumps(
                compose_question(q, reply_key=bytes(1216)), separators=(",", ":"), ensure_ascii=False
            ).encode()
        )
        for q in (QUESTION, "?", "ы" * 500)
    }
    assert sizes == {ANSWER_BYTES}
    assert Outgoing.objects.get(kind="links-more-asked").urgency == "week"


# -- what lies, and what has no Panah ------------------------------------------------------------


def test_a_society_that_answers_what_it_asked_itself_is_not_believed(story):
    """South, gone bad, sends an answer in the conversation in which South was asked nothing by North."""
    from panah.ground.exchange import actions as exchange
    from panah.ground.exchange.queries import paired_with

    story.arrived()
    row = FamilyLinksAcross.objects.get(direction="out")
    south = paired_with(society=story.world.societies["south"].pk, theirs=story.world.societies["north"].pk)
    exchange.send(
        keys=story.world.keys("rustam"), peer=south, kind="links-told", conversation=row.conversation,
        content={"text": "x"}, at=timezone.now(),
    )  # fmt: skip
    story.deliver()
    assert not story.arrivals("north")
    assert Outgoing.objects.get(kind="links-told").code == "unknown-kind"


def test_what_another_version_sends_is_read_as_the_answer_that_tells_nothing():
    from panah.people.family_links.message_schema import compose_answer, read, read_answer

    for odd in ({}, {"answer": 3}, {"answer": "found", "message": "x"}, {"answer": "nothing", "reach": "y"}):
        assert compose_answer(read_answer(odd)) == compose_answer(read_answer({"answer": "nothing"}))
    assert read({"sought": 1, "values": [], "consent": 3, "reply_key": "zz"}).sought == ""


def test_a_second_request_in_the_same_conversation_is_refused(story):
    from panah.ground.exchange import actions as exchange
    from panah.ground.exchange.queries import paired_with

    story.arrived()
    row = FamilyLinksAcross.objects.get(direction="out")
    north = paired_with(society=story.world.societies["north"].pk, theirs=story.world.societies["south"].pk)
    exchange.send(
        keys=story.world.keys("bakyt"), peer=north, kind="links-asked", conversation=row.conversation,
        content={"sought": "x"}, at=timezone.now(),
    )  # fmt: skip
    story.deliver()
    story.open_it()
    assert "is here already" in text_of(story.rustam.post(story.came, {"step": "take"}))


def test_a_society_without_panah_is_asked_by_telephone_or_letter_and_its_answer_is_written_down(story):
    page = story.prepare(receiver="other", receiver_name="Red Crescent Elsewhere")
    assert story.bakyt.get(f"{story.here}script/").status_code == 404, (
        "not before it was read to the one who asks"
    )
    story.does("bakyt", "sent", read="on", sent_by="script")
    script = text_of(story.bakyt.get(f"{story.here}script/"))
    assert SOUGHT in script and "we do not ask why" in script and "a photograph" not in script
    letter = story.bakyt.post(f"{story.here}letter")
    assert letter["Content-Type"] == "application/pdf" and letter.content.startswith(b"%PDF")
    page = story.does("bakyt", "by_hand", answer="contact", message="she is well", reach="write to us")
    assert "she is well" in text_of(page) and not Outgoing.objects.exists()
    story.does("bakyt", "told")
    story.does("bakyt", "back", sure="on")
    (call,) = story.due("north", purpose="links_erased")
    assert call.kind == "call"
    story.does("bakyt", "deleted")
    assert not story.due("north", purpose="links_erased")


def test_a_yes_of_earlier_that_does_not_say_who_asked_and_when_is_asked_for_again_before_it_leaves(
    story, world
):
    """Written down before these were asked for: the seal holds a yes and how, and nothing leaves by it."""
    story.first(Story.arrived)
    row, keys = FamilyLinksAcross.objects.get(direction="in"), world.keys("rustam")
    opened = queries.one_across(request=row.request, keys=keys, pk=row.pk)
    bare = {"doubt": "none", "reached": "asked", "how": "alone", "wants": "yes", "agreed": ""}
    family_links.write_search(keys=keys, opened=opened, found=bare, at=timezone.now())
    refused = story.tries("rustam", "answer", answer="contact", message="hello", reach="")
    assert "who asked the person, how and when" in text_of(refused)
    story.does("rustam", "search", **SEARCHED)
    page = text_of(story.rustam.get(story.there))
    assert "in the park, alone, in Uzbek" in page and "1 November 2026" in page
    assert story.tries("rustam", "answer", answer="contact", message="hello", reach="").status_code == 302


WHO = {"asked_by": "Gulnar", "how": "alone, in the garden", "asked_on_day": "2", "asked_on_month": "11",
       "asked_on_year": "2026"}  # fmt: skip


@pytest.mark.parametrize("lacks", ["asked_by", "how", "asked_on_day", "all"])
def test_a_bare_yes_lets_no_whereabouts_out_and_with_who_how_and_when_it_is_kept(story, lacks):
    said = {"text": "spoke", "consent": "yes", "told": "in a town by the lake"}
    known = {} if lacks == "all" else WHO | {lacks: ""}
    refused = story.bakyt.post(story.home, said | known)
    assert refused.status_code == 422
    assert lacks == "asked_on_day" or "not a yes" in text_of(refused)
    assert "Told:" not in text_of(story.bakyt.get(story.home))
    assert story.bakyt.post(story.home, said | known | {"do": "close"}).status_code == 422, (
        "nor by closing it"
    )
    assert story.bakyt.post(story.home, said | WHO).status_code == 302
    page = text_of(story.bakyt.get(story.home))
    for kept in ("Gulnar", "alone, in the garden", "2 November 2026", "in a town by the lake"):
        assert kept in page
