"""Does a table speak of people whom somebody could find? Then it is no table of figures, and is not kept."""

from __future__ import annotations

from collections.abc import Iterable

from panah.kit.tables.workbooks import as_heading

# Headings of lists of people. "Name" alone may be a country's.
OF_PEOPLE = frozenset(
    (
        *(
            "full name",
            "first name",
            "last name",
            "surname",
            "given name",
            "patronymic",
            "phone",
            "telephone",
        ),
        *(
            "phone number",
            "passport",
            "passport number",
            "date of birth",
            "birth date",
            "dob",
            "e-mail",
            "email",
        ),
        *("case number", "case_id", "person_id", "home address", "address"),
        *("фио", "ф.и.о", "ф.и.о.", "имя", "фамилия", "отчество", "телефон", "номер телефона", "паспорт"),
        *("номер паспорта", "дата рождения", "иин", "адрес", "адрес проживания", "номер случая"),
    )
)


def speaks_of_people(headings: Iterable[str]) -> bool:
    return any(as_heading(one) in OF_PEOPLE for one in headings)
