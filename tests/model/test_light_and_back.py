"""A society finds that it is weak, goes into light mode, grows for a year, works in full, and goes back."""

import html
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from panah.ground.accounts.models import Staff
from panah.ground.network.capabilities import light
from panah.ground.network.models import Society
from panah.people.cases import actions as cases
from panah.people.cases.models import Case
from panah.people.hotline.models import Contact, Line
from tests.conftest import LINE_NORTH
from tests.model.agreeing import agreed, parts, text, today

MODE = "sign_in:working-mode"


def asks(world, mode, *, accepted):
    given = {"mode": mode, "leaves": light() if mode == "light" else [], **parts("from_day", today())}
    if accepted:
        given |= {"receiver": "Childline", "accepted_by": "Lola", **parts("accepted_on", today())}
    return world.client("bakyt").post(reverse(MODE), given)


def decides(world, mode, *, accepted=False):
    answer = asks(world, mode, accepted=accepted)
    assert answer.status_code == 302, text(answer)
    world.client("saule").post(reverse("sign_in:decide-working-mode"), {"do": "agree"})
    for name, staff in world.staff.items():
        world.staff[name] = Staff.objects.get(pk=staff.pk)
    return Society.objects.get(pk=world.societies["north"].pk).closed


def a_childs_case(world, *, days_ago=0):
    return cases.open_case(
        keys=world.keys("amina"),
        by=world.staff["amina"],
        at=timezone.now() - timedelta(days=days_ago),
        age_group="child",
    )


def plan_of(world, case):
    return world.client("amina").get(reverse("cases:plan", args=[case.number]))


def never_closes(world, case):
    """Danger, tonight's bed and the note for the child stand open, and a call in danger is answered and paged."""
    amina, elena = world.client("amina"), world.client("elena")
    for address in (
        reverse("cases:danger", args=[case.number]),
        reverse("cases:best_interests", args=[case.number, "note"]),
        reverse("cases:safety", args=[case.number]),
        reverse("referrals:find", args=[case.number]),
        reverse("directory:services") + "?need=shelter",
    ):
        assert amina.get(address).status_code == 200, address
    taken = elena.post("/calls/take/", {"line": str(LINE_NORTH), "channel": "phone", "danger": "yes"})
    assert taken.status_code == 302
    call = Contact.objects.get(number=taken.url.strip("/").split("/")[-1])
    assert (
        call.urgency == "now"
        and elena.get(reverse("hotline:emergency", args=[call.number])).status_code == 200
    )


def test_a_weak_society_goes_into_light_mode_grows_into_full_and_goes_back(world):
    Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1",
        numbers=["0 000 000 00 01"], made_at=world.at,
    )  # fmt: skip
    before = a_childs_case(world, days_ago=9)
    weak = agreed(world, 1, year=today().year - 1)
    page = html.unescape(world.client("bakyt").get(reverse("model:assessment", args=[weak.pk])).text)
    assert page.count("Propose to leave it to others") == 6 and "Propose to take it up" not in page

    # Nothing closes by a level alone, and case work with children not before somebody else has accepted them.
    assert plan_of(world, a_childs_case(world)).status_code == 200
    refused = asks(world, "light", accepted=False)
    assert refused.status_code == 422 and "another receiver must have accepted it" in text(refused)
    assert decides(world, "light", accepted=True) == light()
    new = a_childs_case(world)
    closed = plan_of(world, new)
    assert closed.status_code == 403 and "taken on by: <b>Childline</b>" in text(closed)
    assert plan_of(world, before).status_code == 200, "what began before stays whole, with its holder"
    assert before.owner == world.staff["amina"]
    never_closes(world, new)

    # A year later: from what the assessment proposes to full.
    strong = agreed(world, 3)
    page = text(world.client("bakyt").get(reverse("model:assessment", args=[strong.pk])))
    assert page.count("Propose to take it up") == 6
    assert decides(world, "full") == []
    assert plan_of(world, new).status_code == 200
    assert world.client("gulnar").get(reverse("shelter:add_place")).status_code == 200

    # And back: what was begun in full mode stays whole, what comes after it is referred.
    Case.objects.filter(pk=new.pk).update(opened_at=timezone.now() - timedelta(days=1))
    assert decides(world, "light", accepted=True) == light()
    assert plan_of(world, new).status_code == 200
    last = a_childs_case(world)
    assert plan_of(world, last).status_code == 403
    never_closes(world, last)
