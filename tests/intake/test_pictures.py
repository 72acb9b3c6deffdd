"""What came with a report: pictures drawn anew, others saved; and a picture that may show a child abused."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from panah.cases.models import Case
from panah.foundation.errors import Refusal
from panah.inbox import actions as inbox
from panah.inbox.models import Arrival
from panah.intake import actions
from panah.intake.models import MarkedPicture
from panah.reporters import actions as reporters
from panah.reporters import queries as reporters_queries
from panah.vault import queries as vault_queries
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
    for way in ("", "seen/", "marked/", "blurred/"):
        assert client.get(f"{sent.at}{way}").status_code == 404


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
    page = text(marked.elena.get(f"{marked.at}marked/"))
    assert "Two of you open it" in page
    assert "What the rules of your country say" in page


def test_a_second_colleague_agrees_and_both_see_it_blurred_for_half_an_hour(world, marked, now):
    assert marked.elena.get(f"{marked.at}blurred/").status_code == 403
    marked.elena.post(f"{marked.at}marked/")
    assert marked.elena.get(f"{marked.at}blurred/").status_code == 403, "nobody has agreed"
    assert marked.elena.post(f"{marked.at}marked/", {"agree": "yes"}).status_code == 403, (
        "she has asked herself"
    )
    bakyt = world.client("bakyt")
    assert bakyt.post(f"{marked.at}marked/", {"agree": "yes"}).status_code == 302
    for client in (marked.elena, bakyt):
        answer = client.get(f"{marked.at}blurred/")
        assert answer.status_code == 200
        assert max(Image.open(BytesIO(answer.content)).size) <= 40
    saule = world.client("saule")
    assert saule.get(f"{marked.at}blurred/").status_code == 403, "not one of the two"
    row = MarkedPicture.objects.get()
    assert not actions.is_open_to(row, staff=world.staff["elena"], at=timezone.now() + timedelta(minutes=31))


def test_one_person_with_two_accounts_does_not_open_it_alone(world, marked):
    """Bakyt alone admitted Elena; nobody else has said to know her: the two accounts may be one person's."""
    from panah.vault.models import StaffKey

    StaffKey.objects.filter(staff=world.staff["elena"]).update(
        admitted_by=world.staff["bakyt"], known_by=None
    )
    marked.elena.post(f"{marked.at}marked/")
    row = MarkedPicture.objects.get()
    with pytest.raises(Refusal) as refused:
        actions.agree_to_open(picture=row, by=world.staff["bakyt"], at=timezone.now())
    assert refused.value.code == "known-to-one"
    actions.agree_to_open(picture=row, by=world.staff["saule"], at=timezone.now())
    row.refresh_from_db()
    assert row.agreed_by == world.staff["saule"], "control: another person's vote counts"


def test_a_marked_picture_goes_into_no_case(world, marked, now):
    answer = marked.elena.post(
        f"/inbox/{marked.arrival.pk}/turn/case/",
        {
            "language": "tg", "age_group": "child", "urgency": "now", "note": STORY, "called": "", "phone": "",
            "choice": str(world.staff["amina"].pk), "word": "",
        },
    )  # fmt: skip
    assert answer.status_code == 302, text(answer)
    case = Case.objects.get()
    assert not vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="document")


def test_what_its_sender_says_to_be_such_a_picture_is_marked_before_anybody_sees_it(world, intake, now):
    stranger = Stranger(world)
    stranger.writes(at=now, files=[a_picture()], content={"text": STORY, "answers": {"abuse_picture": "yes"}})
    page = opened(world.client("elena"), stranger.report.arrival)
    assert "<img" not in page.split("<main")[1]
    assert MarkedPicture.objects.get().marked_by is None


def test_the_picture_lies_in_no_backup_that_could_be_opened(world, marked):
    """Its key stands in the sealed words alone, which lie in the store that is in no backup."""
    from panah.reporters.models import Piece

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
    assert sent.elena.get(f"{again}marked/").status_code == 200
