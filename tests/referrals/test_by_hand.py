"""The journey across a border to a society without a Panah: the same steps, told by telephone and written down by hand."""

from __future__ import annotations

import re
from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone

from panah.ground.foundation import tenancy
from panah.ground.work.queries import alarms_for, items_of
from panah.people.cases import actions as cases
from panah.people.referrals import actions as referrals
from panah.people.referrals.models import Referral
from tests.referrals.across import AGREED, CALLED, MEETING, STAYS, Story, agree, packet_of, text_of
from tests.referrals.withdrawing import withdraw

WHEN = {name: value for name, value in MEETING.items() if name.startswith("when_")}


@pytest.fixture
def story(world):
    """Amina and a society that cannot be reached through Panah."""
    return Story(world)


def leave(story: Story, way: str = "letter", **typed: str) -> str:
    """Prepare, read it to the person, let it leave; returns what the page says afterwards."""
    story.prepare()
    answer = story.amina.post(story.here, {"step": "send", "way": way, "read": "on", **typed})
    assert answer.status_code == 302, text_of(answer)
    return text_of(story.amina.get(story.here))


def row() -> Referral:
    return Referral.objects.get()


def due(purpose: str) -> list[str]:
    return [item.kind for item in items_of(row().pk, purpose=purpose)]


def beside(page: str) -> str:
    return page[page.index("What both sides know") : page.index("Happened")]


def test_the_whole_journey_is_told_by_telephone_and_stands_in_one_timeline(story):
    leave(story)
    asked = text_of(story.does("amina", "answer", answer="more_asked", reason="", note="Who comes along?"))
    assert "It was told on the telephone" in asked
    story.does("amina", "tell", text="nobody comes along")
    accepted = text_of(story.does("amina", "answer", answer="accepted", reason="", note="a bed from Monday"))
    assert "a bed from Monday" in accepted
    proposed = text_of(story.does("amina", "meeting", **MEETING, stands="ours"))
    assert "proposed by us, not confirmed yet" in proposed
    assert due("by_phone") == ["call"]
    script = text_of(story.amina.get(f"{story.here}script/"))
    for said in (MEETING["where"], MEETING["sign"], MEETING["fallback"], "call us at once"):
        assert said in script
    agreed = text_of(story.does("amina", "they_agree", note="the nurse there said yes"))
    left = agreed.index("Exactly this, and nothing else")
    assert agreed.index(MEETING["where"]) < agreed.index("Did they meet?") < left, "the meeting comes first"
    assert "agreed by both" in agreed
    assert due("by_phone") == []
    assert "still to be told" not in beside(agreed)
    first = row().alarm_at
    later = WHEN | {"when_time": "12:00"}
    moved = text_of(story.does("amina", "travel", what="delayed", note="a later train", **later))
    assert row().alarm_at - first == timedelta(minutes=90)
    assert "still to be told by telephone" in beside(moved)
    assert "still to be told" not in beside(text_of(story.does("amina", "told", note="told the nurse")))
    story.does("amina", "travel", what="arrived", note="", known="on", **later)
    assert due("by_phone") == []
    met = text_of(story.does("amina", "met", met="yes", note="in good health"))
    assert row().state == "met"
    assert (due("first"), due("outcome")) == (["call"], ["answer"] * 4)
    assert "The first three days" in text_of(story.amina.get(f"{story.here}script/"))
    story.does("amina", "first_days", note="has a bed and a doctor")
    assert due("first") == []
    story.does("amina", "outcome", outcome="partly", person_says="sleeps well", partner_says="", final="")
    assert (row().state, len(due("outcome"))) == ("met", 3)
    done = text_of(
        story.does("amina", "outcome", outcome="helped", person_says="has work", partner_says="", final="on")
    )
    assert (row().state, due("outcome")) == ("done", [])
    for told in (met, done):
        assert CALLED in told
    shared = (
        "A person is referred to you",
        "Your referral was accepted",
        "A meeting was proposed",
        "They met",
    )
    assert all(one in beside(done) for one in shared)
    assert "sleeps well" in done


def test_the_same_alarm_rings_here_and_the_page_says_that_none_rings_there(story, world):
    leave(story)
    story.does("amina", "answer", answer="accepted", reason="", note="")
    story.does("amina", "meeting", **MEETING, stands="agreed")
    rings = row().alarm_at
    with tenancy.tenant_context(world.societies["north"].pk):
        assert referrals.raise_due_alarms(at=rings - timedelta(minutes=1)) == 0
        assert referrals.raise_due_alarms(at=rings) == 1
    assert row().pk in [a.subject for a in alarms_for(to=world.staff["bakyt"])]
    page = text_of(story.does("amina", "met", met="no", note="waited an hour"))
    assert "call Bakyt and wait in the bakery" in page
    assert "no alarm rings there" in page
    assert due("by_phone") == ["call"]
    again = text_of(story.does("amina", "meeting", **MEETING | {"where": "the chemist"}, stands="theirs"))
    assert "proposed by them" in again
    assert "agreed by both" in text_of(story.does("amina", "confirm"))
    assert due("by_phone") == ["call"]
    assert "not safe there" in text_of(
        story.does("amina", "they_cannot", reason="not_safe", note="they called")
    )
    # Whoever is on the way arrives all the same: it rings on, and somebody is asked whether the person is safe.
    assert (row().state, row().alarm_at is not None, due("safe")) == ("declined", True, ["answer"])


