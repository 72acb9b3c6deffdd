"""Two cases of one society that may be one person's: a focal point asks, both holders say, and it can be undone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.models import noon_of
from panah.ground.vault import actions as vault
from panah.ground.vault import later, search, waiting_parts
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions.shred_blobs import load_blob
from panah.ground.vault.models import Part
from panah.ground.work.models import DueItem
from panah.ground.work.queries import items_of
from panah.people.cases import actions as cases
from panah.people.cases.queries import page as reading
from panah.people.cases.queries.same_person import is_counted
from panah.people.finding import actions
from panah.people.finding.actions.pair_register import kept_pairs
from panah.people.finding.models import PairRegister
from tests.guard.writes import writes

NAME, ELSEWHERE = "Гүлнара Токтосунова", "Toktosunova Gulnara"


def a_case(world, owner, name, *, born="1990-05-02", days=0):
    at = timezone.now() - timedelta(days=days)
    identity = {"names": [{"text": name, "kind": "full"}], "born": born}
    return cases.open_case(
        keys=world.keys(owner), by=world.staff[owner], at=at, age_group="adult", identity=identity
    )


@pytest.fixture
def older(world):
    search._KEPT.clear()
    return a_case(world, "amina", NAME, days=400)


@pytest.fixture
def newer(world, older):
    return a_case(world, "cholpon", ELSEWHERE)


def bakyt_presses(world, older, newer, **button):
    data = {"one": older.number, "other": newer.number, **button}
    return world.client("bakyt").post("/find/doubles/", data)


def what_is_asked(world, who, case):
    (part,) = actions.laid_before(keys=world.keys(who), case=case)
    return part


def says(world, who, case, said):
    part = what_is_asked(world, who, case)
    return world.client(who).post(f"/find/doubles/{case.number}/{part.ref}/", {"said": said})


def both_say(world, older, newer, said="same"):
    bakyt_presses(world, older, newer, step="ask")
    says(world, "cholpon", newer, said)
    bakyt_presses(world, older, newer, step="go_on")
    says(world, "amina", older, said)


def test_bakyt_sees_that_two_cases_are_alike_and_not_whose_they_are(world, older, newer):
    page = world.client("bakyt").post("/find/doubles/", {"look": "1"}).content.decode()
    main = page.split("<main")[1]
    assert older.number.replace("-", "") in main.replace("-", "").replace(" ", "")
    assert "year fits" in main
    for name in ("Amina", "Cholpon"):
        assert name not in main


def test_namesakes_of_another_age_and_names_alone_are_not_shown(world, older):
    a_case(world, "cholpon", NAME, born="1961-01-01")
    a_case(world, "cholpon", NAME, born="")
    found = actions.look_for_pairs(keys=world.keys("bakyt"), at=timezone.now())
    assert found == []


def test_amina_never_sees_the_page_of_doubles(world, older, newer):
    assert world.client("amina").get("/find/doubles/").status_code == 404
    assert world.client("amina").post("/find/doubles/", {"look": "1"}).status_code == 404


def test_the_holder_of_the_newer_case_is_asked_first_and_the_other_only_when_she_knows_the_person(
    world, older, newer
):
    bakyt_presses(world, older, newer, step="ask")
    (item,) = items_of(newer.pk, purpose="known_double")
    assert item.owner == world.staff["cholpon"]
    assert "Answer: is it the same person?" in came_of(world, "cholpon", newer)
    assert items_of(older.pk, purpose="known_double") == []
    assert bakyt_presses(world, older, newer, step="go_on").status_code == 422
    says(world, "cholpon", newer, "same")
    assert items_of(newer.pk, purpose="known_double") == []
    bakyt_presses(world, older, newer, step="go_on")
    (item,) = items_of(older.pk, purpose="known_double")
    assert item.owner == world.staff["amina"]


def test_both_say_one_case_is_enough_and_the_second_file_is_closed_and_can_be_read_beside_the_other(
    world, older, newer
):
    cases.add_facts_card(keys=world.keys("amina"), case=older, at=timezone.now())
    cases.add_facts_card(keys=world.keys("cholpon"), case=newer, at=timezone.now())
    both_say(world, older, newer)
    bakyt_presses(world, older, newer, join=older.number)
    newer.refresh_from_db()
    older.refresh_from_db()
    assert not newer.is_open and older.is_open
    assert world.staff["amina"] in vault_queries.holders(newer.file_id)
    assert vault_queries.value_of(keys=world.keys("amina"), file=newer.file_id, part="identity")["born"]
    assert not is_counted(keys=world.keys("bakyt"), case=newer), "a person is counted once"
    assert is_counted(keys=world.keys("amina"), case=older)
    (link,) = reading.links(older, keys=world.keys("amina"))
    assert link.v["relation"] == "same" and link.v["to"] == str(newer.pk)
    assert actions.laid_before(keys=world.keys("bakyt"), case=newer) == []


def test_what_was_joined_is_undone_without_anything_lost(world, older, newer):
    cases.add_facts_card(keys=world.keys("cholpon"), case=newer, at=timezone.now())
    both_say(world, older, newer)
    bakyt_presses(world, older, newer, join=older.number)
    assert bakyt_presses(world, older, newer, undo="1", reason="").status_code == 422
    assert bakyt_presses(world, older, newer, undo="1", reason="Sisters").status_code == 302
    newer.refresh_from_db()
    assert newer.is_open
    assert world.staff["amina"] not in vault_queries.holders(newer.file_id)
    assert is_counted(keys=world.keys("cholpon"), case=newer)
    assert reading.links(older, keys=world.keys("amina")) == []
    assert reading.links(newer, keys=world.keys("cholpon")) == []
    assert actions.look_for_pairs(keys=world.keys("bakyt"), at=timezone.now()) == [], (
        "it is known: two people"
    )


def test_two_episodes_of_one_person_stay_two_open_cases_and_count_once(world, older, newer):
    cases.add_facts_card(keys=world.keys("cholpon"), case=newer, at=timezone.now())
    cases.add_facts_card(keys=world.keys("amina"), case=older, at=timezone.now())
    both_say(world, older, newer, said="episode")
    assert bakyt_presses(world, older, newer, join=older.number).status_code == 422
    bakyt_presses(world, older, newer, step="link")
    for case in (older, newer):
        case.refresh_from_db()
        assert case.is_open
    assert not is_counted(keys=world.keys("amina"), case=older)
    assert is_counted(keys=world.keys("cholpon"), case=newer)
    assert len(reading.links(newer, keys=world.keys("cholpon"))) == 1


def test_whoever_holds_both_cases_does_not_say_it_alone(world, older):
    second = a_case(world, "amina", ELSEWHERE)
    bakyt_presses(world, older, second, step="ask")
    says(world, "amina", second, "same")
    bakyt_presses(world, older, second, step="go_on")
    (item,) = items_of(older.pk, purpose="known_double")
    assert item.owner != world.staff["amina"] and item.owner.is_focal_point
    assert says(world, "amina", older, "same").status_code == 422
    assert says(world, item.owner.username, older, "same").status_code == 302


def test_what_still_runs_in_the_second_case_stops_the_joining(world, older, newer):
    both_say(world, older, newer)
    cases.set_clock(
        keys=world.keys("cholpon"),
        case=newer,
        kind="detention",
        at=timezone.now(),
        due_at=timezone.now() + timedelta(days=1),
    )
    answer = bakyt_presses(world, older, newer, join=older.number)
    assert answer.status_code == 422 and "cannot be closed yet" in answer.content.decode()
    newer.refresh_from_db()
    assert newer.is_open and reading.links(newer, keys=world.keys("cholpon")) == []


def test_two_people_are_not_shown_again_and_nobody_is_asked_any_more(world, older, newer):
    bakyt_presses(world, older, newer, step="ask")
    bakyt_presses(world, older, newer, step="apart")
    assert items_of(newer.pk, purpose="known_double") == []
    assert actions.laid_before(keys=world.keys("cholpon"), case=newer) == []
    assert actions.look_for_pairs(keys=world.keys("bakyt"), at=timezone.now()) == []


def test_no_row_says_which_cases_are_a_pair(world, older, newer):
    bakyt_presses(world, older, newer, step="ask")
    row = PairRegister.objects.get()
    sealed = load_blob(kind="pairs", key=row.pk)
    assert older.number.encode() not in sealed
    assert [one.pair.first for one in actions.pairs_now(keys=world.keys("bakyt"))] == [newer.number], (
        "control"
    )


def test_an_erased_case_leaves_the_list_of_pairs(world, older, newer):
    bakyt_presses(world, older, newer, step="apart")
    vault.erase(keys=world.keys("bakyt"), file=newer.file_id, at=timezone.now())
    assert kept_pairs(keys=world.keys("bakyt")) == []


def test_without_the_search_key_nobody_reads_the_list(world, older, newer):
    bakyt_presses(world, older, newer, step="apart")
    with pytest.raises(Refusal):
        actions.pairs_now(keys=world.keys("amina"))


def test_the_first_holder_reads_nothing_of_the_other_persons_name(world, older):
    newer = a_case(world, "cholpon", ELSEWHERE + " Nurlanovna")
    bakyt_presses(world, older, newer, step="ask")
    part = what_is_asked(world, "cholpon", newer)
    assert "why" not in part.value
    page = world.client("cholpon").get(f"/find/doubles/{newer.number}/{part.ref}/").content.decode()
    assert "The names are alike." in page and "Токтосунова" not in page.split("<main")[1]


def test_what_is_due_of_a_pair_is_joined_by_no_minute(world, older, newer):
    both_say(world, older, newer)
    bakyt_presses(world, older, newer, step="link")
    rows = DueItem.objects.filter(purpose__in=["known_double", "pairs"])
    assert rows.count() >= 3
    assert {timezone.localtime(one.due_at).strftime("%H:%M:%S.%f") for one in rows} == {"09:00:00.000000"}
    ended = [one.done_at for one in rows if one.done_at]
    assert len(ended) >= 3 and all(one == noon_of(one) for one in ended)


def test_that_two_cases_are_two_peoples_is_journalled_with_the_day_alone(world, older, newer):
    bakyt_presses(world, older, newer, step="apart")
    (line,) = Entry.objects.filter(event="finding:pair:apart")
    assert line.at == noon_of(line.at) and line.who == world.staff["bakyt"].pk


def test_what_the_node_ends_of_a_pair_keeps_the_day_alone(world, older, newer):
    bakyt_presses(world, older, newer, step="ask")
    bakyt_presses(world, older, newer, step="apart")
    the_node_ends_what_is_over(world)
    (ended,) = DueItem.objects.filter(purpose="known_double").values_list("done_at", flat=True)
    assert ended == noon_of(ended)


def test_an_erased_case_is_no_longer_asked_about(world, older, newer):
    bakyt_presses(world, older, newer, step="ask")
    vault.erase(keys=world.keys("bakyt"), file=older.file_id, at=timezone.now())
    assert actions.laid_before(keys=world.keys("cholpon"), case=newer) == []
    assert says_nothing_is_asked(world, newer)
    the_node_ends_what_is_over(world)
    assert items_of(newer.pk, purpose="known_double") == []


def says_nothing_is_asked(world, case):
    """Until the node has taken it off her list, Cholpon's line leads to a page that asks nothing."""
    page = world.client("cholpon").get(f"/find/known/{case.number}/")
    return page.status_code == 200 and "/find/doubles/" not in page.content.decode().split("<main")[1]


