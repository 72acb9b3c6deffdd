"""One row: what of a person is taken over as it stands, and which cell is sent back with which code."""

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.kit.tables import workbooks
from panah.ground.kit.tables.cells import CellError, language, partial_date
from panah.people.imports import columns
from panah.people.imports.rules import rows
from panah.people.imports.rules.rows import bounds, check

TODAY = date(2026, 11, 24)
NEVER = date(2100, 1, 1)


def taken(**cells):
    """The person of a row in which nothing is wrong."""
    person, wrong = check(cells, today=TODAY)
    assert wrong == []
    return person


def sent_back(**cells):
    """Every (column, code) of a row from which no person comes."""
    person, wrong = check(cells, today=TODAY)
    assert person is None
    return wrong


def code_of(read, *given):
    with pytest.raises(CellError) as refused:
        read(*given)
    return refused.value.code


# -- who it is ------------------------------------------------------------------------------------


def test_who_she_is_goes_where_the_form_of_a_case_would_put_it():
    person = taken(
        prs_FirstName="Ann", prs_SecondName="Practice", prs_MailingStreet="1 Road", prs_MailingCity="Town",
        prs_MailingCountry="KAZ", prs_IdentityNumber="N1", prs_Email="ann@practice.example",
        prs_HomePhone="00996 (555) 12-34-56", prs_MobilePhone="+996 555 123457", prs_Birthdate="5.2001",
    )  # fmt: skip
    assert person.identity == {
        "names": [
            {"text": "Ann Practice", "kind": "full", "parts": {"prs_FirstName": "Ann", "prs_SecondName": "Practice"}}
        ],
        "born": "2001-05",
        "email": "ann@practice.example",
        "contact": "ann@practice.example",
        "phones": [
            {"number": "+996555123456", "safe": "unknown", "note": "", "of": "prs_HomePhone"},
            {"number": "+996555123457", "safe": "unknown", "note": "", "of": "prs_MobilePhone"},
        ],
        "addresses": [
            {
                "text": "1 Road, Town", "country": "KZ", "note": "",
                "parts": {"prs_MailingStreet": "1 Road", "prs_MailingCity": "Town"},
            }
        ],
        "papers": [{"kind": "other", "number": "N1"}],
    }  # fmt: skip
    assert (person.born, person.status, person.closing, person.language) == ("2001-05", "Active", "", "")


def test_of_a_person_without_name_address_or_papers_none_is_made_up():
    assert taken(prs_Gender="Feminine").identity == {}
    assert taken(prs_MailingCountry="KZ").identity["addresses"] == [
        {"text": "", "country": "KZ", "note": "", "parts": {}}
    ]
    assert taken(prs_MailingCity="Town").identity["addresses"][0]["country"] == ""


def test_her_case_keeps_its_state_its_reason_and_what_has_no_column_of_ours():
    person = taken(
        prs_FirstName="Ann", cas_Status="closedreferred", cas_ReasonForCaseClosure="Moved away",
        prs_PrimaryLanguage="KIR", prs_Title="Ms", vic_Vulnerabilities="alone",
        vic_AgreementToManagePersonalData="true",
    )  # fmt: skip
    assert (person.status, person.closing, person.language) == ("ClosedReferred", "Moved away", "ky")
    assert person.noted == {"prs_Title": "Ms", "vic_Vulnerabilities": "alone"}
    assert person.codes == {"prs_PrimaryLanguage": {"answer": "yes", "values": ["ky"]}}
    assert sent_back(prs_FirstName="Ann", cas_Status="Sleeping") == [("cas_Status", "not-in-list")]


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (
            {"vic_TypeOfExploitation": "forcedlabour; ChildLabour|forcedLabour;"},
            ["ForcedLabour", "ChildLabour"],
        ),
        ({"prs_Citizenship": "KG|KAZ;kg"}, ["KG", "KZ"]),
        ({"prs_Gender": "feminine"}, ["Feminine"]),
        ({"prs_NumberOfChildren": "07"}, ["7"]),
        ({"prs_NumberOfChildren": "0"}, ["0"]),
    ],
)
def test_codes_are_taken_as_the_standard_writes_them_and_each_once(cells, codes):
    (name,) = cells
    assert taken(**cells).codes == {name: {"answer": "yes", "values": codes}}


