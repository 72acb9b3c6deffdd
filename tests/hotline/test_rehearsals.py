"""The twelve rehearsal calls, played through the door as they are practised."""

from datetime import timedelta

import pytest

from panah.ground.vault.models import File
from panah.ground.work.models import Alarm, DueItem, Page
from panah.node.jobs import jobs
from panah.people.hotline.models import AidCount, Contact, RehearsedCall
from panah.people.hotline.words.rehearsals import rehearsals
from panah.rooms import PANAH, from_room

SCRIPTS = rehearsals("en")
# Taking the call, one press for danger now: what can be done in 90 seconds with someone crying on the line.
STEPS = 2


def test_there_are_twelve_in_both_languages():
    assert len(SCRIPTS) == len(rehearsals("ru")) == 12
    assert all(len(en.says) == len(ru.says) for en, ru in zip(SCRIPTS, rehearsals("ru"), strict=True))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.key)
def test_each_call_is_taken_and_ends_and_reaches_help_where_it_must(world, elenas, take, script):
    steps = 0

    def post(address, sent):
        nonlocal steps
        steps += 1
        answer = elenas.post(address, sent)
        assert answer.status_code == 302
        return answer.url

    line = Contact._meta.get_field("line").related_model.objects.get()
    call = post("/calls/take/", {"line": str(line.pk), "channel": script.typed.get("channel", "phone")})
    first = {**script.first, "note": "\n".join(script.says)}
    if script.emergency:
        emergency = post(call, {**first, "do": "emergency"})
        assert steps <= STEPS
        assert Alarm.objects.get().first is not None
        page = elenas.get(emergency).content.decode()
        assert "tap once for yes" in page
        assert "The exact place" in page
        post(emergency, {"e_place": "the bridge and the market", "e_children": "yes", "do": "back"})
    typed = {k: v for k, v in script.typed.items() if k != "channel"}
    elenas.post(call, {**first, **typed, "ends": [script.end], "do": "finish"})
    contact = Contact.objects.get()
    assert contact.state in ("finished", "call_back")
    if not script.emergency:
        assert not Alarm.objects.exists()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.key)
def test_the_script_can_be_read_to_practise_with(elenas, script):
    page = elenas.get(f"/calls/rehearsal/{script.key}/").content.decode()
    assert script.title in page


# -- with a clock, on a real node too ------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch, at):
    """Minutes pass when the test says so."""

    class Clock:
        now = at

        def pass_by(self, seconds):
            self.now += timedelta(seconds=seconds)

    ticking = Clock()
    monkeypatch.setattr("panah.people.hotline.views.rehearsal.timezone.now", lambda: ticking.now)
    return ticking


FOUR = {"speak": "no", "danger": "yes", "alone": "no", "cut_off": "unknown"}


def rehearse(client, clock, *, answered_by=None):
    """The silent caller, as it is practised: the times are the test's."""
    place = client.post("/calls/rehearsal/silent/").url
    clock.pass_by(20)
    assert client.post(f"{place}draft", {**FOUR, "cut_off": "none"}).status_code == 204
    clock.pass_by(11)
    assert client.post(f"{place}draft", FOUR).status_code == 204
    clock.pass_by(11)
    page = client.post(place, {**FOUR, "note": "breathing", "do": "emergency"}).text
    assert "pressed after 42 seconds" in page and "breathing" in page
    clock.pass_by(33)
    if answered_by:
        assert "plays a call in danger" in answered_by.get("/calls/rehearsal/").text
        answered_by.post(f"{place}answer")
    clock.pass_by(45)
    return client.post(place, {**FOUR, "do": "finish"}, follow=True).text


def test_how_long_each_step_took_is_kept(world, elenas, clock):
    page = rehearse(elenas, clock, answered_by=world.client("bakyt"))
    for words in ("31 seconds", "42 seconds", "75 seconds", "120 seconds"):
        assert words in page, words
    assert "120 seconds" in world.client("bakyt").get("/calls/rehearsal/").text
    assert "120 seconds" not in world.client("amina").get("/calls/rehearsal/").text


def test_elena_does_not_answer_her_own_page_and_what_is_over_stays_as_it_was(world, elenas, clock):
    place = elenas.post("/calls/rehearsal/silent/").url
    elenas.post(place, {**FOUR, "do": "emergency"})
    assert elenas.post(f"{place}answer").status_code == 404
    assert "plays a call in danger" not in elenas.get("/calls/rehearsal/").text
    clock.pass_by(5)
    elenas.post(place, {"do": "finish"})
    clock.pass_by(5)
    elenas.post(place, {"do": "emergency"})
    assert world.client("bakyt").post(f"{place}answer").status_code == 404
    one = RehearsedCall.objects.get()
    assert (one.paged_at - one.began_at, one.ended_at - one.began_at) == (timedelta(0), timedelta(seconds=5))
    assert one.answered_at is None


def test_how_quick_somebody_was_is_forgotten_after_three_months(world, elenas, clock, at):
    rehearse(elenas, clock)
    elenas.post("/calls/rehearsal/silent/")
    job = next(one for one in jobs() if one.name == "old-rehearsals")
    job.run(at=at + timedelta(days=89))
    assert RehearsedCall.objects.count() == 2
    job.run(at=at + timedelta(days=91))
    assert not RehearsedCall.objects.exists()


def figures(world):
    """What the page of the month says."""
    return world.client("nurlan").get("/month/").text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("practice", [True, False])
def test_a_rehearsal_reaches_no_contact_no_alarm_no_list_and_no_figure(
    world, elenas, clock, settings, practice
):
    settings.PANAH_PRACTICE = practice
    counted = figures(world)
    rehearse(elenas, clock, answered_by=world.client("bakyt"))
    for model in (Contact, Alarm, Page, DueItem, AidCount, File):
        assert not model.objects.exists(), model
    assert figures(world) == counted


def test_nothing_but_the_pages_of_rehearsal_reads_what_was_rehearsed():
    readers = {
        from_room(one)
        for one in PANAH.rglob("*.py")
        if "migrations" not in one.parts and "RehearsedCall" in one.read_text()
    }
    assert readers == {
        "hotline/models/__init__.py",
        "hotline/models/contacts.py",
        "hotline/actions/rehearsals.py",
        "hotline/queries/rehearsals.py",
        "hotline/views/rehearsal.py",
    }


def test_the_journal_says_that_a_call_was_rehearsed_and_nothing_else(world, elenas, clock):
    rehearse(elenas, clock)
    journal = world.client("zarina").get("/journal").text
    assert "began to rehearse a call" in journal and "breathing" not in journal
