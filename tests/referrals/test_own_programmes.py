"""A programme of the society's own is referred to with consent; its colleague reads what was agreed, and answers."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.cases import actions as cases
from panah.cases.queries.consent import consent_subject
from panah.consent import actions as consent
from panah.consent.rules import MUST_BE_TOLD
from panah.directory import actions as directory
from panah.directory.models import Service
from panah.referrals import actions, queries
from panah.referrals.models import Programme, ProgrammeWork, Referral
from panah.vault import actions as vault
from panah.vault import queries as vault_queries
from panah.work.models import DueItem
from tests.sealed import opened
from tests.shelter.test_secrets import plain_rows

SECRET = "Gulzira Testova"
TOLD = {"called": "Marigold", "needs": "sewing lessons in the evening"}


@pytest.fixture
def service(world):
    """A service of North's own, which Nurlan takes."""
    directory.load_reference_data(at=timezone.now(), practice=True)
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


@pytest.fixture
def referred(world, case, service):
    """The page of a referral that Amina sent to the programme, through the doors."""
    say_yes(world, case, service)
    amina = world.client("amina")
    new = reverse("referrals:new", args=[case.number, "partner", f"service:{service.pk}"])
    made = amina.post(new, {"need": "a place in the course", **{f"tell_{k}": v for k, v in TOLD.items()}})
    page = made["Location"]
    assert "sealed, to Nurlan of our own programme" in text(amina.get(page))
    assert amina.post(page, {"way": "ours", "read": "on"}).status_code == 302, text(amina.get(page))[-1500:]
    return page


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


def test_without_consent_nothing_reaches_the_programme(world, case, service):
    amina = world.keys("amina")
    content = {
        "purpose": "partner", "receiver": f"service:{service.pk}", "receiver_name": "x", "need": "x", "note": "",
        "values": TOLD,
    }  # fmt: skip
    row = actions.prepare(keys=amina, case=case, content=content, at=world.at)
    page = reverse("referrals:one", args=[case.number, row.pk])
    world.client("amina").post(page, {"way": "ours", "read": "on"})
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


def test_an_erased_case_takes_along_what_was_told(world, case, referred, django_capture_on_commit_callbacks):
    row = ProgrammeWork.objects.get()
    assert vault_queries.opens(keys=world.keys("nurlan"), file=row.file_id), "control"
    with django_capture_on_commit_callbacks(execute=True):
        vault.erase(keys=world.keys("bakyt"), file=case.file_id, at=timezone.now())
    assert not ProgrammeWork.objects.exists()
    assert not vault_queries.opens(keys=world.keys("nurlan"), file=row.file_id)
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
