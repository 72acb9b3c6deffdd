"""The publisher's words for a group in our codes, where we have one; others stay a dimension of their own."""

from __future__ import annotations

from panah.programmes.figures.reading.column_mapping import AGE, CITIZENSHIP, EXPLOITATION, SEX
from panah.programmes.figures.reading.countries import country_of
from panah.programmes.figures.reading.rows import ALL, TableClaim

WORDS = {
    SEX: {
        **dict.fromkeys(("female", "females", "women", "women and girls", "f"), "female"),
        **dict.fromkeys(("ж", "жен", "женщины", "женский", "женщины и девочки"), "female"),
        **dict.fromkeys(("male", "males", "men", "men and boys", "m"), "male"),
        **dict.fromkeys(("м", "муж", "мужчины", "мужской", "мужчины и мальчики"), "male"),
    },
    AGE: {
        **dict.fromkeys(
            ("adult", "adults", "adult (18 or over)", "18 and over", "18+", ">=18 years"), "adults"
        ),
        **dict.fromkeys(("взрослые", "18 лет и старше", "совершеннолетние"), "adults"),
        **dict.fromkeys(
            ("child", "children", "child (17 or under)", "0 to 17 years", "0-17", "minors"), "children"
        ),
        **dict.fromkeys(("дети", "до 18 лет", "несовершеннолетние"), "children"),
    },
    EXPLOITATION: {
        **dict.fromkeys(("sexual exploitation", "sexual", "сексуальная эксплуатация"), "sexual"),
        **dict.fromkeys(
            ("forced labour", "forced labor", "labour", "labor", "принудительный труд"), "labour"
        ),
        **dict.fromkeys(("domestic servitude", "domestic", "домашнее рабство"), "domestic"),
        **dict.fromkeys(("forced begging", "begging", "принудительное попрошайничество"), "begging"),
        **dict.fromkeys(("forced criminality", "criminal", "forced criminal activity"), "criminality"),
        **dict.fromkeys(("forced marriage", "принудительный брак"), "marriage"),
        **dict.fromkeys(("removal of organs", "organ removal", "organs"), "organs"),
        **dict.fromkeys(("other", "other forms", "другое"), "other"),
    },
}


def in_codes(claim: TableClaim) -> tuple[dict[str, str], dict[str, str]]:
    """Return the fields of a figure (``sex``, ``age``, ``citizenship``, ``exploitation``) and its other dimensions.

    What is the total of a dimension is not split by it.
    """
    fields: dict[str, str] = {}
    dimensions: dict[str, str] = {}
    for name, word in claim.by:
        if word == ALL:
            continue
        plain = word.casefold()
        code = country_of(word) if name == CITIZENSHIP else WORDS.get(name, {}).get(plain)
        if code:
            fields[name] = code
        else:
            dimensions[name] = word
    return fields, dimensions
