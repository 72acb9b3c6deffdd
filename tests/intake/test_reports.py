"""A stranger wrote to the public door. Elena, who opens what arrives, reads it, answers, and what was told is not lost."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from panah.ground.vault import queries as vault_queries
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem
from panah.people.cases.models import Case
from panah.people.hotline.models import Contact
from panah.people.inbox.models import Arrival
from panah.people.intake.models import GoesOnAt, JoinedReport
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from tests.hotline.conftest import line  # noqa: F401  the line of North
from tests.reporters.conftest import STORY, Stranger

ROUND = {
    "language": "tg",
    "age_group": "adult",
    "doubt": "no",
    "urgency": "today",
    "note": "",
    "called": "",
    "phone": "",
}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def wrote(world, intake, now):
    """Somebody writes to North; returns her, with ``arrival``."""

    def one(text=STORY, **more):
        stranger = Stranger(world)
        more.setdefault("at", now)
        stranger.writes(text, **more)
        stranger.arrival = Arrival.objects.order_by("-arrived_at", "-pk").filter(kind="report").first()
        if more.get("receipt", True):
            stranger.arrival = stranger.report.arrival
        return stranger

    return one


def text(answer):
    return answer.content.decode()


def opened(client, arrival):
    answer = client.post(f"/inbox/{arrival.pk}/open/")
    assert answer.status_code == 302, text(answer)
    return text(client.get(answer.url))


def answered(client, arrival, words="We read it. Where are you now?", **more):
    page = client.get(f"/inbox/{arrival.pk}/answer/")
    once = text(page).split('name="once" value="')[1].split('"')[0]
    return client.post(f"/inbox/{arrival.pk}/answer/", {"text": words, "once": once, **more})


def told(stranger, now):
    back = reporters_queries.find(*reporters_queries.parse(stranger.receipt.shown))
    return back, [one.text for one in reporters_queries.words_for(back) if one.to_reporter]


def adds(stranger, words, now, **more):
    opened_report = stranger.returns(at=now)
    reporters.add_words(
        opened=opened_report, token=reporters_queries.new_token(), content={"text": words}, at=now, **more
    )
    return Arrival.objects.filter(kind="report-more").latest("arrived_at")


# ---- reading it --------------------------------------------------------------------------------------


def test_elena_reads_what_was_told_and_what_the_reporter_is_shown_meanwhile(world, wrote):
    stranger = wrote(content={
        "text": STORY, "about": "another", "answers": {"danger": "no", "theirs": "yes", "place": "The third farm"},
    })  # fmt: skip
    elena = world.client("elena")
    page = text(elena.get(f"/inbox/{stranger.arrival.pk}/"))
    assert "Nobody has opened it yet." in page
    assert STORY not in page
    page = opened(elena, stranger.arrival)
    for words in (STORY, "another person", "The third farm", "That person is under 18", "read your message"):
        assert words in page, words


def test_language_and_child_stand_outside_and_nothing_else_does(world, wrote):
    wrote(child="yes")
    page = text(world.client("elena").get("/inbox/"))
    assert "Tajik" in page
    assert "about a child" in page
    assert "papers" not in page


# ---- answering ---------------------------------------------------------------------------------------


def test_the_answer_reaches_whoever_has_the_receipt_and_nobody_else(world, wrote, now):
    stranger = wrote()
    elena = world.client("elena")
    opened(elena, stranger.arrival)
    assert answered(elena, stranger.arrival).status_code == 302
    back, words = told(stranger, now)
    assert words == ["We read it. Where are you now?"]
    assert str(back.stands) == "answered"
    page = text(elena.get(f"/inbox/{stranger.arrival.pk}/"))
    assert "Where are you now?" not in page
    assert "has not come back to it yet" in page


def test_an_answer_pressed_twice_is_one_answer(world, wrote, now):
    stranger = wrote()
    elena = world.client("elena")
    opened(elena, stranger.arrival)
    page = text(elena.get(f"/inbox/{stranger.arrival.pk}/answer/"))
    once = page.split('name="once" value="')[1].split('"')[0]
    for _press in range(2):
        elena.post(f"/inbox/{stranger.arrival.pk}/answer/", {"text": "Come on Monday.", "once": once})
    assert told(stranger, now)[1] == ["Come on Monday."]


def test_a_file_goes_along_with_the_answer_under_a_name_that_says_nothing(world, wrote, now):
    stranger = wrote()
    elena = world.client("elena")
    opened(elena, stranger.arrival)
    paper = SimpleUploadedFile("Practice Person Tulip.txt", b"the way to the shelter")
    assert answered(elena, stranger.arrival, file=paper).status_code == 302
    back, _words = told(stranger, now)
    (word,) = [one for one in reporters_queries.words_for(back) if one.to_reporter]
    (entry,) = word.files
    assert entry.name == "answer.txt"
    assert reporters_queries.file_for(back, entry.id)[1] == b"the way to the shelter"


def test_without_a_receipt_the_page_says_that_no_answer_reaches_her(world, wrote):
    stranger = wrote(receipt=None)
    elena = world.client("elena")
    page = opened(elena, stranger.arrival)
    assert "No receipt: no answer can reach the reporter." in page
    assert f"/inbox/{stranger.arrival.pk}/answer/" not in page


def test_nobody_answers_what_nobody_has_read(world, wrote):
    stranger = wrote()
    assert world.client("elena").get(f"/inbox/{stranger.arrival.pk}/answer/").status_code == 409


@pytest.mark.parametrize("name", ["amina", "gulnar", "timur", "zarina", "daler", "rustam"])
def test_for_everybody_else_a_report_is_not_there(world, wrote, name):
    stranger = wrote()
    client = world.client(name)
    for way in ("", "answer/", "finish/", "join/", "colleague/"):
        assert client.get(f"/inbox/{stranger.arrival.pk}/{way}").status_code == 404, way


def test_what_was_asked_back_waits_a_week_and_comes_off_when_she_answers(world, wrote, now):
    stranger = wrote()
    elena = world.client("elena")
    opened(elena, stranger.arrival)
    answered(elena, stranger.arrival, "Which town?", asks="on")
    (item,) = DueItem.objects.filter(subject=stranger.arrival.pk, done_at=None)
    assert item.purpose == "asked"
    assert item.due_at > now + timedelta(days=6)
    more = adds(stranger, "Practice: the town by the river.", now + timedelta(hours=1))
    page = opened(elena, more)
    assert "the town by the river" in page
    assert not DueItem.objects.filter(subject=stranger.arrival.pk, done_at=None).exists()


def test_what_she_adds_stands_on_the_page_of_her_report(world, wrote, now):
    stranger = wrote()
    more = adds(stranger, "Practice: they took the telephone.", now + timedelta(minutes=1))
    elena = world.client("elena")
    page = opened(elena, stranger.arrival)
    assert STORY in page
    assert "they took the telephone" in page
    more.refresh_from_db()
    assert more.state == "opened"


# ---- danger --------------------------------------------------------------------------------------------


def unanswered(arrival):
    """Whether others are still called in, and who goes on with it: the name of whoever answered."""
    alarm = Alarm.objects.get(subject=arrival.pk)
    work.escalate(at=alarm.raised_at + timedelta(minutes=6))
    alarm.refresh_from_db()
    return (alarm.paged_at > alarm.raised_at, alarm.answered_by and alarm.answered_by.username)


def test_danger_that_elena_opened_calls_the_second_in_until_somebody_goes_on_with_it(world, wrote):
    stranger = wrote(urgency="now", language="ko")
    page = opened(world.client("elena"), stranger.arrival)
    assert "I go on with it" in page
    assert unanswered(stranger.arrival) == (True, None)
    bakyt = world.client("bakyt")
    assert bakyt.post(f"/inbox/{stranger.arrival.pk}/take/").status_code == 302
    assert unanswered(stranger.arrival)[1] == "bakyt"
    (item,) = DueItem.objects.filter(subject=stranger.arrival.pk, done_at=None)
    assert item.owner == world.staff["bakyt"]
    assert "I go on with it" not in text(bakyt.get(f"/inbox/{stranger.arrival.pk}/"))


@pytest.mark.parametrize("way", ["answered", "case", "finish"])
def test_whoever_answers_or_ends_it_has_gone_on_with_it(world, wrote, now, way):
    stranger, elena = wrote(urgency="now"), world.client("elena")
    opened(elena, stranger.arrival)
    if way == "answered":
        answered(elena, stranger.arrival, "Where are you?", asks="on")
        (item,) = DueItem.objects.filter(subject=stranger.arrival.pk, done_at=None)
        assert item.due_at < now + timedelta(hours=2), "in danger nobody waits a week for a word"
    elif way == "case":
        typed = {**ROUND, "note": STORY, "choice": str(world.staff["amina"].pk), "word": ""}
        elena.post(f"/inbox/{stranger.arrival.pk}/turn/case/", typed)
    else:
        elena.post(f"/inbox/{stranger.arrival.pk}/finish/", {"told": "helped"})
    assert unanswered(stranger.arrival) == (False, "elena")


def test_danger_stands_as_danger_on_my_day_and_what_is_added_is_as_urgent(world, wrote, now):
    stranger = wrote(urgency="now")
    wrote("Practice: a question about papers.")
    more = adds(stranger, "Practice: he is at the door.", now + timedelta(minutes=1))
    assert more.urgency == "now"
    page = text(world.client("elena").get("/"))
    assert page.count(">danger now<") == 2, "the report and what was added; the question is none"


def test_danger_that_its_writer_took_back_pages_nobody_any_more_and_stands_on_the_list_of_intake(
    world, wrote, now
):
    stranger = wrote(urgency="now")
    alarm = Alarm.objects.get(subject=stranger.arrival.pk)
    reporters.withdraw(opened=stranger.returns(at=now), at=now + timedelta(minutes=1))
    assert unanswered(stranger.arrival) == (False, None)
    (item,) = DueItem.objects.filter(subject=stranger.arrival.pk, done_at=None)
    assert (item.purpose, item.owner.username) == ("lost", "elena")
    elena = world.client("elena")
    page = text(elena.get(f"/inbox/{stranger.arrival.pk}/"))
    assert "It said: danger now. Nothing of it is left to act on" in page
    assert elena.post(f"/inbox/{stranger.arrival.pk}/seen/").status_code == 302
    assert not DueItem.objects.filter(subject=stranger.arrival.pk, done_at=None).exists()
    said = text(world.client(alarm.first.username).get(f"/calls/alarms/{alarm.pk}/"))
    assert "nobody is called in for it any more" in said


# ---- the end of it -----------------------------------------------------------------------------------


def test_closing_says_to_the_reporter_what_elena_chose_and_destroys_the_content(world, wrote, now):
    stranger = wrote()
    elena = world.client("elena")
    opened(elena, stranger.arrival)
    assert elena.post(f"/inbox/{stranger.arrival.pk}/finish/", {"told": ""}).status_code == 422
    answer = elena.post(
        f"/inbox/{stranger.arrival.pk}/finish/", {"told": "passed", "text": "The union helps: 0 000 000."}
    )
    assert answer.status_code == 302, text(answer)
    back, words = told(stranger, now)
    assert (back.stands, back.told) == ("closed", "passed")
    assert words == ["The union helps: 0 000 000."]
    stranger.arrival.refresh_from_db()
    assert (stranger.arrival.state, stranger.arrival.closing) == ("settled", "not-ours")
    assert not DueItem.objects.filter(subject=stranger.arrival.pk, done_at=None).exists()


def test_nothing_is_closed_while_a_later_word_is_unread(world, wrote, now):
    stranger = wrote()
    elena = world.client("elena")
    opened(elena, stranger.arrival)
    adds(stranger, "Practice: wait, something else.", now + timedelta(minutes=1))
    answer = elena.post(f"/inbox/{stranger.arrival.pk}/finish/", {"told": "helped"})
    assert answer.status_code == 422
    assert "nobody has read" in text(answer)
    assert told(stranger, now)[0].stands == "read"


# ---- joined ------------------------------------------------------------------------------------------


def test_two_reports_of_one_matter_are_joined_and_each_receipt_goes_on_answering(world, wrote, now):
    first, second = wrote(), wrote("Practice: my brother is at the same brickyard.")
    elena = world.client("elena")
    opened(elena, first.arrival)
    opened(elena, second.arrival)
    answer = elena.post(f"/inbox/{first.arrival.pk}/join/", {"other": str(second.arrival.pk)})
    assert answer.status_code == 302, text(answer)
    assert "of the same matter" in text(elena.get(f"/inbox/{second.arrival.pk}/"))
    answered(elena, first.arrival, "We are on our way.", also=[str(second.arrival.pk)])
    assert told(first, now)[1] == told(second, now)[1] == ["We are on our way."]
    answered(elena, second.arrival, "And your brother is well.")
    assert told(first, now)[1] == ["We are on our way."]
    assert len(told(second, now)[1]) == 2
    elena.post(f"/inbox/{first.arrival.pk}/part/")
    assert not JoinedReport.objects.exists()


def two_joined(world, wrote):
    first, second = wrote(), wrote("Practice: my brother is at the same brickyard.", language="uz")
    elena = world.client("elena")
    for one in (first, second):
        opened(elena, one.arrival)
    page = text(elena.get(f"/inbox/{first.arrival.pk}/join/"))
    assert "Uzbek" in page and "my brother is at the same brickyard" in page, "known again among thirty"
    elena.post(f"/inbox/{first.arrival.pk}/join/", {"other": str(second.arrival.pk)})
    return first, second, elena


@pytest.mark.parametrize("ticked", [True, False])
def test_what_is_told_at_the_end_reaches_a_joined_reporter_only_where_elena_ticks_it(
    world, wrote, now, ticked
):
    first, second, elena = two_joined(world, wrote)
    page = text(elena.get(f"/inbox/{first.arrival.pk}/turn/case/"))
    assert "Who reads it too: 1 joined" in page
    also = [str(second.arrival.pk)]
    said = {**ROUND, "note": STORY, "choice": str(world.staff["amina"].pk), "word": "We go on.", "also": also}
    elena.post(f"/inbox/{first.arrival.pk}/turn/case/", {**said, **({"word_also": also} if ticked else {})})
    assert told(first, now)[1] == ["We go on."]
    assert told(second, now)[1] == (["We go on."] if ticked else [])


def test_whoever_answers_has_what_was_said_before_her(world, wrote):
    stranger, elena = wrote(), world.client("elena")
    opened(elena, stranger.arrival)
    assert STORY in text(elena.get(f"/inbox/{stranger.arrival.pk}/answer/"))


# ---- a case or a contact -----------------------------------------------------------------------------


def test_a_report_becomes_a_case_with_what_was_added_and_its_files_and_she_learns_only_what_was_chosen(
    world, wrote, now
):
    stranger = wrote(files=[reporters_queries.PlainFile(b"a letter of the agency", "letter.txt", "text")])
    adds(stranger, "Practice: the agency has an office in town.", now + timedelta(minutes=1))
    elena = world.client("elena")
    opened(elena, stranger.arrival)
    page = text(elena.get(f"/inbox/{stranger.arrival.pk}/turn/case/"))
    assert STORY in page
    answer = elena.post(
        f"/inbox/{stranger.arrival.pk}/turn/case/",
        {
            **ROUND,
            "note": STORY,
            "choice": str(world.staff["amina"].pk),
            "word": "A colleague goes on with it.",
        },
    )
    assert answer.status_code == 302, text(answer)
    case = Case.objects.get()
    amina = world.keys("amina")
    notes = str([part.value for part in vault_queries.read_all(keys=amina, file=case.file_id, part="note")])
    assert "papers" in notes
    assert "an office in town" in notes
    documents = vault_queries.read_all(keys=amina, file=case.file_id, part="document")
    assert [part.value["name"] for part in documents] == ["letter.txt"]
    assert told(stranger, now)[1] == ["A colleague goes on with it."]
    assert set(Arrival.objects.values_list("state", flat=True)) == {"settled"}


def test_what_she_adds_later_reaches_amina_who_holds_the_case_and_amina_answers(world, wrote, now):
    stranger = wrote()
    elena = world.client("elena")
    opened(elena, stranger.arrival)
    elena.post(
        f"/inbox/{stranger.arrival.pk}/turn/case/",
        {**ROUND, "note": STORY, "choice": str(world.staff["amina"].pk), "word": ""},
    )
    more = adds(stranger, "Practice: they moved us to another house.", now + timedelta(minutes=5))
    (item,) = DueItem.objects.filter(subject=more.pk, done_at=None)
    assert item.owner == world.staff["amina"]
    amina = world.client("amina")
    assert "moved us" in opened(amina, more)
    page = text(amina.get(f"/cases/{Case.objects.get().number}/"))
    assert f"/inbox/{stranger.arrival.pk}/" in page, "the way back to the report"
    assert amina.get(f"/inbox/{stranger.arrival.pk}/answer/").status_code == 200
    assert world.client("cholpon").get(f"/inbox/{stranger.arrival.pk}/").status_code == 404
    assert elena.get(f"/inbox/{more.pk}/").status_code == 404
    answered(amina, more, "Stay where you are. We call at ten.")
    assert told(stranger, now)[1] == ["Stay where you are. We call at ten."]
    assert GoesOnAt.objects.get().room == "cases"


def test_a_contact_that_became_a_case_takes_her_later_words_along(world, wrote, now, line):  # noqa: F811
    stranger = wrote()
    elena = world.client("elena")
    opened(elena, stranger.arrival)
    answer = elena.post(
        f"/inbox/{stranger.arrival.pk}/turn/contact/", {**ROUND, "note": STORY, "choice": str(line.pk)}
    )
    assert answer.status_code == 302, text(answer)
    contact = Contact.objects.get()
    assert f"/inbox/{stranger.arrival.pk}/" in text(elena.get(f"/calls/{contact.number}/page/"))
    more = adds(stranger, "Practice: a second word.", now + timedelta(minutes=5))
    assert "a second word" in opened(elena, more)
    from panah.people.hotline.actions.convert_to_case import convert_to_case

    convert_to_case(
        keys=world.keys("elena"), contact=contact, owner=world.staff["amina"],
        say=lambda name, value: (name, str(value)), by=world.staff["elena"], at=now,
    )  # fmt: skip
    assert GoesOnAt.objects.get().room == "cases"
    third = adds(stranger, "Practice: a third word.", now + timedelta(minutes=9))
    assert "a third word" in opened(world.client("amina"), third)


def test_files_are_not_lost_in_a_contact_that_keeps_none(world, wrote, line):  # noqa: F811
    stranger = wrote(files=[reporters_queries.PlainFile(b"a letter of the agency", "letter.txt", "text")])
    elena = world.client("elena")
    opened(elena, stranger.arrival)
    answer = elena.post(
        f"/inbox/{stranger.arrival.pk}/turn/contact/", {**ROUND, "note": STORY, "choice": str(line.pk)}
    )
    assert answer.status_code == 422
    assert "A contact keeps no files" in text(answer)
    assert not Contact.objects.exists()


def test_a_call_back_is_late_only_when_ringing_is_safe(world, wrote, line):  # noqa: F811
    here = timezone.localtime()
    safe = f"{(here.hour + 2) % 24:02}:00–{(here.hour + 4) % 24:02}:00"
    said = {"ring": "yes", "whose": "mine", "hours": safe, "until": "", "other": ""}
    person = {"names": [], "phones": ["+000 000 1234"]}
    stranger = wrote(content={"text": STORY, "person": person, "call_back": said})
    elena = world.client("elena")
    opened(elena, stranger.arrival)
    typed = {**ROUND, "note": STORY, "phone": "+000 000 1234", "choice": str(line.pk)}
    assert elena.post(f"/inbox/{stranger.arrival.pk}/turn/contact/", typed).status_code == 302
    (item,) = DueItem.objects.filter(purpose="call_back", done_at=None)
    assert item.due_at.minute == 0 and item.due_at > timezone.now()
    DueItem.objects.filter(pk=item.pk).update(due_at=timezone.now() - timedelta(hours=20))
    for address in ("/", "/calls/"):
        page = text(elena.get(address))
        assert f"only {safe}" in page
        assert "20 h late" not in page and "since yesterday" not in page
        assert safe[:5] in page.replace(safe, "")


# ---- languages ---------------------------------------------------------------------------------------


def test_colleagues_see_first_what_they_can_read_and_always_what_is_urgent_or_nobody_reads(world, wrote):
    world.staff["elena"].speaks = ["ru"]
    world.staff["elena"].save(update_fields=["speaks"])
    world.staff["saule"].speaks = ["tg"]
    world.staff["saule"].save(update_fields=["speaks"])
    tajik, urgent, korean = wrote(), wrote(urgency="now"), wrote(language="ko")
    elena = world.client("elena")
    page = text(elena.get("/inbox/"))
    assert str(urgent.arrival.pk) in page
    assert str(korean.arrival.pk) in page
    assert str(tajik.arrival.pk) not in page
    assert "1 message is in a language" in page
    assert str(tajik.arrival.pk) in text(elena.get("/inbox/?languages=all"))
    assert str(tajik.arrival.pk) in text(world.client("saule").get("/inbox/"))


def test_ids_of_others_lead_nowhere(world, wrote):
    stranger = wrote()
    elena = world.client("elena")
    opened(elena, stranger.arrival)
    nowhere = UUID(int=7)
    for way in (f"files/{nowhere}/", f"files/{nowhere}/seen/", f"files/{nowhere}/marked/"):
        assert elena.get(f"/inbox/{stranger.arrival.pk}/{way}").status_code == 404, way
