"""Who gets in: every colleague reads, keepers change, strangers see nothing."""

import pytest

from panah.ground.accounts.models import RoleHeld, Staff
from panah.ground.directory.models import HotlineNumber, Organization, Service
from panah.ground.network.models import Branch, Society
from panah.ground.network.permissions import policy

NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def changes(register):
    """Every address of the register at which something of North can be changed."""
    service = Service.objects.get(reference="north-clinic-urgent").pk
    number = HotlineNumber.objects.get(reference="north-line").pk
    office = Organization.objects.get(reference="north-clinic").pk
    north = "/network/societies/practice-north"
    return [
        f"/network/services/{service}/change/",
        f"/network/numbers/{number}/change/",
        f"/network/organisations/{office}/change/",
        f"{north}/change/",
        f"{north}/branches/new/",
        f"{north}/branches/arna/",
    ]


def test_farid_is_sent_to_sign_in_and_learns_nothing(register, farid):
    for address in (
        "/network/",
        "/network/numbers/",
        "/network/societies/kazakhstan/",
        f"/network/services/{NOWHERE}/",
    ):
        answer = farid.get(address)
        assert answer.status_code == 302
        assert "/network" not in answer["Location"].split("?")[0]


@pytest.mark.parametrize("who", ["amina", "elena", "gulnar", "timur", "rustam", "daler"])
def test_whoever_does_not_keep_an_entry_gets_the_answer_for_one_that_does_not_exist(world, changes, who):
    client = world.client(who)
    for address in changes:
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"name_en": "Taken"}).status_code == 404, address
    assert client.post("/network/societies/practice-north/branches/arna/confirm/").status_code == 404
    rule = client.post("/network/societies/practice-north/rules/child_age/", {"number": "12"})
    assert rule.status_code == 404
    office = Organization.objects.get(reference="north-clinic").pk
    agreed = client.post(f"/network/organisations/{office}/", {"scope": "x"})
    # A focal point of any society writes down what her own agreed with it, and nothing else.
    assert agreed.status_code == (422 if who == "rustam" else 404)


@pytest.mark.parametrize("who", ["amina", "elena", "timur"])
def test_those_who_keep_nothing_are_not_offered_to_add(world, register, who):
    client = world.client(who)
    assert client.get("/network/services/new/").status_code == 404
    assert client.get("/network/numbers/new/").status_code == 404
    assert "Add a service" not in client.get("/network/").text


def test_what_does_not_exist_does_not_exist_for_bakyt_either(bakyts):
    for address in (
        f"/network/services/{NOWHERE}/",
        f"/network/services/{NOWHERE}/change/",
        f"/network/numbers/{NOWHERE}/",
        f"/network/numbers/{NOWHERE}/change/",
        f"/network/organisations/{NOWHERE}/",
        f"/network/organisations/{NOWHERE}/change/",
        "/network/societies/atlantis/",
        "/network/societies/practice-north/branches/none/",
        "/network/societies/practice-north/rules/none/",
    ):
        assert bakyts.get(address).status_code == 404, address


def test_bakyt_keeps_the_entries_of_north_and_no_others(register, bakyt, rustam):
    souths = Service.objects.get(reference="south-clinic-care")
    norths = Service.objects.get(reference="north-clinic-urgent")
    assert policy.allows(bakyt, norths)
    assert not policy.allows(bakyt, souths)
    assert policy.allows(rustam, souths)
    assert set(policy.which(bakyt, Service.objects.all())) == set(Service.objects.filter(iso2="XA"))


def test_the_network_coordinator_keeps_what_no_society_on_this_node_keeps(register, timur, at):
    RoleHeld.objects.create(staff=timur, role="network_coordinator", since=at)
    kazakh = HotlineNumber.objects.get(reference="kz-111")
    nobodys = HotlineNumber(society=None)
    norths = HotlineNumber.objects.get(reference="north-line")
    assert policy.allows(timur, kazakh)
    assert policy.allows(timur, nobodys)
    assert not policy.allows(timur, norths)
    assert policy.allows(timur, Society.objects.get(slug="kazakhstan"))
    assert set(policy.which(timur, Branch.objects.all())) == set(Branch.objects.filter(society__hosted=False))


def test_a_leaver_and_nobody_keep_nothing(register, bakyt):
    bakyt.is_active = False
    service = Service.objects.get(reference="north-clinic-urgent")
    for person in (bakyt, None):
        assert not policy.allows(person, service)
        assert not policy.verifies(person)
        assert not policy.which(person, Service.objects.all()).exists()


def test_one_object_answers_may_she_and_which_ones(register, bakyt, rustam, amina, timur, at):
    """The two answers of the policy agree for every entry and every colleague."""
    RoleHeld.objects.create(staff=timur, role="network_coordinator", since=at)
    HotlineNumber.objects.filter(reference="kz-111").update(society=None)
    nobodys = HotlineNumber.objects.get(reference="kz-111")
    assert policy.allows(timur, nobodys) and not policy.allows(bakyt, nobodys)
    for model in (Service, HotlineNumber, Organization, Branch):
        for person in (bakyt, rustam, amina, timur):
            rows = model.objects.select_related("society")
            assert {r.pk for r in rows if policy.allows(person, r)} == set(
                policy.which(person, model.objects.all()).values_list("pk", flat=True)
            )


def test_whoever_works_here_may_try_a_number(world):
    assert all(policy.verifies(staff) for staff in world.staff.values()) and world.staff


def test_a_directory_is_brought_for_the_own_society_or_for_nobody(world, at):
    timur = world.staff["timur"]
    assert not policy.brings(timur)
    RoleHeld.objects.create(staff=timur, role="network_coordinator", since=at)
    assert policy.brings(Staff.objects.get(pk=timur.pk)) and not policy.keeps_own(timur)
    assert policy.brings(world.staff["bakyt"]) and policy.keeps_own(world.staff["bakyt"])
    assert not policy.brings(world.staff["amina"]) and not policy.brings(None)
    world.staff["bakyt"].is_active = False
    assert not policy.brings(world.staff["bakyt"])
