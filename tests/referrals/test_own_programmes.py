"""A programme of the society's own is referred to with consent; its colleague reads what was agreed, and answers."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.directory import actions as directory
from panah.ground.directory.models import Service
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.models import Grant
from panah.ground.work.models import DueItem
from panah.people.cases import actions as cases
from panah.people.cases.queries.consent import consent_subject
from panah.people.consent import actions as consent
from panah.people.consent.rules import MUST_BE_TOLD
from panah.people.referrals import actions, queries
from panah.people.referrals.models import Programme, ProgrammeWork, Referral
from tests import delivered
from tests.guard.writes import writes
from tests.sealed import opened
from tests.shelter.what_the_disk_holds import about, hand_over, node_does_later, plain_rows, without_common

SECRET = "Gulzira Testova"
TOLD = {"called": "Marigold", "needs": "sewing lessons in the evening"}


@pytest.fixture
def service(world):
    """A service of North's own, which Nurlan takes."""
    delivered.load(directory.load_reference_data, at=world.at)
    found = (
        Service.objects.filter(organization__is_society__slug="practice-north").order_by("name_en").first()
    )
    world.client("bakyt").post(
        reverse("referrals:programme", args=[found.pk]), {"colleague": str(world.staff["nurlan"].pk)}
    )
    return found


@pytest.fixture
def case(world):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=world.at, age_group="adult", language="uz",
        identity={"names": [{"text": SECRET, "kind": "full"}]},
    )  # fmt: skip


def text(answer):
    return " ".join(html.unescape(answer.text).split())


def say_yes(world, case, service):
    subject = consent_subject(case.number, to=world.staff["amina"], keys=world.keys("amina"))
    answer = {
        "purpose": "partner", "said": "yes", "receiver": f"service:{service.pk}", "receiver_name": service.name_en,
        "fields": list(TOLD), "seven": dict.fromkeys(MUST_BE_TOLD, "yes"), "guardian": "not_needed",
        "until": "2099-01-01", "way": "spoken_phone", "language": "uz", "interpreter": "none", "understood": "",
    }  # fmt: skip
    consent.write_answer(keys=world.keys("amina"), subject=subject, answer=answer, at=world.at)
    return subject


def way_of(page):
    """What the button *sealed, to … of our own programme* sends: with whose name it was shown."""
    return re.search(r'value="(ours:[^"]+)"', page.text)[1]


@pytest.fixture
def referred(world, case, service):
    """The page of a referral that Amina sent to the programme, through the doors."""
    say_yes(world, case, service)
    amina = world.client("amina")
    new = reverse("referrals:new", args=[case.number, "partner", f"service:{service.pk}"])
    made = amina.post(new, {"need": "a place in the course", **{f"tell_{k}": v for k, v in TOLD.items()}})
    page = made["Location"]
    assert "sealed, to Nurlan of our own programme" in text(amina.get(page))
    assert amina.post(page, {"way": way_of(amina.get(page)), "read": "on"}).status_code == 302, text(
        amina.get(page)
    )[-1500:]
    return page


def test_what_the_programme_is_told_is_what_the_page_showed_to_the_letter(world, case, referred):
    """No age, no urgency: nothing that was not chosen. The id of the referral is for the answer's way back."""
    told = vault_queries.value_of(
        keys=world.keys("nurlan"), file=ProgrammeWork.objects.get().file_id, part="told"
    )
    assert told.pop("referral") == str(Referral.objects.get().pk)
    assert set(told) == {"service", "need", "values"}
    page = text(world.client("amina").get(referred))
    for one in (told["service"], told["need"], *told["values"].values()):
        assert one in page
    item = DueItem.objects.get(room="programme")
    assert (item.urgency, item.age_group, item.language) == ("today", "unknown", ""), (
        "the list says nothing more"
    )


def told_page():
    return reverse("referrals:told", args=[ProgrammeWork.objects.get().pk])


def answers(client, answer, note="Tuesday at five, room 2"):
    return client.post(told_page(), {"answer": answer, "note": note})


def test_amina_refers_nurlan_reads_what_was_agreed_and_amina_hears_back(world, case, referred):
    amina, nurlan = world.client("amina"), world.client("nurlan")
    assert DueItem.objects.filter(owner=world.staff["nurlan"], room="programme", done_at=None).count() == 1
    assert told_page() in nurlan.get(reverse("desk:home")).text
    page = text(nurlan.get(told_page()))
    assert "Marigold" in page and "sewing lessons in the evening" in page and "a place in the course" in page
    assert SECRET not in page and case.number.replace("-", "") not in page.replace("-", "")
    answers(nurlan, "accepted")
    assert DueItem.objects.filter(owner=world.staff["amina"], purpose="page_answer", done_at=None).exists()
    heard = text(amina.get(referred))
    assert "Tuesday at five, room 2" in heard and "we can help" in heard
    amina.post(referred, {"step": "answer", "answer": "accepted", "note": "Tuesday at five"})
    assert Referral.objects.get().state == "accepted"
    answers(nurlan, "done", "Came to all ten evenings")
    assert "Came to all ten evenings" in text(amina.get(referred))
    assert not ProgrammeWork.objects.get().open


