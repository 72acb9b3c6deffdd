"""A paired society that tells without end, or the same thing twice: what of it is kept, and what a page shows."""

from __future__ import annotations

from uuid import uuid4

from django.utils import timezone

from panah.ground.exchange.words import ReceiptCode
from panah.programmes.cooperation import rules
from panah.programmes.cooperation.views.practices import AT_ONCE
from panah.programmes.cooperation.words import TEMPLATE
from tests.cooperation.network_space import arrives, here, on_list, status, text, told_to
from tests.diplomacy.running_commitments import today


def practice(number, *, entry=None, size=20, **more):
    said = {
        "title": f"Practice: number {number:03}.", "language": "en", "version": 1, "of_version": 1, "original": "",
        **dict.fromkeys(TEMPLATE, "x" * size), "contact": "", "elements": [], "provisions": [],
        "reviewed_by": "", "reviewed_on": "", "state": "",
    }  # fmt: skip
    return {
        "cooperation": 1, "kind": "practice", "entry": str(entry or uuid4()), "said": said, "ended": False,
        "society": "practice-north", "as_of": timezone.now().isoformat(), "for_review": False, **more,
    }  # fmt: skip


def test_of_one_teller_so_many_practices_stand_here_and_the_next_waits_until_one_is_taken_back(world, paired):
    first = uuid4()
    assert arrives(world, paired, practice(0, entry=first)) == ReceiptCode.TAKEN
    codes = [arrives(world, paired, practice(n), elsewhere=False) for n in range(1, rules.MOST_OF_A_KIND + 3)]
    assert codes == [ReceiptCode.TAKEN] * (rules.MOST_OF_A_KIND - 1) + [ReceiptCode.TOO_MANY] * 3
    assert told_to(world, "south").count() == rules.MOST_OF_A_KIND
    again = practice(0, entry=first)
    assert arrives(world, paired, again, elsewhere=False) == ReceiptCode.TAKEN, (
        "what is there may be told anew"
    )
    assert arrives(world, paired, status(today(-3).isoformat()), elsewhere=False) == ReceiptCode.TAKEN
    gone = practice(0, entry=first, ended=True)
    assert arrives(world, paired, gone, elsewhere=False) == ReceiptCode.TAKEN
    assert arrives(world, paired, practice(300), elsewhere=False) == ReceiptCode.TAKEN


def test_what_was_taken_back_is_known_for_long_but_not_without_end(world, paired, monkeypatch):
    monkeypatch.setattr(rules, "MOST_EVER", 3)
    gone = practice(0, ended=True, for_review=True)
    assert arrives(world, paired, gone) == ReceiptCode.TAKEN
    assert not on_list(world.staff["rustam"], "practice_review").exists(), "nothing is there to be reviewed"
    for n in (1, 2):
        assert arrives(world, paired, practice(n, ended=True), elsewhere=False) == ReceiptCode.TAKEN
    for ended in (True, False):
        code = arrives(world, paired, practice(3, ended=ended), elsewhere=False)
        assert code == ReceiptCode.TOO_MANY
    assert arrives(world, paired, gone, elsewhere=False) == ReceiptCode.TAKEN, "known here"


def test_a_list_of_practices_has_pages(world, paired):
    number = AT_ONCE + 1
    for n in range(number):
        arrives(world, paired, practice(n), elsewhere=n == 0)
    shown = [
        {n for n in range(number) if f"number {n:03}." in text(world.client("rustam").get(address))}
        for address in (here("practices"), here("practices") + f"?from={AT_ONCE}")
    ]
    assert [len(one) for one in shown] == [AT_ONCE, 1] and shown[0] | shown[1] == set(range(number))
    first = text(world.client("rustam").get(here("practices")))
    assert f"from={AT_ONCE}" in first and "from=0" not in first
    for wrong in ("x", "-1", "٣", "9" * 40):
        assert world.client("rustam").get(here("practices"), {"from": wrong}).status_code == 200


def test_a_commitment_that_comes_under_another_id_is_the_same_commitment(world, paired):
    def told(day, entry, **more):
        said = {key: more.pop(key) for key in list(more) if key != "ended"}
        message = status(today(day).isoformat(), **said) | {"entry": str(entry)} | more
        return arrives(world, paired, message, elsewhere=entry == first)

    first, second = uuid4(), uuid4()
    assert told(-10, first) == ReceiptCode.TAKEN
    for title in ("Practice: theirs", "practice, THEIRS!"):
        for day in (-20, -10, -1):
            assert told(day, second, title=title, progress="done") == ReceiptCode.NO_EVIDENCE, (day, title)
    assert told(-20, second, title="Practice: another") == ReceiptCode.TAKEN, (
        "another has evidence of its own"
    )
    assert told(-5, second) == ReceiptCode.NO_EVIDENCE, "and does not become the first one"
    assert told(-10, first, ended=True) == ReceiptCode.TAKEN
    third = uuid4()
    assert told(-20, third, progress="done") == ReceiptCode.NO_EVIDENCE
    assert told(-10, third, progress="done") == ReceiptCode.NO_EVIDENCE
    assert told(-10, third) == ReceiptCode.TAKEN, "the last word may come again"
    assert told(-3, third, progress="done") == ReceiptCode.TAKEN
    assert told(-10, first) == ReceiptCode.NO_EVIDENCE, "told once"
