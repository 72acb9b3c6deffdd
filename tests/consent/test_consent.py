"""What a person agreed to: asked in steps, kept apart, withdrawn at any time, never a condition of help."""

import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.kit.sealed_addresses import sealed
from panah.ground.network import actions as network
from panah.ground.network.models import RuleLine
from panah.people.cases import actions as cases
from panah.people.consent import queries, rules, withdrawal_registry
from panah.people.consent.rules import MUST_BE_TOLD, Consent, may_share
from panah.people.consent.words import AFTER_NO, SEVEN, ConsentPurpose, SharedField
from tests import delivered
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


def test_amina_asks_and_keeps_an_answer_on_one_page(world, subject):
    browser = world.client("amina")
    kept = browser.post("/cases/3W4-6X7-Y/consent/ask/statistics/", posted())
    assert kept["Location"] == "/cases/3W4-6X7-Y/consent/"
    (answer,) = queries.answers(keys=world.keys("amina"), file=subject.file)
    assert answer.consent.said == "yes"
    assert answer.kept["seven"] == dict.fromkeys(SEVEN, "yes")
    assert "yes" in browser.get("/cases/3W4-6X7-Y/consent/").content.decode()


def test_a_grown_person_needs_no_guardian_whoever_may_be_involved():
    agreed = Consent("partner", "yes", guardian="agrees")
    assert rules.guardian_holds(agreed, "adult", involved=True) == ""
    assert rules.guardian_holds(agreed, "unknown", involved=True) == "guardian_may_be_involved"


def test_fields_are_agreed_to_one_by_one_only_for_what_leaves():
    for purpose, allowed in (("note", True), ("partner", False)):
        yes = Consent(purpose, "yes", seven=dict.fromkeys(MUST_BE_TOLD, "yes"))
        verdict = may_share([yes], purpose=purpose, on=TODAY, age="adult", fields=["phone"])
        assert (verdict.allowed, bool(verdict.missing)) == (allowed, not allowed)


@pytest.fixture
def rule_sheet(world):
    delivered.load(network.load_reference_data, at=world.at)


ASK_SOUTH = f"/cases/3W4-6X7-Y/consent/ask/cross_border/?to={sealed('society:practice-south')}"


def visible_fields(page):
    """What must be read and may be pressed before anything is unfolded: the names of a form's open fields."""
    form = re.search(r"<form method=\"post\" class=\"stack-5\".*?</form>", page, re.DOTALL)[0]
    form = re.sub(r"<details class=\"fold\">.*?</details>", "", form, flags=re.DOTALL)
    named = re.findall(r"<(?:input|select|textarea)[^>]*>", form)
    return {re.search(r'name="([a-z_]+)', one)[1] for one in named if 'type="hidden"' not in one}


def test_the_second_purpose_in_one_talk_asks_only_what_is_new_with_it(world, subject, rule_sheet):
    """What was told is ticked anew for each receiver; how it was asked stays as it was in the same talk."""
    asked = {"fields_agreed", "said", "understood", "not_said", *(f"seven_{name}" for name in SEVEN)}
    browser = world.client("amina")
    first = browser.get(ASK_SOUTH).content.decode()
    assert visible_fields(first) == {
        *asked,
        *("way", "language", "interpreter", "interpreter_name"),
        *("until_day", "until_month", "until_year"),
    }
    assert browser.post("/cases/3W4-6X7-Y/consent/ask/note/", posted()).status_code == 302
    page = browser.get(ASK_SOUTH).content.decode()
    assert visible_fields(page) == asked
    told = {f"seven_{name}": "yes" for name in MUST_BE_TOLD}
    sent = (
        folded(page) | {"said": "yes", "fields_agreed": ["called", "needs"], "understood": "only them"} | told
    )
    assert browser.post(ASK_SOUTH, sent).status_code == 302
    share = {"purpose": "cross_border", "receiver": "society:practice-south", "fields": ["called"]}
    today = timezone.localdate()
    asked = {"keys": world.keys("amina"), "file": subject.file, "on": today, "age_group": "adult"}
    assert queries.may_share(**share, **asked).allowed
    kept = queries.answers(keys=world.keys("amina"), file=subject.file)[-1].kept
    assert (kept["way"], kept["interpreter"]) == ("spoken_phone", "none")
    assert kept["seven"] == {**dict.fromkeys(MUST_BE_TOLD, "yes"), "research_told": "none"}, "kept apart"


