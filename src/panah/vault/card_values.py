"""What a search card says: names as written, their folds, birth year, last digits of phones, the number of the case."""

from panah.names.find import NameCard, fold_key
from panah.vault.card_opening import CardValue


def card_of(value: CardValue) -> NameCard:
    """Return what the finder needs of a value ``{"n": names, "y": year, "p": tails, "c": number, "k": folds}``."""
    tails = value.get("p") or [""]
    return NameCard(
        ref=value["c"],
        names=tuple(value["n"]),
        birth_year=value.get("y"),
        phone_tail=tails[0],
        keys=tuple(value.get("k", ())),
    )


def card_value(*, names: list[str], birth_year: int | None, phones: list[str], number: str) -> CardValue:
    """Return the value of a search card: names as written, their folds, birth year, last four digits of phones."""
    tails = ["".join(c for c in p if c.isdigit())[-4:] for p in phones]
    return {
        "n": names,
        "k": [fold_key(n) for n in names],
        "y": birth_year,
        "p": [t for t in tails if t],
        "c": number,
    }
