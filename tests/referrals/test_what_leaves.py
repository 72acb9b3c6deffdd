"""What was agreed to and shown leaves or is named as missing; an authority as receiver shows its risk first."""

import pytest

from panah.cases.words.terms import Assistance
from panah.consent import queries as consent_queries
from panah.directory import actions as directory
from panah.directory.models import Service
from panah.kit.sealed_addresses import sealed
from tests import delivered
from tests.referrals.across import CALLED, SOUTH, Story, agree, packet_of, text_of


@pytest.fixture
def story(world, paired):
    return Story(world)


def test_needs_that_are_ticked_and_not_written_out_leave_all_the_same(story):
    """The person agreed that needs are told, and saw them on the page: an empty line beside them takes nothing away."""
    page = story.prepare(tell_needs="", needs=["shelter", "reception"])
    for one in ("shelter", "reception"):
        assert str(Assistance(one).label) in packet_of(page)
    assert story.seal().status_code == 302
    story.deliver()
    assert packet_of(story.open_offer()) == packet_of(page)
    story.accept()
    plan = text_of(story.daler.get(f"/cases/{story.theirs.number}/plan/"))
    for one in ("shelter", "reception"):
        assert str(Assistance(one).label) in plan, "nothing is typed again there"


def test_what_was_agreed_to_and_left_empty_is_named_before_it_leaves(story):
    page = text_of(story.prepare(tell_phone="", tell_needs="", needs=[]))
    assert "Agreed to, and nothing is filled in: safe phone and hours, what is needed now" in page
    assert "So it does not leave." in page
    assert "Agreed to, and nothing is filled in" not in text_of(story.prepare())


CONSULATE = "Practice Consulate of the South"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (CONSULATE, "They learn where you are"),
        ("Полиция, 3-й участок", "treat what you were forced to do as an offence"),
    ],
)
def test_a_consulate_or_police_shows_its_risk_before_anything_leaves(story, world, at, name, says):
    delivered.load(directory.load_reference_data, at=at)
    home = f"/cases/{story.case.number}"
    agree(world, story.case, ["called"], purpose="partner", receiver="other", receiver_name=name)
    other = consent_queries.latest(keys=world.keys("amina"), file=story.case.file_id)[-1].consent.receiver
    new = f"{home}/referrals/new/{sealed('partner')}/{sealed(other)}/"
    assert says in text_of(story.amina.get(new))
    draft = story.amina.post(new, {"need": "a paper for the way home", "note": "", "tell_called": CALLED})[
        "Location"
    ]
    assert says in text_of(story.amina.get(draft))
    clinic = f"{home}/referrals/new/{sealed('cross_border')}/{sealed(SOUTH)}/"
    assert "An authority: its risk is said first" not in text_of(story.amina.get(clinic))


def test_a_consulate_of_the_directory_is_known_by_its_kind_and_its_risk_is_read_before_consent(story, at):
    delivered.load(directory.load_reference_data, at=at)
    (service,) = Service.objects.filter(organization__kind="Consulate")
    receiver = f"service:{service.pk}"
    for page in (
        f"consent/ask/partner/?to={sealed(receiver)}",
        f"referrals/new/{sealed('partner')}/{sealed(receiver)}/",
    ):
        read = text_of(story.amina.get(f"/cases/{story.case.number}/{page}"))
        assert "An authority: its risk is said first. “An embassy or consulate" in read