def folded(page):
    """What a browser sends of fields that nobody touched."""
    chosen = {}
    for name, body in re.findall(r'<select name="([a-z_]+)".*?>(.*?)</select>', page, re.DOTALL):
        value = re.search(r'<option value="([^"]*)"[^>]* selected', body)
        chosen[name] = value[1] if value else ""
    for one in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([a-z_]+)"', one), re.search(r'value="([^"]*)"', one)
        if name and value and ('type="radio"' not in one or "checked" in one):
            chosen.setdefault(name[1], value[1])
    return {k: v for k, v in chosen.items() if k not in ("said", "fields_agreed", "csrfmiddlewaretoken")}


def test_whether_a_guardian_agrees_is_asked_each_time(world):
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at, age_group="child")
    browser, home = world.client("amina"), f"/cases/{case.number}/consent/ask/"
    agreed = posted(guardian="representative", guardian_note="Practice Lawyer Elm, by telephone")
    assert browser.post(f"{home}note/", agreed).status_code == 302
    page = browser.get(f"{home}assistance/").content.decode()
    assert 'value="Practice Lawyer Elm, by telephone"' in page
    assert '<option value="none_found" selected' in page
    assert 'value="representative" selected' not in page


def test_an_authority_that_is_named_by_hand_shows_its_risk_before_the_answer_is_kept(world, subject):
    browser, address = world.client("amina"), "/cases/3W4-6X7-Y/consent/ask/partner/"
    page = browser.post(address, {"step": "name", "receiver_other": "Embassy of the South"}).content.decode()
    assert "An authority: its risk is said first." in page
    assert "“Embassy of the South can help with this." in page


def test_how_a_colleague_asked_says_nothing_of_how_another_does(world, subject):
    world.client("bakyt").post("/cases/3W4-6X7-Y/consent/ask/note/", posted())
    page = world.client("amina").get("/cases/3W4-6X7-Y/consent/ask/talk/").content.decode()
    assert page.count('<option value="" selected>Choose</option>') == 2


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        (
            "/cases/3W4-6X7-Y/referrals/new/partner/service:1/",
            "/cases/3W4-6X7-Y/referrals/new/partner/service:1/",
        ),
        ("/cases/4P6-PFE-D/", "/cases/3W4-6X7-Y/consent/"),
        ("https://elsewhere.example/cases/3W4-6X7-Y/", "/cases/3W4-6X7-Y/consent/"),
        ("//elsewhere.example/cases/3W4-6X7-Y/", "/cases/3W4-6X7-Y/consent/"),
        ("/cases/3W4-6X7-Y/../../admin/", "/cases/3W4-6X7-Y/consent/"),
        ("", "/cases/3W4-6X7-Y/consent/"),
    ],
)
def test_an_answer_leads_back_to_the_page_of_the_case_she_came_from_and_nowhere_else(
    world, subject, back, leads
):
    address = f"/cases/3W4-6X7-Y/consent/ask/talk/?back={quote(back)}"
    browser = world.client("amina")
    assert f'href="{leads}"' in browser.get(address).content.decode()
    assert browser.post(address, posted())["Location"] == leads


def test_the_text_names_the_society_and_who_else_reads_what_is_written(world, subject):
    browser = world.client("amina")
    page = browser.get(ASK_SOUTH).content.decode()
    assert "“Practice Society South can meet you and help." in page
    assert "The Red Crescent there" not in page
    for purpose in ("note", "assistance"):
        page = browser.get(f"/cases/3W4-6X7-Y/consent/ask/{purpose}/").content.decode()
        assert "Only those who help you can read it, and the 2 focal points of our society" in page


def test_a_text_that_does_not_say_how_long_it_is_kept_leaves_that_point_open(world, subject, rule_sheet):
    RuleLine.objects.filter(key="retention_case").delete()
    page = world.client("amina").get(ASK_SOUTH).content.decode()
    assert "it is kept for this long" not in page
    assert 'name="seven_storage_told" value="none" data-key="0" checked' in page
    assert '<details class="fold" open><summary><h2>What was told, point by point' in page


@pytest.mark.parametrize("purpose", ["note", "assistance"])
def test_after_a_no_to_notes_the_next_text_does_not_count_as_a_yes_to_them(
    world, subject, rule_sheet, purpose
):
    browser = world.client("amina")
    browser.post(f"/cases/3W4-6X7-Y/consent/ask/{purpose}/", posted(said="no"))
    assert queries.notes_refused(keys=world.keys("amina"), file=subject.file)
    page = browser.get(ASK_SOUTH).content.decode()
    assert 'name="seven_interview" value="none" data-key="0" checked' in page
    assert "The person wants no notes to be kept." in page
    browser.post("/cases/3W4-6X7-Y/consent/ask/note/", posted())
    assert not queries.notes_refused(keys=world.keys("amina"), file=subject.file)
    browser.post("/cases/3W4-6X7-Y/consent/ask/statistics/", posted(said="no"))
    assert not queries.notes_refused(keys=world.keys("amina"), file=subject.file), (
        "a no to figures is none to notes"
    )


