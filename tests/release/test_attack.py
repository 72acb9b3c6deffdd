"""The attack breaks what was planted for it, and lets honest releases pass."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from panah.programmes.release.attack import Kind, ShownRelease, attack
from panah.programmes.release.cells import Method, ProtectedTable, Rule, State, Table
from panah.programmes.release.coverage import Coverage, Relation, atoms, lies_in, relation
from panah.programmes.release.differencing import differences
from panah.programmes.release.rows_attack import RowsTrial
from panah.programmes.release.tables import protect
from tests.release.made_tables import AGE, COUNTRY, DECISION, YEAR, shown_as_they_are, table

RULE = Rule()
UNTIL_MAY = Coverage("people assisted", date(2026, 1, 1), date(2026, 5, 31), frozenset({"north", "south"}))
UNTIL_JUNE = replace(UNTIL_MAY, until=date(2026, 6, 30))
MAY = np.array([[60, 45, 12], [80, 33, 20]])


def month(added, *, population=UNTIL_JUNE, name="by age"):
    """Table until May, and the one until June with who was added; each society gets a share."""
    before = table(MAY, (DECISION, AGE), name=name, population=UNTIL_MAY)
    new = table(added, (DECISION, AGE), name=name, population=population)
    parts = {who: part + new.by_society[who] for who, part in before.by_society.items()}
    return before, Table(name, population, (DECISION, AGE), parts)


def release(name, shown, made):
    return ShownRelease(name, (shown,), {} if made is None else {made.name: made})


ONE_PERSON = [[0, 1, 0], [0, 0, 0]]
MANY = [[25, 31, 22], [24, 28, 33]]


@pytest.mark.parametrize("truth_is_kept", [True, False])
def test_two_months_that_differ_by_one_person_are_refused(truth_is_kept):
    may, june = month(ONE_PERSON)
    first, second = shown_as_they_are(may, RULE), shown_as_they_are(june, RULE)
    assert attack(release("May", first, may)).passed  # neither tells anything alone
    assert attack(release("June", second, june)).passed
    report = attack(release("June", second, june), [release("May", first, may if truth_is_kept else None)])
    assert not report.passed
    assert {one.kind for one in report.findings} == {Kind.DIFFERENCE}
    said = [str(one.sentence) for one in report.findings]
    assert any(
        "decision negative, age child any reader learns how many people were added: between 1 and 1" in one
        for one in said
    )
    assert any("Differences from “by age, 2026-01-01 – 2026-05-31”" in str(one) for one in report.tried)


def test_two_months_that_differ_by_many_pass():
    may, june = month(MANY)
    first, second = shown_as_they_are(may, RULE), shown_as_they_are(june, RULE)
    assert attack(release("June", second, june), [release("May", first, may)]).passed
    assert attack(release("June", second, june), [release("May", first, None)]).passed


def test_a_month_is_hidden_so_far_that_who_was_added_cannot_be_told():
    few = [[25, 31, 1], [24, 28, 33]]
    may, june = month(few)
    first = protect(may, RULE)
    careless = protect(june, RULE, published=[first])
    earlier = [release("May", first, may)]
    assert not attack(release("June", careless, june), earlier).passed
    careful = protect(june, RULE, published=[first], earlier=[may])
    assert careful.state((0, 2)) is State.HIDDEN
    assert attack(release("June", careful, june), earlier).passed


def test_a_region_taken_away_from_the_whole_is_attacked_too():
    north = replace(YEAR, places=frozenset({"north"}))
    whole, part = month(MANY, population=YEAR)
    whole = Table("by age", YEAR, whole.dimensions, whole.by_society)
    less = {who: counts.copy() for who, counts in whole.by_society.items()}
    who = next(who for who, counts in less.items() if counts[0, 2] >= 2)
    less[who][0, 2] -= 2  # two people live in the south
    part = Table("by age", north, whole.dimensions, less)
    report = attack(
        release("north", shown_as_they_are(part, RULE), part),
        [release("whole", shown_as_they_are(whole, RULE), whole)],
    )
    assert "how many people are in the earlier release only: between 2 and 2" in str(
        report.findings[0].sentence
    )
    protected = protect(part, RULE, published=[shown_as_they_are(whole, RULE)], earlier=[whole])
    assert attack(
        release("north", protected, part), [release("whole", shown_as_they_are(whole, RULE), whole)]
    ).passed


def test_a_joint_table_is_attacked_by_each_society_that_took_part():
    large = np.array([[300, 200, 150], [100, 200, 300]])
    rest = np.array([[30, 30, 40], [30, 40, 3]])
    made = Table("joint", YEAR, (DECISION, AGE), {"Society A": large, "Society B": rest})
    report = attack(release("joint", shown_as_they_are(made, RULE), made))
    assert [one.by for one in report.findings] == ["Society A"]
    assert "between 3 and 3" in str(report.findings[0].sentence)
    assert "Society A, Society B" in str(report.tried[0])
    assert attack(release("joint", protect(made, RULE), made)).passed


def test_a_society_subtracts_its_own_people_from_what_was_added():
    may = table(MAY, (DECISION, AGE), name="by age", population=UNTIL_MAY)
    added = {"Society A": np.array(MANY), "Society B": np.full((2, 3), 20), "Society C": np.full((2, 3), 0)}
    added["Society B"][1, 1] = 1
    june = Table(
        "by age", UNTIL_JUNE, may.dimensions, {who: part + added[who] for who, part in may.by_society.items()}
    )
    shown = [shown_as_they_are(one, RULE) for one in (may, june)]
    report = attack(release("June", shown[1], june), [release("May", shown[0], may)])
    assert [one.by for one in report.findings] == ["Society A"]
    # Where the society's earlier counts are gone, the report says what it could not try.
    unknown = attack(release("June", shown[1], june), [release("May", shown[0], None)])
    assert any("could not be attacked as Society A" in str(one) for one in unknown.tried)


def test_a_correction_by_one_person_is_refused_and_a_large_one_is_not():
    made = table(MAY, (DECISION, AGE), name="by age")
    shown = shown_as_they_are(made, RULE)
    for more, passes in ((1, False), (30, True)):
        parts = {who: part.copy() for who, part in made.by_society.items()}
        parts["Society A"][0, 0] += more
        corrected = Table("by age", YEAR, made.dimensions, parts)
        report = attack(
            release("again", shown_as_they_are(corrected, RULE), corrected), [release("first", shown, made)]
        )
        assert report.passed is passes
        assert any("cannot both be true" in str(one) for one in report.tried)
        if not passes:
            assert "was 60 and is 61 for the same people" in str(report.findings[0].sentence)


def test_another_table_of_the_same_people_is_taken_together_with_this_one():
    # By decision and age the cell is hidden; by decision and age again, by country, its column is told.
    made = table([[2, 30, 40], [30, 40, 50]], (DECISION, AGE), name="second", societies=1)
    hidden = protect(made, RULE)
    assert attack(release("second", hidden, made)).passed
    told = shown_as_they_are(Table("first", YEAR, made.dimensions, made.by_society), RULE)
    report = attack(release("second", hidden, made), [release("first", told, None)])
    assert any("between 2 and 2" in str(one.sentence) for one in report.findings)


def test_a_later_table_must_not_open_what_an_earlier_one_hid():
    made = table([[2, 30, 40], [30, 2, 50]], (DECISION, AGE), name="by age", societies=1)
    hidden = protect(made, RULE)
    assert attack(release("first", hidden, made)).passed
    again = Table("again", YEAR, made.dimensions, made.by_society)
    told = shown_as_they_are(again, RULE, hide_below=3)
    for truth in (made, None):
        report = attack(release("again", told, again), [release("first", hidden, truth)])
        assert any("“by age, 2026-01-01 – 2026-12-31”" in str(one.sentence) for one in report.findings)
    careful = protect(again, RULE, published=[hidden])
    assert (careful.states == hidden.states).all()
    assert attack(release("again", careful, again), [release("first", hidden, made)]).passed


def test_tables_too_large_to_join_are_tied_by_what_they_share(monkeypatch):
    monkeypatch.setattr("panah.programmes.release.joined.MOST_UNKNOWNS", 10)
    by_age = table([[2, 30, 40], [30, 40, 50]], (DECISION, AGE), name="by age", societies=1)
    by_country = table(
        [[22, 10, 10, 10, 10, 10], [20, 20, 20, 20, 20, 20]],
        (DECISION, COUNTRY),
        name="by country",
        societies=1,
    )
    shown = protect(by_age, RULE)
    careless = shown_as_they_are(by_country, RULE)
    truth = {"by age": by_age, "by country": by_country}
    report = attack(ShownRelease("both", (shown, careless), truth))
    assert any("too large to be joined" in str(one) for one in report.tried)
    # The other table tells the sum by decision, and nothing about age: what is hidden by age stays so.
    assert report.passed


def test_what_was_not_attacked_is_not_passed():
    made = table(MAY, (DECISION, AGE))
    assert not attack(release("r", protect(made, RULE), None)).passed
    assert not attack(ShownRelease("r", (), has_rows=True)).passed


def test_rounded_tables_are_attacked_by_what_rounding_tells():
    made = table([[2, 30, 40], [30, 40, 50]], (DECISION, AGE), societies=1)
    rounded = protect(made, Rule(method=Method.ROUND))
    assert attack(release("r", rounded, made)).passed
    narrow = ProtectedTable(
        made.name,
        made.population,
        made.dimensions,
        rounded.states,
        rounded.values // 10 * 2,
        Rule(base=2),
        "none",
    )
    narrow.values[:] = np.where(
        rounded.states == State.ROUNDED, shown_as_they_are(made, RULE).values // 2 * 2, -1
    )
    assert not attack(release("r", narrow, made)).passed


def test_populations_of_other_measures_and_other_years_are_told_apart():
    year_before = replace(YEAR, since=date(2025, 1, 1), until=date(2025, 12, 31))
    moving = replace(YEAR, since=date(2026, 3, 1), until=date(2027, 2, 28))
    assert relation(UNTIL_MAY, UNTIL_JUNE) is Relation.WITHIN
    assert relation(UNTIL_JUNE, UNTIL_MAY) is Relation.AROUND
    assert relation(YEAR, YEAR) is Relation.SAME
    assert relation(year_before, YEAR) is Relation.APART
    assert relation(YEAR, moving) is Relation.OVERLAPS
    assert relation(replace(YEAR, measure="trained"), YEAR) is Relation.OTHER_MEASURE
    pieces = atoms([UNTIL_MAY, UNTIL_JUNE, replace(UNTIL_JUNE, places=frozenset({"north"}))])
    assert len(pieces) == 4
    assert sum(lies_in(piece, UNTIL_MAY) for piece in pieces) == 2
    made = table(MAY, (DECISION, AGE), name="by age")
    shown = shown_as_they_are(made, RULE)
    trained = shown_as_they_are(
        table(MAY + 1, (DECISION, AGE), name="by age", population=replace(YEAR, measure="trained")), RULE
    )
    report = attack(release("r", shown, made), [release("t", trained, None)])
    assert report.passed and any("counts something else" in str(one) for one in report.tried)


def test_differences_name_every_count_that_changed():
    may, june = month([[7, 0, 0], [0, 0, 2]])
    found = list(differences(shown_as_they_are(june, RULE), shown_as_they_are(may, RULE)))
    assert ("decision negative, age adult", 60, 67, False) in [
        (d.cell, d.before, d.after, d.small) for d in found
    ]
    assert sum(one.small for one in found) == 3  # the two added, in their cell and its two totals


def test_a_table_that_counts_by_nothing_in_common_is_compared_by_its_total():
    made = table(MAY, (DECISION, AGE))
    other = table([50, 40, 60, 40, 40, 21], (COUNTRY,))
    (one,) = differences(shown_as_they_are(other, RULE), shown_as_they_are(made, RULE))
    assert (one.cell, one.before, one.after, one.small) == ("Total", 250, 251, True)


def people(seed, count=600):
    """Codes of made-up people: five columns that hang together, with rare answers."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(0, 4, count)
    columns = [(kind * 5 + rng.geometric(0.35, count)) % 20 for _ in range(5)]
    return np.stack(columns, axis=1).astype(np.uint16)