@pytest.mark.parametrize(
    ("tick", "answer"), [("TRUE", "yes"), ("1", "yes"), ("да", "yes"), ("0", "no"), ("No", "no")]
)
def test_a_tick_is_a_yes_or_a_no(tick, answer):
    assert taken(pan_Stateless=tick).codes == {"pan_Stateless": {"answer": answer}}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("vic_TypeOfExploitation", "ForcedLabour;Begging", "not-in-list"),
        ("vic_TypeOfExploitation", ";", "not-in-list"),
        ("prs_Citizenship", "KG;Atlantis", "not-a-country"),
        ("prs_MailingCountry", "QQQ", "not-a-country"),
        ("prs_MailingCountry", "JJJ", "not-a-country"),
        ("prs_Gender", "Feminine;Masculine", "only-one"),
        ("prs_NumberOfChildren", "100", "not-a-number"),
        ("prs_NumberOfChildren", "two", "not-a-number"),
        ("prs_NumberOfChildren", "٣", "not-a-number"),
        ("prs_PrimaryLanguage", "xx", "not-a-language"),
        ("pan_Stateless", "perhaps", "not-yes-or-no"),
        ("prs_Email", "ann@practice", "not-an-address"),
        ("prs_Email", "ann @practice.example", "not-an-address"),
        ("prs_HomePhone", "0555 123456", "not-a-phone"),
        ("prs_Birthdate", "soon", "not-a-date"),
        ("prs_Birthdate", "17/05/2001", "slashes"),
        ("prs_Birthdate", "37028,5", "not-a-date"),
        ("prs_Birthdate", "32.01.2001", "no-such-day"),
        ("prs_FirstName", "A\x07nn", "control"),
        ("prs_FirstName", "Ann\ufffd", "control"),
        ("prs_FirstName", f"Ann{chr(0xD800)}", "control"),
        ("prs_FirstName", "Ann\u0378", "control"),
        ("prs_FirstName", "Ann\nBob", "line-break"),
        ("prs_FirstName", "Ann\rBob", "line-break"),
        ("prs_MailingCity", "Ann\nBob", "line-break"),
        ("prs_IdentityNumber", "Ann\nBob", "line-break"),
        ("prs_MailingPostalCode", "1\n2", "line-break"),
        ("source_id", "1\n2", "line-break"),
        ("prs_MailingStreet", "??????", "lost-letters"),
        ("prs_MiddleName", "?айрат", "lost-letters"),
        ("prs_FirstName", workbooks.FORMULA, "formula"),
        ("prs_FirstName", workbooks.MERGED, "merged"),
        ("prs_FirstName", workbooks.SHORTENED, "shortened"),
    ],
)
def test_a_cell_that_is_not_what_its_column_says_is_sent_back_with_one_code(name, text, code):
    assert sent_back(**{name: text}) == [(name, code)]


def test_everything_that_is_wrong_with_a_row_is_said_at_once():
    wrong = sent_back(prs_FirstName="Ann", prs_Birthdate="soon", prs_Gender="Other~", pan_Stateless="perhaps")
    assert wrong == [
        ("prs_Birthdate", "not-a-date"),
        ("prs_Gender", "not-in-list"),
        ("pan_Stateless", "not-yes-or-no"),
    ]


@pytest.mark.parametrize("cells", [{}, {"prs_FirstName": ""}, {"source_id": "7"}, {"cas_Status": "Active"}])
def test_a_row_that_says_nothing_of_a_person_is_nobody(cells):
    assert sent_back(**cells) == [("", "nothing")]


@pytest.mark.parametrize("text", ["Ms", "Ms or Mrs??", "a=1", "?сно"])
def test_a_note_alone_is_somebody_and_stays_word_for_word(text):
    assert taken(prs_Title=text).noted == {"prs_Title": text}


# -- how much ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "most"), [("prs_FirstName", 200), ("source_id", 200), ("cas_ReasonForCaseClosure", 10_000)]
)
def test_a_cell_of_the_greatest_length_is_taken_and_one_letter_more_is_not(name, most):
    rest = {} if name == "prs_FirstName" else {"prs_FirstName": "Ann"}
    assert taken(**rest, **{name: "A" * most})
    assert sent_back(**rest, **{name: "A" * (most + 1)}) == [(name, "too-long")]


def test_an_address_of_254_letters_is_taken_as_the_post_of_the_net_does():
    assert taken(prs_Email="a" * 249 + "@b.cd").identity["email"]
    assert sent_back(prs_Email="a" * 250 + "@b.cd") == [("prs_Email", "not-an-address")]


def test_a_tick_for_consent_is_left_however_long_it_is():
    assert taken(prs_FirstName="Ann", vic_AgreementToManagePersonalData="x" * 300).codes == {}


def test_lines_and_tabs_stay_in_a_note():
    assert taken(vic_LocationOfRecruitment="a\tb\nc\r\nd").noted == {
        "vic_LocationOfRecruitment": "a\tb\nc\nd"
    }


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_the_apostrophe_that_an_export_set_is_taken_off_again_and_no_second_one(sign):
    assert taken(prs_Title=f"'{sign}1").noted == {"prs_Title": f"{sign}1"}
    assert taken(prs_Title=f"{sign}1").noted == {"prs_Title": f"{sign}1"}
    assert taken(prs_Title=f"''{sign}").noted == {"prs_Title": f"'{sign}"}


# -- known again -------------------------------------------------------------------------------------