@pytest.mark.parametrize(("name", "label"), [("way", "How it was answered"), ("interpreter", "Interpreter")])
def test_how_it_was_answered_is_never_chosen_beforehand_and_nothing_typed_is_lost(
    world, subject, name, label
):
    browser, address = world.client("amina"), "/cases/3W4-6X7-Y/consent/ask/talk/"
    assert browser.get(address).content.decode().count('<option value="" selected>Choose</option>') == 2
    page = browser.post(address, posted(**{name: ""})).content.decode()
    assert f"“{label}” needs an answer." in page and "they tell only the clinic" in page
    assert queries.answers(keys=world.keys("amina"), file=subject.file) == []


def test_nobody_is_asked_for_what_is_no_purpose(world, subject):
    browser = world.client("amina")
    assert browser.get("/cases/3W4-6X7-Y/consent/ask/everything/").status_code == 404
    assert browser.get("/cases/3W4-6X7-Y/consent/ask/talk/").status_code == 200, "control"


def test_someone_who_is_not_in_the_list_is_named_and_a_year_is_enough_for_until_when(world, subject):
    browser, address = world.client("amina"), "/cases/3W4-6X7-Y/consent/ask/partner/"
    other = posted(receiver="other", receiver_other="", fields_agreed=["called"])
    page = browser.post(address, other).content.decode()
    assert "Write who would be told." in page and "they tell only the clinic" in page
    assert "“Until when”" in browser.post(address, posted(until_year="")).content.decode()
    year = other | {"receiver_other": "A made-up clinic", "until_day": "", "until_month": ""}
    assert browser.post(address, year).status_code == 302
    (answer,) = queries.answers(keys=world.keys("amina"), file=subject.file)
    last = timezone.localdate() + rules.LONGEST
    assert answer.consent.until == min(date(2027, 12, 31), last)


def test_a_consent_is_for_one_year_at_most(world, subject):
    browser, address = world.client("amina"), "/cases/3W4-6X7-Y/consent/ask/statistics/"
    page = browser.post(address, posted(until_year="2206")).content.decode()
    assert "for one year at most" in page and "they tell only the clinic" in page
    assert queries.answers(keys=world.keys("amina"), file=subject.file) == []


def test_who_stands_in_no_list_is_one_of_its_own(world, subject):
    """A yes for one unlisted organisation is none for another, and each is withdrawn by itself."""
    browser, keys = world.client("amina"), world.keys("amina")
    address = "/cases/3W4-6X7-Y/consent/ask/partner/"
    yes = posted(receiver="other", fields_agreed=["called"])
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
        f"/cases/3W4-6X7-Y/consent/{elm.sealed.ref}/withdraw/", {"on_year": str(timezone.localdate().year)}
    )
    share = {"keys": keys, "file": subject.file, "purpose": "partner", "on": TODAY, "age_group": "adult"}
    assert queries.may_share(**share, receiver=birch.consent.receiver, fields=["called"]).allowed
    assert queries.may_share(**share, receiver=elm.consent.receiver).why == "withdrawn"
    assert not queries.may_share(**share, receiver="other").allowed
    page = browser.post(address, {"step": "name", "receiver_other": "Clinic Birch"}).content.decode()
    assert 'value="Clinic Birch"' in page
    page = browser.get("/cases/3W4-6X7-Y/consent/").content.decode()
    assert 'name="receiver_other" value="clinic  birch"' in page


def test_what_was_withdrawn_is_withdrawn_once(world, subject):
    browser = world.client("amina")
    browser.post("/cases/3W4-6X7-Y/consent/ask/statistics/", posted())
    (answer,) = queries.answers(keys=world.keys("amina"), file=subject.file)
    address = f"/cases/3W4-6X7-Y/consent/{answer.sealed.ref}/withdraw/"
    year_alone = {"words": "I changed my mind", "on_day": "", "on_month": "", "on_year": str(TODAY.year)}
    assert browser.post(address, year_alone).status_code == 302
    (kept,) = queries.answers(keys=world.keys("amina"), file=subject.file)
    assert kept.consent.withdrawn_on == timezone.localdate(), "a year alone is no day: today counts"
    again = browser.post(address, year_alone).content.decode()
    assert "This was withdrawn already." in again and "I changed my mind" in again


@pytest.mark.parametrize("purpose", ConsentPurpose.values)
def test_every_purpose_can_be_asked_for_and_goes_on_with_a_no(world, subject, purpose):
    browser = world.client("amina")
    address = f"/cases/3W4-6X7-Y/consent/ask/{purpose}/"
    text = browser.get(address).content.decode()
    assert "To be read aloud" in text
    assert "“" in text
    assert str(AFTER_NO[purpose]) in text, "what a no means is said truly"
    assert ("people study how to help" in text) == (purpose == "research")
    assert browser.post(address, posted(said="no")).status_code == 302


