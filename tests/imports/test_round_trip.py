"""Whatever the standard's columns say comes in and goes out again alike, as CSV and as XLSX; what does not is said."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.kit.tables import workbooks
from panah.ground.kit.tables.reading import open_table
from panah.ground.work.words import kept_text, read_text
from panah.people.cases.models import Case
from panah.people.cases.words.codes import book
from panah.people.imports import columns, queries
from panah.people.imports.actions import Work, exporter, import_table, take_out
from panah.people.imports.actions.importer import _note as note_of
from panah.people.imports.rules.rows import check

TODAY = date(2026, 11, 24)
# The standard's 83 columns, as its table of fields names them.
STANDARD = set(
    """
org_Name org_ShippingCity org_ShippingCountry org_ShippingState org_ShippingStreet org_ShippingPostalCode
org_ShippingLongitude org_ShippingLatitude org_Phone org_Type prs_Salutation prs_FirstName prs_MiddleName
prs_SecondName prs_Birthdate prs_Gender prs_Deceased prs_MaritalStatus prs_NumberOfChildren prs_PrimaryLanguage
prs_SecondaryLanguage prs_HighestLevelOfEducation prs_Citizenship prs_IdentityNumber prs_Title prs_Email
prs_HomePhone prs_MobilePhone prs_MailingCity prs_MailingCountry prs_MailingState prs_MailingStreet
prs_MailingPostalCode prs_MailingLongitude prs_MailingLatitude vic_AgreementToManagePersonalData
vic_TraffickingStatus vic_TraffickingStatusDecisionMakingOrg vic_RelationshipToTrafficker vic_AgeWhenTrafficked
vic_RecruitmentWebsitesAndApps vic_MethodOfRecruitment vic_LocationOfRecruitment vic_MethodsOfControl
vic_TypeOfExploitation vic_ForcedLabourIndustry vic_TypeOfSexExploitation vic_LocationOfExploitation
vic_ExploitationWebsitesAndApps vic_Vulnerabilities vic_DetailsOfVulnerabilities per_RoleInProcess per_RoleDetails
cas_Status cas_ReasonForCaseClosure cas_CaseOwner cas_ReferringOrganisation cas_IncomingReferralDate
cas_ReferringPrimaryCaseWorker cas_ReasonForIncomingReferral cas_IncomingReferralDetails cas_ReferredOrganisation
cas_ReferredPrimaryCaseWorker cas_ReasonForOutgoingReferral cas_OutgoingReferralDate cas_OutgoingReferralDetails
cco_CaseComment hte_Longitude hte_Latitude hte_City hte_Country hte_State hte_Street hte_PostalCode hte_Date
hte_Type hte_Description spl_Objectives spl_ActionPlan spl_PlannedEndDate spl_ActualEndDate spl_Type con_Consent
""".split()  # noqa: SIM905  eighty of them read better so
)
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp")) | st.sampled_from(" '=+-@:"),
    min_size=1, max_size=20,
).map(str.strip).filter(bool)  # fmt: skip
LINES = st.lists(TEXT, min_size=1, max_size=3).map("\n".join)
NAME = TEXT.filter(lambda text: "?" not in text)


def plain(text):
    """What no spreadsheet writes for an error, and no cell for nothing."""
    return not text.startswith("#") and "\ufffd" not in text and text.strip() == text


def cell_of(name):
    """Cells as they are taken over, in the writing in which they go out."""
    fields = book().fields
    if name in fields:
        kind, values = fields[name].kind, [c.value for c in fields[name].codes if not c.extension]
        return {
            "flag": st.sampled_from(["true", "false"]),
            "number": st.integers(0, 99).map(str),
            "language": st.sampled_from(["ru", "uz", "ky"]),
            "countries": st.lists(st.sampled_from(["KG", "UZ", "RU"]), min_size=1, unique=True).map(";".join),
            "one": st.sampled_from(values or ["Other"]),
            "many": st.lists(st.sampled_from(values or ["Other"]), min_size=1, max_size=3, unique=True).map(
                ";".join
            ),
        }[kind]
    if name in columns.PHONES:
        return st.integers(10**9, 10**12).map("+{}".format)
    return {
        "prs_Birthdate": st.sampled_from(["1999", "1999-05", "1999-05-17"]),
        "prs_Email": st.just("practice@example.org"),
        "prs_MailingCountry": st.sampled_from(["KG", "TJ"]),
        "cas_Status": st.sampled_from(columns.STATUSES),
    }.get(name, LINES if name in (*columns.ALL_NOTED, "cas_ReasonForCaseClosure") else NAME).filter(plain)


TAKEN = [name for name in columns.taken_out() if name != "source_id"]
ROWS = st.dictionaries(st.sampled_from(TAKEN), st.just(None), min_size=1).flatmap(
    lambda chosen: st.fixed_dictionaries({name: cell_of(name) for name in chosen})
)


@given(ROWS.filter(lambda row: set(row) - {*columns.CASE}))
def test_what_a_row_says_goes_out_as_it_came_in_and_comes_in_again_alike(row):
    person, wrong = check(row, today=TODAY)
    assert wrong == []
    status = {"cas_Status": person.status, "cas_ReasonForCaseClosure": person.closing}
    line = {**exporter.said(person.identity, person.codes, read_text(kept_text(note_of(person)))), **status}
    told = {name: text for name, text in line.items() if text}
    event = {"hte_Type", "hte_Country"} if "pan_CountriesOfExploitation" in row else set()
    assert {n: t for n, t in told.items() if n in row or n not in {"cas_Status", *event}} == row
    for body in (exporter.as_csv([line]), exporter.as_xlsx([line])):
        [again] = open_table(io.BytesIO(body), columns.known(), open_sheet=workbooks.open_sheet).rows
        assert check(again.cells, today=TODAY)[0].noted == {
            name: text for name, text in told.items() if name in columns.ALL_NOTED
        }
        assert check(again.cells, today=TODAY)[0].identity == person.identity


def test_a_telephone_number_goes_out_as_it_is_dialled_and_a_formula_does_nothing():
    line = {"prs_MobilePhone": "+996700123456", "prs_FirstName": "=1+1", "cco_CaseComment": "- afraid"}
    assert b",+996700123456," in exporter.as_csv([line]) and b"'=1+1" in exporter.as_csv([line])
    [row] = open_table(io.BytesIO(exporter.as_xlsx([line])), columns.known()).rows
    assert (row.cells["prs_MobilePhone"], row.cells["cco_CaseComment"]) == ("+996700123456", "'- afraid")
    assert check(row.cells, today=TODAY)[0].noted == {"cco_CaseComment": "- afraid"}


def test_the_country_where_it_happened_goes_out_in_the_columns_of_the_standard():
    line = exporter.said({}, {"pan_CountriesOfExploitation": {"answer": "yes", "values": ["RU", "TR"]}}, "")
    assert (line["hte_Type"], line["hte_Country"]) == ("Exploitation", "RU;TR")


def test_all_columns_of_the_standard_are_known_and_go_out_but_a_tick_for_consent():
    assert len(STANDARD) == 83
    assert {name.lower() for name in STANDARD} <= set(columns.known())
    assert STANDARD - set(columns.taken_out()) == {*columns.CONSENT_LEFT, *columns.DEPRECATED_LEFT}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_column_of_the_standard_comes_in_and_goes_out_or_the_report_says_why_not(world, form):
    row = {name: CELLS.get(name, "Example") for name in columns.taken_out()}
    left = [*columns.CONSENT_LEFT, *columns.DEPRECATED_LEFT]
    body = "\n".join(
        [",".join([*row, *left]), ",".join([*row.values(), *("true" for _ in left)]), ""]
    ).encode()
    table, notes = queries.table_in(io.BytesIO(body))
    assert len(notes) == len(left) + len(columns.DEPRECATED_NOTED)
    assert all(any(name in note for note in notes) for name in left)
    north = world.societies["north"]
    work = Work(society=north, source="s", owners=queries.owners(north), at=world.at)
    report = import_table(keys=world.keys("bakyt"), table=table, work=work)
    assert (report.imported, report.wrong) == (1, [])
    out = take_out(
        keys=world.keys("bakyt"), rows=list(Case.objects.all()), purpose="documents", form=form, at=world.at
    )
    [again] = open_table(io.BytesIO(out), columns.known()).rows
    assert {n: t for n, t in again.cells.items() if n != "source_id"} == {
        n: t for n, t in row.items() if n != "source_id"
    }


CELLS = {
    "source_id": "A-1", "prs_Birthdate": "1999-05", "prs_HomePhone": "+996312000001", "prs_MobilePhone": "+996700000001",
    "prs_Email": "practice@example.org", "prs_MailingCountry": "KG", "cas_Status": "FollowUp",
    **{
        f.field: {"flag": "true", "number": "3", "language": "ky", "countries": "KG;RU"}.get(f.kind)
        or next(c.value for c in f.codes if not c.extension)
        for f in book().fields.values()
    },
}  # fmt: skip
