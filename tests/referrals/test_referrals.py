"""A referral from finding a service to feedback, and everything that must not leave."""

import re
from datetime import timedelta
from functools import partial
from html import unescape
from io import BytesIO

import pytest
from django.utils import timezone

from panah.ground.directory import actions as directory
from panah.ground.directory.models import Agreement, Service
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.sealed_addresses import sealed
from panah.ground.work.queries import alarms_for, items_of
from panah.people.cases import actions as cases
from panah.people.cases.queries.consent import consent_subject
from panah.people.consent import actions as consent
from panah.people.consent import queries as consent_queries
from panah.people.consent.rules import MUST_BE_TOLD
from panah.people.referrals import actions, queries
from panah.people.referrals.actions import one_time_page
from panah.people.referrals.models import OncePage, Referral
from tests import delivered
from tests.referrals.across import MEETING
from tests.sealed import opened as leads_to
from tests.shelter.two_at_once import at_once

CLINIC = "other"
SECRET = "Gulzira Testova"


@pytest.fixture
def case(world):
    return cases.open_case(
        keys=world.keys("amina"),
        by=world.staff["amina"],
        at=world.at,
        language="uz",
        age_group="adult",
        identity={
            "names": [{"text": "Apricot", "kind": "called"}, {"text": SECRET, "kind": "full"}],
            "phones": [{"number": "+000111222", "safe": "yes"}],
        },
    )


def say_yes(world, case, fields=("called", "needs"), **changes):
    subject = consent_subject(case.number, to=world.staff["amina"], keys=world.keys("amina"))
    answer = {
        "purpose": "partner",
        "said": "yes",
        "receiver": CLINIC,
        "receiver_name": "A made-up clinic",
        "fields": list(fields),
        "seven": dict.fromkeys(MUST_BE_TOLD, "yes"),
        "guardian": "not_needed",
        "until": "2099-01-01",
        "way": "spoken_phone",
        "language": "uz",
        "interpreter": "none",
        "understood": "",
        **changes,
    }
    consent.write_answer(keys=world.keys("amina"), subject=subject, answer=answer, at=world.at)
    return subject


def prepared(world, case, values=None):
    content = {
        "purpose": "partner",
        "receiver": CLINIC,
        "receiver_name": "A made-up clinic",
        "need": "a check-up",
        "note": "quiet",
        "values": values or {"called": "Apricot", "needs": "a doctor who speaks Uzbek"},
    }
    row = actions.prepare(keys=world.keys("amina"), case=case, content=content, at=world.at)
    return queries.one_or_404(case=case, keys=world.keys("amina"), referral=row.pk)


@pytest.mark.parametrize(
    ("phone", "told"),
    [
        ({"number": "+000 17", "safe": "yes"}, "+000 17"),
        ({"number": "+000 17", "safe": "calls"}, "+000 17, calls only, no messages"),
        (
            {"number": "+000 17", "note": "after six"},
            "+000 17, after six, not known whether it is safe to call",
        ),
        ({"number": "+000 17", "safe": "no"}, None),
    ],
)
def test_a_number_goes_with_how_safe_it_is_and_not_at_all_where_it_is_not(case, phone, told):
    known = queries.known_values(identity={"phones": [phone]}, codes={}, case=case, language="en")
    assert known.get("phone") == told


def again(world, case, opened):
    return queries.one_or_404(case=case, keys=world.keys("amina"), referral=opened.row.pk)


def test_without_consent_no_referral_leaves(world, case):
    opened = prepared(world, case)
    with pytest.raises(Refusal, match="consent-not_asked"):
        actions.send(keys=world.keys("amina"), case=case, opened=opened, way="letter", at=world.at)
    assert again(world, case, opened).row.state == "draft"


def test_what_was_not_agreed_to_does_not_leave(world, case):
    say_yes(world, case)
    opened = prepared(world, case, {"called": "Apricot", "story": "everything"})
    with pytest.raises(Refusal, match="consent-fields"):
        actions.send(keys=world.keys("amina"), case=case, opened=opened, way="letter", at=world.at)


