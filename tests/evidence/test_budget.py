"""The ledger of a population and year: no overdraft, also of tiny and concurrent spends, and nothing is taken back."""

import threading
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection

from panah.ground.foundation.errors import Refusal
from panah.programmes.evidence import actions
from panah.programmes.evidence.actions.budget import ledger_of
from panah.programmes.evidence.models import BudgetSpend
from panah.programmes.evidence.words import What


def people(world):
    return actions.population_of(what=What.CASES, year=2025, by=world.staff["nurlan"])


def pay(world, row, rho, ref=None):
    actions.pay(
        population=row.pk, ref=ref or uuid4(), rho=Decimal(rho), by=world.staff["nurlan"], at=world.at
    )


def test_all_of_it_can_be_spent_and_not_a_part_more(world):
    row = people(world)
    whole = ledger_of(row).budget
    pay(world, row, whole / 2)
    pay(world, row, whole - whole / 2)
    for more in ("0.000000000001", "0.0000000000000000001", whole):
        with pytest.raises(Refusal, match="overdraft"):
            pay(world, row, more)
    assert ledger_of(row).left == 0


@pytest.mark.parametrize("none", ["0", "-1", "NaN", "Infinity"])
def test_what_is_no_amount_is_no_spend(world, none):
    row = people(world)
    with pytest.raises(Refusal):
        pay(world, row, none)
    assert not row.spends.exists()


def test_a_spend_too_small_to_be_kept_costs_the_smallest(world):
    row = people(world)
    pay(world, row, "0.0000000000000000001")
    assert row.spends.get().rho == 1


def test_one_thing_is_paid_for_once(world):
    row, ref = people(world), uuid4()
    pay(world, row, "0.001", ref)
    with pytest.raises(Refusal, match="spent-before"):
        pay(world, row, "0.001", ref)


def test_what_was_spent_is_neither_changed_nor_taken_back(world):
    row = people(world)
    pay(world, row, "0.001")
    spend = row.spends.get()
    spend.rho = 1
    with pytest.raises(TypeError):
        spend.save()
    with pytest.raises(TypeError):
        spend.delete()


def test_exact_figures_and_rows_exclude_each_other(world):
    row = people(world)
    actions.mark_exact(population=row.pk, by=world.staff["nurlan"], at=world.at)
    with pytest.raises(Refusal, match="exact-released"):
        pay(world, row, "0.001")
    other = actions.population_of(what=What.CASES, year=2024, by=world.staff["nurlan"])
    pay(world, other, "0.001")
    with pytest.raises(Refusal, match="private-released"):
        actions.mark_exact(population=other.pk, by=world.staff["nurlan"], at=world.at)


def test_nobody_pays_from_the_ledger_of_another_society(world):
    row = people(world)
    with pytest.raises(type(row).DoesNotExist):
        actions.pay(population=row.pk, ref=uuid4(), rho=Decimal("0.1"), by=world.staff["rustam"], at=world.at)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_eight_who_spend_two_thirds_at_once_one_gets_it(world):
    row = people(world)
    most = ledger_of(row).budget * 2 / 3
    start, refused = threading.Barrier(8), []

    def spend():
        start.wait()
        try:
            pay(world, row, most)
        except Refusal as why:
            refused.append(why.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert refused == ["overdraft"] * 7 and BudgetSpend.objects.count() == 1
