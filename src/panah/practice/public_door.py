"""What the public door of a practice node shows for countries of the region and of destination. All invented.

The names say so, and no number works: they have a country code that nobody has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from panah.ground.directory import actions as directory
from panah.ground.directory.actions import NumberEntry, ServiceEntry
from panah.ground.directory.words import ContactAttemptOutcome
from panah.practice.cast import Practice

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ALWAYS: tuple[dict[str, object], ...] = ({"byday": list(WEEK), "opens": "00:00", "closes": "24:00"},)
DAYTIME: tuple[dict[str, object], ...] = ({"byday": list(WEEK), "opens": "09:00", "closes": "21:00"},)
OFFICE: tuple[dict[str, object], ...] = ({"byday": list(WEEK[:5]), "opens": "09:00", "closes": "17:00"},)


@dataclass(frozen=True)
class There:
    """One country: its clock, what its lines speak, the consulate that stands in it, and the last digits of numbers."""

    iso2: str
    en: str
    ru: str
    zone: str
    languages: tuple[str, ...]
    digits: int
    consulate: tuple[str, str] = ("", "")


COUNTRIES = (
    There("KZ", "Kazakhstan", "Казахстан", "Asia/Almaty", ("kk", "ru", "uz"), 10),
    There("KG", "Kyrgyzstan", "Кыргызстан", "Asia/Bishkek", ("ky", "ru", "uz"), 20),
    There("TJ", "Tajikistan", "Таджикистан", "Asia/Dushanbe", ("tg", "ru"), 30),
    There("UZ", "Uzbekistan", "Узбекистан", "Asia/Tashkent", ("uz", "ru", "kaa"), 40),
    There("TM", "Turkmenistan", "Туркменистан", "Asia/Ashgabat", ("tk", "ru"), 50),
    There(
        "TR", "Türkiye", "Турция", "Europe/Istanbul", ("tr", "ru", "tk", "uz", "ar"), 60,
        ("Practice consulate of Tajikistan in Istanbul", "Учебное консульство Таджикистана в Стамбуле"),
    ),
    There(
        "KR", "Korea", "Корея", "Asia/Seoul", ("ko", "en", "ru", "uz"), 70,
        ("Practice embassy of Uzbekistan in Seoul", "Учебное посольство Узбекистана в Сеуле"),
    ),
    There(
        "RU", "Russia", "Россия", "Europe/Moscow", ("ru", "tg", "uz", "ky"), 80,
        ("Practice embassy of Kyrgyzstan in Moscow", "Учебное посольство Кыргызстана в Москве"),
    ),
    There(
        "AE", "the Emirates", "Эмираты", "Asia/Dubai", ("ar", "en", "ru"), 90,
        ("Practice consulate of Kazakhstan in Dubai", "Учебное консульство Казахстана в Дубае"),
    ),
)  # fmt: skip


def build(practice: Practice) -> None:
    """Bakyt writes the numbers down, Elena tries them."""
    if not practice.has("bakyt", "elena"):
        return
    for there in COUNTRIES:
        _line(
            practice, there, there.digits, kind="ngo", hours=ALWAYS, abroad=True, tried=timedelta(days=9),
            en=f"Practice line for migrants ({there.en})", ru=f"Учебная линия для мигрантов ({there.ru})",
        )  # fmt: skip
        _line(
            practice, there, there.digits + 1, kind="child", hours=ALWAYS, abroad=False, tried=timedelta(days=20),
            en=f"Practice line for children ({there.en})", ru=f"Учебная линия для детей ({there.ru})",
        )  # fmt: skip
        _line(
            practice, there, there.digits + 2, kind="state", hours=DAYTIME, abroad=False, tried=timedelta(days=120),
            en=f"Practice labour line ({there.en})", ru=f"Учебная линия по вопросам труда ({there.ru})",
        )  # fmt: skip
        if there.consulate[0]:
            _consulate(practice, there)


def _line(
    practice: Practice,
    there: There,
    digits: int,
    *,
    kind: str,
    hours: tuple[dict[str, object], ...],
    abroad: bool,
    tried: timedelta,
    en: str,
    ru: str,
) -> None:
    bakyt = practice.staff["bakyt"]
    row = directory.save_number(
        entry=NumberEntry(
            iso2=there.iso2, kind=kind, number=f"{'+' * abroad}0 000 000 02 {digits:02}", name_en=en, name_ru=ru,
            languages=there.languages, hours=hours, time_zone=there.zone, free=True, source="Invented",
        ),
        by=bakyt, at=practice.at, society=bakyt.society,
    )  # fmt: skip
    directory.record_verification(
        outcome=ContactAttemptOutcome.ANSWERED,
        by=practice.staff["elena"],
        at=practice.at - tried,
        hotline_number=row.pk,
    )


def _consulate(practice: Practice, there: There) -> None:
    bakyt = practice.staff["bakyt"]
    en, ru = there.consulate
    row = directory.save_service(
        entry=ServiceEntry(
            iso2=there.iso2, name_en="Travel papers", name_ru="Документы для поездки", organization_name=en,
            organization_kind="Consulate", needs=("documents",), languages=there.languages[:2], hours=OFFICE,
            description_ru=ru, time_zone=there.zone, free=False, phones=(f"0 000 000 02 {there.digits + 3}",),
        ),
        by=bakyt, at=practice.at, society=bakyt.society,
    )  # fmt: skip
    directory.record_verification(
        outcome=ContactAttemptOutcome.ANSWERED,
        by=practice.staff["elena"],
        at=practice.at - timedelta(days=30),
        service=row.pk,
    )
