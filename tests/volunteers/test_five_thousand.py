"""A table of five thousand volunteers: what it holds is seen, discarded or let in, and no question grows with it."""

import pytest

from benchmarks import volunteer_table
from panah.ground.vault import actions as vault
from panah.ground.vault.models import ShredRow
from panah.programmes.volunteers.importing import reading, storage
from panah.programmes.volunteers.importing.words import ImportState
from panah.programmes.volunteers.models import TableImport, Volunteer
from tests.counted_questions import questions
from tests.volunteers.bringing import BRING, HEADINGS, LET_IN, REPORT, STOP, TO_MEND, bring, confirm, work

MANY = 5_000
ELSEWHERE = b"sealed under the key of another host"


def table(people, share=0.2):
    """Made-up volunteers in two scripts; in one row of five something is to be mended."""
    return volunteer_table.comma_separated(
        volunteer_table.made_up(people, branches=("Arna", "Отделение Besh"), share=share).lines
    )


def asked_for(world, people):
    """What each step costs up to the report, and the report."""
    bakyt = world.client("bakyt")
    bakyt.get(BRING)
    brought, answer = questions(lambda: bring(bakyt, table(people)))
    assert answer.url == HEADINGS
    headed, page = questions(lambda: bakyt.get(HEADINGS))
    assert page.status_code == 200
    chosen, _answer = questions(lambda: confirm(bakyt))
    read, _done = questions(lambda: work(world))
    looked, page = questions(lambda: bakyt.get(REPORT))
    assert page.status_code == 200 and not Volunteer.objects.exists()
    mended, answer = questions(lambda: bakyt.get(TO_MEND))
    assert answer.status_code == 200
    return (brought, headed, chosen), (read, looked, mended), page


def does_not_open():
    """Neither the pieces of the table open any more, nor what was wrong with them."""
    kept = ShredRow.objects.filter(kind=storage.KIND).values_list("key", flat=True)
    one = TableImport.objects.get()
    vault.store_blobs(kind=storage.KIND, sealed=dict.fromkeys(kept, ELSEWHERE), society=one.society_id)


def discards(client, page):
    return STOP in page.text and client.post(STOP, follow=True).status_code == 200


def test_five_thousand_volunteers_are_read_with_a_question_for_a_thousand_and_discarded(world):
    few, few_read, _page = asked_for(world, 20)
    world.client("bakyt").post(STOP)
    many, many_read, page = asked_for(world, MANY)
    assert many == few
    pieces = TableImport.objects.get().pieces
    assert pieces == -(-TableImport.objects.get().rows // reading.PIECE) <= 6
    # A piece asks who is known, and where it lies; it grows with pieces, and with no row.
    assert all(now - before <= 20 * pieces for before, now in zip(few_read, many_read, strict=True)), (
        many_read
    )
    assert "to mend" in page.text and "more rows are not listed here" in page.text
    assert discards(world.client("bakyt"), page)
    assert not TableImport.objects.exists() and not ShredRow.objects.filter(kind=storage.KIND).exists()


def test_five_thousand_volunteers_are_let_in_and_the_report_stays_until_it_is_put_away(world):
    bakyt = world.client("bakyt")
    bring(bakyt, table(MANY, share=0))
    confirm(bakyt)
    work(world)
    assert bakyt.post(LET_IN).status_code == 302

    def until_all_are_in():
        # How much is done at a time depends on the machine.
        while TableImport.objects.get().state == ImportState.COMING:
            work(world)

    asked, _done = questions(until_all_are_in)
    assert asked <= 40 * MANY // reading.PIECE
    one = TableImport.objects.get()
    assert one.state == ImportState.DONE and Volunteer.objects.count() == MANY == one.came_in
    assert discards(bakyt, bakyt.get(REPORT)) and Volunteer.objects.count() == MANY


@pytest.mark.parametrize("broken", ["about", "faults"])
def test_a_report_of_which_a_part_does_not_open_is_told_and_can_be_discarded(world, broken):
    """As after a host key was replaced: what was sealed under the old one does not open again."""
    bakyt = world.client("bakyt")
    bring(bakyt, table(MANY))
    confirm(bakyt)
    work(world)
    if broken == "about":
        TableImport.objects.update(about=ELSEWHERE)
    else:
        does_not_open()
    page = bakyt.get(REPORT)
    assert page.status_code == 200 and bakyt.get(BRING).status_code == 200
    assert LET_IN not in page.text and TO_MEND not in page.text
    assert discards(bakyt, page) and not TableImport.objects.exists()
    assert bring(bakyt, table(20)).url == HEADINGS


def test_a_table_that_stops_to_open_while_it_is_read_or_let_in_is_given_up_and_can_be_discarded(world):
    bakyt = world.client("bakyt")
    bring(bakyt, table(MANY))
    confirm(bakyt)
    TableImport.objects.update(about=ELSEWHERE)
    work(world)
    assert TableImport.objects.get().state == ImportState.UNREADABLE, "it is not tried again for ever"
    assert discards(bakyt, bakyt.get(REPORT))
    bring(bakyt, table(MANY))
    confirm(bakyt)
    work(world)
    bakyt.post(LET_IN)
    does_not_open()
    work(world)
    page = bakyt.get(REPORT)
    assert "does not open any more" in page.text and discards(bakyt, page)
    assert not Volunteer.objects.exists() and not ShredRow.objects.filter(kind=storage.KIND).exists()
