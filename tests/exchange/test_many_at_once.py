"""Many messages in one bundle: each is kept, due and journalled as if it had come alone, and everybody hears of it once."""

from collections import Counter
from uuid import uuid4

import pytest
from django.core import mail

from panah.ground.accounts.models import Staff
from panah.ground.audit.models import Entry
from panah.ground.audit.queries import verify_society
from panah.ground.channels import actions as channels
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.models import Incoming, Outgoing
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.bulk_insert import insert
from panah.ground.vault import actions as vault
from panah.ground.vault.sealed_body import open_body
from panah.ground.work.models import Alarm, DueItem
from panah.ground.work.words import Urgency
from panah.people.inbox.models import Arrival

URGENCIES = [Urgency.NOW, Urgency.TODAY, Urgency.NOW, Urgency.WEEK, Urgency.LATER]


@pytest.fixture
def five(world, paired, at, django_capture_on_commit_callbacks):
    """Amina offers five persons to South, two of them in danger now; all leave in one bundle."""
    drafts = [
        exchange.Draft(MessageKind.OFFERED, uuid4(), {"number": n}, urgency)
        for n, urgency in enumerate(URGENCIES)
    ]
    sent = exchange.send_many(keys=world.keys("amina"), peer=paired.north, drafts=drafts, at=at)
    for one in Staff.objects.all():
        one.email = f"{one.username}@practice.example"
        one.save()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert exchange.deliver_due(at=at) == 5
    while channels.deliver_due(at=at):
        pass
    return sent


def test_each_of_five_is_there_and_opens(world, five):
    assert set(Outgoing.objects.values_list("state", "code")) == {("delivered", "taken")}
    assert set(Incoming.objects.values_list("message", flat=True)) == set(five)
    intake = world.keys("rustam").holds("G")
    arrivals = Arrival.objects.all()
    bodies = vault.load_blobs(kind="arrived", keys=[one.pk for one in arrivals])
    read = {
        open_body(intake.private, bodies[one.pk], bytes(one.header))["number"]: one.urgency
        for one in arrivals
    }
    assert read == dict(enumerate(URGENCIES))


def test_each_of_five_is_due_and_in_the_journal_whose_chain_holds(world, five):
    arrivals = {one.pk: one for one in Arrival.objects.all()}
    due = DueItem.objects.filter(subject__in=arrivals)
    assert {one.subject for one in due} == set(arrivals)
    assert all(one.due_at == arrivals[one.subject].open_by for one in due)
    south = world.societies["south"].pk
    events = Counter(Entry.objects.filter(society=south, about__in=arrivals).values_list("event", flat=True))
    assert events["inbox:arrival:came"] == 5
    found = verify_society(south)
    assert (found.wrong_at, found.entries) == (None, Entry.objects.filter(society=south).count())


def test_danger_now_pages_for_each_and_mails_once(five):
    urgent = set(Arrival.objects.filter(urgency=Urgency.NOW).values_list("pk", flat=True))
    alarms = Alarm.objects.all()
    assert {one.subject for one in alarms} == urgent
    assert len(urgent) == 2
    assert all(one.first and one.first_paged_at for one in alarms)
    assert Entry.objects.filter(event="work:alarm:paged").count() == 2
    per_person = Counter((tuple(one.to), one.subject) for one in mail.outbox)
    assert len({subject for _to, subject in per_person}) == 2, "danger, and that something waits"
    assert set(per_person.values()) == {1}


def test_the_same_bundle_again_changes_nothing(world, paired, five, at):
    Outgoing.objects.update(state="waiting", settled_at=None, next_try_at=at)
    before = Entry.objects.count()
    exchange.deliver_due(at=at)
    assert (Arrival.objects.count(), Alarm.objects.count(), Entry.objects.count()) == (5, 2, before)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("names", "wrong"), [(("id", "nobody_knows"), "nobody_knows"), (("society_id",), "id")]
)
def test_rows_that_would_be_written_by_half_are_not_written(names, wrong):
    """A column that the table lacks, and an id that would be the same for all."""
    with pytest.raises(ValueError, match=wrong):
        insert(DueItem, names, [(uuid4(),) * len(names)])