def the_node_ends_what_is_over(world):
    with tenancy.tenant_context(world.societies["north"].pk):
        actions.end_asked(at=timezone.now() + later.MOST)


def ids(case):
    return {case.pk, case.file_id}


@pytest.mark.parametrize(
    "button", [{"step": "link"}, {"join": "older"}, {"join": "newer"}, {"step": "apart"}], ids=str
)
def test_no_press_about_a_pair_writes_in_both_cases(world, older, newer, button):
    """Asked, asked on, answered and decided: each writes in one case at most, and the other follows hours later."""
    presses = [{"step": "ask"}, {"step": "go_on"}]
    for who, case in (("cholpon", newer), ("amina", older)):
        with writes() as wrote:
            bakyt_presses(world, older, newer, **presses.pop(0))
        assert ids(case) & wrote and len([one for one in (older, newer) if ids(one) & wrote]) == 1
        with writes() as wrote:
            says(world, who, case, "same")
        assert ids(case) & wrote and len([one for one in (older, newer) if ids(one) & wrote]) == 1
    goes_on = {"older": older.number, "newer": newer.number}
    with writes() as wrote:
        answer = bakyt_presses(world, older, newer, **{k: goes_on.get(v, v) for k, v in button.items()})
    assert answer.status_code == 302
    assert len([one for one in (older, newer) if ids(one) & wrote]) == 1
    for case, holder in ((older, "amina"), (newer, "cholpon")):
        assert actions.laid_before(keys=world.keys(holder), case=case) == []
    for _sign_in in range(3):
        with writes() as wrote:
            waiting_parts.write_one(keys=world.keys("bakyt"), at=timezone.now() + later.MOST)
        assert len([one for one in (older, newer) if ids(one) & wrote]) <= 1
    assert later.waiting(society=older.society_id, what=waiting_parts.PARTS) == []
    if button != {"step": "apart"}:
        with writes() as wrote:
            assert bakyt_presses(world, older, newer, undo="1", reason="Sisters").status_code == 302
        assert len([one for one in (older, newer) if ids(one) & wrote]) == 1


