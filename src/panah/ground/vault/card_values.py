"""What a search card says: names as written, their folds, birth year, last digits of phones, the number of the case."""

from panah.ground.names.find import NameCard, fold_key
from panah.ground.vault.card_opening import CardValue


def card_of(value: CardValue) -> NameCard | None:
    """Return what the finder needs of a value ``{"n": names, "y": year, "p": tails, "c": number, "k": folds}``.

    None for what opens and is no such value: somebody forged it, and it is left out as one that does not open.
    """
    try:
        names, tails, folds = (_texts(value.get(one, [])) for one in ("n", "p", "k"))
        number, year = value["c"], value.get("y")
    except (AttributeError, KeyError, TypeError):
        return None
    # The number goes into a question to the database, which refuses some characters.
    told = isinstance(number, str) and number.isascii() and number.isprintable()
    if not told or not (year is None or type(year) is int):
        return None
    return NameCard(ref=number, names=names, birth_year=year, phone_tail=next(iter(tails), ""), keys=folds)


def _texts(told: object) -> tuple[str, ...]:
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        raise TypeError
    return tuple(told)


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