def test_whoever_takes_the_programme_since_the_page_was_shown_is_looked_at_before_anything_is_sent(
    world, case, service
):
    say_yes(world, case, service)
    amina = world.client("amina")
    new = reverse("referrals:new", args=[case.number, "partner", f"service:{service.pk}"])
    page = amina.post(new, {"need": "a place", **{f"tell_{k}": v for k, v in TOLD.items()}})["Location"]
    seen = way_of(amina.get(page))
    Programme.objects.update(colleague=world.staff["gulnar"])
    answer = amina.post(page, {"way": seen, "read": "on"})
    assert answer.status_code == 422 and not ProgrammeWork.objects.exists()
    said = text(answer)
    assert "Who takes this programme, or how it can go, has changed" in said
    assert "sealed, to Gulnar of our own programme" in said
    assert amina.post(page, {"way": way_of(answer), "read": "on"}).status_code == 302
    assert ProgrammeWork.objects.get().colleague == world.staff["gulnar"]


def test_without_consent_nothing_reaches_the_programme(world, case, service):
    amina = world.keys("amina")
    content = {
        "purpose": "partner", "receiver": f"service:{service.pk}", "receiver_name": "x", "need": "x", "note": "",
        "values": TOLD,
    }  # fmt: skip
    row = actions.prepare(keys=amina, case=case, content=content, at=world.at)
    page = reverse("referrals:one", args=[case.number, row.pk])
    sender = world.client("amina")
    sender.post(page, {"way": way_of(sender.get(page)), "read": "on"})
    assert not ProgrammeWork.objects.exists() and Referral.objects.get().state == "draft"


@pytest.mark.parametrize("who", ["amina", "cholpon", "elena", "daler", "bakyt", "gulnar"])
def test_what_was_told_to_nurlan_is_a_page_of_his_alone(world, referred, who):
    assert world.client(who).get(told_page()).status_code == 404
    assert world.client(who).post(told_page(), {"answer": "done", "note": "x"}).status_code == 404


def test_nurlan_opens_neither_the_case_nor_its_referral(world, case, referred):
    nurlan = world.client("nurlan")
    assert nurlan.get(referred).status_code == 404
    assert nurlan.get(reverse("cases:case", args=[case.number])).status_code == 404
    assert not vault_queries.opens(keys=world.keys("nurlan"), file=case.file_id)


def test_a_withdrawn_consent_takes_it_from_nurlans_list_and_closes_what_was_told(world, case, referred):
    row = ProgrammeWork.objects.get()
    page = referred + "give-up/"
    world.client("amina").post(page, {"why": "person", "note": ""})
    assert Referral.objects.get().state == "withdrawn"
    assert not DueItem.objects.filter(owner=world.staff["nurlan"], done_at=None).exists()
    assert not vault_queries.opens(keys=world.keys("nurlan"), file=row.file_id)
    shown = text(world.client("nurlan").get(told_page()))
    assert "taken back" in shown and "Marigold" not in shown


def test_no_row_joins_the_case_with_the_programme(world, case, referred, service):
    row = ProgrammeWork.objects.get()
    kept = {str(getattr(row, field.attname)) for field in ProgrammeWork._meta.concrete_fields}
    assert not kept & {str(case.pk), str(case.file_id), str(Referral.objects.get().pk), str(service.pk)}
    item = DueItem.objects.get(room="programme")
    assert (item.number, item.branch, item.language) == ("", None, "")
    for table, values in plain_rows():
        assert "sewing lessons" not in str(values) and "Marigold" not in str(values), table


def joined(world, case):
    """The values that rows of the case and rows of what was told have in common, where more than a day says them."""
    row, referral = ProgrammeWork.objects.get(), Referral.objects.get()
    items = set(DueItem.objects.filter(subject=row.pk).values_list("pk", flat=True))
    rows, left = about({case.pk, case.file_id, case.number, referral.pk})
    others, right = about({row.pk, row.file_id, *items})
    assert len(rows) >= 8 and len(others) >= 6, "control: both have many rows"
    return {one: left[one] | right[one] for one in without_common(set(left) & set(right), case.society)}


