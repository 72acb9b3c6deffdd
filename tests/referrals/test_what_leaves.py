"""What was agreed to and shown leaves or is named as missing; an authority as receiver shows its risk first."""

import re
from html import unescape

import pypdfium2
import pytest
from django.utils import timezone

from panah.ground.directory import actions as directory
from panah.ground.directory.models import Service
from panah.ground.exchange.models import Outgoing
from panah.ground.exchange.words import MessageKind
from panah.ground.kit.dates import long_day
from panah.ground.kit.languages import language_name
from panah.ground.kit.sealed_addresses import sealed
from panah.ground.work.words import AgeGroup, Urgency
from panah.people.cases import actions as cases
from panah.people.cases.words.terms import Assistance
from panah.people.consent import queries as consent_queries
from panah.people.consent.words import SharedField
from panah.people.inbox import actions as inbox
from panah.people.referrals.words import DeliveryMethod
from tests import delivered
from tests.referrals.across import CALLED, SOUTH, Story, agree, open_case, packet_of, text_of


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


# -- what leaves is what the page showed, whichever way it goes --------------------------------


AGES = ["adult", "child", "unknown"]
# What an offer holds, and what of it a page must show beforehand. A new one is decided about here.
NOT_SHOWN = {"v", "purpose", "reply_key", "reference"}
# What a code tells of which field that a person chooses.
OF_A_FIELD = {"language": "language", "needs": "needs", "age_group": "age"}


def ready(world, age: str) -> Story:
    """A referral that may leave, of somebody who chose no age to be told."""
    fields = ("called", "language", "needs", "phone")
    guardian = {"guardian": "not_needed" if age == "adult" else "representative"}
    story = Story(world, age=age, fields=None)
    story.consent = agree(world, story.case, fields, **guardian)
    keys, at = world.keys("amina"), timezone.now()
    if age != "adult":
        cases.write_best_interests(
            keys=keys, case=story.case, which="assessment", text={"text": "home is safe"}, at=at
        )
        cases.write_guardian(
            keys=keys, case=story.case, guardian={"name": "An aunt", "involved": "no"}, at=at
        )
    return story


def stays_on(page: str) -> set[str]:
    """The fields that a page says stay here."""
    after = (
        page.split('<section class="stays">')[1]
        if '"stays"' in page
        else page.split("What stays here</h2>")[1]
    )
    listed = re.search(r"<p>(.*?)</p>", after, re.DOTALL)[1]
    return {one.strip() for one in unescape(listed).split(",")}


def shown_of(content: dict) -> list[tuple[str, str]]:
    """What a page must have shown, in its words, by what leaves: fails on anything that nobody decided about."""
    said = {
        "need": lambda v: [v], "wish": lambda v: [v], "life": lambda v: [v],
        "values": lambda v: list(v.values()),
        "needs": lambda v: [str(Assistance(one).label) for one in v],
        "language": lambda v: [language_name(v, "en")],
        "age_group": lambda v: [str(AgeGroup(v).label)],
        "urgency": lambda v: [str(Urgency(v).label)],
        "codes": lambda v: [str(one) for one in v],
        "child": lambda v: [v["authority"], "known not to be involved", long_day(timezone.localdate())],
        "consent": lambda v: [long_day(timezone.localdate()), *(str(SharedField(f).label) for f in v["fields"])],
    }  # fmt: skip
    assert set(content) <= set(said) | NOT_SHOWN, "something leaves that no page is known to show"
    return [
        (name, one) for name, value in content.items() if name in said and value for one in said[name](value)
    ]