def test_a_yes_for_a_partner_asks_for_whom_and_what_and_loses_nothing_typed(world, subject):
    browser = world.client("amina")
    page = browser.post("/cases/3W4-6X7-Y/consent/ask/partner/", posted(understood="only the clinic"))
    text = page.content.decode()
    assert "Choose who would be told." in text
    assert "only the clinic" in text
    kept = browser.post(
        "/cases/3W4-6X7-Y/consent/ask/partner/",
        posted(receiver="other", receiver_other="A made-up clinic", fields_agreed=["called", "needs"]),
    )
    assert kept.status_code == 302


def test_a_withdrawal_shows_what_it_stops_and_stops_it(world, subject):
    stopped = []
    letters = withdrawal_registry.WithdrawalEffect(
        preview=lambda **_: ["A letter has not left yet: it stays."],
        act=lambda *, consent, **_: stopped.append(consent.purpose),
    )
    with withdrawal_registry.EFFECTS.temporarily("letters", letters):
        browser = world.client("amina")
        browser.post("/cases/3W4-6X7-Y/consent/ask/statistics/", posted())
        (answer,) = queries.answers(keys=world.keys("amina"), file=subject.file)
        address = f"/cases/3W4-6X7-Y/consent/{answer.sealed.ref}/withdraw/"
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
    theirs, none = browser.get("/cases/3W4-6X7-Y/consent/"), browser.get("/cases/TEST-9/consent/")
    assert (theirs.status_code, theirs.content) == (404, none.content)


def test_the_list_of_work_says_only_that_something_must_be_answered(world, subject):
    from panah.ground.work.queries import items_of

    world.client("amina").post("/cases/3W4-6X7-Y/consent/ask/statistics/", posted())
    (item,) = items_of(subject.id)
    assert item.kind == "answer"
    assert "statistics" not in str(item.__dict__)


def test_those_who_open_the_case_read_which_consent_ends(world, subject):
    from panah.ground.work.queries import items_of, with_sentences

    named = posted(receiver="other", receiver_other="A made-up clinic", fields_agreed=["called"])
    world.client("amina").post("/cases/3W4-6X7-Y/consent/ask/partner/", named)
    world.client("amina").post("/cases/3W4-6X7-Y/consent/ask/statistics/", posted())
    said = {one.say for one in with_sentences(items_of(subject.id), keys=world.keys("amina"))}
    assert said == {
        "Ask again before it ends: Telling a partner here, A made-up clinic",
        "Ask again before it ends: Being counted, without a name",
    }


@pytest.mark.parametrize("purpose", ["talk", "partner"])
def test_nobody_is_walked_through_seven_questions(world, subject, rule_sheet, purpose):
    browser, address = world.client("amina"), f"/cases/3W4-6X7-Y/consent/ask/{purpose}/"
    fold = '<details class="fold"><summary><h2>What was told, point by point'
    page = browser.get(address).content.decode()
    assert (fold in page) == (purpose == "talk"), "they stand open where nothing may leave without them"
    assert ("Nothing may leave until it was told" in page) == (purpose == "partner")
    changed = browser.post(address, posted(said="", seven_own_data_told="no")).content.decode()
    assert fold.replace('"fold"', '"fold" open') in changed, "what was told otherwise stands open"


def test_what_stands_answered_is_asked_again_at_its_answer_alone(world, subject):
    browser = world.client("amina")
    browser.post("/cases/3W4-6X7-Y/consent/ask/statistics/", posted())
    page = browser.get("/cases/3W4-6X7-Y/consent/").content.decode()
    assert page.count("/consent/ask/statistics/") == 1
    assert page.count("/consent/ask/talk/") == 1


def test_after_a_no_to_notes_every_page_that_writes_about_the_person_says_so(world):
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at, language="uz")
    browser, home = world.client("amina"), f"/cases/{case.number}/"
    pages = [home, f"{home}told/", f"{home}told/new/", f"{home}screening/"]
    warned = "The person wants no notes to be kept."
    assert not [one for one in pages if warned in browser.get(one).content.decode()]
    kept = browser.post(f"{home}consent/ask/note/", posted(said="no", guardian="none_found"))
    assert kept.status_code == 302
    assert [one for one in pages if warned not in browser.get(one).content.decode()] == []
    noted = browser.post(f"{home}note/", {"text": "asks us to write the court date down"})
    assert noted.status_code == 302, "it warns; the help goes on"
