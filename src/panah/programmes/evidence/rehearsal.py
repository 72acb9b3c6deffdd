"""Made-up people to rehearse a release on: nobody's data, so that no budget of real people is spent on learning it."""

from __future__ import annotations

from random import Random

from panah.programmes.evidence.ctdc import FLAGS

# Kinds of stories that never were: how likely each, where, who, and which flags it often has.
KINDS = (
    (
        5,
        "Man",
        "UZB",
        "KAZ",
        ("isForcedLabour", "typeOfLabourConstruction", "meansWithholdDocs", "meansThreats"),
    ),
    (3, "Woman", "KGZ", "RUS", ("isForcedLabour", "typeOfLabourHospitality", "meansDebtBondageEarnings")),
    (2, "Woman", "KAZ", "TUR", ("isSexualExploit", "typeOfSexProstitution", "meansFalsePromises")),
    (1, "Man", "TJK", "KAZ", ("isForcedLabour", "typeOfLabourAgriculture", "meansExcessiveWorkHours")),
)
AGES = ("", "16", "19", "22", "25", "28", "33", "41")
OFTEN, SELDOM = 0.7, 0.04


def rows(number: int, *, year: int, seed: int) -> list[dict[str, str]]:
    """Return so many rows, the same for the same seed."""
    chance = Random(seed)  # noqa: S311  made-up people need no secrets
    return [_row(year, chance) for _ in range(number)]


def _row(year: int, chance: Random) -> dict[str, str]:
    _weight, gender, citizenship, country, flags = chance.choices(KINDS, [one[0] for one in KINDS])[0]
    row = {"yearOfRegistration": str(year), "gender": gender}
    row |= {"citizenship": citizenship} if chance.random() < 0.95 else {}
    row |= {"CountryOfExploitation": country} if chance.random() < 0.9 else {}
    row["ageBroad"] = chance.choice(AGES)
    return row | {flag: "1" for flag in FLAGS if chance.random() < (OFTEN if flag in flags else SELDOM)}
