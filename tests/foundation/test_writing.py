"""Many rows in one go: what lies there afterwards is what would lie there, had each come alone."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from panah.ground.audit.models import ChainHead, Entry
from panah.ground.foundation.bulk_insert import TOGETHER, insert, to_instance
from panah.ground.foundation.models import noon_of
from panah.ground.work.models import DueItem

# What a language for questions, a value of JSON or a mark could trip over.
AWKWARD = [
    "",
    "'",
    '"',
    "\\",
    "\\x41",
    "%s",
    "%(a)s",
    "{}",
    "null",
    "Ўзбекча ёзув",
    "🌙",
    "a\nb\tc",
    "--; DROP",
]
AT = datetime(2026, 11, 25, 3, 4, 5, 678901, tzinfo=UTC)


def read(model):
    names = [field.attname for field in model._meta.concrete_fields if field.name != "id"]
    rows = model.objects.order_by("pk").values_list(*names)
    return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in rows]


@pytest.mark.django_db
def test_texts_bytes_times_and_facts_come_back_as_they_were_written():
    society, rows = uuid4(), []
    for number, text in enumerate(AWKWARD, 1):
        facts = {"kind": text, "many": number, "some": [None, True, 1.5, text], text: {}}
        who, about = (uuid4(), None) if number % 2 else (None, uuid4())
        at, raw = AT + timedelta(microseconds=number), text.encode() + bytes(range(256))
        rows.append((society, number, at, who, f"bench:{text}", about, facts, raw, b"", bytes(32)))
    names = ("society", "number", "at", "who", "event", "about", "facts", "sealed", "before", "hash")
    insert(Entry, names, rows)
    together = read(Entry)
    Entry.objects.all().delete()
    for row in rows:
        Entry.objects.create(**dict(zip(names, row, strict=True)))
    assert together == read(Entry) == rows


@pytest.mark.django_db
def test_more_than_go_in_one_statement_are_all_there_and_one_that_was_there_is_written_over():
    societies = [uuid4() for _ in range(2 * TOGETHER + 3)]
    for number in (1, 2):
        rows = [(one, number, one.bytes + bytes([number])) for one in societies]
        insert(ChainHead, ("society", "number", "hash"), rows, over=("society",))
    found = {one: (number, bytes(raw)) for one, number, raw in ChainHead.objects.values_list()}
    assert found == {one: (2, one.bytes + b"\2") for one in societies}


@pytest.mark.django_db
def test_what_is_not_named_is_what_the_table_gives_everybody(world):
    society, bakyt = world.societies["north"].pk, world.staff["bakyt"].pk
    names = ("id", "society_id", "kind", "due_at", "owner_id", "room", "subject", "made_at")
    row = (uuid4(), society, "answer", AT, bakyt, "inbox", uuid4(), AT)
    insert(DueItem, names, [row])
    there = DueItem.objects.get(pk=row[0])
    alone = DueItem(**dict(zip(names, row, strict=True)))
    assert (there.due_at, there.made_at) == (AT, noon_of(AT)), "of when it was made the table keeps the day"
    alone.made_at = there.made_at
    assert all(getattr(there, f.attname) == getattr(alone, f.attname) for f in DueItem._meta.concrete_fields)
    known = to_instance(DueItem, names, row)
    known.urgency = "now"
    known.save()
    assert DueItem.objects.get(pk=row[0]).urgency == "now"


@pytest.mark.django_db
def test_what_has_no_form_in_the_table_is_refused_and_nothing_is_written():
    names = ("society", "number", "at", "who", "event", "about", "facts", "sealed", "before", "hash")
    row = (uuid4(), 1, AT, None, "bench", None, {"sum": {1, 2}}, b"", b"", b"")
    with pytest.raises(TypeError), transaction.atomic():
        insert(Entry, names, [row])
    assert not Entry.objects.exists()
