"""What a stolen database tells: that a bed is taken, not by whom; and nothing in it joins a stay with a case."""

import json
from datetime import datetime, timedelta

import pytest
from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.audit.queries import verify_society
from panah.ground.foundation.models import noon_of
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions import cards
from panah.ground.vault.models import File, Part, ShredRow
from panah.ground.work import actions as work
from panah.ground.work.told_parts import Asking
from panah.people.cases import actions as cases
from panah.people.cases.queries import by_number_or_404
from panah.people.cases.queries.consent import consent_subject
from panah.people.consent import actions as consent
from panah.people.shelter import actions, queries
from panah.people.shelter.models import Stay
from panah.people.shelter.told import handed_in
from tests.dump_scan import scan
from tests.shelter.conftest import a_case, arrived, ask, look, make_house, typed
from tests.shelter.what_the_disk_holds import about, hand_over, node_does_later, plain_rows, without_common

TABLES_OF_A_STAY = ("shelter_stay", "shelter_night", "shelter_place", "shelter_bed", "shelter_room")


def joined(case, stay):
    """The values that rows of the case and rows of the stay have in common, without colleagues and the society."""
    of_case = {case.pk, case.file_id, case.number}
    of_stay = {stay.pk, stay.file_id}
    rows, left = about(of_case)
    others, right = about(of_stay)
    assert len(rows) >= 8 and len(others) >= 12, "control: both have many rows"
    return {one: left[one] | right[one] for one in without_common(set(left) & set(right), case.society)}


@pytest.fixture
def slept(world, house, beds):
    """A case that Amina opened and worked on, and a whole stay, all through the doors."""
    case = a_case(world, note="seen today", branch=world.branches["arna"])
    amina, gulnar = world.client("amina"), world.client("gulnar")
    amina.post(reverse("shelter:ask", args=[case.number, house.pk]), typed())
    stay = Stay.objects.get()
    steps = [
        (gulnar, "decide", {"do": "give", "bed": str(beds["1a"].pk)}),
        (amina, "way_there", {"purpose": "meet"}),
        (gulnar, "arrive", {}),
        (gulnar, "late", {"seen": "at noon", "danger": "yes"}),
        (gulnar, "back", {"heard_by": "Gulnar", "heard_when": "at nine"}),
    ]
    for client, name, data in steps:
        assert client.post(reverse(f"shelter:{name}", args=[stay.pk]), data).status_code in (200, 302, 422)
    amina.get(reverse("shelter:case", args=[case.number]))
    amina.get(reverse("cases:case", args=[case.number]))
    cases.review_risk(keys=world.keys("amina"), case=case, level="high", why="x", at=timezone.now())
    stay.refresh_from_db()
    return case, stay


def test_no_plain_value_joins_a_stay_with_its_case(slept):
    assert joined(*slept) == {}


def test_whoever_takes_the_case_over_follows_the_stay_some_hours_later_and_nothing_joins_them(world, slept):
    case, stay = slept
    before = {one.pk for one in vault_queries.holders(stay.file_id)}
    hand_over(world, case, "cholpon")
    stay.refresh_from_db()
    cholpon = world.client("cholpon")
    assert cholpon.get(reverse("cases:case", args=[case.number])).status_code == 200
    stay.refresh_from_db()
    assert stay.follows == world.staff["amina"], "until then somebody must be told"
    assert {one.pk for one in vault_queries.holders(stay.file_id)} == before
    node_does_later(world)
    stay.refresh_from_db()
    assert stay.follows == world.staff["cholpon"]
    page = cholpon.get(reverse("shelter:stay", args=[stay.pk]))
    assert page.status_code == 200 and vault_queries.opens(keys=world.keys("cholpon"), file=stay.file_id)
    assert vault_queries.opens(keys=world.keys("cholpon"), file=stay.place.file_id), "and reads the way there"
    assert world.client("amina").get(reverse("shelter:stay", args=[stay.pk])).status_code == 404
    assert not vault_queries.opens(keys=world.keys("amina"), file=stay.file_id)
    assert not vault_queries.opens(keys=world.keys("amina"), file=stay.place.file_id)
    board = world.client("gulnar").get(reverse("shelter:board", args=[stay.place_id])).text
    assert "followed by: Cholpon" in board and "followed by: Amina" not in board
    assert joined(case, stay) == {}


