"""What tests begin with is made once in a process: each of them finds the same rows, and never old ones."""

from uuid import uuid4

import pytest

from panah.ground.network.models import Society
from tests import rows_again
from tests.referrals.across import Story
from tests.rows_again import everything, once, values
from tests.walk import undone


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(rows_again, "KEPT", {})


def one_is_new_one_is_changed_and_one_is_gone():
    Society.objects.create(slug=f"practice-{uuid4().hex[:9]}", iso2="ZZ", iso3="ZZZ", name_en="Practice")
    Society.objects.filter(slug="practice-north").update(name_en="Practice, by another name")
    Society.objects.get(slug="practice-to-go").delete()
    return sorted(Society.objects.values_list("slug", flat=True))


def rows():
    return {key: values(row) for key, row in everything().items()}


def test_what_was_made_once_stands_there_again_to_the_value_and_nothing_that_it_took_away(world):
    Society.objects.create(slug="practice-to-go", iso2="ZZ", iso3="ZZZ", name_en="Practice")
    before, found = rows(), []
    for _ in ("made", "written down again", "in the same statements"):
        with undone():
            made = once(("test", world.at), one_is_new_one_is_changed_and_one_is_gone)
            found.append((made, rows()))
    assert found[0] == found[1] == found[2]
    (_made, after) = found[0]
    assert len(after.keys() - before.keys()) == len(before.keys() - after.keys()) == 1
    assert len([key for key in after.keys() & before.keys() if after[key] != before[key]]) == 1


def test_what_was_made_long_ago_is_made_anew_with_all_that_was_made_over_it(world, monkeypatch):
    made = []
    for seconds, times in ((0, 1), (rows_again.A_WHILE, 1), (rows_again.A_WHILE + 1, 2)):
        monkeypatch.setattr(rows_again, "monotonic", lambda seconds=seconds: 1000.0 + seconds)
        rows_again.forget_old()
        once("paired", lambda: made.append("paired"))
        once("met", lambda: made.append("met"))
        assert made == ["paired", "met"] * times


def test_whoever_does_something_before_what_is_kept_as_the_first_of_all_is_told(world, paired):
    story = Story.begun(world)
    Society.objects.create(slug="practice-before", iso2="ZZ", iso3="ZZZ", name_en="Practice")
    with pytest.raises(AssertionError, match="would be kept"):
        story.first(Story.accepted)