def test_what_is_wished_coded_and_agreed_leaves_with_the_letter_and_health_does_not(story):
    page = leave(story)
    left = packet_of(story.amina.get(story.here))
    assert "after 2 December" in left
    assert "The person's consent" in left
    assert STAYS not in page
    paper = story.amina.post(f"{story.here}letter/")
    text = text_in(paper.content)
    assert "after 2 December" in text
    assert row().state == "offered"
    story.does("amina", "answer", answer="accepted", reason="", note="")
    assert 'name="medical"' not in story.amina.get(story.here).content.decode()
    story.does("amina", "meeting", **MEETING | {"medical": "insulin"}, stands="agreed")
    sheet = text_in(story.amina.post(f"{story.here}letter/").content)
    assert "the bakery behind the station" in sheet
    assert "call us at once" in sheet
    assert "insulin" not in sheet


def text_in(body: bytes, code: str | None = None) -> str:
    """What a letter says, read by another program than the one that drew it."""
    pages = pypdfium2.PdfDocument(body, password=code)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pages))


def test_a_letter_for_a_stick_opens_with_its_code_alone(story):
    leave(story)
    made = story.amina.post(f"{story.here}letter/locked/")
    (code,) = re.findall(r"<bdi>((?:\d{4} ){5}\d{4})</bdi>", made.content.decode())
    other = story.amina.post(f"{story.here}letter/locked/").content.decode()
    assert code not in other
    letter = story.amina.post(f"{story.here}letter/locked/", {"code": code})
    assert letter["Content-Type"] == "application/pdf"
    assert CALLED.encode() not in letter.content
    assert b"/AESV3" in letter.content
    for typed in (code, code.replace(" ", "")):
        assert CALLED in text_in(letter.content, typed)
    for wrong in (None, "", code[:-1], "0000 " * 5 + "0000"):
        with pytest.raises(pypdfium2.PdfiumError):
            text_in(letter.content, wrong)


@pytest.mark.parametrize("weak", ["1234", "1234 1234", "abcd " * 5 + "abcd"])
def test_no_letter_is_locked_with_a_code_that_is_not_ours(story, weak):
    leave(story)
    answer = story.amina.post(f"{story.here}letter/locked/", {"code": weak})
    assert "Code, only by phone" in text_of(answer)


def test_a_child_does_not_leave_by_letter_either_without_assessment_guardian_and_authority(world):
    story = Story(world, age="child", fields=None)
    agree(world, story.case, guardian="representative")
    assert "best-interests assessment is not written" in text_of(story.prepare(authority=""))
    sent = {"step": "send", "way": "letter", "read": "on"}
    assert "is not referred across a border" in text_of(story.amina.post(story.here, sent))
    keys, at = world.keys("amina"), timezone.now()
    cases.write_best_interests(keys=keys, case=story.case, which="assessment", text={"text": "safe"}, at=at)
    cases.write_guardian(keys=keys, case=story.case, guardian={"name": "An aunt", "involved": "no"}, at=at)
    assert "competent authority" in text_of(story.amina.post(story.here, sent))
    change = f"{story.here}change/"
    typed = {"need": "a bed", "tell_called": CALLED, "authority": "Practice child protection, +000 555"}
    assert story.amina.post(change, typed).status_code == 302
    assert story.amina.post(story.here, sent).status_code == 302
    letter = text_in(story.amina.post(f"{story.here}letter/").content)
    assert "Practice child protection" in letter
    assert "An aunt" not in letter


def test_the_page_that_opens_once_says_the_same_and_its_answer_is_not_typed_again(story, farid):
    story.prepare()
    made = story.amina.post(story.here, {"step": "send", "way": "page", "read": "on"}).content.decode()
    address = "/r/" + made.split("/r/")[1].split("<")[0]
    code = made.split('<p class="code num"><bdi>')[2].split("<")[0]
    shown = text_of(farid.post(address, {"code": code}))
    assert "after 2 December" in shown
    assert "The person's consent" in shown
    farid.post(address, {"code": code, "answer": "accepted", "note": "come on Monday"})
    html = story.amina.get(story.here).content.decode()
    assert re.search(r'value="accepted"[^>]*checked', html)
    assert "come on Monday</textarea>" in html
    story.does("amina", "answer", answer="accepted", reason="", note="come on Monday")
    assert due("page_answer") == []