def test_a_hand_over_writes_the_same_of_a_case_with_a_bed_and_of_one_without(world, slept):
    case, _stay = slept
    other = a_case(world)
    sizes = []
    for one in (case, other):
        there = set(Part.objects.filter(file=one.file_id).values_list("pk", flat=True))
        hand_over(world, one, "cholpon")
        made = Part.objects.filter(file=one.file_id).exclude(pk__in=there)
        sizes.append(sorted(len(bytes(row.sealed)) for row in made))
    assert sizes[0] == sizes[1]


@pytest.mark.parametrize("by", ["bakyt", "cholpon"])
def test_a_case_that_goes_on_before_its_stay_went_along_takes_it_to_the_next_colleague(world, slept, by):
    case, stay = slept
    hand_over(world, case, "cholpon")
    hand_over(world, case, "saule", by=by)
    node_does_later(world)
    stay.refresh_from_db()
    assert stay.follows == world.staff["saule"] and joined(case, stay) == {}
    assert not vault_queries.opens(keys=world.keys("cholpon"), file=stay.file_id)


def test_a_stay_that_ended_before_it_went_along_is_followed_by_nobody_new(world, slept):
    case, stay = slept
    hand_over(world, case, "cholpon")
    actions.leave(
        keys=world.keys("gulnar"), opened=look(world, stay), to="family", how="planned", at=timezone.now()
    )
    node_does_later(world)
    stay.refresh_from_db()
    assert stay.follows == world.staff["amina"]
    assert not vault_queries.opens(keys=world.keys("cholpon"), file=stay.file_id)
    assert not vault_queries.opens(keys=world.keys("cholpon"), file=stay.place.file_id)


def test_a_stay_that_another_colleague_follows_stays_with_her(world, slept):
    case, stay = slept
    actions.let_in(
        keys=world.keys("gulnar"), opened=look(world, stay), staff=world.staff["saule"], at=timezone.now()
    )
    hand_over(world, case, "cholpon")
    node_does_later(world)
    stay.refresh_from_db()
    assert stay.follows == world.staff["saule"]


def test_the_control_a_shared_value_is_found(world, slept):
    case, stay = slept
    at = timezone.now()
    for subject in (case.pk, stay.pk):
        work.add_item(
            keys=None, society=case.society_id, kind="call", due_at=at, room="cases", subject=subject, at=at,
            owner=world.staff["amina"],
        )  # fmt: skip
    assert set(joined(case, stay)) == {at}
    work.add_item(
        keys=None, society=case.society_id, kind="call", due_at=at, room="shelter", subject=stay.pk, at=at,
        owner=world.staff["amina"], number=case.number,
    )  # fmt: skip
    assert case.number in joined(case, stay)


def test_asking_writes_nothing_in_the_case(world, house):
    case = a_case(world)

    def of_case():
        entries = Entry.objects.filter(about=case.file_id).count()
        return entries, list(Part.objects.filter(file=case.file_id).values_list("pk", "version"))

    before = of_case()
    world.client("amina").post(reverse("shelter:ask", args=[case.number, house.pk]), typed())
    assert Stay.objects.count() == 1
    assert of_case() == before


def test_what_was_typed_stands_in_no_table(world, slept, tmp_path):
    dump = tmp_path / "dump"
    dump.write_bytes(b"".join(repr(row).encode() for _table, row in plain_rows()))
    case, _stay = slept
    needles = [
        "Practice Tulip Street",
        "Practice Person Tulip",
        "No nuts",
        "at noon",
        "Call Practice Person Reed",
    ]
    assert scan([dump], needles) == []
    assert scan([dump], [case.number]), "control: what stands in plain is found"
    for table, row in plain_rows():
        if table.startswith("shelter_"):
            assert case.number not in repr(row)


def test_no_row_of_this_room_says_when_it_was_made(slept):
    rows = [row for table, row in plain_rows() if table in TABLES_OF_A_STAY]
    for row in rows:
        assert not [v for v in row.values() if isinstance(v, datetime)], row
    assert {table for table, _row in plain_rows()} >= set(TABLES_OF_A_STAY), "control: each has a row"


def test_two_stays_of_one_person_do_not_show_as_one_persons(world, house, beds):
    case = a_case(world)
    first = arrived(world, ask(world, house, case), beds["1a"])
    actions.leave(
        keys=world.keys("gulnar"), opened=look(world, first), to="family", how="planned", at=timezone.now()
    )
    second = ask(world, house, case)
    marks = {bytes(row.mark) for row in Stay.objects.all()}
    assert len(marks) == 2
    found = queries.stays_of_file(keys=world.keys("amina"), file=case.file_id)
    assert {row.pk for row in found} == {first.pk, second.pk}


