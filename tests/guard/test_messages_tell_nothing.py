"""What leaves by e-mail, SMS and webhook says that something waits, and nothing that is coded of a person.

A telephone lies on a table, and a mail server belongs to somebody else. A message says that Panah is to be opened, a
weekly one how many things are due; a list of the house that is printed says no more than a list on the screen.
"""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation

from panah.ground.accounts.models import Duty
from panah.ground.channels import actions as channels
from panah.ground.channels.models import Delivery
from panah.ground.channels.words import SUBJECT, SUBJECTS, TEXT, TEXTS, MessageKind, week_text
from panah.ground.foundation import dialled_numbers, tenancy
from panah.ground.work.models import DueItem
from panah.node import jobs
from tests.casework import CALLED, opened
from tests.channels.stand_ins import http_gateway
from tests.guard.coded import (
    LANGUAGES,
    coded_in,
    everything_coded,
    line_of,
    somebody_rings_from_a_cell,
    speaks,
)

# Beside what is coded: who it is, which case and which kind of thing waits stand in Panah alone.
MOMENTS = (timedelta(0), timedelta(minutes=6), timedelta(hours=4), timedelta(days=1), timedelta(days=8))


@pytest.fixture
def gateways(world):
    """Everybody in the north has an address and a number; SMS and a webhook go to a gateway of this machine."""
    for place, one in enumerate(world.staff.values()):
        one.email, one.duty_phone = f"{one.username}@practice.example", f"+99655500{place:04}"
        one.save()
        dialled_numbers.keep([one])
    with http_gateway() as box:
        sms = {
            "address": box.address + "/sms", "form": "json", "number_field": "to", "text_field": "text", "fields": {},
            "header": "Authorization", "secret": "Bearer s3cret",
        }  # fmt: skip
        hook = {"address": box.address + "/hook", "secret": "a long secret of practice"}
        for kind, given in (("sms", sms), ("webhook", hook)):
            channels.save_channel(
                channel=None, kind=kind, name=kind, given=given, by=world.staff["bakyt"], at=world.at
            )
        yield box


def on_duty(world, *whats):
    for who, what in zip(("amina", "saule", "bakyt"), whats, strict=False):
        Duty.objects.create(
            society=world.societies["north"], staff=world.staff[who], what=what,
            starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() + timedelta(days=9),
        )  # fmt: skip


def work_on(world, at):
    """What the worker of a node does at a moment, in its order, until nothing waits to be sent."""
    with tenancy.tenant_context(world.societies["north"].pk):
        for job in jobs.jobs():
            if job.lane != jobs.LONG and not job.of_node:
                job.run(at=at)
        while Delivery.objects.filter(state="waiting", due_at__lte=at).exists():
            channels.deliver_due(at=at)


def left(box):
    """All that has left, each as one text, escapes read as the letters that they stand for."""
    mails = [f"{one.subject}\n{one.body}" for one in mail.outbox]
    return [*mails, *(json.dumps(json.loads(one.body), ensure_ascii=False) for one in box.asked)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_that_leaves_says_what_is_coded_of_a_person(world, gateways, language, settings):
    settings.PANAH_HOST_SENDS_MAIL = True
    speaks(world, language)
    case, line = opened(world), line_of(world)
    on_duty(world, "danger", "danger_second", "intake")
    elenas, amina = world.client("elena"), world.client("amina")
    everything_coded(world, case, opened(world))
    contact = somebody_rings_from_a_cell(world, elenas, line)
    answer = elenas.post("/calls/take/", {"line": str(line.pk), "channel": "phone"})
    elenas.post(answer.url, {"do": "emergency"})
    amina.post("/imports/export/", {"form": "csv", "purpose": "documents"})
    now = timezone.now()
    for moment in MOMENTS:
        work_on(world, now + moment)
    kinds = set(Delivery.objects.filter(state="sent").values_list("message", flat=True))
    assert kinds >= {MessageKind.DANGER, MessageKind.DUE, MessageKind.WEEK, MessageKind.ASKED}, kinds
    assert DueItem.objects.filter(file=case.file_id).exists()
    texts = left(gateways)
    assert len(mail.outbox) > 5 and len(gateways.asked) > 5
    told = {(text, word) for text in texts for word in coded_in(text, language)}
    assert not told, told
    names = (CALLED, case.number, contact.number, "Arna")
    assert not [text for text in texts if any(name in text for name in names)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_a_message_can_say_says_nothing_that_is_coded(language):
    """A notification in a browser is sealed to it, and says one of these too."""
    with translation.override(language):
        said = [str(SUBJECT), str(TEXT), week_text(1), week_text(5)]
        for kind in MessageKind:
            said += [
                str(SUBJECTS.get(kind, SUBJECT)),
                str(TEXTS.get(kind, TEXT)),
                str(kind.label),
                kind.value,
            ]
    assert not [(text, word) for text in said for word in coded_in(text, language)]
