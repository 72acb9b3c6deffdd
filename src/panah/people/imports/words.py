"""Sentences of the reports. They name row and column, never what stands in a cell."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from panah.ground.kit.tables import words as tables_words

WRONG = {
    **tables_words.WRONG,
    "id-twice": gettext_lazy(
        "A row above has the same id and says something else: give each person an id of their own."
    ),
    "nothing": gettext_lazy("The row says nothing about a person."),
    "not-in-list": gettext_lazy("This code is not in the list of the standard."),
    "only-one": gettext_lazy("Here the standard takes one code only."),
    "not-a-number": gettext_lazy("Write a whole number from 0 to 99."),
    "not-a-country": gettext_lazy("Write a country in two or three letters after ISO 3166."),
    "not-a-phone": gettext_lazy("Write the telephone number with plus and country code."),
}

# How the columns are called that are most often asked about; the coded ones have their own labels.
COLUMNS = {
    "source_id": gettext_lazy("Number in the table"),
    "cas_CaseNumber": gettext_lazy("Number of the case"),
    "prs_FirstName": gettext_lazy("First name, or the whole name"),
    "prs_MiddleName": gettext_lazy("Middle name"),
    "prs_SecondName": gettext_lazy("Surname"),
    "prs_Birthdate": gettext_lazy("Date of birth"),
    "prs_MobilePhone": gettext_lazy("Telephone"),
    "prs_HomePhone": gettext_lazy("Telephone at home"),
    "prs_Email": gettext_lazy("E-mail"),
    "prs_MailingStreet": gettext_lazy("Address"),
    "prs_MailingCity": gettext_lazy("Town"),
    "prs_MailingState": gettext_lazy("Region"),
    "prs_MailingPostalCode": gettext_lazy("Postal code"),
    "prs_MailingCountry": gettext_lazy("Country where the person lives"),
    "prs_IdentityNumber": gettext_lazy("Number of a document"),
    "cas_Status": gettext_lazy("Status of the case"),
    "cas_ReasonForCaseClosure": gettext_lazy("Why the case was closed"),
    "cco_CaseComment": gettext_lazy("Remark"),
    "cas_CaseOwner": gettext_lazy("Who held the case"),
    "cas_ReferringOrganisation": gettext_lazy("Who referred the person to us"),
    "cas_IncomingReferralDate": gettext_lazy("When the person was referred to us"),
    "cas_ReferredOrganisation": gettext_lazy("Where the person was referred to"),
}

NOTES = {
    **tables_words.NOTES,
    "deprecated-noted": gettext_lazy(
        "Column %(column)s was dropped from the standard; what it says goes into the team's note."
    ),
    "deprecated-left": gettext_lazy(
        "Column %(column)s was dropped from the standard and is left out: consent is asked of the person anew."
    ),
    "consent-left": gettext_lazy(
        "Column %(column)s is left out: a tick in a table is no consent. It is asked of the person anew."
    ),
    "no-row-id": gettext_lazy(
        "No column source_id: a row is known again by everything it says, so a changed row counts as a new person."
    ),
}

UNREADABLE = {
    **tables_words.UNREADABLE,
    "no-columns": gettext_lazy(
        "No column of the HTCDS 2.0 standard was found in the first lines, "
        "such as prs_FirstName or vic_TypeOfExploitation."
    ),
}

FORMATS = [
    ("csv", pgettext_lazy("file format", "CSV")),
    ("xlsx", pgettext_lazy("file format", "Excel workbook (XLSX)")),
]


def say_wrong(code: str) -> str:
    return str(WRONG[code])


def say_note(code: str, column: str) -> str:
    return str(NOTES[code]) % {"column": column}


def say_unreadable(code: str, more: Any) -> str:
    return str(UNREADABLE[code]) % dict(more)


def say_row(row: int, column: str, code: str) -> str:
    """One line of a report."""
    if column:
        return _("Row %(row)s, %(column)s: %(what)s") % {
            "row": row,
            "column": column,
            "what": say_wrong(code),
        }
    return _("Row %(row)s: %(what)s") % {"row": row, "what": say_wrong(code)}
