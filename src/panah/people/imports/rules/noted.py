"""What a table said beyond a case's own places: written into the team's note, and read out of it again.

The note is the one place where it lies: what is taken out of a text there, say when a referral is withdrawn, is not
taken out of Panah with the next table.
"""

from collections.abc import Iterable, Mapping

# A line that goes on. No column's name begins with a blank.
GOES_ON = "    "


def as_lines(noted: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """One line a column, ``name: text``; further lines of a text are moved in."""
    return [f"{name}: {noted[name]}".replace("\n", f"\n{GOES_ON}") for name in names if name in noted]


def read_again(text: str, names: Iterable[str]) -> dict[str, str]:
    """What ``as_lines`` wrote, from a note that may begin and end with other lines."""
    known, found, last = set(names), dict[str, str](), ""
    for line in text.split("\n"):
        name, colon, rest = line.partition(": ")
        if last and line.startswith(GOES_ON):
            found[last] += "\n" + line.removeprefix(GOES_ON)
        elif colon and name in known:
            last, found[name] = name, rest
        else:
            last = ""
    return found
