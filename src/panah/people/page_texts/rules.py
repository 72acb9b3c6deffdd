"""What a corrected text may be: the same placeholders, no markup, no number and no address that was not there.

A text reaches people who are in danger. Whoever could put a number into it could lead them to himself; so a number
comes from the register alone, and a text has those that it had.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

PLACE = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[diouxXeEfFgGcrs]|%%|\{\w*\}")
TAG = re.compile(r"<[^<>]*>")
# Letters on both sides of a dot, two at least after it: part of an address. A mail has an @, a link two strokes.
DOTTED = re.compile(r"[\w-]+\.\w{2,}|\S*@\S*|\S*//\S*|\bwww\b", re.IGNORECASE)
RUN = re.compile(r"[0-9](?:[0-9\s().+/\u2010-\u2015_*#-]*[0-9])?")
# Letters of Arabic and Persian join by the first two; the next three give a direction, and turn nothing round.
UNSEEN_ALLOWED = frozenset("\u200c\u200d\u200e\u200f\u061c\u00ad")
# In a page these would end an attribute, begin a tag or another sign.
NEVER_MORE = '"<>&`\\{}%'


def tidied(text: str) -> str:
    """The text in one line, its letters as they are usually kept."""
    return re.sub(r"[ \t\r\n]+", " ", unicodedata.normalize("NFC", text)).strip()


def room_for(originals: Iterable[str]) -> int:
    """How many characters a corrected text may have."""
    return 2 * max((len(one) for one in originals), default=0) + 40


def problem(text: str, *, english: str, delivered: str) -> str:
    """Return the code of what is wrong with a text, or "".

    ``english`` is the sentence that it translates (for a plural the one for many), ``delivered`` its delivered form.
    """
    originals = [english, delivered]
    if not text:
        return "empty"
    if len(text) > room_for(originals):
        return "long"
    if Counter(PLACE.findall(text)) != Counter(PLACE.findall(english)):
        return "placeholders"
    if Counter(TAG.findall(text)) != Counter(TAG.findall(english)) or _more_signs(text, english):
        return "markup"
    if any(
        unicodedata.category(one) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
        for one in set(text) - UNSEEN_ALLOWED
    ):
        return "unseen"
    if _more(numbers(text), [numbers(one) for one in originals]):
        return "number"
    if _more(addresses(text), [addresses(one) for one in originals]):
        return "address"
    return ""


def _more_signs(text: str, english: str) -> bool:
    left, before = TAG.sub("", PLACE.sub("", text)), TAG.sub("", PLACE.sub("", english))
    return any(left.count(sign) > before.count(sign) for sign in NEVER_MORE)


def _more(found: Counter[str], originals: Sequence[Counter[str]]) -> bool:
    return any(number > max(one[what] for one in originals) for what, number in found.items())


def plain(text: str) -> str:
    """The text as a telephone or a browser would read it: digits of any script as 0 to 9, nothing unseen."""
    seen = unicodedata.normalize("NFKC", PLACE.sub("\ufffc", text))
    kept = (one for one in seen if unicodedata.category(one) not in ("Cf", "Cc", "Mn", "Me"))
    return "".join(_digit(one) for one in kept).replace("\u3002", ".")


def _digit(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)


def numbers(text: str) -> Counter[str]:
    """The numbers in a text, each as its digits; a sign that means a number by itself counts too."""
    said = plain(text)
    runs = Counter(re.sub(r"[^0-9]", "", one) for one in RUN.findall(said))
    others = [one for one in text if not one.isascii() and _is_number(one)]
    return runs + Counter(others)


def _is_number(sign: str) -> bool:
    """Say whether a sign means a number by itself and is none of the digits: Ⅷ, ½, 五."""
    return unicodedata.numeric(sign, None) is not None and unicodedata.digit(sign, None) is None


def addresses(text: str) -> Counter[str]:
    """What could be a part of an address on the internet."""
    return Counter(one.casefold() for one in DOTTED.findall(plain(text)))
