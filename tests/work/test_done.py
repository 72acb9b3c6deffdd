"""Done is not a wipe: an outcome is chosen, it can be taken back for a minute, and what is about safety asks."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Staff
from panah.ground.audit.models import Entry
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import new_number
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.models import DueItem
from panah.ground.work.words import OUTCOMES_OF, DueKind, Outcome, Urgency
from panah.people.hotline import actions as hotline
from tests.conftest import PASSPHRASE
from tests.hotline.conftest import contact, elenas, line, take
from tests.sign_in.carried_forms import carried_in

__all__ = ["contact", "elenas", "line", "take"]

CALL_BACK = {"ends": ["call_back"], "back_when": "15min", "back_tries": "2", "do": "finish"}


def put(
    world,
    owner="amina",
    *,
    purpose="extra",
    kind=DueKind.CALL,
    urgency=Urgency.TODAY,
    line=None,
    say="Ring the clinic",
):
    keys = world.keys(owner or "elena")
    file = vault.begin_file(
        keys=keys, kind=FileKind.CASE, staff=[world.staff[owner or "elena"]], focal_points=True, at=world.at
    )
    return work.add_item(
        keys=keys,
        society=world.societies["north"].pk,
        kind=kind,
        due_at=timezone.now() - timedelta(minutes=5),
        room="cases",
        subject=file,
        number=new_number(),
        at=world.at,
        owner=world.staff[owner] if owner else None,
        line=line,
        purpose=purpose,
        urgency=urgency,
        file=file,
        sentence=say,
    )


def row(item):
    """Everything that stands in the table about an item."""
    return DueItem.objects.filter(pk=item.pk).values().get()


def text(answer):
    return answer.content.decode()


def ago(item, seconds):
    """Let it be so long since the item was marked."""
    DueItem.objects.filter(pk=item.pk).update(done_at=timezone.now() - timedelta(seconds=seconds))


# -- an outcome is chosen ------------------------------------------------------------------------


def test_pressing_done_asks_what_became_of_it_and_wipes_nothing(world):
    item, amina = put(world), world.client("amina")
    assert f'href="/due/{item.pk}/done"' in text(amina.get("/"))
    page = text(amina.get(f"/due/{item.pk}/done"))
    assert all(str(label) in page for label in OUTCOMES_OF[DueKind.CALL].values())
    amina.post(f"/due/{item.pk}/done", {"back": "/"})
    assert row(item)["done_at"] is None


@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.NOT_NEEDED, Outcome.GIVEN_UP])
def test_an_ordinary_thing_ends_with_the_second_press_and_the_journal_keeps_the_outcome(world, outcome):
    item, amina = put(world), world.client("amina")
    assert (
        amina.post(f"/due/{item.pk}/done", {"outcome": outcome.value, "back": "/team"})["Location"] == "/team"
    )
    kept = row(item)
    assert (kept["outcome"], kept["done_by_id"]) == (outcome.value, world.staff["amina"].pk)
    journal = text(world.client("bakyt").get("/journal?event=work"))
    assert f"outcome: {Outcome(outcome).label}" in journal


def test_what_could_not_be_done_stays_on_the_list_for_a_new_time(world):
    item, amina = put(world), world.client("amina")
    soon = timezone.localtime(timezone.now() + timedelta(days=2))
    when = {
        "due_at_day": soon.day,
        "due_at_month": soon.month,
        "due_at_year": soon.year,
        "due_at_time": "10:00",
        "outcome": "again",
        "note": "nobody picked up",
    }
    wrong = amina.post(f"/due/{item.pk}/done", when | {"due_at_day": "40"})
    assert wrong.status_code == 422 and "nobody picked up" in text(wrong)
    amina.post(f"/due/{item.pk}/done", when)
    kept = row(item)
    assert kept["done_at"] is None and kept["due_at"] > timezone.now() and kept["outcome"] == ""
    assert "nobody picked up" in text(amina.get(f"/due/{item.pk}"))
    assert "tries again later" in text(world.client("bakyt").get("/journal?event=work"))


def test_the_words_are_sealed_and_the_table_says_nothing_of_the_person(world):
    item, amina = put(world), world.client("amina")
    amina.post(f"/due/{item.pk}/done", {"outcome": "not_needed", "note": "her sister came from Osh"})
    assert "Osh" not in str(row(item)) and "Osh" not in str(list(Entry.objects.values()))
    [told] = work_queries.outcomes_of_file(item.file, keys=world.keys("amina"))
    assert told.text == "her sister came from Osh"
    assert work_queries.outcomes_of_file(item.file, keys=None) == []


def test_a_long_note_is_refused_whole_and_never_cut(world):
    item, amina = put(world), world.client("amina")
    answer = amina.post(f"/due/{item.pk}/done", {"outcome": "done", "note": "a" * 20_001})
    assert answer.status_code == 422 and "a" * 20_001 in text(answer)
    amina.post(f"/due/{item.pk}/done", {"outcome": "done", "note": "a" * 20_000})
    assert row(item)["done_at"]


def test_an_outcome_nobody_offered_ends_nothing(world):
    item, amina = put(world), world.client("amina")
    assert amina.post(f"/due/{item.pk}/done", {"outcome": "lost"}).status_code == 422
    assert row(item)["done_at"] is None


def test_words_typed_before_the_vault_locked_are_asked_the_six_words_for_and_kept(world):
    item = put(world)
    locked = world.client("amina", open_vault=False)
    assert "words cannot be written" in text(locked.get(f"/due/{item.pk}/done"))
    answer = locked.post(f"/due/{item.pk}/done", {"outcome": "done", "note": "the clinic will see her"})
    assert answer.status_code == 423 and "the clinic" not in text(answer) and row(item)["done_at"] is None
    sent = {"vault-kept": carried_in(answer), "vault-passphrase": PASSPHRASE}
    locked.post(f"/due/{item.pk}/done", sent)
    [told] = work_queries.outcomes_of_file(item.file, keys=world.keys("amina"))
    assert "the clinic will see her" in told.text


def test_without_words_to_write_a_locked_vault_is_no_hindrance(world):
    item = put(world)
    locked = world.client("amina", open_vault=False)
    locked.post(f"/due/{item.pk}/done", {"outcome": "done"})
    assert row(item)["outcome"] == "done"


def test_in_russian(world):
    item = put(world)
    Staff.objects.filter(username="amina").update(language="ru")
    page = text(world.client("amina").get(f"/due/{item.pk}/done"))
    for word in (
        "Удалось связаться",
        "Звонить больше не нужно",
        "Связаться не удалось",
        "Чем это кончилось?",
    ):
        assert word in page


# -- for one minute it can be taken back ---------------------------------------------------------


def test_for_a_minute_it_is_put_back_exactly_as_it_was(world):
    item, amina = put(world), world.client("amina")
    before = row(item)
    amina.post(f"/due/{item.pk}/done", {"outcome": "done"})
    ago(item, 50)
    # In the message, and on the list as long as the minute lasts.
    assert text(amina.get("/")).count(f'action="/due/{item.pk}/undo"') == 2
    page = text(amina.get("/"))
    assert page.count(f'action="/due/{item.pk}/undo"') == 1
    assert "<span>Ring the clinic" in page, "in its sentence, while the vault is open"
    amina.post(f"/due/{item.pk}/undo", {"back": "/"})
    assert row(item) == before
    assert "as it was" in text(amina.get("/"))
    assert "by a slip" in text(world.client("bakyt").get("/journal?event=work"))


def test_after_a_minute_a_sentence_says_that_it_stays_off(world):
    item, amina = put(world), world.client("amina")
    amina.post(f"/due/{item.pk}/done", {"outcome": "done"})
    ago(item, 61)
    assert "/undo" not in text(world.client("amina").get("/"))
    amina.post(f"/due/{item.pk}/undo")
    assert "more than a minute ago" in text(amina.get("/"))
    assert row(item)["outcome"] == "done"


def test_undo_twice_changes_nothing_more_and_says_so(world):
    item, amina = put(world), world.client("amina")
    amina.post(f"/due/{item.pk}/done", {"outcome": "done"})
    amina.post(f"/due/{item.pk}/undo")
    amina.get("/")
    amina.post(f"/due/{item.pk}/undo")
    assert "nothing to take back" in text(amina.get("/"))
    assert Entry.objects.filter(event="work:due:undone").count() == 1


def test_whoever_comes_second_is_told_and_ends_nothing_twice(world):
    item = put(world)
    amina, bakyt = world.client("amina"), world.client("bakyt")
    amina.post(f"/due/{item.pk}/done", {"outcome": "done"})
    bakyt.post(f"/due/{item.pk}/done", {"outcome": "given_up"})
    assert "marked in the meantime" in text(bakyt.get("/"))
    kept = row(item)
    assert (kept["outcome"], kept["done_by_id"]) == ("done", world.staff["amina"].pk)
    bakyt.post(f"/due/{item.pk}/undo")
    assert "nothing to take back" in text(bakyt.get("/"))
    assert row(item)["outcome"] == "done"


def test_two_at_the_same_moment_one_wins_and_the_other_is_refused(world):
    """Both had the page open: the row that the second one holds still says open."""
    item, at = put(world), timezone.now()
    same = DueItem.objects.get(pk=item.pk)
    work.mark(item=item, outcome=Outcome.DONE, by=world.staff["amina"], at=at)
    with pytest.raises(Refusal) as refused:
        work.mark(item=same, outcome=Outcome.GIVEN_UP, by=world.staff["bakyt"], at=at)
    assert refused.value.code == "ended-meanwhile"
    assert row(item)["outcome"] == "done"


@pytest.mark.parametrize("who", ["cholpon", "daler", "rustam", "timur"])
def test_nobody_else_takes_it_back(world, who):
    item = put(world)
    world.client("amina").post(f"/due/{item.pk}/done", {"outcome": "done"})
    assert world.client(who).post(f"/due/{item.pk}/undo").status_code == 404
    assert row(item)["done_at"]


def test_what_is_over_by_what_happened_since_does_not_come_back(world):
    """Within the same minute the case was closed: undo must not put a dead line on the list."""
    item, amina = put(world), world.client("amina")
    amina.post(f"/due/{item.pk}/done", {"outcome": "done"})
    work.cancel_for(subject=item.subject, at=timezone.now())
    amina.post(f"/due/{item.pk}/undo")
    assert row(item)["done_at"]


# -- call-backs and safety -----------------------------------------------------------------------


@pytest.fixture
def promised(elenas, contact):
    elenas.post(f"/calls/{contact.number}/", CALL_BACK)
    return DueItem.objects.get(subject=contact.pk, purpose="call_back", done_at=None)


def test_a_promised_call_back_has_no_done_but_its_own_page_which_also_refuses_a_forged_press(
    elenas, promised
):
    page = text(elenas.get("/"))
    assert f"/due/{promised.pk}/done" not in page
    assert re.search(rf'href="/calls/{promised.number}/back/"[^>]*><svg[^>]*>.*?</svg>Call back', page, re.S)
    for send in (elenas.get, elenas.post):
        answer = send(f"/due/{promised.pk}/done", {"outcome": "done"})
        assert answer["Location"] == f"/calls/{promised.number}/back/"
    assert row(promised)["done_at"] is None
    assert "ends on this page alone" in text(elenas.get(f"/calls/{promised.number}/back/"))


def test_a_call_that_ended_by_itself_leaves_the_list_only_when_somebody_wrote_what_came_of_it(
    world, elenas, contact
):
    type(contact).objects.filter(pk=contact.pk).update(last_sign_of_life=timezone.now() - timedelta(hours=1))
    hotline.close_silent_calls(at=timezone.now())
    item = DueItem.objects.get(subject=contact.pk, done_at=None)
    answer = elenas.post(f"/due/{item.pk}/done", {"outcome": "done", "note": ""})
    assert answer["Location"] == f"/calls/{contact.number}/next/" and row(item)["done_at"] is None


def test_what_is_urgent_now_asks_whatever_it_is(world):
    item, amina = put(world, urgency=Urgency.NOW), world.client("amina")
    assert amina.post(f"/due/{item.pk}/done", {"outcome": "done"}).status_code == 422
    assert row(item)["done_at"] is None


def test_with_a_locked_vault_what_is_about_safety_asks_for_the_six_words_first(world):
    item = put(world, urgency=Urgency.NOW)
    locked = world.client("amina", open_vault=False)
    assert "/unlock" in locked.get(f"/due/{item.pk}/done")["Location"]
    locked.post(f"/due/{item.pk}/done", {"outcome": "done"})
    assert row(item)["done_at"] is None


def test_a_purpose_that_nobody_decided_about_asks(world, undecided_endings):
    item = put(world, purpose="new_thing")
    undecided_endings.clear()
    assert world.client("amina").post(f"/due/{item.pk}/done", {"outcome": "done"}).status_code == 422


def test_the_action_refuses_too_what_ends_on_a_page_of_its_own(world, promised):
    with pytest.raises(Refusal) as refused:
        work.mark(item=promised, outcome=Outcome.DONE, by=world.staff["elena"], at=timezone.now())
    assert refused.value.code == "ends-elsewhere"


def test_elenas_promise_asks_also_after_it_went_along_into_a_case(world):
    item = put(world, purpose="call_back")
    page = text(world.client("amina").get(f"/due/{item.pk}/done"))
    assert "safety may hang on this" in page
    assert vault_queries.opens(keys=world.keys("amina"), file=item.file)