def test_no_transaction_writes_in_an_erased_case_and_one_that_was_asked_about_it(world, older, newer):
    bakyt_presses(world, older, newer, step="ask")
    with writes() as wrote:
        vault.erase(keys=world.keys("bakyt"), file=older.file_id, at=timezone.now())
    assert older.file_id in wrote and not ids(newer) & wrote
    with writes() as wrote:
        the_node_ends_what_is_over(world)
    assert newer.pk in wrote and not ids(older) & wrote


def test_what_was_asked_anew_meanwhile_stays_on_the_list(world, older, newer):
    bakyt_presses(world, older, newer, step="ask")
    vault.erase(keys=world.keys("bakyt"), file=older.file_id, at=timezone.now())
    again = a_case(world, "amina", NAME, days=300)
    search._KEPT.clear()
    bakyt_presses(world, again, newer, step="ask")
    the_node_ends_what_is_over(world)
    assert items_of(newer.pk, purpose="known_double") != []
    says(world, "cholpon", newer, "another")
    assert items_of(newer.pk, purpose="known_double") == []


def test_a_closed_file_follows_whoever_goes_on_with_the_person(world, older, newer):
    both_say(world, older, newer)
    bakyt_presses(world, older, newer, join=older.number)
    older.refresh_from_db()
    assert world.staff["amina"] in vault_queries.holders(newer.file_id), "control"
    cases.hand_over(keys=world.keys("amina"), case=older, to=world.staff["cholpon"], at=timezone.now())
    with tenancy.tenant_context(world.societies["north"].pk):
        cases.move_files_along(at=timezone.now() + timedelta(days=2))
    assert world.staff["amina"] not in vault_queries.holders(newer.file_id)
    assert world.staff["cholpon"] in vault_queries.holders(newer.file_id)


