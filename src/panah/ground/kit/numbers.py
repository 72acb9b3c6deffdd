"""Numbers as the reader writes them, and codes as they are read aloud."""

import re
from collections.abc import Callable
from decimal import Decimal

from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from panah.ground.kit.dates import locale


def number(value: int | float | Decimal | None, digits: int | None = None) -> str:
    """``1 377`` or ``1,377`` by language; ``digits`` fixes the decimals. An en dash for None: not known is not zero."""
    if value is None:
        return "–"
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=locale())


def percent(value: float | Decimal | None, digits: int = 0) -> str:
    """A share of one as per cent; an en dash for None."""
    return (
        "–"
        if value is None
        else format_percent(
            value, format="#,##0" + ("." + "0" * digits if digits else "") + " %", locale=locale()
        )
    )


def money(value: int | Decimal | None, currency: str) -> str:
    """``1 200,50 KZT``: the code of the currency after the sum, so that no sign is mistaken."""
    return "–" if value is None else format_currency(value, currency, format="#,##0.00 ¤¤", locale=locale())


def size(value: int) -> str:
    """Bytes as people say them: ``3.4 MB``, ``12 KB``; less than one kilobyte is one."""
    if value >= 1024 * 1024:
        return _("%(num)s MB") % {"num": number(value / (1024 * 1024), 1)}
    return _("%(num)s KB") % {"num": number(max(1, round(value / 1024)))}


def groups(text: str) -> str:
    """``4TQ7MXR`` as ``4TQ-7MX-R``: three letters at a time, as it is read aloud."""
    bare = re.sub(r"[\s-]", "", text)
    return "-".join(bare[at : at + 3] for at in range(0, len(bare), 3))


def code(text: str | None) -> Markup:
    """A case number or receipt for a page: grouped, monospace, never broken over lines."""
    return Markup('<span class="code">{}</span>').format(groups(text)) if text else Markup("")


def num(text: object) -> Markup:
    """Digits that stay left to right: phone numbers, receipts, coordinates."""
    return Markup('<span class="num">{}</span>').format(escape(text))


FILTERS: dict[str, Callable[..., str]] = {
    "number": number,
    "percent": percent,
    "money": money,
    "size": size,
    "groups": groups,
    "code": code,
    "num": num,
}
