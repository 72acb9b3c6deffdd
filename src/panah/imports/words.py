"""Sentences of the reports. They name row and column, never what stands in a cell."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

WRONG = {
    "broken-off": gettext_lazy("The last row breaks off: the file was not written to its end."),
    "quotes": gettext_lazy("A quotation mark does not close here; nothing after it was read."),
    "too-few": gettext_lazy("The row has fewer cells than the header."),
    "too-many": gettext_lazy("The row has more cells than the header."),
    "id-twice": gettext_lazy(
        "A row above has the same id and says something else: give each person an id of their own."
    ),
    "formula": gettext_lazy(
        "A formula stands here, and the file does not hold its result: open it in the spreadsheet, save it, try again."
    ),
    "merged": gettext_lazy(
        "This cell is merged with another one: take them apart, and write it into each row."
    ),
    "shortened": gettext_lazy(
        "The spreadsheet has shortened this number: make the column text, and write the number again."
    ),
    "lost-letters": gettext_lazy(
        "Letters are lost here, question marks stand for them: save the first table as CSV UTF-8 or XLSX."
    ),
    "line-break": gettext_lazy("Several lines stand here; perhaps a quotation mark is missing in the file."),
    "sheet-error": gettext_lazy("Here stands an error of the spreadsheet, no value."),
    "nothing": gettext_lazy("The row says nothing about a person."),
    "too-long": gettext_lazy("This is longer than can be kept."),
    "control": gettext_lazy(
        "There are characters in it that no text has; perhaps the file was saved in another encoding."
    ),
    "not-in-list": gettext_lazy("This code is not in the list of the standard."),
    "only-one": gettext_lazy("Here the standard takes one code only."),
    "not-yes-or-no": gettext_lazy("Write true or false."),
    "not-a-number": gettext_lazy("Write a whole number from 0 to 99."),
    "not-a-country": gettext_lazy("Write a country in two or three letters after ISO 3166."),
    "not-a-language": gettext_lazy("Write a language in two or three letters after ISO 639."),
    "not-a-phone": gettext_lazy("Write the telephone number with plus and country code."),
    "not-an-address": gettext_lazy("This is not an e-mail address."),
    "slashes": gettext_lazy(
        "With slashes, day and month cannot be told apart: write 2001-05-17 or 17.05.2001."
    ),
    "not-a-date": gettext_lazy("Write the date as 2001-05-17, or as far as it is known: 2001-05 or 2001."),
    "no-such-day": gettext_lazy("There is no such day."),
    "in-future": gettext_lazy("This day is still to come."),
    "too-old": gettext_lazy("This day lies more than 120 years ago."),
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
    "line-above": gettext_lazy("A line above the header was left out."),
    "sentence-in-header": gettext_lazy("Column %(column)s has a sentence for a name; it was left out."),
    "unnamed-column": gettext_lazy("Column %(column)s has no name; it was left out."),
    "other-sheets": gettext_lazy(
        "Only sheet %(column)s was read; others have such columns too. Bring each in a file of its own."
    ),
    "no-line-end": gettext_lazy(
        "The last line has no end. If the file was cut off, the last row is not whole: look at it."
    ),
    "unknown-column": gettext_lazy("Column %(column)s is not one that is understood; it was left out."),
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
    "too-large": gettext_lazy(
        "The file has %(mb)s MB. At most %(most_mb)s MB and %(rows)s rows are read at once: split it."
    ),
    "too-large-inside": gettext_lazy(
        "Unpacked, the workbook is too large. At most %(most_mb)s MB and %(rows)s rows are read at once: "
        "split it, or save it as CSV."
    ),
    "too-many-rows": gettext_lazy(
        "The file has more than %(rows)s rows, the most that are read at once: split it."
    ),
    "empty": gettext_lazy("The file is empty."),
    "old-or-locked": gettext_lazy(
        "This is an old workbook (.xls) or one with a password. Save it as .xlsx without a password, or as CSV."
    ),
    "no-sheets": gettext_lazy("A CSV file has no sheets: leave out the sheet's name."),
    "no-such-sheet": gettext_lazy("The workbook has no sheet of this name."),
    "unknown-type": gettext_lazy("This is neither a CSV file nor an .xlsx workbook."),
    "wrong-encoding": gettext_lazy("The letters of this file cannot be read. Save it as CSV in UTF-8."),
    "broken-workbook": gettext_lazy(
        "The workbook is damaged or was not written to its end. Open it, save it anew and try again."
    ),
    "no-columns": gettext_lazy(
        "No column of the HTCDS 2.0 standard was found in the first lines, "
        "such as prs_FirstName or vic_TypeOfExploitation."
    ),
    "too-many-columns": gettext_lazy(
        "More than %(columns)s columns are filled. Delete those that do not belong to the table."
    ),
    "column-twice": gettext_lazy("Column %(column)s stands there twice."),
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