def test_a_row_is_known_again_by_the_first_id_that_its_table_has():
    first = taken(prs_FirstName="Ann", cas_CaseNumber="c", source_id="s", cas_Name="n")
    assert (first.id_column, first.row_id) == ("source_id", "s")
    other = taken(prs_FirstName="Ann", cas_Name="n", cas_CaseNumber="c")
    assert (other.id_column, other.row_id) == ("cas_CaseNumber", "c")
    mark = hashlib.sha256(b"prs_FirstName\x1eAnn\x1fsource_id\x1e7").digest()
    assert taken(source_id="7", prs_FirstName="Ann").digest == mark, (
        "what was brought last year is known by it"
    )
    none = taken(prs_FirstName="Ann")
    assert (none.id_column, none.row_id) == ("", "")


@given(
    st.dictionaries(
        st.sampled_from([*columns.NAMES, "prs_Title", "prs_Salutation"]),
        st.text("abc", min_size=1),
        min_size=2,
    )
)
def test_a_row_has_one_mark_in_whatever_order_its_columns_stand_and_another_once_a_cell_changes(cells):
    mark = taken(**cells).digest
    assert len(mark) == 32
    assert taken(**dict(reversed(cells.items()))).digest == mark
    assert taken(**cells, cas_Name="").digest == mark, "an empty cell says nothing"
    for name in cells:
        assert taken(**cells | {name: cells[name] + "d"}).digest != mark
    first, second = list(cells)[:2]
    swapped = cells | {first: cells[second], second: cells[first]}
    assert (taken(**swapped).digest == mark) == (swapped == cells)


# -- dates, numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2001", "2001"), ("2001-5", "2001-05"), ("2001-05-7", "2001-05-07"), ("7.5.2001", "2001-05-07"),
        ("12.2001", "2001-12"), ("1906", "1906"), ("2026-11-24", "2026-11-24"), ("2026", "2026"),
        ("2004-02-29", "2004-02-29"),
    ],
)  # fmt: skip
def test_a_date_of_birth_is_as_exact_as_she_knows_it(text, read):
    assert partial_date(text, TODAY) == read


def test_a_child_born_this_year_or_this_month_may_be_of_today():
    assert partial_date("2026", date(2026, 1, 1)) == "2026"
    assert partial_date("2026-03", date(2026, 3, 1)) == "2026-03"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-11-25", "in-future"), ("2027", "in-future"), ("1905", "too-old"), ("2001-13", "no-such-day"),
        ("2001-00", "no-such-day"), ("2005-02-29", "no-such-day"), ("1/2/2001", "slashes"),
        ("370281", "not-a-date"), ("17.05.01", "not-a-date"), ("", "not-a-date"),
    ],
)  # fmt: skip
def test_what_is_no_date_of_birth_says_why(text, code):
    assert code_of(partial_date, text, TODAY) == code


@given(st.dates(date(1990, 1, 1), date(2026, 11, 24)))
def test_a_date_may_mean_every_day_from_the_first_to_the_last_of_what_is_known(day):
    whole = day.isoformat()
    assert bounds(whole) == (day, day)
    for known in (whole[:7], whole[:4]):
        earliest, latest = bounds(known)
        assert earliest.isoformat().startswith(known) and latest.isoformat().startswith(known)
        assert earliest <= day <= latest
        before = date.fromordinal(earliest.toordinal() - 1).isoformat()
        after = date.fromordinal(latest.toordinal() + 1).isoformat()
        assert not before.startswith(known) and not after.startswith(known)


@given(st.dates(date(1990, 1, 1), date(2026, 11, 24)))
def test_a_date_reads_alike_year_first_and_day_first(day):
    assert partial_date(day.isoformat(), NEVER) == partial_date(f"{day:%d.%m.%Y}", NEVER) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+12345678", "+12345678"), ("+123456789012345", "+123456789012345"), ("0012345678", "+12345678"),
        ("+1\u2010234\u00a0567.89", "+123456789"), ("+996(555)12-34-56", "+996555123456"),
    ],
)  # fmt: skip
def test_a_number_is_taken_with_its_country(text, number):
    assert rows.phone(text) == number


@pytest.mark.parametrize(
    "text", ["+1234567", "+1234567890123456", "+0123456789", "12345678", "+٣٣٣٣٣٣٣٣٣", "+12345678x", ""]
)
def test_what_cannot_be_dialled_is_no_number(text):
    assert code_of(rows.phone, text) == "not-a-phone"


@pytest.mark.parametrize(
    ("text", "tag"), [("rus", "ru"), (" Ru ", "ru"), ("KAZ", "kk"), ("tgk", "tg"), ("kk", "kk")]
)
def test_a_language_is_known_by_two_letters_or_by_three(text, tag):
    assert language(text) == tag


@pytest.mark.parametrize(("text", "code"), [("kaz", "KZ"), (" kz ", "KZ"), ("XA", "XA")])
def test_a_country_is_known_by_two_letters_or_by_three_and_practice_has_its_own(text, code):
    assert rows.country(text) == code
    assert code_of(rows.country, "") == "not-a-country"
