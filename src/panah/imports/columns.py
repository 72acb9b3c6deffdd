"""Columns that a table of cases may have, by their HTCDS 2.0 names; the coded ones stand in the book of codes."""

from panah.cases.words.codes import book

NAMES = ("prs_FirstName", "prs_MiddleName", "prs_SecondName")
PHONES = ("prs_HomePhone", "prs_MobilePhone")
ADDRESS = ("prs_MailingStreet", "prs_MailingCity", "prs_MailingState", "prs_MailingPostalCode")
IDENTITY = (
    *NAMES,
    "prs_Birthdate",
    *PHONES,
    "prs_Email",
    *ADDRESS,
    "prs_MailingCountry",
    "prs_IdentityNumber",
)
CASE = ("cas_Status", "cas_ReasonForCaseClosure")
# By which a row is known again; the first that a table has counts.
ROW_ID = ("source_id", "cas_CaseNumber", "cas_CaseId", "cas_Id", "cas_Name")
# No place of their own in a case: kept word for word in the team's note.
NOTED = (
    "prs_Title", "prs_Salutation", "vic_LocationOfRecruitment", "vic_LocationOfExploitation",
    "cas_ReferringOrganisation", "cas_IncomingReferralDate", "cas_ReasonForIncomingReferral",
    "cas_IncomingReferralDetails", "cas_ReferredOrganisation", "cas_ReasonForOutgoingReferral",
    "cas_OutgoingReferralDate", "cas_OutgoingReferralDetails",
)  # fmt: skip
DEPRECATED_NOTED = ("vic_Vulnerabilities", "vic_DetailsOfVulnerabilities")
# A consent is the person's, for a purpose and a receiver: a tick in a table is none.
DEPRECATED_LEFT = ("vic_AgreementToManagePersonalData",)
STATUSES = ("Active", "FollowUp", "Closed", "ClosedReferred")


def coded() -> tuple[str, ...]:
    """Names of the coded columns: those of the standard, then the project's own."""
    return tuple(book().fields)


def known() -> dict[str, str]:
    """Every column that is understood, by its name in small letters."""
    names = (*ROW_ID, *IDENTITY, *CASE, *coded(), *NOTED, *DEPRECATED_NOTED, *DEPRECATED_LEFT)
    return {name.lower(): name for name in names}
