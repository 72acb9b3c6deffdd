"""A report that became a complaint: its readers find it, answer its reporter from it, and read it in their language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import RoleHeld
from panah.ground.network.models import RuleLine
from panah.people.complaints.models import Matter
from panah.people.inbox.models import Arrival
from tests.reporters.conftest import Stranger

STORY = "Practice: the colleague of the night line asks women for money before she helps."
CONTENT = {
    "text": STORY,
    "answers": {"about": "me", "staff": "yes", "theirs": "no"},
    "person": {"age_group": "unknown", "country": "XA"},
}


def text(answer):
    return answer.content.decode()


@pytest.fixture
def now():
    return timezone.now()


def opened_by_elena(world, stranger, now, **more):
    stranger.writes(STORY, at=now, content=CONTENT, **more)
    arrival, elena = Arrival.objects.latest("arrived_at"), world.client("elena")
    assert elena.post(f"/inbox/{arrival.pk}/open/").status_code == 302
    return arrival


def passed_on(client, arrival, **ticked):
    return client.post(f"/inbox/{arrival.pk}/colleague/", ticked)


@pytest.fixture
def complaint(world, intake, now):
    """A report that Elena passed on to the readers of complaints, past Bakyt."""
    stranger = Stranger(world)
    stranger.arrival = opened_by_elena(world, stranger, now)
    answer = passed_on(world.client("elena"), stranger.arrival, concerns=[str(world.staff["bakyt"].pk)])
    assert answer.status_code == 302, text(answer)
    stranger.matter = Matter.objects.get()
    stranger.page = f"/complaints/matter/{stranger.matter.number}/"
    return stranger


def test_the_complaint_leads_to_its_report_and_to_the_answer_and_the_report_leads_back(world, complaint):
    zarina, pk = world.client("zarina"), complaint.arrival.pk
    page = text(zarina.get(complaint.page))
    assert f'href="/inbox/{pk}/"' in page and f'href="/inbox/{pk}/answer/"' in page
    for step in ("acknowledge", "answer"):
        assert f'href="/inbox/{pk}/answer/"' in text(zarina.get(f"{complaint.page}{step}/"))
    assert f'href="{complaint.page}"' in text(zarina.get(f"/inbox/{pk}/"))
    assert f'href="{complaint.page}"' in text(zarina.get("/inbox/"))


def test_the_answer_to_a_reporter_goes_with_the_number_of_the_message_not_with_a_code_she_never_got(
    world, complaint
):
    zarina = world.client("zarina")
    page = text(zarina.get(f"{complaint.page}answer/"))
    assert 'value="receipt"' in page and 'value="waits"' not in page
    assert "told when the code is asked for" not in text(zarina.get(f"{complaint.page}acknowledge/"))
    zarina.post(f"{complaint.page}acknowledge/", {"told": "not_yet"})
    assert "The reporter has not been told that it came in." in text(zarina.get(complaint.page))
    said = {"outcome": "right", "done": "She no longer answers the night line.", "way": "receipt"}
    assert zarina.post(f"{complaint.page}answer/", said).status_code == 302
    assert "read with the number of the message" in text(zarina.get(complaint.page))


def test_where_no_answer_reaches_the_reporter_the_complaint_says_so(world, intake, now):
    stranger = Stranger(world)
    arrival = opened_by_elena(world, stranger, now, receipt=None)
    assert passed_on(world.client("elena"), arrival, nobody="on").status_code == 302
    page = text(world.client("zarina").get(f"/complaints/matter/{Matter.objects.get().number}/"))
    assert "No answer can reach its reporter." in page and f"/inbox/{arrival.pk}/answer/" not in page
    assert f'href="/inbox/{arrival.pk}/"' in page


def test_what_the_reporter_was_promised_is_the_term_of_the_complaint(world, intake, now):
    RuleLine.objects.create(
        iso2="XA", key="message_days", value=3, valid_from="2026-01-01", entered_at=world.at,
        checked_on="2026-02-01", checked_by="a lawyer",
    )  # fmt: skip
    stranger = Stranger(world)
    arrival = opened_by_elena(world, stranger, now)
    assert passed_on(world.client("elena"), arrival, nobody="on").status_code == 302
    matter = Matter.objects.get()
    last = timezone.localtime(arrival.arrived_at).date() + timedelta(days=3)
    assert timezone.localtime(matter.answer_by).date() == last
    assert matter.acknowledge_by <= matter.answer_by


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ["Who is this for? the writer", "That person is under 18: no", "Adult or child: age not known"],
        ),
        ("ru", ["Для кого это? ", "Взрослый или ребёнок: "]),
    ],
)
def test_what_the_reporter_answered_stands_in_words_of_whoever_reads_it(world, complaint, language, said):
    world.staff["zarina"].language = language
    world.staff["zarina"].save()
    page = text(world.client("zarina").get(complaint.page))
    assert STORY in page
    for line in said:
        assert line in page, page
    for code in ("about: ", "staff: ", "theirs: ", "age_group", ": XA"):
        assert code not in page


def test_nothing_is_passed_on_before_somebody_was_ticked_or_it_was_said_that_none_of_them_is_meant(
    world, intake, now
):
    elena = world.client("elena")
    arrival = opened_by_elena(world, Stranger(world), now)
    bare = passed_on(elena, arrival)
    assert bare.status_code == 422 and "or that it is about none of these" in text(bare)
    both = passed_on(elena, arrival, nobody="on", concerns=[str(world.staff["bakyt"].pk)])
    assert both.status_code == 422
    assert not Matter.objects.exists()
    assert passed_on(elena, arrival, nobody="on").status_code == 302
    assert Matter.objects.exists()


def test_of_what_readers_had_on_their_lists_nobody_is_told_that_they_never_learn_of_it(world, intake, now):
    RoleHeld.objects.create(staff=world.staff["saule"], role="data_protection_officer", since=now)
    past, other = Stranger(world), Stranger(world)
    past.writes(STORY, at=now, about_staff=True)
    zarina, never = world.client("zarina"), "never learn that it exists"
    zarina.post(f"/inbox/{past.report.arrival.pk}/open/")
    page = text(zarina.get(f"/inbox/{past.report.arrival.pk}/colleague/"))
    assert never not in page and "a reader had it on her list" in page
    arrival = opened_by_elena(world, other, now)
    assert never in text(world.client("elena").get(f"/inbox/{arrival.pk}/colleague/")), "control"
