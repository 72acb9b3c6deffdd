"""A time in plain joins what must not be joined: each is of the day alone, or stands here with a reason.

What was written when, and by whom, is sealed in the file; see SECURITY.md, *What it cannot do*.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from django.utils import timezone

from panah.ground.foundation.models import DayOnlyField, beginning_of, noon_of

# Rooms without a row about somebody served: colleagues, keys, partners, the outside of what travels.
NOBODY_SERVED = {
    "account": "e-mail addresses of colleagues",
    "accounts": "colleagues, their duty and their sign-ins",
    "approvals": "what two colleagues decide about keys",
    "channels": "how colleagues are called; said in SECURITY.md 5",
    "cooperation": "what societies say of themselves, about nobody who is helped",
    "directory": "services and organisations, published",
    "exchange": "the outside of messages between nodes; said in SECURITY.md 21",
    "mfa": "second steps of colleagues",
    "materials": "files for everybody, and who works on them",
    "model": "what a society says of itself, and the texts it goes by",
    "network": "societies, branches and their rules",
    "page_texts": "texts of the public door, and who works on them",
    "sign_in": "doors of colleagues, minutes long",
}
# In rooms with files of people: tables, or single columns, whose moment is needed.
EXACT = {
    "audit.Entry": "the journal says when: it is what a wrong-doer is found by; said in SECURITY.md 18",
    "audit.Waiting": "what the journal will say a second later",
    "cases.Case.due_at": "lists sort by what is due, and somebody is reminded at that minute",
    "cases.Case.plan_asked_at": "only who held the role before she was asked decides",
    "cases.Case.close_asked_at": "only who held the role before she was asked decides",
    "cases.Case.erase_asked_at": "only who held the role before she was asked decides",
    "complaints.SecondReader": "colleagues",
    "complaints.Matter": "acknowledged and answered within what the law says; said in SECURITY.md 17",
    "complaints.Ask": "answered by an hour",
    "complaints.Message": "left for the readers, outside every case",
    "diplomacy.Commitment.edited_at": "a draft of a commitment: who signs it off has seen its latest state",
    "figures.Brief.edited_at": "a draft of a brief: who changes it has seen its latest state",
    "diplomacy.Policy.edited_at": "a draft of the policy: who changes it has seen its latest state",
    "diplomacy.Report.made_at": "reports of a day, the newest first",
    "family_links.FamilyLinksRequest": "a relative asks; answered by a day",
    "family_links.FamilyLinksAcross": "when it left and was answered; said in SECURITY.md 32",
    "figures.Import.leased_until": "until when one worker reads a table of statistics; about nobody",
    "evidence.Release.prepared_at": "who could decide before a release was prepared decides; about nobody",
    "library.Document.edited_at": "a treaty or a plan: who changes it has seen its latest state",
    "library.Version.leased_until": "until when one worker reads a document; about nobody",
    "finding.Question": "a question waits for whoever holds the search key, some hours",
    "finding.Look": "how often somebody searched within an hour",
    "finding.OutgoingInquiry": "what crosses a border; said in SECURITY.md 26",
    "finding.IncomingInquiry": "what crosses a border; said in SECURITY.md 27",
    "hotline.Line": "lines, public",
    "hotline.LineChat": "a chat that is open, was silent, or waits for somebody; said in SECURITY.md 51",
    "hotline.Contact": "a call that is open, was silent for ten minutes, or waits for the next step",
    "hotline.WaitingDraft": "in which order drafts are opened",
    "hotline.AuthorityRequest": "an authority asks, and is answered",
    "hotline.RehearsedCall": "a rehearsal: made-up people, how long a colleague took",
    "hotline.NightCover": "what two societies agreed on",
    "inbox.Posted": "what the door's own machine is told, of nobody; how fresh it is",
    "inbox.Arrival": "opened by an hour; said in SECURITY.md 20",
    "referrals.Referral": "a journey: alarms by the minute; said in SECURITY.md 34",
    "referrals.OncePage": "a page that closes after an hour",
    "intake.Pile": "a pile of look-alikes comes back for a week, to the hour; about nobody in it",
    "intake.MarkedPicture": "two people see it for half an hour; who asked and agreed is a colleague's act",
    "reporters.Chat": "who waits in a chat is taken in order, and what is silent for an hour ends; said in SECURITY.md 50",
    "safety.Threat": "threats against colleagues; said in SECURITY.md 29",
    "shelter.Shift": "when a colleague is in the house",
    "shelter.Stay.held_until": "the hour until which a bed is held",
    "training.ModuleDraft": "the words of a module: who changes it has seen its latest state",
    "vault.KeyHeld": "keys of colleagues",
    "vault.SocietyKey": "keys of the society",
    "vault.StaffKey": "keys of colleagues",
    "volunteers.TableImport.leased_until": "a worker holds a table for minutes; about nobody in it",
    "work.DueItem.due_at": "somebody is reminded at that minute; said in SECURITY.md 18",
    "work.DueItem.done_at": "what was marked within the last minute can be taken back",
    "work.DueItem.reminded_at": "nobody is reminded twice",
    "work.DueItem.pages_at": "somebody is paged at that minute, also while every vault is locked; said in SECURITY.md",
    "work.DueItem.wanted_at": "until when a second colleague is asked to let it wait; as due_at",
    "work.DueItem.alone_since": "the hour in which one colleague alone lets it wait counts from it; said in SECURITY.md",
    "work.Alarm": "danger now: a second colleague is paged five minutes later",
    "work.Page": "whom an alarm called, and when again",
}


def undecided(found: list[type[models.Model]]) -> list[str]:
    """The times in plain that are neither of the day alone nor decided about."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in found
        if model._meta.app_label not in NOBODY_SERVED and model._meta.label not in EXACT
        for field in model._meta.local_fields
        if isinstance(field, models.DateTimeField)
        and not isinstance(field, DayOnlyField)
        and f"{model._meta.label}.{field.name}" not in EXACT
    ]


