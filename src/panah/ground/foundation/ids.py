"""Numbers that people read aloud: random, without look-alikes, with a check character. And what one press makes."""

import re
import secrets
from collections.abc import Iterator, Mapping
from uuid import UUID, uuid4, uuid5

# No I, L, O, U, 0, 1, 5, S, 2, Z, B, V, N: each is misheard or misread for another on a bad line.
# 23 characters, a prime, so that the check finds every single wrong and every two swapped ones.
ALPHABET = "346789ACDEFGHJKMPQRTWXY"
_BODY = 6
_LOOKS_LIKE_ONE = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-Za-z]{3}[-‐–—][0-9A-Za-z]{3}[-‐–—][0-9A-Za-z](?![0-9A-Za-z])"
)


def new_number() -> str:
    """Return a new number such as ``4TQ-7MX-R``: six random characters and a check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_BODY))
    return pretty(body + check_character(body))


def check_character(body: str) -> str:
    """Return the check character of six characters: catches one wrong or two swapped ones."""
    total = 0
    for place, character in enumerate(body):
        total += (place + 2) * ALPHABET.index(character)
    return ALPHABET[total % len(ALPHABET)]


def pretty(plain: str) -> str:
    """Return ``4TQ7MXR`` as ``4TQ-7MX-R``."""
    return f"{plain[:3]}-{plain[3:6]}-{plain[6:]}"


def read_number(text: str) -> str | None:
    """Return the number as written in the register, or None if it cannot be one.

    Takes small letters, spaces and any dashes; refuses a wrong check character.
    """
    plain = "".join(c for c in text.upper() if c.isalnum())
    if len(plain) != _BODY + 1 or any(c not in ALPHABET for c in plain):
        return None
    if check_character(plain[:_BODY]) != plain[_BODY]:
        return None
    return pretty(plain)


def case_numbers(text: str) -> Iterator[str]:
    """Yield what reads like a case number of ours: with its dashes, and with a check character that fits."""
    for found in _LOOKS_LIKE_ONE.findall(text):
        number = read_number(found)
        if number is not None:
            yield number


def spell_out(conversation: UUID) -> str:
    """Return the code by which two colleagues name a conversation on the telephone: ``K7F-Q2M``.

    Both sides make it from the conversation's random id, so it tells nothing and is never a case number.
    """
    number, letters = conversation.int, []
    for _place in range(_BODY):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return f"{''.join(letters[:3])}-{''.join(letters[3:])}"


def idempotency_id(who: UUID, once: UUID | None, answers: Mapping[str, object] | None = None) -> UUID:
    """Return the id of what a page's button makes: the same for the same colleague and the same page, pressed twice.

    ``once`` is a fresh id that the page carries; without it each press makes a thing of its own. Nobody reaches
    another's id with it, since her own goes in. With ``answers`` it is the same as long as these are, word for word:
    who goes back and changes something makes another one.
    """
    if once and answers is not None:
        once = uuid5(once, repr(sorted(answers.items())))
    return uuid5(who, str(once)) if once else uuid4()
