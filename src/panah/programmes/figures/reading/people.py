"""Does a table speak of people whom somebody could find? Then it is no table of figures, and is not kept."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from panah.ground.kit.tables.workbooks import as_heading

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


# Of these a cover sheet says one by one how its publisher is reached.
OF_CONTACT = frozenset(
    (
        *("phone", "telephone", "phone number", "e-mail", "email", "address"),
        *("телефон", "номер телефона", "адрес"),
    )
)


def lists_people(lines: Iterable[list[str]]) -> bool:
    """Say whether one of a sheet's first lines reads like the headings of a list of people."""
    return any(_heads_people(line) for line in lines)


def _heads_people(line: list[str]) -> bool:
    said = [cell for cell in line if cell.strip()]
    for cell, beside in zip_longest(said, said[1:], fillvalue=""):
        heading = as_heading(cell)
        if heading in OF_PEOPLE and (heading not in OF_CONTACT or (len(said) > 1 and not _is_value(beside))):
            return True
    return False


def _is_value(cell: str) -> bool:
    """Whether it is a number or an address of somebody, and no heading."""
    return "@" in cell or (cell.strip()[:1] in "+(0123456789" and bool(cell.strip()))


def speaks_of_people(headings: Iterable[str]) -> bool:
    return any(as_heading(heading) in OF_PEOPLE for heading in headings)