def test_many_stays_of_one_person_are_all_found(world, house):
    case = a_case(world)
    for _ in range(42):
        ask(world, house, case)
    assert len(queries.stays_of_file(keys=world.keys("amina"), file=case.file_id)) == 42
    assert len({bytes(row.mark) for row in Stay.objects.all()}) == 42


def test_whoever_is_let_in_to_the_case_sees_the_bed_and_nobody_else_does(world, house, beds):
    case = a_case(world)
    arrived(world, ask(world, house, case), beds["1a"])
    there = reverse("shelter:case", args=[case.number])
    assert world.client("cholpon").get(there).status_code == 404
    cases.let_in(keys=world.keys("amina"), case=case, colleague=world.staff["cholpon"], at=timezone.now())
    text = world.client("cholpon").get(there).content.decode()
    assert "House 3" in text and "staying" in text
    assert "Ask whoever runs House 3 to let you follow the stay" in text
    assert (
        world.client("cholpon").get(reverse("shelter:stay", args=[Stay.objects.get().pk])).status_code == 404
    )
    strip = world.client("cholpon").get(reverse("cases:case", args=[case.number])).content.decode()
    assert "Safe bed" in strip


def test_gulnar_sees_the_resident_and_not_the_case(world, slept):
    case, stay = slept
    gulnar = world.client("gulnar")
    assert case.number in gulnar.get(reverse("shelter:stay", args=[stay.pk])).content.decode()
    assert gulnar.get(reverse("cases:case", args=[case.number])).status_code == 404
    assert gulnar.get(reverse("shelter:case", args=[case.number])).status_code == 404


# ---- counting ---------------------------------------------------------------------------------


def counted(world):
    cards.shuffle_waiting(society=world.societies["north"].pk, at_least=1)
    return [value for _, value in cards.cards(keys=world.keys("nurlan"), kind="facts")]


def say(world, case, word):
    subject = consent_subject(case.number, to=world.staff["amina"], keys=world.keys("amina"))
    answer = {"purpose": "statistics", "said": word, "receiver": "", "fields": [], "seven": {}, "until": ""}
    consent.write_answer(keys=world.keys("amina"), subject=subject, answer=answer, at=timezone.now())


def test_a_bed_is_counted_only_on_the_facts_card_and_only_with_a_yes(world, house, beds):
    case = a_case(world)
    say(world, case, "yes")
    assert "shelter" not in counted(world)[0]
    arrived(world, ask(world, house, case), beds["1a"])
    assert "shelter" not in counted(world)[0], "the card does not change at the hour of the arrival"
    cases.review_risk(keys=world.keys("amina"), case=case, level="low", why="x", at=timezone.now())
    (card,) = counted(world)
    assert card["shelter"] == "yes"
    assert not {"House 3", case.number} & set(json.dumps(card).split('"'))
    say(world, case, "no")
    assert counted(world) == []
    cases.review_risk(keys=world.keys("amina"), case=case, level="low", why="x", at=timezone.now())
    assert counted(world) == [], "without a yes nothing is written anew"


# ---- erasing ----------------------------------------------------------------------------------


@pytest.fixture
def erased(world, slept, django_capture_on_commit_callbacks):
    case, stay = slept
    actions.write_incident(
        keys=world.keys("gulnar"), place=stay.place, kind="illness", text="Fever of Practice Person Tulip",
        told="a doctor", stay=stay, at=timezone.now(),
    )  # fmt: skip
    actions.leave(
        keys=world.keys("gulnar"), opened=look(world, stay), to="family", how="planned", at=timezone.now()
    )
    with django_capture_on_commit_callbacks(execute=True):
        vault.erase(keys=world.keys("bakyt"), file=case.file_id, at=timezone.now())
    return case, stay


def test_erasing_a_case_takes_what_the_house_knew(world, erased, django_capture_on_commit_callbacks):
    case, stay = erased
    with django_capture_on_commit_callbacks(execute=True):
        node_does_later(world, actions.forget_waiting)
    assert not vault_queries.opens(keys=world.keys("gulnar"), file=stay.file_id)
    assert not vault_queries.opens(keys=world.keys("bakyt"), file=stay.file_id)
    page = world.client("gulnar").get(reverse("shelter:stay", args=[stay.pk])).content.decode()
    assert "What the house knew of this person is erased" in page
    book = world.client("gulnar").get(reverse("shelter:book", args=[stay.place.pk])).content.decode()
    assert "Fever" not in book
    assert "Illness or injury" in book, "the book keeps kind and day"