def test_a_withdrawal_is_told_by_telephone_and_what_they_erased_is_written_down(story):
    leave(story)
    assert "asked to tell them to delete it" in withdraw(story)
    assert due("tell_withdrawn") == ["call"]
    script = text_of(story.amina.get(f"{story.here}script/"))
    assert "is withdrawn" in script
    assert CALLED not in script
    story.does("amina", "told_back", how="not_reached", note="nobody answers")
    assert due("tell_withdrawn") == ["call"]
    story.does("amina", "told_back", how="will", note="tomorrow")
    assert (due("tell_withdrawn"), due("erased")) == ([], ["call"])
    nothing = story.amina.post(story.here, {"step": "told_back", "how": "erased", "note": ""})
    assert "Ask what exactly they have erased" in text_of(nothing)
    page = text_of(
        story.does("amina", "told_back", how="erased", fields_erased=["called", "phone"], note="Ms P.")
    )
    assert "They have erased it" in page
    assert "What was sent was erased there" in beside(page)
    assert items_of(row().pk) == []
    assert 'value="told_back"' not in story.amina.get(story.here).content.decode()


def test_a_referral_that_is_given_up_closes_its_page_and_somebody_calls(story, farid):
    story.prepare()
    made = story.amina.post(story.here, {"step": "send", "way": "page", "read": "on"}).content.decode()
    address = "/r/" + made.split("/r/")[1].split("<")[0]
    code = made.split('<p class="code num"><bdi>')[2].split("<")[0]
    assert story.amina.post(f"{story.here}give-up/", {"why": "person", "note": ""}).status_code == 302
    assert due("tell_withdrawn") == ["call"]
    assert farid.post(address, {"code": code}).status_code == 404


def test_a_consent_withdrawn_after_the_referral_ended_well_is_still_told(story):
    leave(story)
    story.does("amina", "answer", answer="accepted", reason="", note="")
    story.does("amina", "meeting", **MEETING, stands="agreed")
    story.does("amina", "met", met="yes", note="")
    story.does("amina", "outcome", outcome="helped", person_says="", partner_says="", final="on")
    withdraw(story)
    assert (row().state, due("tell_withdrawn")) == ("withdrawn", ["call"])


def test_without_consent_only_a_reason_lets_it_leave_and_the_letter_says_so(world):
    story = Story(world, fields=None)
    story.prepare(needs=[])
    assert "only a risk to life" in text_of(story.amina.post(story.here, {"step": "send", "way": "letter"}))
    life = {"step": "send", "way": "letter", "life": "no medicine since Sunday"}
    assert story.amina.post(story.here, life).status_code == 302
    letter = text_in(story.amina.post(f"{story.here}letter/").content)
    assert "no medicine since Sunday" in letter
    assert "The person agreed" not in letter


# -- a draft is changed ------------------------------------------------------------------------


def test_a_prepared_referral_is_changed_and_only_while_it_has_not_left(story):
    story.prepare()
    change = f"{story.here}change/"
    page = story.amina.get(change).content.decode()
    assert "after 2 December" in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    typed = {
        "need": "a bed for two",
        "wish": "in the morning",
        "note": "",
        "tell_called": CALLED,
        "version": version,
    }
    assert story.amina.post(change, typed).status_code == 302
    assert "a bed for two" in packet_of(story.amina.get(story.here))
    stale = story.amina.post(change, typed | {"need": "a bed for three"})
    assert "Someone else wrote here in the meantime" in text_of(stale)
    assert "a bed for three" in stale.content.decode()
    story.amina.post(story.here, {"step": "send", "way": "letter", "read": "on"})
    assert story.amina.get(change).status_code == 404


def test_what_is_not_agreed_to_any_more_falls_out_when_a_draft_is_changed(story, world):
    story.prepare()
    agree(world, story.case, [one for one in AGREED if one != "phone"])
    change = f"{story.here}change/"
    assert 'name="tell_phone"' not in story.amina.get(change).content.decode()
    story.amina.post(change, {"need": "a bed", "tell_called": CALLED, "tell_phone": "+000111222"})
    assert "+000111222" not in packet_of(story.amina.get(story.here))


@pytest.mark.parametrize("name", ["cholpon", "daler", "elena"])
def test_others_cannot_change_a_draft_or_make_a_letter_of_it(story, world, name):
    leave(story)
    browser = world.client(name)
    none = f"/cases/{story.case.number}/referrals/{story.case.pk}/"
    for last in ("change/", "script/"):
        theirs = browser.get(story.here + last)
        assert (theirs.status_code, theirs.content) == (404, browser.get(none + last).content)
    assert browser.post(f"{story.here}letter/locked/").status_code == 404


def test_a_letter_holds_a_text_of_many_pages_to_its_end_and_a_word_wider_than_the_paper(story):
    long = " ".join(f"слово{number}" for number in range(1_500)) + " https://example.org/" + "q" * 300 + "END"
    story.prepare(tell_needs=long)
    story.amina.post(story.here, {"step": "send", "way": "letter", "read": "on"})
    paper = story.amina.post(f"{story.here}letter/")
    # At the head of each page stands that it is practice.
    told = re.sub(r"\s+", "", text_in(paper.content)).replace("Practicedata.", "")
    assert re.sub(r"\s+", "", long) in told
    for page in pypdfium2.PdfDocument(paper.content):
        words = page.get_textpage()
        right = max(words.get_charbox(one)[2] for one in range(words.count_chars()))
        assert right < page.get_width(), "nothing runs over the edge"
