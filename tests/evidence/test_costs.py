"""What a release costs is seen and rehearsed first; then it is spent. Whoever waits sees how far it is."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from panah.ground.foundation.errors import Refusal
from panah.programmes.evidence import actions, products, sandbox
from panah.programmes.evidence.actions.budget import rho_of_release
from panah.programmes.evidence.attack_words import said
from panah.programmes.evidence.column_words import cell_in_words
from panah.programmes.evidence.columns import brought
from panah.programmes.evidence.ctdc import NEEDED
from panah.programmes.evidence.models import BudgetSpend, Release
from panah.programmes.evidence.products import ReleaseRequest
from panah.programmes.evidence.words import ReleaseState
from tests.evidence.conftest import card, few_countries, write_cards
from tests.evidence.preparing_releases import TABLES, at, begun, press_prepare, state


def test_what_it_costs_is_seen_first_and_nothing_is_spent_by_looking_or_without_a_tick(world):
    row, nurlan = begun(world, product="microdata", epsilon="1"), world.client("nurlan")
    page = nurlan.get(at("prepare", row)).text
    assert "This is practice: nobody’s budget is spent." in page and "It is not given back" not in page
    assert "of real people nothing is spent" in page and "Then: prepare" in page
    assert "Spend and prepare" not in page and "Then: spend" not in page, "nothing is spent by it"
    assert "First: see what it costs" in page and "After reading this release: at most 56." in page
    refused = nurlan.post(at("prepare", row))
    assert refused.status_code == 422 and state(row) == ReleaseState.DRAFT
    assert not BudgetSpend.objects.exists()


def test_rows_of_real_people_are_not_paid_before_somebody_rehearsed_them(world, settings):
    write_cards(world, [card() for _ in range(1000)])
    row = begun(world, what="cases", product="microdata", epsilon="1")
    refused = press_prepare(world, row)
    assert "Rehearse with made-up people first" in refused.text and not BudgetSpend.objects.exists()
    with pytest.raises(ValueError, match="once they are paid for"):
        actions.rehearsal_request(keys=world.keys("nurlan"), release=row)
    assert "Rehearse first" in world.client("nurlan").get(at("prepare", row)).text
    assert world.client("nurlan").post(at("rehearse", row), {"people": "7"}).status_code == 422
    seen = []

    def make(asked, progress):
        seen.append(asked)
        progress("fit", 0.4)
        row.refresh_from_db()
        seen.append((row.stage, row.percent))
        small = {"rehearse": 300, "epsilon": 1.0, "columns": few_countries(*NEEDED)}
        return products.make(ReleaseRequest(**{**vars(asked), **small}))

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
    assert "country of exploitation: Russia, gender: all: not shown, to protect people." in page
    kazakhstan = "country of exploitation: Kazakhstan, gender: man"
    assert f"{kazakhstan}: 20. {kazakhstan}: 100.0 per cent." in page
    assert (
        '<th scope="col">country of exploitation, gender</th>' in page and "<td>Kazakhstan, man</td>" in page
    )
    assert "no share is shown, because a count behind it is hidden" in page
    assert "country of exploitation: Afghanistan" not in page, "nobody: left out, and said so"
    assert "CountryOfExploitation" not in page and "KAZ" not in page, "no code of the codebook"


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


def test_rows_that_could_never_be_paid_are_not_begun(world):
    small = begun(world, product="microdata", epsilon="1")
    for epsilon in ("2", "1"):
        paid = begun(world, product="microdata", epsilon=epsilon)
        actions.pay(
            population=paid.population_id,
            ref=paid.pk,
            rho=rho_of_release(paid),
            by=world.staff["nurlan"],
            at=world.at,
        )
    rows = {**TABLES, "product": "microdata", "title": "Too dear"}
    late = world.client("nurlan").post(reverse("evidence:begin"), {**rows, "epsilon": "4"})
    assert late.status_code == 422 and "So much privacy budget is not left" in late.text
    assert 'value="Too dear"' in late.text and not Release.objects.filter(title="Too dear").exists()
    assert begun(world, product="microdata", epsilon="1").epsilon == small.epsilon, "control: this is left"


def test_nothing_is_spent_where_nobody_would_be_left_to_decide(world):
    write_cards(world, [card("KZ") for _ in range(12)])
    row = begun(world, "bakyt", what="cases")
    refused = press_prepare(world, row, "saule")
    assert refused.status_code == 422 and "Nobody would be left to decide about it" in refused.text
    assert state(row) == ReleaseState.DRAFT and not row.population.exact_released
    press_prepare(world, row, "nurlan")
    assert state(row) == ReleaseState.PREPARED, "control: Saule still had no hand in it"


def test_rows_are_practised_where_the_floor_is_higher_than_usual(world, settings):
    settings.PANAH_RELEASE_FLOOR = 2500
    row, seen = begun(world, product="microdata", epsilon="1"), []

    def make(asked, progress):
        seen.append(len(asked.rows))
        raise Refusal("Stopped here.", next_step="", code="stopped")

    with pytest.raises(Refusal, match="stopped"):
        actions.prepare(keys=world.keys("nurlan"), release=row, at=timezone.now(), make=make)
    assert seen == [2500]


def test_what_attacks_learnt_is_said_in_words_in_russian_too(world):
    learnt = {
        "table": "by-country",
        "cell": "CountryOfExploitation RUS, gender Total",
        "low": "1",
        "high": "4",
    }
    line = {"code": "cell-anyone", "values": learnt}
    assert "can work out country of exploitation: Russia, gender: all, which" in said(line)
    with translation.override("ru"):
        russian = said(line)
    assert "страна эксплуатации: Россия, пол: все" in russian and "RUS" not in russian
    flags = "gender Woman, isForcedLabour 1, isSexualExploit not known, isOtherExploit Total"
    assert cell_in_words(flags) == (
        "gender: woman, forced labour: yes, sexual exploitation: not known, other exploitation: all"
    )
    assert cell_in_words("citizenship ZZZ, gender A, B") == (
        "citizenship: another country, or several, gender: A, B"
    ), "a society's own file may declare other values"
    assert cell_in_words("Total") == "Total"