def test_the_rows_follow_within_days_and_nothing_joins_them(world, erased):
    case, stay = erased
    node_does_later(world)
    assert File.objects.get(pk=stay.file_id).erased_at is None
    actions.forget_old_sheets(at=timezone.now())
    assert Part.objects.filter(file=stay.file_id).exists(), "not on the same day"
    later = timezone.now() + timedelta(days=6)
    assert actions.forget_old_sheets(at=later) == 1
    assert not Part.objects.filter(file=stay.file_id).exists()
    stay.refresh_from_db()
    assert (stay.mark, stay.follows, stay.sheet_until) == (None, None, None)
    assert actions.forget_old_sheets(at=later) == 0


def test_a_sheet_is_erased_some_time_after_leaving_and_the_nights_stay_counted(world, house, beds, tonight):
    stay = arrived(world, ask(world, house, a_case(world)), beds["1a"])
    actions.leave(
        keys=world.keys("gulnar"), opened=look(world, stay), to="family", how="planned", at=timezone.now()
    )
    assert actions.forget_old_sheets(at=timezone.now() + timedelta(days=80)) == 0
    assert actions.forget_old_sheets(at=timezone.now() + timedelta(days=91)) == 1
    assert not vault_queries.opens(keys=world.keys("gulnar"), file=stay.file_id)
    assert Stay.objects.get().state == "left"


def test_a_person_who_asks_reads_where_she_could_sleep(world, slept):
    case, _stay = slept
    told = list(handed_in(Asking("case", case.pk, case.file_id), world.keys("amina")))
    shown = repr([[getattr(part, "value", part) for part in one.parts] for one in told])
    assert "House 3" in shown and "Practice Person Tulip" in shown
    assert "Street" not in shown


def test_the_journal_of_the_case_says_nothing_of_a_bed(world, slept):
    case, stay = slept
    found = by_number_or_404(case.number, to=world.staff["amina"])
    of_stay = Entry.objects.filter(about=stay.file_id, event__startswith="shelter:")
    assert not of_stay.exists(), "a line beside those of the case would say whose bed it is"
    node_does_later(world, vault.write_journal_by_day)
    assert of_stay.count() == 5
    assert {entry.at for entry in of_stay} == {noon_of(timezone.now())}
    assert set(of_stay.values_list("who", flat=True)) == {world.staff[one].pk for one in ("amina", "gulnar")}
    assert not Entry.objects.filter(about=found.file_id, event__startswith="shelter:").exists()
    assert verify_society(case.society_id).wrong_at is None
    page = world.client("zarina").get(reverse("desk:journal")).text
    assert "asked for a bed" in page


def test_a_place_has_no_column_for_where_it_is(house):
    with connections["default"].cursor() as cursor:
        columns = [
            c.name
            for c in connections["default"].introspection.get_table_description(cursor, "shelter_place")
        ]
    assert set(columns) == {
        "id", "society_id", "name", "region", "kind", "admits", "languages", "state", "file_id", "book_id",
    }  # fmt: skip


def test_a_hand_over_that_did_not_come_about_moves_no_stay(world, slept):
    case, stay = slept
    with transaction.atomic():
        cases.hand_over(keys=world.keys("amina"), case=case, to=world.staff["cholpon"], at=timezone.now())
        transaction.set_rollback(True)
    node_does_later(world)
    stay.refresh_from_db()
    assert stay.follows == world.staff["amina"]


def test_what_waits_looks_the_same_with_a_stay_and_without(world, slept):
    case, _stay = slept
    hand_over(world, a_case(world), "cholpon")
    before = [len(bytes(row.wrapped)) for row in ShredRow.objects.filter(kind="later")]
    hand_over(world, case, "cholpon")
    assert [len(bytes(row.wrapped)) for row in ShredRow.objects.filter(kind="later")] == before


def test_a_bed_that_was_asked_for_a_moment_ago_is_not_called_late(world):
    """Its row keeps the quarter of the day: the list says *now*, never *four hours late*."""
    house = make_house(world)
    ask(world, house)
    page = world.client("gulnar").get("/").text
    assert "A bed was asked for" in page
    assert " h late" not in page and "min late" not in page
