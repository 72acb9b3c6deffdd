"""What a release costs is seen and rehearsed first; then it is spent. Whoever waits sees how far it is."""

from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from panah.evidence import actions, products, sandbox
from panah.evidence.actions.budget import rho_of_release
from panah.evidence.columns import brought
from panah.evidence.models import BudgetSpend, Release
from panah.evidence.products import ReleaseRequest
from panah.evidence.words import ReleaseState
from tests.evidence.conftest import card, write_cards
from tests.evidence.test_releases import TABLES, at, begun, press_prepare, state


def test_what_it_costs_is_seen_first_and_nothing_is_spent_by_looking_or_without_a_tick(world):
    row, nurlan = begun(world, product="microdata", epsilon="1"), world.client("nurlan")
    page = nurlan.get(at("prepare", row)).text
    assert "This is practice: nobody’s budget is spent." in page and "It is not given back" not in page
    assert "First: see what it costs" in page and "After reading this release: at most 56." in page
    refused = nurlan.post(at("prepare", row))
    assert refused.status_code == 422 and state(row) == ReleaseState.DRAFT
    assert not BudgetSpend.objects.exists()


def test_rows_of_real_people_are_not_paid_before_somebody_rehearsed_them(world, settings):
    write_cards(world, [card() for _ in range(1000)])
    row = begun(world, what="cases", product="microdata", epsilon="1")
    refused = press_prepare(world, row)
    assert "Rehearse with made-up people first" in refused.text and not BudgetSpend.objects.exists()
    assert "Rehearse first" in world.client("nurlan").get(at("prepare", row)).text
    assert world.client("nurlan").post(at("rehearse", row), {"people": "7"}).status_code == 422
    seen = []

    def make(asked, progress):
        seen.append(asked)
        progress("fit", 0.4)
        row.refresh_from_db()
        seen.append((row.stage, row.percent))
        return products.make(ReleaseRequest(**{**vars(asked), "rehearse": 300, "epsilon": 1.0}))

    rehearsed = actions.rehearse(
        keys=world.keys("nurlan"), release=row, people=1000, at=timezone.now(), make=make
    )
    asked, while_waiting = seen
    assert asked.rows == [] and asked.rehearse == 1000, "no card was opened for it"
    assert while_waiting == ("fit", 40) and rehearsed.stage == ""
    page = world.client("nurlan").get(at("prepare", row)).text
    assert "made-up people at ε = 1 took" in page and "Columns counted together: 2. Counts are off by" in page
    assert "Spend and prepare" in page and not BudgetSpend.objects.exists()


def test_whoever_waits_sees_how_far_it_is_and_others_do_not(world):
    row = begun(world)
    Release.objects.filter(pk=row.pk).update(state="spent", stage="fit", percent=40)
    page = world.client("nurlan").get(at("progress", row)).text
    assert 'value="40"' in page and "Fitting a model" in page and "every 2s" in page
    assert "A colleague is preparing it just now" in world.client("bakyt").get(at("release", row)).text
    assert world.client("rustam").get(at("progress", row)).status_code == 404
    Release.objects.filter(pk=row.pk).update(state="prepared", stage="", percent=0)
    page = world.client("nurlan").get(at("progress", row)).text
    assert "It is done." in page and "every 2s" not in page


def test_the_process_of_its_own_says_how_far_it_is():
    told = []
    asked = ReleaseRequest(
        product="tables", year=2025, society="North", place="north", made_up=True, columns=brought().text,
        rows=[{"gender": "Man"}] * 9,
    )  # fmt: skip
    made = sandbox.make(asked, lambda stage, done: told.append((stage, done)))
    assert told == [("tables", 0)] and made.passed


def test_what_it_shows_is_read_on_the_page_and_aloud(world, thirty):
    row = begun(world, what="cases")
    press_prepare(world, row)
    page = world.client("bakyt").get(at("review", row)).text
    assert "CountryOfExploitation RUS, gender Total: not shown, to protect people." in page
    assert (
        "CountryOfExploitation KAZ, gender Man: 20. CountryOfExploitation KAZ, gender Man: 100.0 per cent."
        in page
    )
    assert "no share is shown, because a count behind it is hidden" in page
    assert "CountryOfExploitation AFG, gender Total" not in page, "nobody: left out, and said so"


def test_the_budget_is_what_the_page_says(world):
    row = begun(world, product="microdata", epsilon="0.5")
    assert row.epsilon == Decimal("0.5")
    assert "0.5" in world.client("nurlan").get(reverse("evidence:prepare", args=[row.pk])).text


def test_tables_are_not_begun_of_people_of_whom_rows_were_paid_for(world):
    row = begun(world, product="microdata", epsilon="1")
    tables = begun(world)
    actions.pay(
        population=row.population_id,
        ref=row.pk,
        rho=rho_of_release(row),
        by=world.staff["nurlan"],
        at=world.at,
    )
    late = world.client("nurlan").post(reverse("evidence:begin"), TABLES)
    assert late.status_code == 422 and "exact tables cannot follow" in late.text
    assert "exact tables cannot follow" in world.client("nurlan").get(at("prepare", tables)).text
    assert begun(world, product="microdata", epsilon="1"), "control: rows may follow rows"