def test_a_yes_for_one_who_is_in_no_list_lets_nothing_leave_to_another(world, case):
    subject, amina = say_yes(world, case), world.keys("amina")
    say_yes(world, case, receiver_name="The uncle's friend's office")
    opened = prepared(world, case)
    office = {**opened.sealed, "receiver": CLINIC, "receiver_name": "Somebody never asked about"}
    row = actions.prepare(keys=amina, case=case, content=office, at=world.at)
    never = queries.one_or_404(case=case, keys=amina, referral=row.pk)
    with pytest.raises(Refusal, match="consent-not_asked"):
        actions.send(keys=amina, case=case, opened=never, way="letter", at=world.at)
    _clinics, offices = consent_queries.answers(keys=amina, file=case.file_id)
    stops = consent.what_stops(keys=amina, subject=subject, answer=offices, at=world.at)
    assert stops == [], "what was agreed to for the clinic goes on"
    consent.withdraw(keys=amina, subject=subject, answer=offices, on=world.at.date(), words="", at=world.at)
    actions.send(keys=amina, case=case, opened=again(world, case, opened), way="letter", at=world.at)
    assert again(world, case, opened).row.state == "offered"


def test_a_risk_to_life_leaves_with_a_reason_and_both_focal_points_know(world, case):
    opened = prepared(world, case)
    actions.send(
        keys=world.keys("amina"), case=case, opened=opened, way="script", at=world.at, life="no pulse found"
    )
    owners = {i.owner.username for i in items_of(opened.row.pk, purpose="life")}
    assert owners == {"bakyt", "saule"}


def test_for_a_life_what_saves_it_can_be_told_without_consent_and_nobody_reads_that_the_person_agreed(
    world, case, farid
):
    browser = world.client("amina")
    new = f"/cases/{case.number}/referrals/new/{sealed('partner')}/{sealed('society:practice-south')}/"
    page = browser.get(new).content.decode()
    assert 'name="tell_place"' not in page and "?why=life" in leads_to(page)
    ask = re.search(r'href="([^"]+/consent/ask/partner/[^"]*)"', page)[1]
    asked = browser.get(unescape(ask)).content.decode()
    assert '<input type="hidden" name="receiver" value="society:practice-south"' in asked, (
        "not looked for again"
    )
    assert f'<a class="btn" href="{new}">Leave without keeping</a>' in asked
    page = browser.get(f"{new}?why={sealed('life')}").content.decode()
    assert 'name="tell_place"' in page and SECRET not in page, "nothing is filled in by itself"
    assert 'name="tell_story"' not in page and 'name="tell_exploiter"' not in page
    typed = {"need": "an ambulance", "tell_place": "the yellow house", "tell_health": "hardly awake"}
    here = browser.post(f"{new}?why={sealed('life')}", typed)["Location"]
    assert "the yellow house" in browser.get(here).content.decode()
    assert f"{here}change/?why=life" in leads_to(browser.get(here).text)
    assert "only a risk to life" in browser.post(here, {"way": "page", "life": ""}).content.decode()
    made = browser.post(here, {"way": "page", "life": "no pulse found"}).content.decode()
    assert len(items_of(Referral.objects.get().pk, purpose="life")) == 2
    address = "/r/" + made.split("/r/")[1].split("<")[0]
    code = made.split('<p class="code num"><bdi>')[2].split("<")[0]
    shown = farid.post(address, {"code": code}).content.decode()
    script = browser.get(f"{here}script/").content.decode()
    for read in (shown, script):
        assert "the yellow house" in read
        assert "because" in read and "risk" in read
        assert "The person agreed" not in read


def test_the_whole_way_from_offer_to_feedback(world, case):
    say_yes(world, case)
    opened = prepared(world, case)
    amina = world.keys("amina")
    actions.send(keys=amina, case=case, opened=opened, way="letter", at=world.at)
    assert [i.kind for i in items_of(opened.row.pk)] == ["answer"]
    actions.write_answer(
        keys=amina, case=case, opened=again(world, case, opened), answer="accepted", note="room", at=world.at
    )
    arrival = world.at + timedelta(hours=5)
    meeting = {
        "when": arrival,
        "where": "a bakery",
        "who": "a nurse",
        "sign": "blue scarf",
        "fallback": "call Bakyt",
    }
    actions.agree_meeting(
        keys=amina, case=case, opened=again(world, case, opened), meeting=meeting, at=world.at
    )
    (alarm,) = items_of(opened.row.pk, purpose="meet")
    assert alarm.due_at == arrival + timedelta(minutes=30)
    actions.write_met(keys=amina, case=case, opened=again(world, case, opened), met=True, note="", at=arrival)
    actions.write_outcome(
        keys=amina,
        case=case,
        opened=again(world, case, opened),
        outcome="helped",
        person_says="kind",
        partner_says="",
        at=arrival,
    )
    assert again(world, case, opened).row.state == "done"
    assert items_of(opened.row.pk) == []


