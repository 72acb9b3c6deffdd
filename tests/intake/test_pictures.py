"""What came with a report: pictures drawn anew, others saved; and a picture that may show a child abused."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.people.cases.models import Case
from panah.people.inbox import actions as inbox
from panah.people.inbox.models import Arrival
from panah.people.intake import actions
from panah.people.intake.models import MarkedPicture
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.models import Piece
from tests.guard.past_panah import noticed, swap
from tests.reporters.conftest import STORY, Stranger


def text(answer):
    return answer.content.decode()


def a_picture():
    out = BytesIO()
    Image.new("RGB", (300, 200), (200, 10, 10)).save(out, "JPEG")
    return reporters_queries.PlainFile(out.getvalue(), "place of the house.jpg", "jpeg", "picture")


def opened(client, arrival):
    answer = client.post(f"/inbox/{arrival.pk}/open/")
    assert answer.status_code == 302, text(answer)
    return text(client.get(answer.url))


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def sent(world, intake, now):
    """A report with a picture that Elena has opened; the address of the picture's pages stands in ``at``."""
    stranger = Stranger(world)
    stranger.writes(STORY, at=now, files=[a_picture()])
    stranger.arrival = stranger.report.arrival
    elena = world.client("elena")
    page = opened(elena, stranger.arrival)
    stranger.at = page.split('<img src="')[1].split("seen/")[0]
    stranger.picture = f"/inbox/pictures/{stranger.at.split('/')[-2]}/"
    stranger.elena = elena
    return stranger


def test_a_picture_is_shown_drawn_anew_and_saved_only_as_a_download(sent):
    drawn = sent.elena.get(f"{sent.at}seen/")
    assert drawn["Content-Type"].startswith("image/")
    assert "sandbox" in drawn["Content-Security-Policy"]
    saved = sent.elena.get(sent.at)
    assert saved["Content-Disposition"].startswith("attachment")
    assert "house" not in saved["Content-Disposition"]


@pytest.mark.parametrize("name", ["amina", "zarina", "rustam"])
def test_nobody_else_gets_a_picture(world, sent, name):
    client = world.client(name)
    for way in ("", "seen/"):
        assert client.get(f"{sent.at}{way}").status_code == 404
    sent.elena.post(f"{sent.at}mark/")
    for way in ("", "blurred/"):
        assert client.get(f"{sent.picture}{way}").status_code == 404


@pytest.fixture
def marked(sent):
    assert sent.elena.post(f"{sent.at}mark/").status_code == 302
    return sent


def test_once_marked_it_is_neither_shown_nor_saved_and_the_page_warns(marked):
    for way in ("", "seen/"):
        assert marked.elena.get(f"{marked.at}{way}").status_code == 403
    page = text(marked.elena.get(f"/inbox/{marked.arrival.pk}/"))
    assert "may show a child abused" in page
    assert "<img" not in page.split("<main")[1]
    page = text(marked.elena.get(f"{marked.picture}"))
    assert "Two of you open it" in page
    assert "What the rules of your country say" in page


def test_a_second_colleague_agrees_and_both_see_it_blurred_for_half_an_hour(world, marked, now):
    assert marked.elena.get(f"{marked.picture}blurred/").status_code == 403
    marked.elena.post(f"{marked.picture}")
    assert marked.elena.get(f"{marked.picture}blurred/").status_code == 403, "nobody has agreed"
    assert marked.elena.post(f"{marked.picture}", {"agree": "yes"}).status_code == 403, (
        "she has asked herself"
    )
    bakyt = world.client("bakyt")
    assert bakyt.post(f"{marked.picture}", {"agree": "yes"}).status_code == 302
    for client in (marked.elena, bakyt):
        answer = client.get(f"{marked.picture}blurred/")
        assert answer.status_code == 200
        assert max(Image.open(BytesIO(answer.content)).size) <= 40
    saule = world.client("saule")
    assert saule.get(f"{marked.picture}blurred/").status_code == 403, "not one of the two"
    row = MarkedPicture.objects.get()
    assert not actions.is_open_to(row, staff=world.staff["elena"], at=timezone.now() + timedelta(minutes=31))


