"""What is said of a table and its cells. It names row and column, never what stands in a cell."""

from django.utils.translation import gettext_lazy

WRONG = {
    "broken-off": gettext_lazy("The last row breaks off: the file was not written to its end."),
    "quotes": gettext_lazy("A quotation mark does not close here; nothing after it was read."),
    "too-few": gettext_lazy("The row has fewer cells than the header."),
    "too-many": gettext_lazy("The row has more cells than the header."),
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
    "too-long": gettext_lazy("This is longer than can be kept."),
    "control": gettext_lazy(
        "There are characters in it that no text has; perhaps the file was saved in another encoding."
    ),
    "not-yes-or-no": gettext_lazy("Write true or false."),
    "not-a-language": gettext_lazy("Write a language by its name, or in two or three letters after ISO 639."),
    "not-an-address": gettext_lazy("This is not an e-mail address."),
    "slashes": gettext_lazy(
        "With slashes, day and month cannot be told apart: write 2001-05-17 or 17.05.2001."
    ),
    "not-a-date": gettext_lazy("Write the date as 2001-05-17, or as far as it is known: 2001-05 or 2001."),
    "no-such-day": gettext_lazy("There is no such day."),
    "in-future": gettext_lazy("This day is still to come."),
    "too-old": gettext_lazy("This day lies more than 120 years ago."),
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
}

UNREADABLE = {
    "holds-another-file": gettext_lazy(
        "The workbook holds another file, or values of another workbook, and these are not looked at. Take them "
        "out, or save the sheet as CSV."
    ),
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
    "too-many-columns": gettext_lazy(
        "More than %(columns)s columns are filled. Delete those that do not belong to the table."
    ),
    "column-twice": gettext_lazy("Column %(column)s stands there twice."),
}
