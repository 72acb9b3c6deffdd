"""Writing to a society without scripts: one question at a time, nothing lost, nothing kept before it is sent."""

import io
import json
import re
from base64 import urlsafe_b64decode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from panah.ground.foundation.errors import Refusal
from panah.ground.network.models import RuleLine, Society
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.models import StaffKey
from panah.ground.vault.seals import context, pad, seal
from panah.people.inbox.models import Arrival
from panah.people.public.queries import DOOR
from panah.people.reporters import queries as reporters
from panah.people.reporters.content import open_file
from panah.people.reporters.models import Piece, Report
from tests.public.writing import WRITE, Stranger, content_of

ANSWERS = {"danger": "no", "young": "no"}


@pytest.fixture
def zarina_writes(world):
    return Stranger()


def only_arrival():
    (arrival,) = Arrival.objects.all()
    return arrival


def read(world):
    return content_of(world, only_arrival(), timezone.now())


def photograph(**more):
    """A JPEG that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Telephone of Zarina"
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_2041.jpg", out.getvalue(), "image/jpeg")


# -- before the first field ------------------------------------------------------------------------


def test_before_the_first_field_she_reads_who_reads_it_and_that_it_is_protected_on_receipt(zarina_writes):
    page = zarina_writes.begins().page
    before = page[: page.index('type="radio"')]
    assert "Colleagues of Practice Society North read what you write." in before
    assert "What you write is protected as soon as it reaches us." in before
    assert "Nobody has checked yet what the law here makes us tell." in before
    assert "What you write is protected on this telephone" not in re.sub(r"<p[^>]*hidden.*?</p>", "", before)


def checked_rule(at, key, value):
    RuleLine.objects.create(
        iso2="XA", key=key, value=value, valid_from="2026-01-01", entered_at=at, checked_on="2026-02-01",
        checked_by="a lawyer",
    )  # fmt: skip


def test_a_duty_to_report_is_named_before_everything_else(zarina_writes, at):
    checked_rule(at, "duty_child", {"duty": "yes"})
    checked_rule(at, "duty_crime", {"duty": "yes"})
    main = zarina_writes.begins().page.split("<main")[1]
    before, _lead, after = main.partition("Colleagues of")
    assert "we must tell those who protect children" in before
    assert "We must report some grave crimes." in before
    assert "we must tell those who protect children" not in after


def test_a_checked_sheet_without_a_duty_lets_more_be_promised(zarina_writes, at):
    for key in ("duty_child", "duty_crime"):
        checked_rule(at, key, {"duty": "no"})
    for key in ("exception_life", "exception_child", "exception_order"):
        checked_rule(at, key, {"decides": "focal_point"})
    page = zarina_writes.begins().page
    assert "Please read this first" not in page
    assert "What you say stays with us, except:" in page


def test_a_country_without_a_society_of_its_own_offers_those_that_read(zarina_writes):
    page = zarina_writes.begins("TR").page
    assert "No society of your country reads messages here." in page
    assert "society=practice-north" in page and "country=TR" in page
    assert 'name="about"' in zarina_writes.begins("TR", society="practice-north").page


def test_a_society_that_closed_its_door_takes_nothing_and_offers_numbers(zarina_writes, world):
    zarina_writes.begins().answers(about="me")
    Society.objects.filter(hosted=True).update(closed=[DOOR], closed_from="2026-01-01")
    page = zarina_writes.presses("send", text="All of it.").page
    assert "We cannot take messages here now." in page
    assert "All of it." in page and "Numbers you can call" in page
    assert "Nobody can read messages here now." in zarina_writes.begins().page


def test_a_door_that_closes_while_she_writes_takes_no_word_from_her(zarina_writes, world):
    zarina_writes.begins().answers(about="me")
    Society.objects.filter(slug="practice-north").update(closed=[DOOR], closed_from="2026-01-01")
    page = zarina_writes.presses("send", text="All of it.").page
    assert "Your words go along to the society that you choose." in page
    zarina_writes.typed.clear()
    page = zarina_writes.presses("", to="practice-south").page
    assert "Colleagues of Practice Society South read what you write." in page
    assert "All of it.</textarea>" in page
    zarina_writes.presses("send", text="All of it.")
    assert only_arrival().society == world.societies["south"]


def test_a_second_door_that_closes_takes_no_word_from_her_either(zarina_writes, world):
    zarina_writes.begins().answers(about="me")
    Society.objects.filter(slug="practice-north").update(closed=[DOOR], closed_from="2026-01-01")
    assert "All of it." in zarina_writes.presses("send", text="All of it.").page
    zarina_writes.typed.clear()
    Society.objects.filter(hosted=True).update(closed=[DOOR], closed_from="2026-01-01")
    assert "All of it." in zarina_writes.presses("", to="practice-south").page


# -- one question at a time ------------------------------------------------------------------------


SCREEN = re.compile(
    r'<div class="screen stack(?P<now> now)?" data-screen="(?P<number>\d)">(?P<all>.*?)data-way>', re.DOTALL
)


def screens(page):
    """The screens of the page in their order: (number, whether it stands first, the names of what is asked)."""
    names = re.compile(r'name="(\w+)"')
    return [
        (int(one["number"]), bool(one["now"]), list(dict.fromkeys(names.findall(one["all"]))))
        for one in SCREEN.finditer(page)
    ]


def test_without_scripts_the_questions_are_screens_of_one_page_one_after_the_other(zarina_writes):
    page = zarina_writes.begins().page
    assert screens(page) == [
        (1, True, ["about", "staff", "meant"]), (2, False, ["danger"]), (3, False, ["young", "theirs"]), (4, False, ["text"]),
        (5, False, ["place", "pin", "inside", "seen", "together", "help"]), (6, False, ["reach", "reply", "reads"]), (7, False, ["files", "abuse", "original"]),
    ]  # fmt: skip
    for number in range(1, 8):
        assert f'id="q{number}"' in page, "what Next leads to"
        assert (f'href="#q{number + 1}"' in page) == (number < 7)


def test_what_she_wrote_on_all_screens_is_read_by_intake_and_by_nobody_on_the_way(zarina_writes, world):
    zarina_writes.begins().answers(about="me", danger="no", young="no", text="They took my passport.")
    zarina_writes.answers(place="Near the bazaar.", help="A bed.", reply="yes")
    assert not Report.objects.exists()
    zarina_writes.presses("send")
    assert "Your message has arrived" in zarina_writes.page
    told = read(world)
    assert told["text"] == "They took my passport." and told["about"] == "me"
    assert told["answers"] == {
        "danger": "no", "young": "no", "place": "Near the bazaar.", "help": "A bed.", "reply": "yes",
    }  # fmt: skip
    assert told["person"] == {"language": "en", "age_group": "unknown", "country": "XA"}
    assert json.loads(bytes(only_arrival().header)) == {
        "child": "no", "language": "en", "sealed": "server", "urgency": "today",
    }  # fmt: skip


def test_she_may_stop_at_any_question_and_send_what_there_is(zarina_writes, world):
    zarina_writes.begins().answers(about="me")
    zarina_writes.presses("send", text="Only this.")
    assert read(world)["text"] == "Only this."


def test_nothing_at_all_is_answered_by_a_sentence(zarina_writes):
    zarina_writes.begins().answers(about="me").presses("send")
    assert zarina_writes.answer.status_code == 422
    assert "There is nothing in your message." in zarina_writes.page
    assert "<title>Error: Information</title>" in zarina_writes.page


def test_the_language_changes_midway_and_not_a_word_is_lost(zarina_writes, world):
    zarina_writes.begins().answers(about="me")
    zarina_writes.presses("stay", "ru", text="Они забрали паспорт. Hali ham shu yerda.")
    assert '<html lang="ru"' in zarina_writes.page
    assert "Они забрали паспорт. Hali ham shu yerda.</textarea>" in zarina_writes.page
    assert [number for number, now, _names in screens(zarina_writes.page) if now] == [4]
    zarina_writes.presses("send", "ru", text="Они забрали паспорт. Hali ham shu yerda.")
    assert read(world)["text"] == "Они забрали паспорт. Hali ham shu yerda."
    assert only_arrival().header.find(b'"ru"') > 0 if isinstance(only_arrival().header, bytes) else True


def test_what_is_too_long_comes_back_whole(zarina_writes):
    zarina_writes.begins().answers(about="me")
    zarina_writes.presses("send", text="а" * 20_001, help="A bed.")
    assert zarina_writes.answer.status_code == 422
    assert "а" * 20_001 in zarina_writes.page
    assert 'role="alert"' in zarina_writes.page
    assert [number for number, now, _names in screens(zarina_writes.page) if now] == [4], "where it is wrong"


def test_a_page_that_was_changed_or_left_open_gives_back_what_was_typed(zarina_writes):
    zarina_writes.begins().answers(about="me")
    zarina_writes.answer = zarina_writes.client.post(WRITE, {"state": "x" * 80, "text": "Help me."})
    assert "Help me." in zarina_writes.page
    assert "This page was open for too long" in zarina_writes.page


# -- danger, children, others ----------------------------------------------------------------------


def test_danger_now_shows_numbers_first_then_goes_on_and_calls_whoever_is_on_duty(
    register, zarina_writes, world
):
    page = zarina_writes.begins("TR", society="practice-north").answers(about="me", danger="yes").page
    assert page.index("In danger now? Call:") < page.index('name="young"')
    assert 'href="tel:' in page[: page.index('name="young"')]
    zarina_writes.presses("send", young="no")
    assert only_arrival().urgency == "now"
    assert read(world)["answers"]["danger"] == "yes"
    assert b"TR" not in bytes(only_arrival().header)
    shown = world.client("bakyt").get(f"/inbox/{only_arrival().pk}/").text
    assert "Numbers where the person is: Türkiye" in shown and "Rings there only" in shown


def test_a_child_is_asked_no_guardian_and_sees_the_line_for_children_first(register, zarina_writes, world):
    zarina_writes.begins().answers(about="me", danger="no", young="yes")
    page = zarina_writes.page
    main = page[page.index("<main") :]
    assert main.index("It is not your fault") < main.index('name="text"')
    assert not any(word in main for word in ("guardian", "parent", "mother"))
    zarina_writes.presses("send", text="I am 15.")
    assert json.loads(bytes(only_arrival().header))["child"] == "yes"
    assert read(world)["person"]["age_group"] == "child"


def test_about_another_it_is_no_denunciation_and_asks_how_she_reaches_us_herself(zarina_writes):
    page = zarina_writes.begins().page
    asked_of = dict(re.findall(r'data-step="(\w+)"\s+data-asked-of="([a-z ]*)"', page))
    assert {name for name, of in asked_of.items() if "another" in of.split(" ")} == {
        "theirs",
        "place",
        "inside",
        "reach",
    }
    assert "We open no file about the person who does harm." in page
    assert "when this person writes or calls us directly" in page


def test_a_question_alone_is_not_asked_where_it_is(zarina_writes):
    asked_of = dict(re.findall(r'data-step="(\w+)"\s+data-asked-of="([a-z ]*)"', zarina_writes.begins().page))
    assert {name for name, of in asked_of.items() if "question" in of.split(" ")} == {"young"}


# -- locked in -------------------------------------------------------------------------------------


def test_somebody_who_is_locked_in_tells_where_she_is_and_it_is_sealed_with_her_words(zarina_writes, world):
    told = {
        "place": "By the sea.", "pin": "11.56245, 104.91601 (± 20 m)", "inside": "The blue one, floor 4.",
        "seen": "A sign of a bank.", "together": "Twelve", "reads": "After midnight.",
    }  # fmt: skip
    zarina_writes.begins("KH", society="practice-north").answers(about="me", danger="yes", **told)
    assert not Report.objects.exists()
    zarina_writes.presses("send", text="We are made to write to strangers.")
    kept = read(world)
    assert {name: kept["answers"][name] for name in told} == told
    assert kept["person"]["country"] == "KH"
    outside = bytes(only_arrival().header)
    assert not any(one.encode() in outside for one in (*told.values(), "KH"))
    shown = world.client("bakyt").get(f"/inbox/{only_arrival().pk}/").text
    assert all(one in shown for one in told.values())


def test_one_of_these_answers_alone_is_a_message_and_comes_back_from_a_door_that_closed(zarina_writes, world):
    zarina_writes.begins().answers(about="me").presses("send", inside="Room 12")
    assert read(world)["answers"]["inside"] == "Room 12"
    other = Stranger().begins().answers(about="me")
    Society.objects.filter(hosted=True).update(closed=[DOOR], closed_from="2026-01-01")
    assert "A red gate" in other.presses("send", seen="A red gate").page


def test_where_a_telephone_is_can_be_asked_for_while_a_message_is_written_and_nowhere_else(zarina_writes):
    def policy(page):
        return zarina_writes.client.get(page).headers["Permissions-Policy"]

    assert "geolocation=(self)" in policy(f"{WRITE}?country=XA")
    assert all(
        "geolocation=()" in policy(page) for page in ("/info/", "/info/answer", "/info/talk?country=XA")
    )
    page = zarina_writes.begins().page
    # Without scripts nothing of it stands there; with them a tap asks (tell.js).
    assert re.search(r"data-pin\s+hidden", page) and "autofocus" not in page


# -- sent once -------------------------------------------------------------------------------------


def test_who_presses_twice_has_sent_one_message_and_reads_the_same_number(zarina_writes, world):
    zarina_writes.begins().answers(about="me")
    page = zarina_writes.answer
    first = zarina_writes.presses("send", text="Once.").digits
    zarina_writes.answer = page
    assert zarina_writes.presses("send", text="Once.").digits == first
    assert Report.objects.count() == Arrival.objects.count() == 1
    zarina_writes.answer = page
    zarina_writes.presses("send", text="Once, and changed.")
    assert "This form was sent already. If you changed your words after that, the change was not sent." in (
        " ".join(zarina_writes.page.split())
    )
    assert "Once, and changed." in zarina_writes.page


def test_a_machine_that_fills_in_everything_is_kept_and_counts_as_unproven(zarina_writes, world):
    zarina_writes.begins().answers(about="me")
    zarina_writes.presses("send", text="Cheap pills", website="https://pills.example")
    assert "Your message has arrived" in zarina_writes.page
    assert read(world)["text"] == "Cheap pills"


# -- files -----------------------------------------------------------------------------------------


def at_the_files(stranger):
    return stranger.begins().answers(about="me", text="With a picture.")


def sent_file(world):
    (entry,) = reporters.entries_in(read(world))
    return entry, open_file(entry, [bytes(one.sealed) for one in Piece.objects.order_by("number")])


def test_a_picture_is_drawn_anew_and_says_no_more_whose_telephone_took_it(zarina_writes, world):
    at_the_files(zarina_writes).presses("send", files=photograph())
    entry, body = sent_file(world)
    assert (entry.name, entry.kind) == ("picture-1.jpg", "picture")
    assert Image.open(io.BytesIO(body)).size == (40, 30) and b"Zarina" not in body


def test_a_picture_goes_as_it_is_where_she_chose_that(zarina_writes, world):
    at_the_files(zarina_writes).presses("send", files=photograph(), original="on")
    entry, body = sent_file(world)
    assert entry.name == "IMG_2041.jpg" and b"Telephone of Zarina" in body


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("broken.jpg", b"\xff\xd8\xff" + b"no picture" * 20),
        ("script.png", b"\x89PNG\r\n\x1a\n<svg><script>alert(1)</script></svg>"),
    ],
)
def test_a_picture_that_is_none_meets_a_sentence_and_nothing_typed_is_lost(zarina_writes, world, name, body):
    at_the_files(zarina_writes).presses("send", files=SimpleUploadedFile(name, body))
    assert "We could not open one of the pictures." in zarina_writes.page
    assert "Please choose your files again." in zarina_writes.page
    assert not Report.objects.exists()
    zarina_writes.presses("send")
    assert read(world)["text"] == "With a picture."


def test_a_script_in_a_drawing_goes_as_a_file_that_nobody_shows(zarina_writes, world):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    at_the_files(zarina_writes).presses("send", files=SimpleUploadedFile("map.svg", drawing, "image/svg+xml"))
    entry, body = sent_file(world)
    assert entry.kind == "file" and entry.name == "map.txt" and body == drawing


def test_too_many_files_meet_a_sentence(zarina_writes):
    at_the_files(zarina_writes).presses(
        "send", files=[SimpleUploadedFile(f"{n}.txt", b"a") for n in range(11)]
    )
    assert "These are too many files for one message." in zarina_writes.page


def test_files_that_do_not_come_along_are_said(zarina_writes):
    at_the_files(zarina_writes).presses("stay", "en", files=photograph())
    assert "Please choose your files again." in zarina_writes.page
    zarina_writes.presses(
        "send", files=[photograph(), *(SimpleUploadedFile(f"{n}.txt", b"a") for n in range(10))]
    )
    assert "Please choose your files again." in zarina_writes.page
    zarina_writes.begins().answers(about="me")
    zarina_writes.presses("send", text="x" * 20_001, files=photograph())
    assert "Please choose your files again." in zarina_writes.page


# -- sealed in the browser -------------------------------------------------------------------------


def test_what_a_browser_sealed_opens_for_intake_alone(zarina_writes, world):
    society = world.societies["north"]
    zarina_writes.begins()
    key = vault_queries.intake_key(society.pk)
    assert f'data-key-name="{key.generation}"' in zarina_writes.page
    header = reporters.header_of(language="ru", urgency="today", child="unknown", sealed="browser")
    plain = json.dumps({"text": "Из браузера", "about": "me", "answers": {}}, ensure_ascii=False).encode()
    padded = (len(plain).to_bytes(4, "big") + plain).ljust(4096, b"\0")
    body = seal(key.public, padded, "body", header)
    zarina_writes.presses(
        "send", sealed=SimpleUploadedFile("sealed", body), to_key=str(key.generation), urgency="today", child="unknown",
    )  # fmt: skip
    assert "This page is old" in zarina_writes.page, "the language of the outside was forgotten"
    zarina_writes.begins().presses(
        "send", sealed=SimpleUploadedFile("sealed", body), to_key=str(key.generation), language="ru",
        urgency="today", child="unknown",
    )  # fmt: skip
    assert zarina_writes.digits
    assert read(world)["text"] == "Из браузера"


def test_bytes_that_are_no_seal_are_refused_with_a_sentence(zarina_writes):
    sealed = SimpleUploadedFile("sealed", pad(b"plain words"))
    zarina_writes.begins().presses(
        "send", sealed=sealed, to_key="1", language="en", urgency="today", child="unknown"
    )
    assert "This page is old. Your message was not sent." in zarina_writes.page
    assert not Report.objects.exists()


# -- about a colleague -----------------------------------------------------------------------------


def read_as(world, who, arrival=None):
    return content_of(world, arrival or only_arrival(), timezone.now(), who)


def test_before_she_writes_she_reads_who_gets_a_message_about_a_colleague(zarina_writes):
    page = zarina_writes.begins().page
    assert "Is it about somebody who works or volunteers for us?" in page
    assert "Only those who look into complaints do." in page
    assert "We do not tell the person it is about." in page
    assert not re.search(r'name="staff"[^>]*checked', page), "nothing is chosen for her"
    assert not any(
        str(one) in page for one in reporters.reader_keys(Society.objects.get(slug="practice-north").pk)
    )


def test_what_she_writes_about_a_colleague_is_read_by_who_looks_into_complaints_and_by_nobody_on_intake(
    zarina_writes, world
):
    zarina_writes.begins().answers(about="me", staff="yes")
    zarina_writes.presses("send", text="Your colleague asks women for money.")
    assert "Your message has arrived" in zarina_writes.page
    came = only_arrival()
    assert came.to_key == "readers" and came.past_intake
    assert json.loads(bytes(came.header)) == {
        "about_staff": True, "child": "unknown", "language": "en", "sealed": "server", "urgency": "today",
    }  # fmt: skip
    for name in ("bakyt", "elena", "saule"):
        client = world.client(name)
        assert client.get(f"/inbox/{came.pk}/").status_code == 404
        with pytest.raises(Refusal):
            read_as(world, name)
    told = read_as(world, "zarina")
    assert told["text"] == "Your colleague asks women for money." and told["answers"] == {"staff": "yes"}


@pytest.mark.parametrize("said", ["no", "unknown", ""])
def test_whoever_says_nothing_of_a_colleague_is_read_by_intake_as_ever(zarina_writes, world, said):
    zarina_writes.begins().answers(about="me", staff=said)
    zarina_writes.presses("send", text="They took my passport.")
    assert read(world)["text"] == "They took my passport."
    assert b"about_staff" not in bytes(only_arrival().header)


def test_where_nobody_looks_into_complaints_she_reads_that_before_and_intake_reads_her(zarina_writes, world):
    StaffKey.objects.filter(staff__society=world.societies["north"]).update(admitted_at=None)
    page = zarina_writes.begins().page
    assert "Our colleagues who read messages read it, whatever you say here." in page
    assert "Only those who look into complaints do." not in page
    zarina_writes.answers(about="me", staff="yes").presses("send", text="Your colleague.")
    assert read(world)["answers"]["staff"] == "yes"


def test_a_machine_that_knows_no_colleague_promises_nothing_of_them(world, settings):
    north = world.societies["north"].pk
    assert reporters.reader_keys(north), "control"
    settings.PANAH_DOOR_ONLY = True
    assert reporters.reader_keys(north) == {}


def test_what_she_adds_to_it_goes_the_same_way_and_no_browser_seals_it_to_intake(zarina_writes, world):
    zarina_writes.begins().answers(about="me", staff="yes")
    zarina_writes.presses("send", text="Your colleague.").acts("kept")
    assert "data-more" not in zarina_writes.page
    assert "What you write is protected as soon as it reaches us." in zarina_writes.page
    zarina_writes.acts("more", text="He came again.")
    assert "It has arrived." in zarina_writes.page
    more = Arrival.objects.get(kind="report-more")
    assert more.to_key == "readers" and read_as(world, "zarina", more)["text"] == "He came again."


def sealed_past(stranger, keys, readers, text="From a browser"):
    header = reporters.header_of(
        language="en", urgency="today", child="unknown", sealed="browser", about_staff=True
    )
    plain = json.dumps({"text": text, "about": "me", "answers": {"staff": "yes"}}).encode()
    padded = (len(plain).to_bytes(4, "big") + plain).ljust(4096, b"\0")
    parts = [
        SimpleUploadedFile("sealed", seal(urlsafe_b64decode(key + "=="), padded, "body", header))
        for key in keys
    ]
    return stranger.presses(
        "send", sealed=parts, readers=readers, past="yes", to_key="1", language="en", urgency="today",
        child="unknown",
    )  # fmt: skip


def test_a_browser_seals_it_to_each_reader_and_learns_of_none_who_she_is(zarina_writes, world):
    said = zarina_writes.begins().presses("readers").answer.json()
    zarina = str(world.staff["zarina"].pk)
    assert zarina not in str(said) and len(said["keys"]) == len(
        reporters.reader_keys(world.societies["north"].pk)
    )
    sealed_past(zarina_writes.begins(), said["keys"], said["readers"])
    assert zarina_writes.digits
    assert read_as(world, "zarina")["text"] == "From a browser"


@pytest.mark.parametrize("wrong", ["more", "changed", "none"])
def test_seals_that_are_not_to_these_readers_are_refused_with_a_sentence(zarina_writes, wrong):
    said = zarina_writes.begins().presses("readers").answer.json()
    keys = {"more": said["keys"] * 2, "changed": said["keys"], "none": said["keys"]}[wrong]
    readers = {"more": said["readers"], "changed": "x" + said["readers"], "none": ""}[wrong]
    sealed_past(zarina_writes.begins(), keys, readers)
    assert "This page is old. Your message was not sent." in zarina_writes.page
    assert not Report.objects.exists()


# -- a picture that may show a child abused --------------------------------------------------------


def test_a_picture_that_she_says_may_show_a_child_abused_says_so_to_intake(zarina_writes, world):
    at_the_files(zarina_writes)
    assert "Please do not send it to anybody else. Here nobody opens it alone." in zarina_writes.page
    letter = SimpleUploadedFile("letter.txt", b"A letter.")
    zarina_writes.presses("send", files=[photograph(), letter], abuse="on")
    picture, other = read(world)["files"]
    assert picture["abuse"] == "yes" and "abuse" not in other


def test_she_can_say_so_of_a_picture_that_she_sends_later(zarina_writes, world):
    zarina_writes.writes("First.").acts("kept")
    zarina_writes.acts("more", text="And this.", files=photograph(), abuse="on")
    (picture,) = read_as(world, "bakyt", Arrival.objects.get(kind="report-more"))["files"]
    assert picture["abuse"] == "yes"


TYPED_INTO = re.compile(r"<(?:textarea|input(?![^>]*type=\"(?:hidden|radio|checkbox|submit)\"))[^>]*>")


def test_no_browser_is_to_remember_what_is_typed_on_any_page_of_the_door(zarina_writes):
    get = zarina_writes.client.get
    pages = [zarina_writes.begins().page, zarina_writes.writes("First.").acts("kept").page]
    pages += [
        get(f"/info/{name}").text for name in ("answer", "talk", "talk?country=XA", "places", "check?kind=1")
    ]
    typed = [[one[0] for one in TYPED_INTO.finditer(page)] for page in pages]
    assert len(typed[0]) >= 6, "control: texts, the file and what no person sees"
    assert [
        one for page in typed for one in page if 'autocomplete="off"' not in one and 'type="file"' not in one
    ] == []
    assert all('autocomplete="off"' in form for page in pages for form in re.findall(r"<form[^>]*>", page))


def test_a_voice_is_recorded_on_these_pages_alone(zarina_writes):
    assert "microphone=(self)" in zarina_writes.begins().answer.headers["Permissions-Policy"]
    assert "microphone=()" in zarina_writes.client.get("/info/").headers["Permissions-Policy"]


def test_the_context_of_a_seal_is_what_the_scripts_say():
    assert context("body", b"{}") == b"panah/1" + b"\0\0\0\x04body" + b"\0\0\0\x02{}"