def test_each_time_in_plain_is_of_the_day_alone_or_has_a_reason():
    assert undecided(apps.get_models(include_auto_created=True)) == []


def test_each_reason_is_still_needed():
    times = {
        name
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, models.DateTimeField) and not isinstance(field, DayOnlyField)
        for name in (model._meta.label, f"{model._meta.label}.{field.name}")
    }
    assert set(EXACT) - times == set()


@isolate_apps("tests")
def test_the_control_a_new_time_is_noticed():
    class Sighting(models.Model):
        seen_at = models.DateTimeField()
        day = DayOnlyField()

        class Meta:
            app_label = "cases"

    assert undecided([Sighting]) == ["cases.Sighting.seen_at"]


@pytest.mark.parametrize("hour", [0, 9, 18, 23])
def test_of_a_day_its_noon_is_kept_and_a_deadline_counts_from_its_beginning(hour):
    moment = datetime(2026, 11, 24, hour, 30, 12, 345678, tzinfo=UTC)
    kept = noon_of(moment)
    assert (kept.hour, kept.minute, kept.second, kept.microsecond) == (12, 0, 0, 0)
    assert abs(kept - moment) < timedelta(hours=24)
    assert beginning_of(kept) == moment.replace(hour=0, minute=0, second=0, microsecond=0)
    assert beginning_of(moment) == moment


@pytest.mark.parametrize("hour", [0, 9, 18, 23])
def test_a_day_begins_where_the_colleague_is_so_that_no_deadline_is_late(hour):
    with timezone.override("Asia/Bishkek"):
        moment = datetime(2026, 11, 24, hour, 30, tzinfo=timezone.get_current_timezone())
        begins = beginning_of(noon_of(moment))
        assert begins == moment.replace(hour=0, minute=0)


def test_the_day_alone_reaches_the_disk(world):
    """Through every way by which rows are written."""
    from panah.ground.work.models import DueItem
    from panah.people.cases import actions as cases
    from panah.people.cases.models import Case

    at = world.at + timedelta(minutes=17, microseconds=123456)
    case = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=at, language="uz")
    assert case.opened_at == at
    assert Case.objects.get(pk=case.pk).opened_at == noon_of(at)
    assert {item.made_at for item in DueItem.objects.filter(subject=case.pk)} == {noon_of(at)}
    Case.objects.filter(pk=case.pk).update(opened_at=at + timedelta(days=1))
    assert Case.objects.get(pk=case.pk).opened_at == noon_of(at + timedelta(days=1))