def rehearsal(rows):
    return RowsTrial(rows, people(1), people(2))


def test_rows_made_without_the_people_pass():
    report = attack(ShownRelease("rows", (), has_rows=True), trial=rehearsal(people(3)))
    assert report.passed, [str(one.sentence) for one in report.findings]
    assert "600 people who were counted" in str(report.tried[0])


def test_copied_rows_are_found():
    rows = np.concatenate([people(3, 400), people(1)[:200]])
    report = attack(ShownRelease("rows", (), has_rows=True), trial=rehearsal(rows))
    assert any("Rows were copied" in str(one.sentence) for one in report.findings)
    assert all(one.kind is Kind.ROWS for one in report.findings)


def test_people_copied_with_one_answer_changed_are_found_by_their_nearness():
    rows = people(1).copy()
    rng = np.random.default_rng(9)
    rows[np.arange(len(rows)), rng.integers(0, 5, len(rows))] = 30
    report = attack(ShownRelease("rows", (), has_rows=True), trial=rehearsal(rows))
    assert ["one can tell who was counted" in str(one.sentence) for one in report.findings] == [True]


def test_too_few_people_are_no_rehearsal():
    few = RowsTrial(people(3), people(1, 20), people(2, 20))
    assert not attack(ShownRelease("rows", (), has_rows=True), trial=few).passed