def test_no_value_joins_the_case_with_the_programme_when_it_is_asked_and_answered(world, case, referred):
    assert joined(world, case) == {}
    answers(world.client("nurlan"), "accepted")
    assert joined(world, case) == {}


def test_no_value_joins_them_when_more_is_told_or_it_is_taken_back(world, case, referred):
    amina = world.client("amina")
    answers(world.client("nurlan"), "more_asked", "Is a tram near?")
    amina.post(referred, {"step": "answer", "answer": "more_asked", "note": "Is a tram near?"})
    amina.post(referred, {"step": "tell", "text": "Yes, line 3", "note": "Yes, line 3"})
    amina.post(referred + "give-up/", {"why": "person", "note": ""})
    assert Referral.objects.get().state == "withdrawn" and joined(world, case) == {}


def test_the_journal_says_by_the_day_who_asked_a_programme_and_who_answered(world, case, referred):
    row = ProgrammeWork.objects.get()
    answers(world.client("nurlan"), "accepted")
    at_its_minute = set(Entry.objects.filter(about=row.file_id).values_list("event", flat=True))
    assert at_its_minute == {"work:due:done"}, "what the list says, from the quarter of the day"
    node_does_later(world, vault.write_journal_by_day)
    lines = Entry.objects.filter(about=row.file_id, event__startswith="referrals:programme")
    assert {(one.event, one.who) for one in lines} == {
        ("referrals:programme:asked", world.staff["amina"].pk),
        ("referrals:programme:answered", world.staff["nurlan"].pk),
    }
    assert joined(world, case) == {}


def test_an_erased_case_takes_along_what_was_told(world, case, referred, django_capture_on_commit_callbacks):
    row = ProgrammeWork.objects.get()
    assert vault_queries.opens(keys=world.keys("nurlan"), file=row.file_id), "control"
    with django_capture_on_commit_callbacks(execute=True), writes() as wrote:
        vault.erase(keys=world.keys("bakyt"), file=case.file_id, at=timezone.now())
    assert case.file_id in wrote and not {row.pk, row.file_id} & wrote, "no transaction says what was told"
    assert not vault_queries.opens(keys=world.keys("nurlan"), file=row.file_id)
    page = world.client("nurlan").get(reverse("referrals:told", args=[row.pk]))
    assert page.status_code == 200
    assert answers(world.client("nurlan"), "accepted").status_code in (403, 422), (
        "nothing is answered any more"
    )
    with writes() as wrote:
        node_does_later(world, actions.forget_told_waiting)
    assert row.file_id in wrote and not {case.pk, case.file_id} & wrote
    assert not ProgrammeWork.objects.exists()
    assert not DueItem.objects.filter(owner=world.staff["nurlan"], done_at=None).exists()


def test_only_a_focal_point_names_who_takes_it_and_only_of_the_own_society(world, service):
    address = reverse("referrals:programme", args=[service.pk])
    for who in ("amina", "rustam"):
        assert world.client(who).post(address, {"colleague": ""}).status_code == 404
    assert Programme.objects.get().colleague == world.staff["nurlan"]
    assert "taken by: Nurlan" in text(world.client("amina").get(reverse("referrals:programmes")))
    assert "taken by" not in text(world.client("daler").get(reverse("referrals:programmes")))
    world.client("bakyt").post(address, {"colleague": ""})
    assert not Programme.objects.exists()


def test_the_search_says_which_service_is_our_own(world, case, service):
    page = opened(world.client("amina").get(reverse("referrals:find", args=[case.number])).text)
    found = re.search(rf"service:{service.pk}.*?our own programme.*?Nurlan", page, re.S)
    assert found


def test_when_nurlan_leaves_another_takes_it(world, referred):
    actions.hand_over_programmes(
        keys=world.keys("bakyt"), staff=world.staff["nurlan"], to=world.staff["gulnar"], at=timezone.now()
    )
    assert "Marigold" in text(world.client("gulnar").get(told_page()))
    assert queries.work_of(world.staff["nurlan"]) == []


def test_what_the_keys_do_not_open_stays_with_nurlan_and_the_page_says_how_much_went(world, referred):
    whom = {"to": str(world.staff["cholpon"].pk)}
    row = ProgrammeWork.objects.get()
    Grant.objects.filter(file=row.file_id, staff=world.staff["bakyt"]).delete()
    page = reverse("sign_in:hand-over", args=[world.staff["nurlan"].pk])
    told = text(world.client("bakyt").post(page, whom, follow=True))
    assert "1 own programme is handed over." in told
    assert "1 request to an own programme does not open for you" in told
    row.refresh_from_db()
    assert row.colleague == world.staff["nurlan"]
    told = text(world.client("saule").post(page, whom, follow=True))
    assert "1 request to an own programme went with it." in told
    row.refresh_from_db()
    assert row.colleague == world.staff["cholpon"]
    assert told_page() in world.client("cholpon").get(reverse("desk:home")).text, "and it is on that list"


