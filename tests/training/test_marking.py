"""Drawing questions and marking answers: plain rules."""

from random import Random

import pytest

from panah.programmes.training.marking import Tally, as_marks, drawn, number_right, passed, read_marks


def dice(seed):
    return Random(seed)  # noqa: S311  the same each time is what is wanted


def test_ten_questions_are_drawn_evenly_from_the_modules_and_a_small_bank_is_filled_up_from_the_others():
    banks = [[("a", n) for n in range(20)], [("b", n) for n in range(2)], [("c", n) for n in range(20)]]
    found = drawn(banks, dice(1))
    assert len(found) == len(set(found)) == 10
    assert [sum(of == bank for of, _n in found) for bank in "abc"] == [4, 2, 4]
    assert drawn([[], []], dice(1)) == []
    assert len(drawn([[("a", 1)]], dice(1))) == 1
    assert drawn(banks, dice(1)) != drawn(banks, dice(2))


def test_a_question_with_two_right_answers_needs_both_and_no_third():
    right = [(0,), (0, 2)]
    assert number_right([[0], [2, 0]], right) == 2
    assert number_right([[0], [0]], right) == 1
    assert number_right([[0], [0, 1, 2]], right) == 1
    assert number_right([[], []], right) == 0


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1 3 24", [[0], [2], [1, 3]]),
        ("1,3,42", [[0], [2], [1, 3]]),
        ("130", [[0], [2], []]),
        ("1 0 2", [[0], [], [1]]),
        ("1 3", None),
        ("1 5 2", None),
        ("", None),
        ("1 3 2 2", None),
    ],
)
def test_what_a_trainer_types_off_a_sheet_is_read_or_refused(text, read):
    assert read_marks(text, options=[4, 4, 4]) == read
    if read is not None:
        assert read_marks(as_marks(read), options=[4, 4, 4]) == read


def test_seven_of_ten_pass_at_seventy_percent_and_six_do_not():
    assert passed(7, of=10, enough=70) and not passed(6, of=10, enough=70)
    assert not passed(0, of=0, enough=0)


def test_a_question_that_nobody_or_everybody_gets_right_or_fewer_after_than_before_is_seen():
    def tally(before, after):
        one = Tally()
        for is_after, (right, of) in ((False, before), (True, after)):
            one.add(after=is_after, right=right, of=of)
        return one

    assert tally((0, 5), (0, 5)).faults == ["nobody"]
    assert tally((5, 5), (5, 5)).faults == ["everybody"]
    assert tally((4, 5), (3, 5)).faults == ["fewer-after"]
    assert tally((3, 5), (4, 5)).faults == []
    # Four answers say nothing.
    assert tally((0, 4), (0, 0)).faults == [] and tally((4, 4), (0, 4)).faults == []
    assert tally((0, 0), (0, 0)).share_before is None
