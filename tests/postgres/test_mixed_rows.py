"""Rows of a day tell neither in which order they came nor which were written together, once the node has been there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from panah.ground.foundation import tenancy
from panah.ground.vault import actions as vault
from panah.people.cases import actions as cases

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="numbers of transactions are PostgreSQL's"
)
GRANTS = "SELECT xmin::text, file_id, id::text, md5(sealed) FROM vault_grant ORDER BY ctid"
LONG = (
    "SELECT pg_column_toast_chunk_id(sealed)::text::bigint AS number, file_id FROM vault_part"
    " WHERE pg_column_toast_chunk_id(sealed) IS NOT NULL ORDER BY number"
)
PEOPLE = 8


def read(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def opened(world, at):
    keys = world.keys("amina")
    case = cases.open_case(keys=keys, by=world.staff["amina"], at=at, language="uz")
    cases.add_note(keys=keys, case=case, text="Practice words " * 400, at=at)
    return case


@pytest.mark.django_db(transaction=True)
def test_rows_of_a_day_lie_in_no_order_and_under_one_number_and_say_what_they_said(world):
    with tenancy.tenant_context(world.societies["north"].pk):
        before = opened(world, world.at)
        vault.mix_rows(at=world.at)
        files = [opened(world, world.at + timedelta(minutes=n)).file_id for n in range(PEOPLE)]
        came = read(GRANTS)
        numbers = {file: {row[0] for row in came if row[1] == file} for file in files}
        assert all(len(some) == 1 for some in numbers.values()), "control: each case had a number of its own,"
        long = [row[1] for row in read(LONG) if row[1] in files]
        assert list(dict.fromkeys(long)) == files, "long texts too,"
        assert len(set().union(*numbers.values())) == PEOPLE
        order = [row[1] for row in came if row[1] in files]
        assert list(dict.fromkeys(order)) == files, "and lay where it came"
        assert vault.mix_rows(at=world.at + timedelta(minutes=20)) > PEOPLE
        mixed = read(GRANTS)
        assert sorted(row[1:] for row in mixed) == sorted(row[1:] for row in came)
        of_day = [row for row in mixed if row[1] in files]
        assert len({row[0] for row in of_day}) == 1
        assert [row[1] for row in of_day] != order
        assert [row[1] for row in read(LONG) if row[1] in files] != long
        # What was there before the day began stays where it lay.
        assert [row for row in mixed if row[1] == before.file_id] == [
            row for row in came if row[1] == before.file_id
        ]
        vault.mix_rows(at=world.at + timedelta(hours=25))
        assert vault.mix_rows(at=world.at + timedelta(hours=26)) == 0, "a new day has its own rows"