def test_one_person_with_two_accounts_does_not_open_it_alone(world, marked):
    """Bakyt alone admitted Elena; nobody else has said to know her: the two accounts may be one person's."""
    from panah.ground.vault.models import StaffKey

    StaffKey.objects.filter(staff=world.staff["elena"]).update(
        admitted_by=world.staff["bakyt"], known_by=None
    )
    marked.elena.post(f"{marked.picture}")
    row = MarkedPicture.objects.get()
    with pytest.raises(Refusal) as refused:
        actions.agree_to_open(picture=row, by=world.staff["bakyt"], at=timezone.now())
    assert refused.value.code == "known-to-one"
    actions.agree_to_open(picture=row, by=world.staff["saule"], at=timezone.now())
    row.refresh_from_db()
    assert row.agreed_by == world.staff["saule"], "control: another person's vote counts"


PICTURES = "intake_markedpicture"


def test_elena_agrees_to_nothing_that_she_asked_for_herself_by_writing_that_bakyt_asked(world, marked):
    marked.elena.post(marked.picture)
    swap(PICTURES, "asked_by_id", world.staff["bakyt"].pk, upload=MarkedPicture.objects.get().upload)
    assert noticed(world.societies["north"].pk)
    assert marked.elena.post(marked.picture, {"agree": "yes"}).status_code == 403
    assert marked.elena.get(f"{marked.picture}blurred/").status_code == 403


def test_elena_does_not_open_it_by_writing_that_bakyt_agreed(world, marked):
    marked.elena.post(marked.picture)
    upload = MarkedPicture.objects.get().upload
    swap(PICTURES, "agreed_by_id", world.staff["bakyt"].pk, upload=upload)
    swap(PICTURES, "agreed_at", timezone.now(), upload=upload)
    assert marked.elena.get(f"{marked.picture}blurred/").status_code == 403


def test_that_two_found_it_to_be_none_is_not_asked_of_the_row(world, marked):
    swap(PICTURES, "came_of_it", "not-one", upload=MarkedPicture.objects.get().upload)
    for way in ("", "seen/"):
        assert marked.elena.get(f"{marked.at}{way}").status_code == 403
    assert noticed(world.societies["north"].pk)


def becomes_a_case(world, marked):
    return marked.elena.post(
        f"/inbox/{marked.arrival.pk}/turn/case/",
        {
            "language": "tg", "age_group": "child", "urgency": "now", "note": STORY, "called": "", "phone": "",
            "choice": str(world.staff["amina"].pk), "word": "",
        },
    )  # fmt: skip


def two_look(world, marked):
    marked.elena.post(marked.picture)
    bakyt = world.client("bakyt")
    assert bakyt.post(marked.picture, {"agree": "yes"}).status_code == 302
    return [client.get(f"{marked.picture}blurred/").status_code for client in (marked.elena, bakyt)]


def much_later(now):
    """What the node lets go by itself, after a year."""
    inbox.sweep_bodies(at=now)
    reporters.erase_old(at=now + timedelta(days=365))


def is_due(name_of_client):
    return "two of you look at it" in text(name_of_client.get("/"))


def test_a_marked_picture_stays_under_its_report_which_became_a_case_until_two_have_looked_and_written(
    world, marked, now
):
    answer = becomes_a_case(world, marked)
    assert answer.status_code == 302, text(answer)
    case = Case.objects.get()
    assert not vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="document")
    much_later(now)
    assert is_due(marked.elena)
    assert "two of you have still to look" in text(marked.elena.get(f"/inbox/{marked.arrival.pk}/"))
    written = {"came_of_it": "reported"}
    assert marked.elena.post(marked.picture, written).status_code == 422, "nobody has looked"
    assert two_look(world, marked) == [200, 200]
    assert world.client("saule").post(marked.picture, written).status_code == 422, "not one of the two"
    assert Piece.objects.exists()
    assert marked.elena.post(marked.picture, written).status_code == 302
    assert not is_due(marked.elena)
    assert not Piece.objects.exists()
    assert "It was reported to whoever" in text(marked.elena.get(marked.picture))
    assert "It was reported to whoever" in text(marked.elena.get(f"/inbox/{marked.arrival.pk}/"))


