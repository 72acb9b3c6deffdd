"""What a table says is read as it was meant, or refused: nothing is guessed, counted twice, or taken for a nought."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.kit.tables.limits import Unreadable
from panah.ground.kit.tables.workbooks import as_heading
from panah.programmes import figures
from panah.programmes.figures.reading.claim_json import as_json, from_json
from panah.programmes.figures.reading.codes import in_codes
from panah.programmes.figures.reading.column_mapping import ColumnMapping, lacking
from panah.programmes.figures.reading.compare import NumberOfTable, compare, twice
from panah.programmes.figures.reading.countries import country_of
from panah.programmes.figures.reading.layouts import look_at, propose
from panah.programmes.figures.reading.periods import Period, read_period
from panah.programmes.figures.reading.rows import ALL, Fault, Reader, TableClaim
from panah.programmes.figures.reading.tables import PieceFile, open_source
from panah.programmes.figures.reading.totals import disagreements
from panah.programmes.figures.reading.values import Cells, NotUnderstood, Says, Value, read_value, total

NRM = Path(figures.__file__).with_name("data") / "nrm_uk"
MOST = 2**28


def opened(body):
    return open_source(io.BytesIO(body), most_bytes=MOST)


def read(body, **changes):
    """Return the claims and the faults of a table under the columns that are proposed for it."""
    table = opened(body)
    mapping = propose(look_at(table.headings, table.rows), country="GB").changed(**changes)
    table = opened(body)
    reader = Reader(mapping, table.headings)
    found = [one for row in table.rows if not reader.left_out(row) for one in reader.read(row)]
    return [one for one in found if isinstance(one, TableClaim)], [
        one for one in found if isinstance(one, Fault)
    ]


@pytest.mark.parametrize("word", ["Total", "Jami", "ҷамъ", "жалпы", "Overall", "All ages"])
def test_a_total_is_known_by_the_words_of_the_region_and_held_against_its_parts(word):
    claims, faults = read(
        f"Year,Country,Sex,Calls\n2021,UZ,{word},40\n2021,UZ,Female,5\n2021,UZ,Male,28\n".encode()
    )
    assert not faults and claims[0].by == (("sex", ALL),)
    assert len(disagreements(claims)) == 1


# -- cells ------------------------------------------------------------------------------------------


@given(st.text(max_size=40))
def test_whatever_stands_in_a_cell_is_understood_or_refused(text):
    for cells in (Cells(), Cells(decimal=",", hidden_to=4, whole=False)):
        with suppress(NotUnderstood):
            value = read_value(text, cells)
            assert value.high is None or value.low <= value.high
            assert value.low is None or value.low >= 0


@given(st.integers(min_value=0, max_value=10**9))
def test_a_number_is_the_same_in_every_usual_writing(number):
    plain = f"{number:,}"
    for text in (str(number), plain, plain.replace(",", " "), plain.replace(",", "\u00a0"), f"{number}.0"):
        assert read_value(text).interval.low == number
    for text in (plain.replace(",", "."), plain.replace(",", " "), f"{number},0"):
        assert read_value(text, Cells(decimal=",")).low == number


@pytest.mark.parametrize(
    ("text", "says", "low", "high"),
    [
        ("0", Says.NUMBER, 0, 0),
        ("nil", Says.NUMBER, 0, 0),
        ("<5", Says.HIDDEN, 1, 4),
        ("< 5", Says.HIDDEN, 1, 4),
        ("≤5", Says.HIDDEN, 1, 5),
        (">1,000", Says.RANGE, 1001, None),
        ("10–14", Says.RANGE, 10, 14),
        ("1,834 [r]", Says.NUMBER, 1834, 1834),
        ("57 p", Says.NUMBER, 57, 57),
        ("..", Says.UNAVAILABLE, None, None),
        ("n/a", Says.UNAVAILABLE, None, None),
        ("н/д", Says.UNAVAILABLE, None, None),
        ("[z]", Says.NOT_ASKED, None, None),
        ("", Says.EMPTY, None, None),
    ],
)
def test_nought_hidden_not_available_and_empty_are_told_apart(text, says, low, high):
    value = read_value(text)
    assert (value.says, value.low, value.high) == (says, low, high)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-", "dash"),
        ("–", "dash"),
        ("*", "hidden-how-large"),
        ("-5", "below-nought"),
        ("1.834", "not-whole"),
        ("about ten", "not-a-number"),
        ("1,83", "not-a-number"),
        ("14-10", "range-turned"),
        ("<1", "range-turned"),
        ("#REF!", "sheet-error"),
        ("1.2E+05", "shortened"),
        ("\0formula", "formula"),
        ("9" * 14, "too-large"),
        ("٣٤", "not-a-number"),
    ],
)
def test_what_is_not_understood_says_why(text, code):
    with pytest.raises(NotUnderstood) as why:
        read_value(text)
    assert why.value.code == code


def test_a_source_says_what_its_signs_mean():
    assert read_value("-", Cells(signs={"-": "zero"})).interval.is_exact
    assert read_value("—", Cells(signs={"-": "unavailable"})).says == Says.UNAVAILABLE
    hidden = read_value("*", Cells(hidden_from=0, hidden_to=9))
    assert (hidden.says, hidden.low, hidden.high) == (Says.HIDDEN, 0, 9)
    assert read_value("<5", Cells(hidden_from=0)).low == 0


# -- sums ---------------------------------------------------------------------------------------------


def cell(true, hides):
    """Return how a publisher prints a true number, and what is read there."""
    if hides == "small" and 0 < true < 5:
        return read_value("<5")
    return read_value(".." if hides == "all" else str(true))


PRINTED = st.lists(st.tuples(st.integers(0, 50), st.sampled_from(["", "small", "all"])), max_size=8)


@given(PRINTED)
def test_a_sum_always_holds_the_true_one_and_is_exact_only_where_all_is_known(printed):
    values = [cell(true, hides) for true, hides in printed]
    added = total(values)
    true = sum(one for one, _hides in printed)
    assert added.low <= true and (added.high is None or true <= added.high)
    assert (added.high is None) == any(one.says == Says.UNAVAILABLE for one in values)
    assert added.is_exact == all(one.says == Says.NUMBER for one in values)


def claims_of(parts, *, year=2021, printed_total=None):
    """Return the claims of a table split by sex, with its total."""
    rows = [
        TableClaim(
            n + 2, "Persons", "identified", "person", "KZ", Period(year), (("group", str(n)),), cell(*one)
        )
        for n, one in enumerate(parts)
    ]
    added = sum(one for one, _hides in parts) if printed_total is None else printed_total
    by = (("group", ALL),)
    return [
        *rows,
        TableClaim(99, "Persons", "identified", "person", "KZ", Period(year), by, read_value(str(added))),
    ]


@given(PRINTED)
def test_a_true_total_never_disagrees_with_its_parts_however_much_is_hidden(parts):
    assert disagreements(claims_of(parts)) == []


@given(PRINTED.filter(lambda parts: parts and not any(hides == "all" for _true, hides in parts)))
def test_a_total_beyond_what_its_parts_can_be_is_found(parts):
    many = sum(one for one, _hides in parts) + 5 * len(parts)
    [found] = disagreements(claims_of(parts, printed_total=many))
    assert (found.row, found.dimension, found.printed, found.many) == (99, "group", str(many), len(parts))


def test_quarters_are_held_against_their_year_only_when_all_four_are_there():
    def at(part, printed):
        return TableClaim(2, "N", "decided", "person", "GB", Period(2021, part), (), read_value(printed))

    quarters = [at(f"Q{number}", "10") for number in range(1, 5)]
    assert disagreements([at("", "40"), *quarters]) == []
    assert [one.dimension for one in disagreements([at("", "41"), *quarters])] == ["part"]
    assert disagreements([at("", "41"), *quarters[:2]]) == []


# -- what changed -------------------------------------------------------------------------------------

VALUES = st.sampled_from(["0", "7", "31", "<5", ".."])
EDITION = st.dictionaries(st.integers(0, 9), VALUES, max_size=8)


def edition_of(edition):
    return {str(key): NumberOfTable(read_value(text), 2020 + key % 2) for key, text in edition.items()}


@given(EDITION, EDITION)
def test_every_number_of_both_editions_is_one_thing(before, after):
    before = {key: text for key, text in before.items() if text != ".."}
    found = compare(edition_of(before), edition_of(after))
    told = [*found.new, *found.changed, *found.unchanged, *found.gone]
    assert len(told) == len(set(told))
    assert len(told) + found.other_years == len({*before, *after})
    for key in found.changed:
        assert before[int(key)] != after[int(key)]


@given(EDITION)
def test_an_edition_differs_in_nothing_from_itself(edition):
    found = compare(edition_of(edition), edition_of(edition))
    assert not (found.new or found.changed or found.gone) or ".." in edition.values()


def test_a_number_that_is_no_longer_given_is_gone_and_not_nought():
    before, after = edition_of({1: "24", 3: "5"}), edition_of({1: "..", 3: "0"})
    found = compare(before, after)
    assert (found.gone, found.changed) == (["1"], ["3"])


# -- whole tables -------------------------------------------------------------------------------------


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_whatever_bytes_are_brought_are_rows_or_a_sentence(body):
    if body.startswith(b"PK\x03\x04"):
        return
    with suppress(Unreadable):
        claims, faults = read(body)
        assert all(one.code for one in faults) and all(one.key for one in claims)


TABLE = "Год{0}Страна{0}Пол{0}Количество\r\n2021{0}Казахстан{0}Женщины{0}<5\r\n2021{0}Узбекистан{0}Всего{0}1 834\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_reads_alike_in_every_usual_encoding(encoding, delimiter):
    claims, faults = read(TABLE.format(delimiter).encode(encoding), fixed={"measure": "identified"})
    assert not faults
    assert [(one.country, one.value.printed, one.by) for one in claims] == [
        ("KZ", "<5", (("sex", "Женщины"),)),
        ("UZ", "1 834", (("sex", ALL),)),
    ]
    assert in_codes(claims[0]) == ({"sex": "female"}, {})


def test_a_sentence_in_the_first_heading_and_lines_above_are_no_obstacle():
    body = b'Table 3: persons referred,,\n"Year in which the decision was made, whatever the year of the referral",Country,Persons\n'
    table = opened(body + b"2021,Kazakhstan,7\n")
    assert list(table.headings.values())[1:] == ["Country", "Persons"]
    assert [row.number for row in table.rows] == [3]


def test_years_as_headings_are_years_and_not_numbers():
    claims, faults = read(
        b"Country,2020,2021\nKazakhstan,5,<5\nUzbekistan,..,12\n", fixed={"measure": "identified"}
    )
    told = {(one.country, one.period.text): one.value.printed for one in claims}
    assert not faults and told[("KZ", "2021")] == "<5" and told[("UZ", "2020")] == ".." and len(told) == 4


@pytest.mark.parametrize(
    "name", ["conclusive_grounds_2021_2022", "reasonable_grounds_2021_2022", "referrals_2022_2023"]
)
def test_published_tables_are_read_whole_and_their_totals_are_totals(name):
    body = (NRM / f"{name}.csv").read_bytes()
    claims, faults = read(body)
    rows = list(csv.reader(io.StringIO(body.decode())))
    numbers = [cell for row in rows[1:] for cell in row[2:] if cell.replace(".", "").isdigit()]
    assert not faults and len(claims) == len(numbers) and not twice(claims) and not disagreements(claims)
    assert any(one.totals for one in claims)
    # The control: one cell that was typed wrongly makes its totals disagree, and each of them is named.
    spoiled = [one for one in claims if one.totals]
    wrong = spoiled[0].value
    spoiled[0] = TableClaim(
        **{**vars(spoiled[0]), "value": Value(wrong.says, wrong.low + 1, wrong.high + 1, "x")}
    )
    assert disagreements([*spoiled, *(one for one in claims if not one.totals)])


def test_two_tables_of_one_source_have_no_total_in_common():
    first, _faults = read((NRM / "conclusive_grounds_2021_2022.csv").read_bytes())
    second, _faults = read((NRM / "reasonable_grounds_2021_2022.csv").read_bytes())
    assert not {one.key for one in first} & {one.key for one in second}


@pytest.mark.parametrize(
    ("year", "part", "said"),
    [
        ("2014.0", "Total", "2014"),
        ("2014", "Q3", "2014-Q3"),
        ("2014", "III", None),
        ("2014", "3 квартал", "2014-Q3"),
        ("2014", "март", "2014-03"),
        ("2014-Q3", "", "2014-Q3"),
        ("2014/15", "", "2014/15"),
        ("2014/17", "", None),
        ("14", "", None),
        ("3014", "", None),
        ("2014.5", "", None),
    ],
)
def test_years_and_their_parts_as_publishers_write_them(year, part, said):
    if said is None:
        with pytest.raises(NotUnderstood):
            read_period(year, part)
    else:
        assert read_period(year, part, whole=frozenset({"total"})).text == said


@pytest.mark.parametrize(
    ("said", "code"),
    [("KAZ", "KZ"), ("kz", "KZ"), ("Киргизия", "KG"), ("Russian Federation", "RU"), ("Asia", None)],
)
def test_countries_by_code_and_name(said, code):
    assert country_of(said) == code


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=12)


@given(
    st.builds(
        ColumnMapping,
        roles=st.dictionaries(WORDS, WORDS, max_size=3),
        values=st.dictionaries(WORDS, st.dictionaries(WORDS, WORDS, max_size=2), max_size=3),
        fixed=st.dictionaries(WORDS, WORDS, max_size=2),
        totals=st.dictionaries(WORDS, st.lists(WORDS, max_size=2).map(tuple), max_size=2),
        countries=st.lists(WORDS, max_size=2).map(tuple),
        cells=st.builds(Cells, decimal=st.sampled_from(".,"), hidden_to=st.none() | st.integers(0, 9)),
    )
)
def test_what_was_said_of_columns_is_remembered_as_it_was_said(mapping):
    assert ColumnMapping.from_json(mapping.as_json()) == mapping


def test_a_claim_that_waits_is_the_same_when_it_is_taken():
    claims, _faults = read((NRM / "referrals_2022_2023.csv").read_bytes())
    assert [from_json(one.row, one.column, as_json(one)) for one in claims] == claims


def test_what_a_mapping_lacks_is_said_before_anything_is_read():
    headings = {as_heading(one): one for one in ("Year", "Persons")}
    assert lacking(ColumnMapping({"year": "year"}, {}), headings) == [
        "no-numbers",
        "no-measure",
        "no-country",
    ]
    assert not lacking(
        ColumnMapping({"year": "year"}, {"persons": {}}, {"measure": "calls", "country": "KZ"}), headings
    )


@given(
    st.binary(max_size=60),
    st.integers(1, 7),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 20)), max_size=5),
)
def test_a_file_in_pieces_reads_like_the_file(body, piece, asked):
    loaded = []

    def load(number):
        loaded.append(number)
        return body[number * piece : (number + 1) * piece]

    whole, pieces = io.BytesIO(body), io.BufferedReader(PieceFile(load, size=len(body), piece=piece), 3)
    for offset, size in asked:
        whole.seek(offset)
        pieces.seek(offset)
        assert pieces.read(size) == whole.read(size)
    assert Decimal(len(body)) == pieces.seek(0, io.SEEK_END)