def test_nobody_met_raises_the_alarm(world, case):
    say_yes(world, case)
    opened = prepared(world, case)
    amina = world.keys("amina")
    actions.send(keys=amina, case=case, opened=opened, way="letter", at=world.at)
    actions.write_answer(
        keys=amina, case=case, opened=again(world, case, opened), answer="accepted", note="", at=world.at
    )
    meeting = {"when": world.at, "where": "x", "who": "y", "sign": "z", "fallback": "call Bakyt"}
    actions.agree_meeting(
        keys=amina, case=case, opened=again(world, case, opened), meeting=meeting, at=world.at
    )
    actions.write_met(
        keys=amina, case=case, opened=again(world, case, opened), met=False, note="", at=world.at
    )
    assert [a.subject for a in alarms_for(to=world.staff["bakyt"])] == [opened.row.pk]


def test_a_withdrawal_keeps_what_has_not_left_and_asks_for_deletion_of_what_has(world, case):
    subject = say_yes(world, case)
    draft, sent = prepared(world, case), prepared(world, case)
    amina = world.keys("amina")
    actions.send(keys=amina, case=case, opened=sent, way="letter", at=world.at)
    (answer,) = consent_queries.answers(keys=amina, file=case.file_id)
    said = consent.what_stops(keys=amina, subject=subject, answer=answer, at=world.at)
    assert len(said) == 2
    consent.withdraw(keys=amina, subject=subject, answer=answer, on=world.at.date(), words="", at=world.at)
    assert set(Referral.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert items_of(draft.row.pk) == []
    assert [i.purpose for i in items_of(sent.row.pk)] == ["tell_withdrawn"]
    with pytest.raises(Refusal):
        actions.send(keys=amina, case=case, opened=again(world, case, draft), way="letter", at=world.at)


# -- through the door --------------------------------------------------------------------------


def test_amina_refers_through_the_pages_and_sees_what_leaves_and_what_stays(world, case):
    say_yes(world, case)
    browser = world.client("amina")
    clinic = consent_queries.receiver_of(
        {"receiver": CLINIC, "receiver_name": "A made-up clinic"}, file=case.file_id
    )
    new = f"/cases/{case.number}/referrals/new/{sealed('partner')}/{sealed(clinic)}/"
    assert leads_to(new) in leads_to(browser.get(f"/cases/{case.number}/referrals/find/").text)
    assert "Apricot" in browser.get(new).content.decode()
    made = browser.post(
        new, {"need": "a check-up", "tell_called": "Apricot", "tell_needs": "a doctor", "note": ""}
    )
    page = browser.get(made["Location"]).content.decode()
    assert "Apricot" in page
    assert "what has happened" in page
    assert SECRET not in page
    sent = browser.post(made["Location"], {"way": "letter", "life": ""})
    assert sent.status_code == 302
    letter = browser.post(f"{made['Location']}letter/")
    assert letter["Content-Type"] == "application/pdf"
    assert letter.content.startswith(b"%PDF")
    assert BytesIO(letter.content).getbuffer().nbytes > 2000
    assert "a check-up" in browser.get(f"{made['Location']}script/").content.decode()


def test_what_is_agreed_to_after_a_referral_was_prepared_is_filled_in_and_what_was_emptied_stays_empty(
    world, case
):
    """Amina typed five things once more that stood in the case, since she had prepared it before the yes."""
    say_yes(world, case)
    made = prepared(world, case, {"called": "", "needs": "a doctor"})
    say_yes(world, case, fields=("called", "needs", "phone"))
    form = world.client("amina").get(f"/cases/{case.number}/referrals/{made.row.pk}/change/").text
    typed = dict(re.findall(r'name="tell_(\w+)"[^>]*?value="([^"]*)"', form))
    assert typed == {"phone": "+000111222"} and "a doctor" in form


def test_a_partner_here_gets_a_letter_with_a_code_too_and_the_call_that_waits_is_written_down(world, case):
    say_yes(world, case)
    opened = prepared(world, case)
    browser, here = world.client("amina"), f"/cases/{case.number}/referrals/{opened.row.pk}/"
    browser.post(here, {"way": "letter"})
    made = browser.post(f"{here}letter/locked/").content.decode()
    code = made.split('name="code" value="')[1].split('"')[0]
    assert browser.post(f"{here}letter/locked/", {"code": code}).content.startswith(b"%PDF")
    browser.post(here, {"step": "answer", "answer": "accepted", "reason": "", "note": ""})
    browser.post(here, {"step": "meeting", "stands": "ours", **MEETING})
    assert [i.kind for i in items_of(opened.row.pk, purpose="by_phone")] == ["call"]
    browser.post(here, {"step": "they_agree", "note": "yes"})
    browser.post(here, {"step": "met", "met": "yes", "note": ""})
    browser.post(here, {"step": "outcome", "outcome": "helped", "person_says": "", "partner_says": ""})
    assert again(world, case, opened).row.state == "done"
    assert items_of(opened.row.pk) == []


def test_no_letter_before_it_was_sent(world, case):
    opened = prepared(world, case)
    browser = world.client("amina")
    answer = browser.post(f"/cases/{case.number}/referrals/{opened.row.pk}/letter/")
    assert answer.status_code == 409


@pytest.mark.parametrize("name", ["cholpon", "daler", "elena", "timur"])
def test_others_get_the_same_answer_as_for_none(world, case, name):
    opened = prepared(world, case)
    browser = world.client(name)
    theirs = browser.get(f"/cases/{case.number}/referrals/{opened.row.pk}/")
    none = browser.get(f"/cases/{case.number}/referrals/{case.pk}/")
    assert (theirs.status_code, theirs.content) == (404, none.content)


@pytest.fixture
def once(world, case):
    say_yes(world, case)
    opened = prepared(world, case)
    browser = world.client("amina")
    page = browser.post(f"/cases/{case.number}/referrals/{opened.row.pk}/", {"way": "page", "life": ""})
    text = page.content.decode()
    address = "/r/" + text.split("/r/")[1].split("<")[0]
    code = text.split('<p class="code num"><bdi>')[2].split("<")[0]
    return opened, address, code


def test_a_receiver_without_panah_opens_the_page_with_the_code_and_answers(world, case, once, farid):
    opened, address, code = once
    assert "A message for you" in farid.get(address).content.decode()
    shown = farid.post(address, {"code": code.lower()})
    assert "Apricot" in shown.content.decode()
    farid.post(address, {"code": code, "answer": "accepted", "note": "come on Monday"})
    page = world.client("amina").get(f"/cases/{case.number}/referrals/{opened.row.pk}/").content.decode()
    assert "come on Monday" in page
    assert any(i.purpose == "page_answer" for i in items_of(opened.row.pk))


def test_pressed_twice_or_lost_the_page_is_made_anew_and_the_earlier_one_closes(world, case, once, farid):
    """The address and the code are shown once: a second press would lose them."""
    opened, address, code = once
    browser, here = world.client("amina"), f"/cases/{case.number}/referrals/{opened.row.pk}/"
    page = browser.post(here, {"step": "send", "way": "page", "life": ""}).content.decode()
    assert "/r/" not in page and "Make the page anew" in page
    made = browser.post(here, {"step": "page_again"}).content.decode()
    again = "/r/" + made.split("/r/")[1].split("<")[0]
    new = made.split('<p class="code num"><bdi>')[2].split("<")[0]
    assert (again, new) != (address, code)
    assert farid.post(address, {"code": code}).status_code == 404
    assert "Apricot" in farid.post(again, {"code": new}).content.decode()
    farid.post(again, {"code": new, "answer": "accepted", "note": "come at nine"})
    page = browser.get(here).content.decode()
    assert "come at nine" in page and "Make the page anew" not in page, (
        "an answer would be lost with its page"
    )


def test_after_a_withdrawn_consent_no_page_is_made_anew(world, case, once):
    opened, _address, _code = once
    (answer,) = consent_queries.answers(keys=world.keys("amina"), file=case.file_id)
    consent.withdraw(
        keys=world.keys("amina"), subject=consent_subject(case.number, to=world.staff["amina"], keys=world.keys("amina")), answer=answer,
        on=world.at.date(), words="", at=world.at,
    )  # fmt: skip
    here = f"/cases/{case.number}/referrals/{opened.row.pk}/"
    assert "/r/" not in world.client("amina").post(here, {"step": "page_again"}).content.decode()
    with pytest.raises(Refusal):
        actions.make_page_again(
            keys=world.keys("amina"), case=case, opened=again(world, case, opened), at=world.at
        )


def test_five_wrong_codes_destroy_the_page(once, farid):
    _, address, code = once
    for _ in range(5):
        assert farid.post(address, {"code": "AAAA-AAAA"}).status_code == 404
    assert farid.post(address, {"code": code}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_eight_wrong_codes_at_once_five_are_looked_at(world, once, farid, monkeypatch):
    _, address, code = once
    tried, derive = [], one_time_page.from_passphrase
    monkeypatch.setattr(one_time_page, "from_passphrase", lambda *a, **k: tried.append(1) or derive(*a, **k))
    wrong = partial(
        actions.open_page, token=address.strip("/").split("/")[-1], code="AAAA-AAAA", at=timezone.now()
    )
    told = at_once(*[wrong] * 8)
    assert [one.code for one in told] == ["page-closed"] * 8
    assert len(tried) == 5
    assert farid.post(address, {"code": code}).status_code == 404


def test_a_wrong_code_that_comes_with_an_answer_is_counted_too(world, once):
    _, address, _code = once
    token = address.strip("/").split("/")[-1]
    with pytest.raises(Refusal):
        actions.answer_page(token=token, code="AAAA-AAAA", answer="accepted", note="", at=timezone.now())
    assert OncePage.objects.get().tries_left == 4


def test_the_page_closes_half_an_hour_after_the_first_opening(once, farid):
    _, address, code = once
    farid.post(address, {"code": code})
    OncePage.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert farid.post(address, {"code": code}).status_code == 404
    assert actions.tidy_pages(at=timezone.now()) == 1


def test_wrong_old_and_never_there_look_alike(once, farid):
    _, address, _ = once
    wrong, never = (
        re.sub(
            r'name="csrfmiddlewaretoken" value="[^"]+"',
            "",
            farid.post(at, {"code": "AAAA-AAAA"}).content.decode(),
        )
        for at in (address, "/r/never-there/")
    )
    assert wrong.replace(address, "") == never.replace("/r/never-there/", "")


@pytest.fixture
def clinic(world, at):
    """A service of the register with which North's agreement has ended, and the agreed way to it."""
    delivered.load(directory.load_reference_data, at=at)
    clinic = Service.objects.get(reference="north-clinic-urgent")
    Agreement.objects.filter(organization=clinic.organization).delete()
    Agreement.objects.create(
        society=world.societies["north"],
        organization=clinic.organization,
        starts_on=timezone.localdate() - timedelta(days=90),
        ends_on=timezone.localdate() - timedelta(days=1),
        scope="x",
    )
    directory.save_step(
        entry=directory.StepEntry(
            need="medical", order=1, from_role="caseworker", to_service=clinic.pk, conditions_en="Ring first."
        ),
        society=world.societies["north"],
        by=world.staff["bakyt"],
        at=at,
    )
    return clinic


def test_amina_sees_the_agreed_way_the_distance_and_an_agreement_that_ended(world, case, clinic):
    amina, find = world.client("amina"), f"/cases/{case.number}/referrals/find/"
    assert "The agreed way" not in amina.get(find).text
    found = amina.post(find, {"need": "medical", "language": "", "region": "", "admits": ""}).text
    assert "The agreed way: medical care" in found and "Ring first." in found
    assert "agreement has ended" in found
    prepare = f"/cases/{case.number}/referrals/new/{sealed('partner')}/{sealed(f'service:{clinic.pk}')}/"
    assert leads_to(prepare) in leads_to(found)
    assert "Our agreement with this organisation ended on" in amina.get(prepare).text
    far = amina.post(find, {"need": "shelter", "language": "", "region": "XA-3", "admits": "men"}).text
    assert re.search(r"about \d+ km", far) and "Beds for men" in far
