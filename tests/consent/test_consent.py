"""What a person agreed to: asked in steps, kept apart, withdrawn at any time, never a condition of help."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from panah.consent import queries, rules, withdrawal_effects
from panah.consent.rules import MUST_BE_TOLD, Consent, may_share
from panah.consent.words import AFTER_NO, SEVEN, ConsentPurpose, SharedField
from tests.consent.conftest import posted

TODAY = date(2026, 11, 24)
TOLD = dict.fromkeys(MUST_BE_TOLD, "yes")


def a_yes(**changes):
    base = {
        "purpose": "partner",
        "said": "yes",
        "receiver": "service:1",
        "fields": frozenset({"called", "needs"}),
        "seven": TOLD,
        "guardian": "not_needed",
        "until": TODAY + timedelta(days=90),
        "order": 1,
    }
    return Consent(**{**base, **changes})


def share(consents, *, age="adult", fields=("called",), receiver="service:1", on=TODAY):
    return may_share(consents, purpose="partner", receiver=receiver, fields=fields, on=on, age=age)


def test_an_informed_yes_covers_the_fields_that_were_chosen():
    assert share([a_yes()]).allowed


@pytest.mark.parametrize(
    ("consents", "why"),
    [
        ([], "not_asked"),
        ([a_yes(said="no")], "refused"),
        ([a_yes(said="later")], "not_now"),
        ([a_yes(withdrawn_on=TODAY)], "withdrawn"),
        ([a_yes(until=TODAY - timedelta(days=1))], "expired"),
        ([a_yes(seven={**TOLD, "uses_told": "unknown"})], "not_told"),
        ([a_yes(seven={})], "not_told"),
    ],
)
def test_nothing_leaves_without_an_informed_yes(consents, why):
    assert (share(consents).allowed, share(consents).why) == (False, why)


@pytest.mark.parametrize("purpose", ["partner", "cross_border", "known_there"])
def test_to_nobody_outside_goes_more_than_the_person_chose(purpose):
    chosen = [a_yes(purpose=purpose)]
    asked = {"purpose": purpose, "receiver": "service:1", "on": TODAY, "age": "adult"}
    more = may_share(chosen, fields=("called", "phone", "address"), **asked)
    assert (more.allowed, more.why, more.missing) == (False, "fields", frozenset({"phone", "address"}))
    assert may_share(chosen, fields=("called", "needs"), **asked).allowed


@pytest.mark.parametrize("purpose", ["partner", "cross_border", "known_there"])
def test_nothing_of_a_child_goes_outside_without_whoever_may_agree_for_it(purpose):
    asked = {"purpose": purpose, "receiver": "service:1", "fields": (), "on": TODAY, "age": "child"}
    assert may_share([a_yes(purpose=purpose)], **asked).why == "needs_guardian"
    assert may_share([a_yes(purpose=purpose, guardian="representative")], **asked).allowed
    assert may_share([a_yes(purpose=purpose, guardian="representative", seven={})], **asked).why == "not_told"


def test_what_does_not_leave_needs_a_yes_and_not_all_seven_points():
    counted = a_yes(purpose="statistics", receiver="", fields=frozenset(), seven={})
    said = may_share([counted], purpose="statistics", receiver="", fields=(), on=TODAY, age="adult")
    assert (said.allowed, said.why) == (True, "covered")


def test_a_field_that_was_not_chosen_stays():
    verdict = share([a_yes()], fields=("called", "story"))
    assert (verdict.why, verdict.missing) == ("fields", {"story"})


def test_a_yes_for_one_partner_is_none_for_another():
    assert share([a_yes()], receiver="service:2").why == "not_asked"


def test_the_last_word_counts_even_when_the_first_was_yes():
    assert share([a_yes(), a_yes(said="no", order=2)]).why == "refused"
    assert share([a_yes(said="no"), a_yes(order=2)]).allowed


@pytest.mark.parametrize("age", ["child", "unknown"])
def test_in_doubt_a_child_and_a_child_needs_someone_who_agrees_too(age):
    assert share([a_yes()], age=age).why == "needs_guardian"
    assert share([a_yes(guardian="representative")], age=age).allowed


def test_a_guardian_who_may_be_involved_does_not_consent():
    assert share([a_yes(guardian="may_be_involved")], age="child").why == "guardian_may_be_involved"


answers_of_any_kind = st.builds(
    Consent,
    purpose=st.sampled_from(ConsentPurpose.values),
    said=st.sampled_from(["yes", "no", "later"]),
    receiver=st.sampled_from(["", "service:1"]),
    fields=st.frozensets(st.sampled_from(SharedField.values)),
    seven=st.dictionaries(st.sampled_from(list(SEVEN)), st.sampled_from(["yes", "no", "unknown", "none"])),
    guardian=st.sampled_from(["not_needed", "agrees", "may_be_involved"]),
    order=st.integers(1, 9),
    until=st.none() | st.dates(),
    withdrawn_on=st.none() | st.dates(),
)


@given(st.lists(answers_of_any_kind), st.sampled_from(["adult", "child", "unknown"]), st.dates())
def test_whatever_leaves_is_covered_by_a_yes_that_still_stands(consents, age, on):
    verdict = may_share(consents, purpose="partner", receiver="service:1", fields=["called"], on=on, age=age)
    if verdict.allowed:
        answer = rules.current(consents, purpose="partner", receiver="service:1")
        assert answer.said == "yes"
        assert answer.withdrawn_on is None
        assert "called" in answer.fields


# -- through the door --------------------------------------------------------------------------


def test_amina_asks_reads_back_and_keeps_an_answer(world, subject):
    browser = world.client("amina")
    page = browser.post("/cases/TEST-1/consent/ask/statistics/", posted(step="read"))
    assert "You can change your mind" in page.content.decode()
    assert queries.answers(keys=world.keys("amina"), file=subject.file) == []
    kept = browser.post("/cases/TEST-1/consent/ask/statistics/", posted(step="keep"))
    assert kept.status_code == 302
    (answer,) = queries.answers(keys=world.keys("amina"), file=subject.file)
    assert answer.consent.said == "yes"
    assert answer.kept["seven"] == dict.fromkeys(SEVEN, "yes")
    assert "yes" in browser.get("/cases/TEST-1/consent/").content.decode()


@pytest.mark.parametrize(("name", "label"), [("way", "How it was answered"), ("interpreter", "Interpreter")])
def test_how_it_was_answered_is_never_chosen_beforehand_and_nothing_typed_is_lost(
    world, subject, name, label
):
    browser, address = world.client("amina"), "/cases/TEST-1/consent/ask/talk/"
    assert browser.get(address).content.decode().count('<option value="" selected>Choose</option>') == 2
    page = browser.post(address, posted(step="keep", **{name: ""})).content.decode()
    assert f"“{label}” needs an answer." in page and "they tell only the clinic" in page
    assert queries.answers(keys=world.keys("amina"), file=subject.file) == []


def test_nobody_is_asked_for_what_is_no_purpose(world, subject):
    browser = world.client("amina")
    assert browser.get("/cases/TEST-1/consent/ask/everything/").status_code == 404
    assert browser.get("/cases/TEST-1/consent/ask/talk/").status_code == 200, "control"


def test_someone_who_is_not_in_the_list_is_named_and_a_year_is_enough_for_until_when(world, subject):
    browser, address = world.client("amina"), "/cases/TEST-1/consent/ask/partner/"
    other = posted(step="keep", receiver="other", receiver_other="", fields_agreed=["called"])
    page = browser.post(address, other).content.decode()
    assert "Write who would be told." in page and "they tell only the clinic" in page
    assert "“Until when”" in browser.post(address, posted(step="keep", until_year="")).content.decode()
    year = other | {"receiver_other": "A made-up clinic", "until_day": "", "until_month": ""}
    assert browser.post(address, year).status_code == 302
    (answer,) = queries.answers(keys=world.keys("amina"), file=subject.file)
    last = timezone.localdate() + rules.LONGEST
    assert answer.consent.until == min(date(2027, 12, 31), last)


def test_a_consent_is_for_one_year_at_most(world, subject):
    browser, address = world.client("amina"), "/cases/TEST-1/consent/ask/statistics/"
    page = browser.post(address, posted(step="keep", until_year="2206")).content.decode()
    assert "for one year at most" in page and "they tell only the clinic" in page
    assert queries.answers(keys=world.keys("amina"), file=subject.file) == []


def test_who_stands_in_no_list_is_one_of_its_own(world, subject):
    """A yes for one unlisted organisation is none for another, and each is withdrawn by itself."""
    browser, keys = world.client("amina"), world.keys("amina")
    address = "/cases/TEST-1/consent/ask/partner/"
    yes = posted(step="keep", receiver="other", fields_agreed=["called"])
    for name in ("Clinic Birch", "Lawyers Elm", " clinic  birch "):
        assert browser.post(address, yes | {"receiver_other": name}).status_code == 302
    birch, elm, again = queries.answers(keys=keys, file=subject.file)
    assert birch.consent.receiver == again.consent.receiver != elm.consent.receiver
    for part in ("Clinic", "Birch", "clinic", "birch"):
        assert part not in birch.consent.receiver
    assert {a.sealed.ref for a in queries.latest(keys=keys, file=subject.file)} == {
        elm.sealed.ref,
        again.sealed.ref,
    }
    browser.post(
        f"/cases/TEST-1/consent/{elm.sealed.ref}/withdraw/", {"on_year": str(timezone.localdate().year)}
    )
    share = {"keys": keys, "file": subject.file, "purpose": "partner", "on": TODAY, "age_group": "adult"}
    assert queries.may_share(**share, receiver=birch.consent.receiver, fields=["called"]).allowed
    assert queries.may_share(**share, receiver=elm.consent.receiver).why == "withdrawn"
    assert not queries.may_share(**share, receiver="other").allowed
    page = browser.post(address, {"step": "name", "receiver_other": "Clinic Birch"}).content.decode()
    assert 'value="Clinic Birch"' in page
    page = browser.get("/cases/TEST-1/consent/").content.decode()
    assert 'name="receiver_other" value="clinic  birch"' in page


def test_what_was_withdrawn_is_withdrawn_once(world, subject):
    browser = world.client("amina")
    browser.post("/cases/TEST-1/consent/ask/statistics/", posted(step="keep"))
    (answer,) = queries.answers(keys=world.keys("amina"), file=subject.file)
    address = f"/cases/TEST-1/consent/{answer.sealed.ref}/withdraw/"
    year_alone = {"words": "I changed my mind", "on_day": "", "on_month": "", "on_year": str(TODAY.year)}
    assert browser.post(address, year_alone).status_code == 302
    (kept,) = queries.answers(keys=world.keys("amina"), file=subject.file)
    assert kept.consent.withdrawn_on == timezone.localdate(), "a year alone is no day: today counts"
    again = browser.post(address, year_alone).content.decode()
    assert "This was withdrawn already." in again and "I changed my mind" in again


@pytest.mark.parametrize("purpose", ConsentPurpose.values)
def test_every_purpose_can_be_asked_for_and_goes_on_with_a_no(world, subject, purpose):
    browser = world.client("amina")
    address = f"/cases/TEST-1/consent/ask/{purpose}/"
    text = browser.get(address).content.decode()
    assert "To be read aloud" in text
    assert str(AFTER_NO[purpose]) in text, "what a no means is said truly"
    assert ("people study how to help" in text) == (purpose == "research")
    assert browser.post(address, posted(step="read", said="no")).status_code == 200
    assert browser.post(address, posted(step="keep", said="no")).status_code == 302


def test_a_yes_for_a_partner_asks_for_whom_and_what_and_loses_nothing_typed(world, subject):
    browser = world.client("amina")
    page = browser.post(
        "/cases/TEST-1/consent/ask/partner/", posted(step="read", understood="only the clinic")
    )
    text = page.content.decode()
    assert "Choose who would be told." in text
    assert "only the clinic" in text
    kept = browser.post(
        "/cases/TEST-1/consent/ask/partner/",
        posted(
            step="keep",
            receiver="other",
            receiver_other="A made-up clinic",
            fields_agreed=["called", "needs"],
        ),
    )
    assert kept.status_code == 302


def test_a_withdrawal_shows_what_it_stops_and_stops_it(world, subject):
    stopped = []
    letters = withdrawal_effects.WithdrawalEffect(
        preview=lambda **_: ["A letter has not left yet: it stays."],
        act=lambda *, consent, **_: stopped.append(consent.purpose),
    )
    with withdrawal_effects.EFFECTS.temporarily("letters", letters):
        browser = world.client("amina")
        browser.post("/cases/TEST-1/consent/ask/statistics/", posted(step="keep"))
        (answer,) = queries.answers(keys=world.keys("amina"), file=subject.file)
        address = f"/cases/TEST-1/consent/{answer.sealed.ref}/withdraw/"
        assert "A letter has not left yet" in browser.get(address).content.decode()
        browser.post(
            address, {"on_day": "24", "on_month": "11", "on_year": "2026", "words": "changed my mind"}
        )
    assert stopped == ["statistics"]
    assert queries.answers(keys=world.keys("amina"), file=subject.file)[0].consent.withdrawn_on == date(
        2026, 11, 24
    )


@pytest.mark.parametrize("name", ["cholpon", "daler", "elena", "timur"])
def test_others_get_the_same_answer_as_for_a_case_that_does_not_exist(world, subject, name):
    browser = world.client(name)
    theirs, none = browser.get("/cases/TEST-1/consent/"), browser.get("/cases/TEST-9/consent/")
    assert (theirs.status_code, theirs.content) == (404, none.content)


def test_the_list_of_work_says_only_that_something_must_be_answered(world, subject):
    from panah.work.queries import items_of

    world.client("amina").post("/cases/TEST-1/consent/ask/statistics/", posted(step="keep"))
    (item,) = items_of(subject.id)
    assert item.kind == "answer"
    assert "statistics" not in str(item.__dict__)


def test_those_who_open_the_case_read_which_consent_ends(world, subject):
    from panah.work.queries import items_of, with_sentences

    named = posted(step="keep", receiver="other", receiver_other="A made-up clinic", fields_agreed=["called"])
    world.client("amina").post("/cases/TEST-1/consent/ask/partner/", named)
    world.client("amina").post("/cases/TEST-1/consent/ask/statistics/", posted(step="keep"))
    said = {one.say for one in with_sentences(items_of(subject.id), keys=world.keys("amina"))}
    assert said == {
        "Ask again before it ends: Telling a partner here, A made-up clinic",
        "Ask again before it ends: Being counted, without a name",
    }


def test_nobody_is_walked_through_seven_questions_where_nothing_leaves(world, subject):
    browser = world.client("amina")
    fold = '<details class="fold"><summary><h2>What was told, point by point'
    assert fold in browser.get("/cases/TEST-1/consent/ask/talk/").content.decode()
    changed = browser.post("/cases/TEST-1/consent/ask/talk/", posted(step="change")).content.decode()
    assert fold.replace('"fold"', '"fold" open') in changed, "what was answered stands open"
    leaves = browser.get("/cases/TEST-1/consent/ask/partner/").content.decode()
    assert "point by point" not in leaves
    assert "Nothing may leave until it was told" in leaves


def test_what_stands_answered_is_asked_again_at_its_answer_alone(world, subject):
    browser = world.client("amina")
    browser.post("/cases/TEST-1/consent/ask/statistics/", posted(step="keep"))
    page = browser.get("/cases/TEST-1/consent/").content.decode()
    assert page.count("/consent/ask/statistics/") == 1
    assert page.count("/consent/ask/talk/") == 1
