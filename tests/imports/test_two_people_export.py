"""Names of several people leave when a second person has seen the same list and agreed, once and within a day."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from panah.ground.accounts.models import Staff
from panah.ground.approvals.models import Request, Vote
from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.models import StaffKey
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.imports import actions as imports
from tests.two_people import agrees_to_export, list_shown

ASK = {"form": "csv", "purpose": "documents"}


def opened(world, *, by="bakyt", **more):
    identity = {"names": [{"text": f"Practice Person {more.get('language', 'uz')}", "kind": "called"}]}
    return cases.open_case(keys=world.keys(by), by=world.staff[by], at=world.at, identity=identity, **more)


@pytest.fixture
def three(world):
    return [opened(world, language=language) for language in ("uz", "ru", "ky")]


@pytest.fixture
def asked(world, three):
    """Bakyt asks for all three; returns the address of the page of it."""
    answer = world.client("bakyt").post(reverse("imports:export"), ASK)
    assert answer.status_code == 302
    return answer.url


def exported(answer):
    return [row["source_id"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]


def nothing_left(answer):
    return (
        "Content-Disposition" not in answer.headers
        and not Entry.objects.filter(event="vault:identity:shown").exists()
    )


@pytest.mark.parametrize("who", ["bakyt", "amina"])
def test_nobody_takes_several_names_out_alone(world, three, who):
    opened(world, by="amina")
    opened(world, by="amina")
    client = world.client(who)
    answer = client.post(reverse("imports:export"), ASK)
    assert answer.status_code == 302 and nothing_left(answer)
    for step in ("agree", "take", ""):
        assert nothing_left(client.post(answer.url, {"step": step}))
    with pytest.raises(Refusal) as refused:
        imports.take_out(keys=world.keys("bakyt"), rows=three, at=world.at, **ASK)
    assert refused.value.code == "two-people-decide"


def test_what_the_second_saw_is_what_leaves_whatever_the_filter_shows_by_then(world, three, asked):
    bakyt, saule = world.client("bakyt"), world.client("saule")
    page = saule.get(asked).text
    for case in three:
        assert reverse("cases:case", args=[case.number]) in page
    later = opened(world, language="kk")
    assert agrees_to_export(saule, asked).status_code == 302
    answer = bakyt.post(asked, {"step": "take"})
    assert sorted(exported(answer)) == sorted(one.number for one in three)
    assert later.number not in answer.content.decode()
    # Once, and the list is kept no longer than it is needed.
    assert nothing_left_again(bakyt.post(asked, {"step": "take"}))
    assert not any(
        str(one.pk) in str(row.facts) for row in Request.objects.filter(act="imports:export") for one in three
    )


def nothing_left_again(answer):
    return "Content-Disposition" not in answer.headers


@pytest.mark.parametrize("who", ["amina", "cholpon", "elena", "zarina", "rustam"])
def test_nobody_else_sees_what_two_focal_points_decide(world, asked, who):
    client = world.client(who)
    assert client.get(asked).status_code == client.post(asked, {"step": "agree"}).status_code == 404


def test_one_person_with_two_accounts_does_not_pass(world, asked):
    StaffKey.objects.filter(staff=world.staff["saule"]).update(
        admitted_by=world.staff["bakyt"], known_by=None
    )
    assert world.client("saule").post(asked, {"step": "agree"}).status_code == 403
    assert nothing_left(world.client("bakyt").post(asked, {"step": "take"}))


def test_a_vote_that_was_written_into_the_table_lets_nothing_out(world, asked):
    row = Request.objects.get(act="imports:export")
    Vote.objects.create(request=row, staff=world.staff["saule"], at=world.at)
    assert nothing_left(world.client("bakyt").post(asked, {"step": "take"}))
    assert 'value="take"' not in world.client("bakyt").get(asked).text


@pytest.mark.parametrize("when", ["before she agreed", "after she agreed"])
def test_a_list_that_was_changed_in_the_table_is_not_the_one_that_saule_agreed_to(world, asked, when):
    saule, bakyt = world.client("saule"), world.client("bakyt")
    seen = list_shown(saule.get(asked))
    other = opened(world, by="amina")
    if when == "after she agreed":
        saule.post(asked, {"step": "agree", "seen": seen})
    row = Request.objects.get(act="imports:export")
    row.facts = row.facts | {"cases": f"{row.facts['cases']},{other.pk}"}
    row.save()
    if when == "before she agreed":
        assert saule.post(asked, {"step": "agree", "seen": seen}).status_code == 409
    assert nothing_left(bakyt.post(asked, {"step": "take"}))


def test_after_a_day_it_is_asked_for_anew(world, asked):
    saule = world.client("saule")
    Request.objects.filter(act="imports:export").update(
        asked_at=world.at - timedelta(hours=30), expires_at=world.at - timedelta(hours=6)
    )
    assert saule.post(asked, {"step": "agree"}).status_code in (403, 409)
    page = world.client("bakyt").get(asked).text
    assert 'value="take"' not in page and "Nothing left." in page


def test_it_is_kept_for_a_day(world, asked):
    row = Request.objects.get(act="imports:export")
    assert row.expires_at - row.asked_at == timedelta(hours=24)


def test_whoever_was_told_can_stop_it(world, asked):
    row = Request.objects.get(act="imports:export")
    world.client("saule").post(reverse("sign_in:stop-approval", args=[row.pk]))
    assert nothing_left(world.client("bakyt").post(asked, {"step": "take"}))


def test_a_case_that_was_erased_since_makes_it_another_list(world, three, asked):
    Case.objects.filter(pk=three[0].pk).update(erased_at=world.at)
    assert agrees_to_export(world.client("saule"), asked).status_code == 409


def test_one_case_alone_leaves_as_before(world):
    case = opened(world, by="amina")
    answer = world.client("amina").post(reverse("imports:export"), ASK)
    assert exported(answer) == [case.number]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Agree: this list may leave"), ("ru", "Согласиться: список может уйти")]
)
def test_the_second_is_led_to_it_and_reads_it_in_her_language(world, asked, language, said):
    Staff.objects.filter(username="saule").update(language=language)
    saule, row = world.client("saule"), Request.objects.get(act="imports:export")
    general = reverse("sign_in:approval", args=[row.pk])
    assert general in saule.get(reverse("desk:home")).text
    assert saule.get(general).url == asked
    assert said in saule.get(asked).text
