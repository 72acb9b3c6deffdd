"""Nothing is ticked beforehand, what was understood is asked, and a child's yes waits for who may agree."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts.models import Staff
from panah.people.cases import actions as cases
from panah.people.cases.queries.same_person import is_counted
from panah.people.consent import queries, rules
from panah.people.consent.words import SEVEN, ConsentPurpose
from tests.consent.conftest import posted

HOME = "/cases/3W4-6X7-Y/consent/"
TO_SOUTH = {"receiver": "society:practice-south", "fields_agreed": ["called"]}


@pytest.fixture
def amina(world):
    return world.client("amina")


@pytest.fixture
def child(world):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=world.at, age_group="child", language="uz"
    )


def ask(browser, number, purpose, **changes):
    address = reverse("consent:ask", args=[number, purpose])
    return browser.post(address, posted(reviewed_by="Practice Child Office") | changes, follow=True)


def answers_page(browser, number):
    return browser.get(reverse("consent:answers", args=[number])).text


# -- nothing is ticked beforehand ------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", ConsentPurpose.values)
def test_no_point_is_ticked_as_told_before_somebody_reads_it_aloud(amina, subject, purpose):
    page = amina.get(f"{HOME}ask/{purpose}/").text
    ticked = dict(re.findall(r'name="seven_(\w+)" value="(\w+)"[^>]* checked', page))
    assert ticked == dict.fromkeys(SEVEN, "none")
    # Where something leaves, what must be told is not folded away.
    fold = '<details class="fold" open><summary><h2>What was told'
    assert (fold in page) == (purpose in rules.LEAVES)


def test_a_yes_whose_points_nobody_ticked_does_not_count_and_says_so(world, amina, subject):
    untold = {f"seven_{name}": "" for name in SEVEN}
    page = ask(amina, "3W4-6X7-Y", "partner", **TO_SOUTH, **untold).text
    assert "The yes does not count yet" in page and "yes, not valid yet" in page
    Staff.objects.filter(username="amina").update(language="ru")
    assert "да, пока не действует" in answers_page(amina, "3W4-6X7-Y")
    Staff.objects.filter(username="amina").update(language="en")
    page = ask(amina, "3W4-6X7-Y", "partner", **TO_SOUTH).text
    assert "not valid yet" not in page and "does not count yet" not in page


def test_what_a_paper_says_was_told_is_typed_in_and_not_taken_from_its_text(world, amina, subject):
    address, today = reverse("consent:type_in", args=["3W4-6X7-Y"]), timezone.localdate()
    assert not re.findall(r'name="seven_\w+" value="yes"[^>]* checked', amina.get(address).text)
    on = {"paper_on_day": today.day, "paper_on_month": today.month, "paper_on_year": today.year}
    how = posted(said_partner="yes", name_partner="A made-up clinic", fields_partner=["needs"])
    how |= {"seven_storage_told": "none", "paper_by": "Elena, volunteer", **on}
    assert amina.post(address, how).status_code == 302
    (row,) = queries.answers(keys=world.keys("amina"), file=subject.file)
    assert row.consent.seven == dict.fromkeys(SEVEN, "yes") | {"storage_told": "none"}


# -- what was understood ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ru"])
def test_with_a_yes_it_is_asked_what_was_understood_or_written_why_she_did_not_say(
    world, amina, subject, language
):
    Staff.objects.filter(username="amina").update(language=language)
    page = ask(amina, "3W4-6X7-Y", "talk", understood="  ")
    assert page.status_code == 422 and 'aria-invalid="true"' in page.text
    assert queries.answers(keys=world.keys("amina"), file=subject.file) == []
    assert ask(amina, "3W4-6X7-Y", "talk", understood="", not_said="Too tired to go on").status_code == 200
    (row,) = queries.answers(keys=world.keys("amina"), file=subject.file)
    assert (row.kept["understood"], row.kept["not_said"]) == ("", "Too tired to go on")


@pytest.mark.parametrize("said", ["no", "later"])
def test_a_no_needs_no_word_about_what_was_understood(world, amina, subject, said):
    ask(amina, "3W4-6X7-Y", "talk", said=said, understood="")
    (row,) = queries.answers(keys=world.keys("amina"), file=subject.file)
    assert row.consent.said == said


def test_a_paper_with_a_yes_says_what_was_understood_and_one_with_a_no_need_not(world, amina, subject):
    address, today = reverse("consent:type_in", args=["3W4-6X7-Y"]), timezone.localdate()
    on = {"paper_on_day": today.day, "paper_on_month": today.month, "paper_on_year": today.year}
    paper = posted(understood="", paper_by="Elena, volunteer", **on)
    assert amina.post(address, paper | {"said_talk": "yes"}).status_code == 422
    assert amina.post(address, paper | {"said_talk": "no"}).status_code == 302


# -- a child's yes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("guardian", ["may_be_involved", "none_found"])
@pytest.mark.parametrize("purpose", ["assistance", "statistics", "partner"])
def test_a_childs_yes_to_which_nobody_may_agree_stands_as_not_valid_yet_until_somebody_does(
    world, amina, child, purpose, guardian
):
    more = TO_SOUTH if purpose == "partner" else {}
    page = ask(amina, child.number, purpose, guardian=guardian, **more).text
    assert "yes, not valid yet" in page and "24 May 2027" not in page and "Help goes on." in page
    page = ask(amina, child.number, purpose, guardian="representative", **more).text
    assert "yes, not valid yet" not in page and "24 May 2027" in page


def test_a_child_is_counted_once_whoever_may_agree_was_asked_and_no_longer_once_that_is_in_doubt(
    world, amina, child
):
    keys = world.keys("amina")
    ask(amina, child.number, "statistics", guardian="may_be_involved")
    assert not is_counted(keys=keys, case=child)
    ask(amina, child.number, "statistics", guardian="agrees")
    assert is_counted(keys=keys, case=child)
    guardian = {"name": "Practice Uncle", "relation": "uncle", "involved": "unknown"}
    cases.write_guardian(keys=keys, case=child, guardian=guardian, at=world.at)
    assert not is_counted(keys=keys, case=child)
    assert "yes, not valid yet" in answers_page(amina, child.number)
    cases.write_guardian(keys=keys, case=child, guardian=guardian | {"involved": "no"}, at=world.at)
    assert is_counted(keys=keys, case=child)


def test_a_yes_of_somebody_who_turns_out_to_be_a_child_counts_no_more_and_of_an_adult_it_does(world, amina):
    keys = world.keys("amina")
    case = cases.open_case(keys=keys, by=world.staff["amina"], at=world.at, language="uz")
    ask(amina, case.number, "statistics", guardian="none_found")
    assert is_counted(keys=keys, case=case)
    known = {"keys": keys, "case": case, "basis": "papers", "at": world.at}
    cases.set_age(said="child", doubt="none", **known)
    assert not is_counted(keys=keys, case=case)
    cases.set_age(said="adult", doubt="no", **known)
    assert is_counted(keys=keys, case=case)


def test_nobody_is_offered_as_having_agreed_in_a_referral_while_a_childs_yes_does_not_count(
    world, amina, child
):
    find = reverse("referrals:find", args=[child.number])
    ask(amina, child.number, "partner", guardian="may_be_involved", **TO_SOUTH)
    assert "Agreed already" not in amina.get(find).text
    ask(amina, child.number, "partner", guardian="representative", **TO_SOUTH)
    assert "Agreed already" in amina.get(find).text


def test_her_copy_on_paper_says_what_a_yes_still_lacks(amina, child):
    ask(amina, child.number, "assistance", guardian="may_be_involved")
    address = reverse("consent:copy", args=[child.number])
    assert "Not valid yet." in amina.post(address, {"language": "ru", "asked": "on"}).text
    ask(amina, child.number, "assistance", guardian="representative")
    assert "Not valid yet." not in amina.post(address, {"language": "ru", "asked": "on"}).text


# -- who reviews what nobody agreed to for a child ---------------------------------------------------------


def test_for_a_child_without_a_representative_each_purpose_has_its_own_reviewer(world, amina, child):
    refused = ask(amina, child.number, "assistance", guardian="none_found", reviewed_by="")
    assert refused.status_code == 422 and "write who reviews this consent" in refused.text
    ask(amina, child.number, "assistance", guardian="none_found", reviewed_by="Practice Child Office")
    page = amina.get(reverse("consent:ask", args=[child.number, "statistics"])).text
    assert "Practice Child Office" not in page, "one answer is not the answer for all"
    ask(amina, child.number, "statistics", guardian="may_be_involved", reviewed_by="Practice Lawyer Elm")
    page = answers_page(amina, child.number)
    assert "Reviewed by: Practice Child Office." in page and "Reviewed by: Practice Lawyer Elm." in page
    kept = queries.latest(keys=world.keys("amina"), file=child.file_id)
    assert {one.consent.purpose: one.kept["reviewed_by"] for one in kept} == {
        "assistance": "Practice Child Office",
        "statistics": "Practice Lawyer Elm",
    }


def test_nobody_reviews_what_a_representative_agrees_to_nor_a_no(amina, child):
    assert ask(amina, child.number, "talk", guardian="representative", reviewed_by="").status_code == 200
    assert (
        ask(amina, child.number, "note", guardian="none_found", said="no", reviewed_by="").status_code == 200
    )


def test_on_paper_too_each_yes_of_a_child_has_its_own_reviewer(world, amina, child):
    address, today = reverse("consent:type_in", args=[child.number]), timezone.localdate()
    on = {"paper_on_day": today.day, "paper_on_month": today.month, "paper_on_year": today.year}
    paper = posted(guardian="none_found", paper_by="Elena, volunteer", **on)
    paper |= {"said_talk": "yes", "said_assistance": "yes", "review_talk": "Practice Child Office"}
    assert amina.post(address, paper).status_code == 422
    assert amina.post(address, paper | {"review_assistance": "Practice Lawyer Elm"}).status_code == 302
    assert amina.get(reverse("consent:sheet")).text.count("who reviews this consent") == 8


@pytest.mark.parametrize("purpose", ["talk", "note", "call_back", "assistance", "statistics", "research"])
@pytest.mark.parametrize(
    ("age", "guardian", "why"),
    [
        ("child", "none_found", "needs_guardian"),
        ("child", "may_be_involved", "guardian_may_be_involved"),
        ("unknown", "may_be_involved", "guardian_may_be_involved"),
        ("unknown", "none_found", ""),
        ("adult", "may_be_involved", ""),
        ("child", "representative", ""),
    ],
)
def test_what_a_yes_lacks_where_nothing_leaves(purpose, age, guardian, why):
    answer = rules.Consent(purpose, "yes", guardian=guardian)
    assert rules.why_not(answer, on=timezone.localdate(), age=age) == why


def test_whoever_asks_what_is_kept_hears_that_a_yes_does_not_count_yet_and_what_is_missing(amina, child):
    ask(amina, child.number, "statistics", guardian="none_found")
    there = f"/complaints/case/{child.number}/"
    said = html.unescape(amina.post(there, {"knows": "known", "how": "aloud"}).text)
    assert "Not valid yet" in said and "A child, or perhaps a child: someone must agree too." in said
    ask(amina, child.number, "statistics", guardian="representative")
    said = html.unescape(amina.post(there, {"knows": "known", "how": "aloud"}).text)
    assert said.count("Not valid yet") == 1, "the first answer still reads so, and the second counts"