def test_closing_or_answering_destroys_no_picture_that_nobody_has_looked_at(world, marked, now):
    marked.elena.post(f"/inbox/{marked.arrival.pk}/finish/", {"told": "helped"})
    much_later(now)
    marked.arrival.refresh_from_db()
    assert not marked.arrival.kept, "control: what was told is destroyed"
    assert two_look(world, marked) == [200, 200]


def test_what_two_found_to_be_none_is_a_file_like_every_other_again(world, marked):
    two_look(world, marked)
    assert marked.elena.post(marked.picture, {"came_of_it": "not-one"}).status_code == 302
    assert marked.elena.get(f"{marked.at}seen/").status_code == 200
    assert becomes_a_case(world, marked).status_code == 302
    assert vault_queries.read_all(keys=world.keys("amina"), file=Case.objects.get().file_id, part="document")


def test_what_its_sender_takes_back_unseen_is_still_said_to_have_been_there(world, marked, now):
    reporters.withdraw(opened=marked.returns(at=now), at=now)
    assert is_due(marked.elena)
    assert "There is nothing to look at" in text(marked.elena.get(marked.picture))
    assert marked.elena.post(marked.picture, {"came_of_it": "gone"}).status_code == 302
    assert not is_due(marked.elena)


def test_of_a_report_that_became_a_complaint_its_readers_look_and_whom_it_is_about_does_not(world, marked):
    answer = marked.elena.post(
        f"/inbox/{marked.arrival.pk}/colleague/", {"concerns": [str(world.staff["bakyt"].pk)]}
    )
    assert answer.status_code == 302, text(answer)
    for name in ("elena", "bakyt", "saule"):
        client = world.client(name)
        assert client.get(marked.picture).status_code == 404
        assert not is_due(client)
    zarina = world.client("zarina")
    assert is_due(zarina)
    assert "Ask to open it" in text(zarina.get(marked.picture))
    keys = world.keys("zarina")
    assert actions.entry_of(keys, MarkedPicture.objects.get()) is not None


def test_what_its_sender_says_to_be_such_a_picture_is_marked_before_anybody_sees_it(world, intake, now):
    stranger = Stranger(world)
    stranger.writes(at=now, files=[a_picture()], content={"text": STORY, "answers": {"abuse_picture": "yes"}})
    page = opened(world.client("elena"), stranger.report.arrival)
    assert "<img" not in page.split("<main")[1]
    assert MarkedPicture.objects.get().marked_by is None


def test_the_picture_lies_in_no_backup_that_could_be_opened(world, marked):
    """Its key stands in the sealed words alone, which lie in the store that is in no backup."""
    assert Piece.objects.count() >= 1
    assert not any(b"\xff\xd8\xff" in bytes(one.sealed) for one in Piece.objects.all())


def test_a_marked_picture_is_marked_in_every_word_of_a_report_that_names_it(world, sent, now):
    """Whoever sent it names the same file again in what she adds: that opens no second way to it."""
    told = inbox.content_of(keys=world.keys("elena"), arrival=sent.arrival, at=now)
    reporters.add_words(
        opened=sent.returns(at=now), token=reporters_queries.new_token(), at=now,
        content={"text": "Practice: look again.", "files": told["files"]},
    )  # fmt: skip
    more = Arrival.objects.get(kind="report-more")
    page = opened(sent.elena, more)
    (picture,) = (one.split('"')[0] for one in page.split('<img src="')[1:] if str(more.pk) in one)
    assert sent.elena.get(picture).status_code == 200, "control"
    assert sent.elena.post(f"{sent.at}mark/").status_code == 302
    again = picture.removesuffix("seen/")
    for way in ("", "seen/"):
        assert sent.elena.get(f"{again}{way}").status_code == 403
    assert "<img" not in text(sent.elena.get(f"/inbox/{more.pk}/")).split("<main")[1]
    assert sent.elena.get(sent.picture).status_code == 200