@pytest.mark.parametrize("by", ["amina", "bakyt"])
def test_whoever_takes_the_case_over_reads_the_answer_some_hours_later(world, case, referred, by):
    row, amina, cholpon = ProgrammeWork.objects.get(), world.staff["amina"], world.client("cholpon")
    answers(world.client("nurlan"), "more_asked")
    hand_over(world, case, "cholpon", by=by)
    assert "Tuesday at five, room 2" not in text(cholpon.get(referred))
    node_does_later(world)
    assert "Tuesday at five, room 2" in text(cholpon.get(referred))
    assert amina not in vault_queries.holders(row.file_id), "whoever held it before does not read on"
    assert "Marigold" in text(world.client("nurlan").get(told_page()))
    assert joined(world, case) == {}


def test_what_cannot_be_told_to_the_programme_yet_is_not_written_down_as_told(world, case, referred):
    amina, cholpon = world.client("amina"), world.client("cholpon")
    more = {"step": "tell", "text": "Yes, line 3", "note": "Yes, line 3"}
    answers(world.client("nurlan"), "more_asked", "Is a tram near?")
    amina.post(referred, {"step": "answer", "answer": "more_asked", "note": "Is a tram near?"})
    hand_over(world, case, "cholpon")
    answer = cholpon.post(referred, more)
    assert answer.status_code in (409, 422) and "Yes, line 3" in text(answer)
    assert "What was told to the programme does not open for you yet" in text(answer)
    assert Referral.objects.get().state == "more_asked"
    node_does_later(world)
    assert cholpon.post(referred, more).status_code == 302
    assert "Yes, line 3" in text(world.client("nurlan").get(told_page()))


def test_a_focal_point_who_takes_a_programme_reads_that_it_was_taken_back(world, case, service):
    bakyt = world.client("bakyt")
    bakyt.post(reverse("referrals:programme", args=[service.pk]), {"colleague": str(world.staff["bakyt"].pk)})
    say_yes(world, case, service)
    amina = world.client("amina")
    new = reverse("referrals:new", args=[case.number, "partner", f"service:{service.pk}"])
    page = amina.post(new, {"need": "a place", **{f"tell_{k}": v for k, v in TOLD.items()}})["Location"]
    amina.post(page, {"way": way_of(amina.get(page)), "read": "on"})
    assert "Marigold" in text(bakyt.get(told_page()))
    amina.post(page + "give-up/", {"why": "person", "note": ""})
    shown = text(bakyt.get(told_page()))
    assert "This was taken back" in shown and "Marigold" not in shown


def test_it_is_taken_back_from_a_focal_point_too_by_whoever_holds_the_case_since_a_moment(
    world, case, service
):
    bakyt = world.client("bakyt")
    bakyt.post(reverse("referrals:programme", args=[service.pk]), {"colleague": str(world.staff["bakyt"].pk)})
    say_yes(world, case, service)
    amina = world.client("amina")
    new = reverse("referrals:new", args=[case.number, "partner", f"service:{service.pk}"])
    page = amina.post(new, {"need": "a place", **{f"tell_{k}": v for k, v in TOLD.items()}})["Location"]
    amina.post(page, {"way": way_of(amina.get(page)), "read": "on"})
    hand_over(world, case, "cholpon")
    world.client("cholpon").post(page + "give-up/", {"why": "person", "note": ""})
    shown = text(bakyt.get(told_page()))
    assert "This was taken back" in shown and "Marigold" not in shown


def test_an_empty_answer_is_asked_for_again_with_everything_still_there(world, referred):
    nurlan = world.client("nurlan")
    answer = nurlan.post(told_page(), {"answer": "", "note": "Tuesday at five"})
    assert answer.status_code == 422 and "Tuesday at five" in answer.text
    assert ProgrammeWork.objects.get().open
    assert not DueItem.objects.filter(owner=world.staff["amina"], purpose="page_answer").exists()


def test_what_nurlan_asks_for_comes_to_his_page(world, referred):
    amina, nurlan = world.client("amina"), world.client("nurlan")
    answers(nurlan, "more_asked", "Is a tram near?")
    amina.post(referred, {"step": "answer", "answer": "more_asked", "note": "Is a tram near?"})
    amina.post(referred, {"step": "tell", "text": "Yes, line 3", "note": "Yes, line 3"})
    assert "Yes, line 3" in text(nurlan.get(told_page())), text(amina.get(referred))[-1500:]
    assert DueItem.objects.filter(owner=world.staff["nurlan"], room="programme", done_at=None).exists()