def what_left(story: Story, way: str) -> tuple[str, dict]:
    """What the other side reads, as text; sealed to a node also the content itself."""
    if way == DeliveryMethod.NODE:
        assert story.seal().status_code == 302
        assert Outgoing.objects.get().urgency == story.case.urgency, "in the header, and shown too"
        story.deliver()
        read = packet_of(story.open_offer())
        (arrival,) = story.arrivals(kind=MessageKind.OFFERED)
        return read, inbox.content_of(
            keys=story.world.keys("rustam"), arrival=arrival, at=timezone.now()
        ) or {}
    sent = story.amina.post(story.here, {"step": "send", "way": way, "read": "on"})
    if way == DeliveryMethod.LETTER:
        pdf = pypdfium2.PdfDocument(story.amina.post(f"{story.here}letter/").content)
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split()), {}
    if way == DeliveryMethod.SCRIPT:
        return text_of(story.amina.get(f"{story.here}script/")), {}
    made = sent.content.decode()
    address = "/r/" + made.split("/r/")[1].split("<")[0]
    code = made.split('<p class="code num"><bdi>')[2].split("<")[0]
    return text_of(story.world.client(None).post(address, {"code": code})), {}


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("way", [one for one in DeliveryMethod if one != DeliveryMethod.OURS])
def test_each_thing_that_leaves_was_on_the_page_before_and_is_not_said_to_stay(world, paired, way, age):
    story = ready(world, age)
    new = story.amina.get(
        f"/cases/{story.case.number}/referrals/new/{sealed('cross_border')}/{sealed(SOUTH)}/"
    )
    before = story.prepare(authority="Practice child protection, +000 555" if age != "adult" else "")
    page, seen = before.content.decode(), packet_of(before)
    read, content = what_left(story, way)
    urgent, of_age = str(Urgency(story.case.urgency).label), str(AgeGroup(age).label)
    anyway = text_of(new).split("What leaves in any case")[1].split("What stays here")[0]
    for told in (seen, read, anyway):
        assert urgent in told, "how urgent it is leaves, and is shown"
    for told in (seen, read):
        assert (of_age in told) == (age != "adult"), (
            "a child is said to be one; an adult only if that was chosen"
        )
    assert (of_age in anyway) == (age == "child") and ("perhaps a child," in anyway) == (age == "unknown")
    stays = stays_on(page) & stays_on(new.content.decode())
    assert (str(SharedField.AGE.label) in stays) == (age != "child")
    for name, one in shown_of(content):
        assert one in seen, name
    for code, field in OF_A_FIELD.items():
        if content.get(code) not in (None, "", [], "unknown"):
            assert str(SharedField(field).label) not in stays
    assert "Feminine" not in read and "An aunt" not in read
    # Word for word what was looked at, and nothing besides but who sends it and how to answer.
    rows = [text for name, text in shown_of(content) if name in ("values", "need", "wish")]
    assert all(one in read for one in rows)


def test_a_column_turned_to_adult_takes_no_childs_protection_out_of_what_leaves(world, paired):
    story = ready(world, "child")
    type(story.case).objects.filter(pk=story.case.pk).update(age_group="adult")
    story.prepare(authority="Practice child protection, +000 555")
    assert "Practice child protection" in what_left(story, DeliveryMethod.NODE)[0]


@pytest.mark.parametrize(("age", "page"), [("unknown", "child/age"), ("child", "child/guardian")])
def test_where_somebody_must_agree_too_the_page_leads_to_what_is_missing(world, paired, age, page):
    case = open_case(world, age=age)
    agree(world, case, guardian="none_found")
    new = world.client("amina").get(
        f"/cases/{case.number}/referrals/new/{sealed('cross_border')}/{sealed(SOUTH)}/"
    )
    assert "A child, or perhaps a child: someone must agree too." in new.content.decode()
    leads_to = f'href="/cases/{case.number}/{page}/"'
    assert leads_to in new.content.decode()
    assert world.client("amina").get(f"/cases/{case.number}/{page}/").status_code == 200


def test_who_is_kept_as_an_adult_is_sent_on_with_the_yes_that_was_given(world, paired):
    case = open_case(world, age="unknown")
    agree(world, case, guardian="none_found")
    amina = world.client("amina")
    typed = {"said": "adult", "doubt": "no", "basis": "paper"}
    kept = amina.post(f"/cases/{case.number}/child/age/", typed)
    assert kept.status_code == 302, text_of(kept)
    new = amina.get(f"/cases/{case.number}/referrals/new/{sealed('cross_border')}/{sealed(SOUTH)}/")
    assert "someone must agree too" not in new.content.decode()
