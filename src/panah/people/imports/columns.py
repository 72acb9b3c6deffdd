"""Columns that a table of cases may have, by their HTCDS 2.0 names; the coded ones stand in the book of codes."""

from panah.people.cases.words.codes import book

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
# No place of their own in a case: kept word for word in the team's note, and taken out again from there. A row of the
# standard's other tables (an organisation, an event, a plan) that stands beside the person comes along in the same way.
NOTED = (
    "prs_Title", "prs_Salutation", "prs_MailingLongitude", "prs_MailingLatitude",
    "vic_LocationOfRecruitment", "vic_LocationOfExploitation",
    "cas_CaseOwner", "cas_ReferringOrganisation", "cas_ReferringPrimaryCaseWorker", "cas_IncomingReferralDate",
    "cas_ReasonForIncomingReferral", "cas_IncomingReferralDetails", "cas_ReferredOrganisation",
    "cas_ReferredPrimaryCaseWorker", "cas_ReasonForOutgoingReferral", "cas_OutgoingReferralDate",
    "cas_OutgoingReferralDetails", "cco_CaseComment", "per_RoleInProcess", "per_RoleDetails",
    "org_Name", "org_Type", "org_Phone", "org_ShippingStreet", "org_ShippingCity", "org_ShippingState",
    "org_ShippingPostalCode", "org_ShippingCountry", "org_ShippingLongitude", "org_ShippingLatitude",
    "hte_Type", "hte_Date", "hte_Description", "hte_Street", "hte_City", "hte_State", "hte_PostalCode",
    "hte_Country", "hte_Longitude", "hte_Latitude",
    "spl_Type", "spl_Objectives", "spl_ActionPlan", "spl_PlannedEndDate", "spl_ActualEndDate",
)  # fmt: skip
DEPRECATED_NOTED = ("vic_Vulnerabilities", "vic_DetailsOfVulnerabilities")
ALL_NOTED = (*NOTED, *DEPRECATED_NOTED)
# A consent is the person's, for a purpose and a receiver: a tick in a table is none.
DEPRECATED_LEFT = ("vic_AgreementToManagePersonalData",)
CONSENT_LEFT = ("con_Consent",)
# The standard has them in its table of events, one line for each country; here they stand beside the person.
OWN_COUNTRIES = ("pan_CountriesOfExploitation", "pan_CountriesOfRecruitment")
STATUSES = ("Active", "FollowUp", "Closed", "ClosedReferred")


def coded() -> tuple[str, ...]:
    """Names of the coded columns: those of the standard, then the project's own."""
    return tuple(book().fields)


def known() -> dict[str, str]:
    """Every column that is understood, by its name in small letters."""
    names = (*ROW_ID, *IDENTITY, *CASE, *coded(), *ALL_NOTED, *DEPRECATED_LEFT, *CONSENT_LEFT)
    return {name.lower(): name for name in names}


def taken_out() -> tuple[str, ...]:
    """The columns of what is taken out, in order: those of the standard, and our own for what it has elsewhere."""
    fields = book().fields.values()
    standard = [field.field for field in fields if not field.extension]
    return ("source_id", *IDENTITY, *standard, *OWN_COUNTRIES, *CASE, *ALL_NOTED)