def came_of(world, who, case):
    """What the holder of a case reads on its page of what is known elsewhere."""
    page = world.client(who).get(f"/find/known/{case.number}/").content.decode()
    return " ".join(page.split("<main")[1].split())


def test_both_holders_read_what_came_of_the_pair_and_that_it_was_undone(world, older, newer):
    both_say(world, older, newer, said="episode")
    assert "linked as two episodes" not in came_of(world, "cholpon", newer), "control"
    bakyt_presses(world, older, newer, step="link")
    for who, case in (("cholpon", newer), ("amina", older)):
        assert "The two cases are linked as two episodes of one person." in came_of(world, who, case)
        assert actions.laid_before(keys=world.keys(who), case=case) == []
    bakyt_presses(world, older, newer, undo="1", reason="Sisters")
    for who, case in (("cholpon", newer), ("amina", older)):
        assert "It was undone: they count as two people again." in came_of(world, who, case)


def test_whoever_answered_reads_that_they_count_as_two_people_and_answers_no_more(world, older, newer):
    bakyt_presses(world, older, newer, step="ask")
    ref = what_is_asked(world, "cholpon", newer).ref
    says(world, "cholpon", newer, "another")
    bakyt_presses(world, older, newer, step="apart")
    assert "They count as two people." in came_of(world, "cholpon", newer)
    page = world.client("cholpon").get(f"/find/doubles/{newer.number}/{ref}/").content.decode()
    assert "You answered: Another person" in page and "They count as two people." in page
    answer = world.client("cholpon").post(f"/find/doubles/{newer.number}/{ref}/", {"said": "same"})
    assert answer.status_code == 422 and "Nothing is asked here any more." in answer.content.decode()
    assert "is another case of ours" not in came_of(world, "amina", older).lower(), "she was never asked"


def test_what_comes_of_a_pair_is_written_in_no_two_files_at_once(world, older, newer):
    both_say(world, older, newer)
    before = {case.pk: parts_of(case) for case in (older, newer)}
    bakyt_presses(world, older, newer, step="link")
    changed = [case for case in (older, newer) if parts_of(case) != before[case.pk]]
    assert len(changed) == 1, "the other one waits, sealed"


def parts_of(case):
    return set(Part.objects.filter(file_id=case.file_id).values_list("pk", "version"))


def test_of_two_cases_of_one_day_the_one_that_was_opened_later_is_the_newer(world):
    morning = timezone.now().replace(hour=6)
    for first, second in (("amina", "cholpon"), ("cholpon", "amina")):
        earlier, later = (
            cases.open_case(
                keys=world.keys(who),
                by=world.staff[who],
                at=at,
                age_group="adult",
                identity={"names": [{"text": NAME, "kind": "full"}], "born": "1990"},
            )
            for who, at in ((first, morning), (second, morning + timedelta(hours=1)))
        )
        actions.ask_first(
            keys=world.keys("bakyt"), numbers=frozenset((earlier.number, later.number)), at=timezone.now()
        )
        assert items_of(later.pk, purpose="known_double") and not items_of(earlier.pk, purpose="known_double")


def test_a_case_that_was_opened_after_she_looked_for_a_name_is_compared_too(world, older):
    search.all_cards(keys=world.keys("bakyt"), at=timezone.now())
    newer = a_case(world, "cholpon", ELSEWHERE)
    page = world.client("bakyt").post("/find/doubles/", {"look": "1"}).content.decode().split("<main")[1]
    assert newer.number in page.replace("-", "").replace(" ", "") or f'value="{newer.number}"' in page
    assert bakyt_presses(world, older, newer, step="ask").status_code == 302
