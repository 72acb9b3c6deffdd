"""Words and files in both directions, closing, and taking it all back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import queries as vault_queries
from panah.ground.vault import shred_store
from panah.ground.vault.sealed_body import seal_body
from panah.people.inbox import actions as inbox
from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters
from panah.people.reporters import content as sealing
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters import rules
from panah.people.reporters.models import Piece, Report, Tally, Upload, Word
from panah.people.reporters.queries import PlainFile, SealedFile
from tests.reporters.added_words import PICTURE, VOICE, more
from tests.reporters.conftest import STORY, Stranger, opens


def newest(kind="report-more"):
    return Arrival.objects.filter(kind=kind).order_by("-arrived_at").first()


# ---- words ------------------------------------------------------------------------------------------


def test_what_she_adds_comes_to_the_same_list_and_belongs_to_her_report(world, stranger):
    stranger.writes()
    more(stranger, urgency="now")
    arrival = newest()
    content = inbox.open_arrival(
        keys=world.keys("bakyt"), arrival=arrival, by=world.staff["bakyt"], at=world.at
    )
    assert content["text"] == "Practice: he has moved us to another house."
    assert reporters_queries.report_of(arrival) == stranger.report
    first = stranger.report.arrival
    assert set(reporters_queries.reports_of([arrival, first])) == {arrival.pk, first.pk}


def test_words_pressed_twice_on_a_bad_line_are_said_once(world, stranger):
    stranger.writes()
    token = reporters_queries.new_token()
    for _ in range(3):
        more(stranger, token=token)
    assert Arrival.objects.filter(kind="report-more").count() == Word.objects.count() == 1


def test_what_her_browser_sealed_is_added_alike(world, stranger):
    stranger.writes()
    key = vault_queries.intake_key(world.societies["north"].pk)
    header = reporters_queries.header_of(language="tg", urgency="today", child="unknown", sealed="browser")
    more(
        stranger, content=None, sealed=seal_body(key.public, {"text": "x"}, header), generation=key.generation
    )
    assert inbox.open_arrival(
        keys=world.keys("bakyt"), arrival=newest(), by=world.staff["bakyt"], at=world.at
    ) == {"text": "x"}


def test_on_a_borrowed_telephone_her_own_words_are_not_shown_again(world, stranger):
    stranger.writes()
    more(stranger)
    stranger.is_answered("Practice: stay where you are.")
    said = reporters_queries.words_for(stranger.returns())
    assert [(one.number, one.to_reporter, one.text) for one in said] == [
        (1, False, None),
        (2, True, "Practice: stay where you are."),
    ]


def test_only_her_digits_open_the_answer(world, stranger):
    stranger.writes()
    stranger.is_answered("Practice: come on Friday.")
    other = Stranger(world)
    other.writes()
    (row,) = Word.objects.all()
    body = shred_store.get("door_word", row.pk)
    assert b"Friday" not in body
    assert sealing.open_words(stranger.returns().private, body, "door word", stranger.report.pk, row.pk)
    from panah.ground.vault.seals import DoesNotOpen

    with pytest.raises(DoesNotOpen):
        sealing.open_words(other.returns().private, body, "door word", stranger.report.pk, row.pk)


def test_an_answer_pressed_twice_is_said_once(world, stranger):
    stranger.writes()
    once = uuid4()
    for _ in range(2):
        stranger.is_answered("Practice", once=once)
    assert len(reporters_queries.words_for(stranger.returns())) == 1


def test_colleagues_see_when_something_was_said_and_whether_she_has_read_it(world, stranger):
    stranger.writes()
    stranger.is_answered("Practice")
    (word,) = reporters_queries.history_of(stranger.report)
    assert (word.text, word.seen) == (None, False)
    reporters.mark_seen(opened=stranger.returns(), at=world.at)
    assert reporters_queries.history_of(stranger.report)[0].seen


def test_nobody_answers_what_nobody_has_read(world, stranger):
    stranger.writes()
    with pytest.raises(Refusal) as refused:
        reporters.answer(keys=world.keys("bakyt"), report=stranger.report, text="Practice", at=world.at)
    assert refused.value.code == "not-opened"


@pytest.mark.parametrize("name", ["amina", "gulnar", "daler", "rustam"])
def test_whoever_does_not_open_what_arrives_does_not_answer_it(world, stranger, name):
    stranger.writes()
    opens(world, stranger.report)
    for act in (
        lambda: reporters.answer(keys=world.keys(name), report=stranger.report, text="x", at=world.at),
        lambda: reporters.close(by=world.staff[name], report=stranger.report, told="helped", at=world.at),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "not-your-report"
    assert not reporters_queries.may_answer(world.staff[name], stranger.report)


def test_an_answer_still_goes_out_when_the_report_has_become_a_case(world, stranger):
    stranger.writes()
    opens(world, stranger.report)
    inbox.settle(
        arrival=stranger.report.arrival, room="cases", subject=uuid4(), by=world.staff["bakyt"], at=world.at
    )
    stranger.is_answered("Practice: we begin today.")
    assert stranger.returns().stands == "answered"


def test_a_closed_report_says_so_and_takes_no_more_words(world, stranger):
    stranger.writes()
    opens(world, stranger.report)
    for _ in range(2):
        reporters.close(by=world.staff["bakyt"], report=stranger.report, told="helped", at=world.at)
    opened = stranger.returns()
    assert (opened.stands, opened.told) == ("closed", "helped")
    with pytest.raises(Refusal) as refused:
        more(stranger)
    assert refused.value.code == "report-closed"
    with pytest.raises(Refusal) as refused:
        stranger.is_answered("Practice")
    assert refused.value.code == "report-closed"


# ---- files ------------------------------------------------------------------------------------------


def test_a_picture_and_a_voice_reach_intake_as_they_were(world, stranger):
    stranger.writes(files=[PICTURE, VOICE])
    content = opens(world, stranger.report)
    entries = reporters_queries.entries_in(content)
    assert [(one.name, one.kind) for one in entries] == [("Practice.jpg", "picture"), ("voice.ogg", "voice")]
    assert [reporters_queries.file_of(stranger.report, one) for one in entries] == [PICTURE.body, VOICE.body]
    whole = b"".join(bytes(one.sealed) for one in Piece.objects.all())
    assert b"Practice" not in whole and len(whole) > len(PICTURE.body)


def test_a_file_that_her_browser_sealed_opens_alike(world, stranger):
    file, entry = sealing.seal_file(PICTURE)
    more_content = {"text": "see the picture", "files": [entry]}
    key = vault_queries.intake_key(world.societies["north"].pk)
    header = reporters_queries.header_of(language="tg", urgency="today", child="unknown", sealed="browser")
    stranger.writes(
        content=None,
        sealed=seal_body(key.public, more_content, header),
        generation=key.generation,
        files=[file],
    )
    (found,) = reporters_queries.entries_in(opens(world, stranger.report))
    assert reporters_queries.file_of(stranger.report, found) == PICTURE.body


def test_a_file_comes_back_with_an_answer_and_opens_for_her_alone(world, stranger):
    stranger.writes()
    stranger.is_answered("Practice: the form is here.", files=[PICTURE])
    opened = stranger.returns()
    (word,) = reporters_queries.words_for(opened)
    entry, body = reporters_queries.file_for(opened, word.files[0].id)
    assert (entry.name, body) == ("Practice.jpg", PICTURE.body)
    other = Stranger(world)
    other.writes()
    assert reporters_queries.file_for(other.returns(), word.files[0].id) is None
    assert reporters_queries.file_for(opened, uuid4()) is None


def test_a_file_whose_piece_was_changed_or_moved_does_not_open(world, stranger):
    stranger.writes(files=[PICTURE])
    (entry,) = reporters_queries.entries_in(opens(world, stranger.report))
    first, second = Piece.objects.order_by("number")[:2]
    Piece.objects.filter(pk=first.pk).update(sealed=second.sealed)
    assert reporters_queries.file_of(stranger.report, entry) is None


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([PlainFile(bytes(25 * 1024 * 1024 + 1))], "file-too-large"),
        ([PlainFile(b"x")] * 21, "files-too-many"),
        ([PlainFile(b"x", kind="program")], "no-form"),
    ],
    ids=["26 MB", "21 files", "no kind of ours"],
)
def test_files_beyond_the_sizes_are_refused_with_a_sentence(world, stranger, files, code):
    with pytest.raises(Refusal) as refused:
        stranger.writes(files=files)
    assert refused.value.code == code and refused.value.next_step
    assert not Report.objects.exists() and not Upload.objects.exists()


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        [b""],
        [b"\x11" + bytes(20)],
        [b"MZ" + bytes(400)],
        [b"\x11" + bytes(300_000)],
        [b"\x11" + bytes(99)] * 2,
    ],
    ids=["none", "empty", "short", "a program", "too long", "short first"],
)
def test_pieces_that_no_page_of_ours_cuts_are_refused(world, stranger, pieces):
    file = SealedFile(uuid4(), pieces)
    assert not sealing.is_sealed_file(file, largest=rules.LARGEST_FILE)


def test_a_hostile_content_names_no_file_of_another_report(world, stranger):
    victim = Stranger(world)
    victim.writes(files=[VOICE])
    (entry,) = reporters_queries.entries_in(opens(world, victim.report))
    stranger.writes(
        content={"text": "x", "files": [{"id": str(entry.id), "key": entry.key.hex(), "name": "a"}]}
    )
    (claimed,) = reporters_queries.entries_in(opens(world, stranger.report))
    assert reporters_queries.file_of(stranger.report, claimed) is None
    assert reporters_queries.file_of(victim.report, claimed) == VOICE.body, "control"


@pytest.mark.parametrize(
    "said", [None, "x", [1], [{}], [{"id": "x", "key": "y"}], [{"id": str(uuid4()), "key": "ab"}]]
)
def test_a_content_that_names_nonsense_names_no_file(said):
    assert reporters_queries.entries_in({"files": said}) == ()


def test_a_file_that_must_not_be_kept_goes_and_its_words_stay(world, stranger):
    stranger.writes(files=[PICTURE])
    (entry,) = reporters_queries.entries_in(opens(world, stranger.report))
    reporters.destroy_file(by=world.staff["bakyt"], report=stranger.report, upload=entry.id, at=world.at)
    assert reporters_queries.file_of(stranger.report, entry) is None
    assert not Piece.objects.exists()
    assert stranger.returns().stands == "read"


def test_one_receipt_fills_no_disk_in_a_day_and_goes_on_tomorrow(world, stranger, monkeypatch):
    monkeypatch.setattr(rules, "BYTES_A_DAY", 40_000)
    stranger.writes(files=[VOICE])
    more(stranger, files=[VOICE])
    with pytest.raises(Refusal) as refused:
        more(stranger, files=[VOICE])
    assert refused.value.code == "enough-today"
    more(stranger, files=[VOICE], at=world.at + timedelta(days=1))


def test_when_the_disk_would_fill_files_wait_and_words_are_still_taken(world, stranger, monkeypatch):
    monkeypatch.setattr(rules, "BYTES_AN_HOUR", 30_000)
    stranger.writes(files=[VOICE])
    late = Stranger(world)
    with pytest.raises(Refusal) as refused:
        late.writes(files=[VOICE])
    assert refused.value.code == "door-full" and refused.value.next_step
    late.writes()
    assert opens(world, late.report)["text"] == STORY
    hour = world.at + timedelta(hours=1)
    assert Stranger(world).writes(files=[VOICE], at=hour).receipt


# ---- taking it back ---------------------------------------------------------------------------------


def bodies(kind):
    return {alias: len(shred_store.keys_of(kind)) for alias in ("one",)}["one"]


def everything_is_gone():
    return not (bodies("arrived") or bodies("door_word") or Piece.objects.exists() or Upload.objects.exists())


@pytest.mark.django_db(transaction=True)
def test_taken_back_unopened_nothing_is_left_to_open(world, stranger):
    stranger.writes(files=[VOICE])
    more(stranger, files=[PICTURE])
    assert reporters.withdraw(opened=stranger.returns(), at=world.at) == reporters_withdrawn(2, 0)
    assert stranger.returns().stands == "withdrawn"
    assert everything_is_gone()
    assert set(Arrival.objects.values_list("state", flat=True)) == {"withdrawn"}
    with pytest.raises(Refusal):
        more(stranger)


def reporters_withdrawn(deleted, kept):
    return reporters.Withdrawn(deleted, kept)


@pytest.mark.django_db(transaction=True)
def test_taken_back_after_it_was_read_whoever_read_it_hears_of_it(world, stranger):
    stranger.writes(files=[VOICE])
    opens(world, stranger.report)
    assert reporters.withdraw(opened=stranger.returns(), at=world.at).deleted == 1
    from panah.ground.work import queries as work_queries

    lines = work_queries.items_of(stranger.report.arrival_id, purpose="lost")
    assert [one.owner for one in lines] == [world.staff["bakyt"]]
    assert everything_is_gone()


@pytest.mark.django_db(transaction=True)
def test_taken_back_after_an_answer_the_answer_goes_too(world, stranger):
    stranger.writes()
    stranger.is_answered("Practice", files=[PICTURE])
    before = stranger.returns()
    reporters.withdraw(opened=before, at=world.at)
    assert reporters.withdraw(opened=before, at=world.at) == reporters_withdrawn(0, 0), "pressed again"
    assert everything_is_gone()
    (word,) = reporters_queries.words_for(stranger.returns())
    assert word.gone and word.text is None
    with pytest.raises(Refusal) as refused:
        reporters.answer(keys=world.keys("bakyt"), report=stranger.report, text="x", at=world.at)
    assert refused.value.code == "report-withdrawn"


@pytest.mark.django_db(transaction=True)
def test_what_has_become_a_case_stays_there_and_she_is_told(world, stranger):
    stranger.writes()
    opens(world, stranger.report)
    inbox.settle(
        arrival=stranger.report.arrival, room="cases", subject=uuid4(), by=world.staff["bakyt"], at=world.at
    )
    assert reporters.withdraw(opened=stranger.returns(), at=world.at) == reporters_withdrawn(0, 1)
    assert stranger.returns().stands == "withdrawn"


def test_a_second_press_after_taking_back_makes_no_new_report(world, stranger):
    stranger.writes()
    reporters.withdraw(opened=stranger.returns(), at=world.at)
    stranger.writes()
    assert Report.objects.count() == 1 and stranger.returns().stands == "withdrawn"
    assert Tally.objects.filter(what="reports").count() == 1
