"""A facts card as a row in the columns of the Counter-Trafficking Data Collaborative. Plain Python.

What a card does not know (how long it lasted) is no column of ours: which columns there are is said here and in the
society's signed file, never by the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from babel.core import get_global

from panah.programmes.release.domain import Domain, read_domain, shipped
from panah.programmes.release.errors import BadDomain

LEFT_OUT = ("traffickMonths",)
GENDERS = {
    "Feminine": "Woman",
    "Masculine": "Man",
    **dict.fromkeys(
        ("TransgenderFeminine", "TransgenderMasculine", "NonConforming"), "Trans/Transgender/NonConforming"
    ),
}
_WORK = frozenset({"ForcedLabour", "ChildLabour", "Servitude", "ForcedBegging", "ForcedCriminality"})
_SEX = frozenset({"SexualExploitation"})
# Column -> the card's list, and which of its codes set the flag.
FLAGS: Mapping[str, tuple[str, frozenset[str]]] = {
    "meansDebtBondageEarnings": ("vic_MethodsOfControl", frozenset({"DebtBondage", "TakesEarnings"})),
    "meansThreats": (
        "vic_MethodsOfControl",
        frozenset({"PhysicalThreats", "ThreatsLawEnforcement", "ThreatensChildrenFamily"}),
    ),
    "meansAbusePsyPhySex": (
        "vic_MethodsOfControl",
        frozenset({"PhysicalAbuse", "SexualAbuse", "PsychologicalAbuse"}),
    ),
    "meansFalsePromises": ("vic_MethodsOfControl", frozenset({"FalsePromises"})),
    "meansDrugsAlcohol": ("vic_MethodsOfControl", frozenset({"PsychoactiveSubstance"})),
    "meansDenyBasicNeeds": (
        "vic_MethodsOfControl",
        frozenset(
            {"RestrictsFinancialAccess", "RestrictsMedicalCare", "WithholdsNecessities", "RestrictsMovement"}
        ),
    ),
    "meansExcessiveWorkHours": ("vic_MethodsOfControl", frozenset({"ExcessiveWorkingHours"})),
    "meansWithholdDocs": ("vic_MethodsOfControl", frozenset({"WithholdsDocuments"})),
    "isForcedLabour": ("vic_TypeOfExploitation", _WORK),
    "isSexualExploit": ("vic_TypeOfExploitation", _SEX),
    "typeOfLabourAgriculture": ("vic_ForcedLabourIndustry", frozenset({"A_AgricultureForestryAndFishing"})),
    "typeOfLabourConstruction": ("vic_ForcedLabourIndustry", frozenset({"F_Construction"})),
    "typeOfLabourDomesticWork": (
        "vic_ForcedLabourIndustry",
        frozenset({"T_ActivitiesOfHouseholdsAsEmployers"}),
    ),
    "typeOfLabourHospitality": (
        "vic_ForcedLabourIndustry",
        frozenset({"I_AccommodationAndFoodServiceActivities"}),
    ),
    "typeOfSexProstitution": (
        "vic_TypeOfSexExploitation",
        frozenset({"Prostitution", "PrivateSexualServices"}),
    ),
    "typeOfSexPornography": (
        "vic_TypeOfSexExploitation",
        frozenset({"Pornography", "RemoteInteractiveServices"}),
    ),
    "recruiterRelationFamily": ("vic_RelationshipToTrafficker", frozenset({"Familial"})),
    "recruiterRelationFriend": ("vic_RelationshipToTrafficker", frozenset({"Acquainted"})),
    "recruiterRelationOther": ("vic_RelationshipToTrafficker", frozenset({"Unaquainted"})),
}
NO_CARD_SAYS = ("recruiterRelationIntimatePartner",)

type Codes = Mapping[str, Iterable[str] | None]


# What tables of exact counts are made of: a file that leaves one of these out is no file for releases.
NEEDED = (
    "yearOfRegistration",
    "gender",
    "citizenship",
    "CountryOfExploitation",
    "isForcedLabour",
    "isSexualExploit",
    "isOtherExploit",
)


@cache
def domain(text: str = "") -> Domain:
    """Return the columns of a release: those of the file that a card can fill. Without one, of the file Panah brings.

    Raises ``BadDomain`` for a file with a column that no card knows, or without one that tables need.
    """
    known = read_domain(shipped())
    said = read_domain(text.encode()) if text else known
    if unknown := set(said.names) - set(known.names):
        raise BadDomain("no-card", columns=", ".join(sorted(unknown))[:120])
    if missing := set(NEEDED) - set(said.names):
        raise BadDomain("needed", columns=", ".join(sorted(missing)))
    return said.only(*(name for name in said.names if name not in (*LEFT_OUT, *NO_CARD_SAYS)))


# The codebook's own word for a country that has no value of its own.
OTHER_COUNTRY = "ZZZ"


@cache
def two_letters(country: str) -> str:
    """Return the two letters of a country of the codebook; none for another country, or what is none."""
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    found = aliases.get(country, []) if country != OTHER_COUNTRY else []
    return found[0] if len(country) == 3 and len(found) == 1 else ""


@cache
def three_letters(country: str) -> str:
    """Return a country's three letters; another country, for one that has none."""
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    found = (
        three for three, twos in aliases.items() if len(three) == 3 and three.isalpha() and twos == [country]
    )
    return next(found, OTHER_COUNTRY)


def record(*, year: int, codes: Codes | None, years: str | None = "") -> dict[str, str]:
    """Return a card's row by column; what is not known is left out. ``years``: the least age of the card's bin."""
    said = {name: frozenset(values or ()) for name, values in (codes or {}).items()}
    row = {"yearOfRegistration": str(year), **({"ageBroad": years} if years else {})}
    for column, (of, setting) in FLAGS.items():
        if said.get(of, frozenset()) & setting:
            row[column] = "1"
    if said.get("vic_TypeOfExploitation", frozenset()) - _WORK - _SEX:
        row["isOtherExploit"] = "1"
    for column, of in (
        ("citizenship", "prs_Citizenship"),
        ("CountryOfExploitation", "pan_CountriesOfExploitation"),
    ):
        countries = sorted(said.get(of, frozenset()))
        if countries:
            # One person, one value: with several countries she counts once, under another country.
            row[column] = three_letters(countries[0]) if len(countries) == 1 else OTHER_COUNTRY
    gender = next((GENDERS[one] for one in sorted(said.get("prs_Gender", frozenset())) if one in GENDERS), "")
    return {**row, "gender": gender} if gender else row
