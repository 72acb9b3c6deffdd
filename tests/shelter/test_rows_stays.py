"""Somebody writes in the row of a stay past Panah: the sheet of who sleeps there stays, and focal points are told."""

from datetime import timedelta

from django.utils import timezone

from panah.ground.foundation import tenancy
from panah.ground.vault import queries as vault_queries
from panah.ground.work import actions as work
from panah.people.shelter import actions
from panah.people.shelter.models import Stay
from tests.guard.past_panah import sql, told_of_rows
from tests.shelter.conftest import a_case, arrived, ask


def test_no_row_alone_lets_the_sheet_of_a_stay_go(world, house, beds):
    stay, north = arrived(world, ask(world, house, a_case(world)), beds["1a"]), world.societies["north"].pk
    long_ago = timezone.localdate() - timedelta(days=900)
    sql("UPDATE shelter_stay SET sheet_until = %s, state = 'left' WHERE id = %s", long_ago, stay.pk)
    with tenancy.tenant_context(north):
        actions.forget_old_sheets(at=timezone.now())
    assert vault_queries.opens(keys=world.keys("gulnar"), file=stay.file_id)
    with tenancy.tenant_context(north):
        work.put_all_rows_right(at=timezone.now())
    assert told_of_rows(north)
    assert Stay.objects.get().sheet_until is None
