"""Ids and taxonomies that we write, and what the words of others come down to in our closed lists."""

import re
from collections.abc import Iterable
from uuid import UUID, uuid5

from panah.ground.directory import words
from panah.ground.kit.languages import SPOKEN, language_name
from panah.ground.network.words import folded

VERSION = "3.0.0"

# Made once at random: everything derived from it stays the same in every file and on every node.
NAMESPACE = UUID("6f1d3c0a-9b7e-4c55-8a41-2f6f0d1c7e93")

NEEDS, ADMITS, KINDS, DETAILS = "panah-needs", "panah-admits", "htcds-organisation", "panah-details"

ABOUT = {
    NEEDS: "What a person may need, after IOM's kinds of direct assistance.",
    ADMITS: "Who can be admitted.",
    KINDS: "Kinds of organisation of HTCDS 2.0, with the Movement and international ones beside them.",
    DETAILS: "What HSDS 3.0 has no field for; the text stands in the value.",
}

# Details of an entry that have no field in HSDS: the term, and what it says.
DETAIL_TERMS = {
    "name_ru": "Name in Russian",
    "description_ru": "Description in Russian",
    "hours_en": "Hours in words, English",
    "hours_ru": "Hours in words, Russian",
    "capacity": "How many it can take",
    "time_zone": "Time zone of the hours",
    "mandate_en": "Mandate, English",
    "mandate_ru": "Mandate, Russian",
    "has_panah": "Works with Panah",
    "free": "Free of charge",
}

UNKNOWN = "unknown"  # where HSDS wants a text and nobody knows it


def derived(parent: object, *what: object) -> str:
    """The id of a part that has none of its own here: always the same for the same part."""
    return str(uuid5(NAMESPACE, "|".join(str(one) for one in (parent, *what))))


def own_id(value: object, *, source: str, kind: str, name: str) -> str:
    """The id of a record from elsewhere: its own where it is a UUID, else always the same one for this source."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    try:
        return str(UUID(text))
    except ValueError:
        return derived(source.casefold(), kind, text[:200] or folded(name))


def taxonomy(name: str) -> dict[str, str]:
    return {"id": derived("taxonomy", name), "name": name, "description": ABOUT[name], "version": VERSION}


def term(list_name: str, code: str, label: str) -> dict[str, object]:
    return {
        "id": derived("term", list_name, code),
        "code": code,
        "name": label,
        "description": label,
        "taxonomy": list_name,
        "language": "en",
        "taxonomy_detail": taxonomy(list_name),
    }


# The beginnings of words, English and Russian, by which terms of other taxonomies are understood.
NEED_WORDS: dict[str, tuple[str, ...]] = {
    words.Need.SHELTER: (
        "shelter", "refuge", "safe hous", "accommodat", "housing", "lodging", "hostel", "overnight", "bed",
        "приют", "шелтер", "убежищ", "кризисн", "ночлег", "ночлежк", "жиль", "проживан",
    ),
    words.Need.MEDICAL: (
        "medic", "health", "clinic", "hospital", "doctor", "медицин", "больниц", "врач", "здоров", "клиник",
    ),
    words.Need.PSYCHOLOGICAL: ("psycholog", "counsel", "mental", "therap", "психолог", "психич"),
    words.Need.FOOD_CLOTHES: ("food", "meal", "cloth", "hygiene", "питани", "продукт", "одежд", "гигиен"),
    words.Need.MONEY: ("cash", "financ", "money", "voucher", "денеж", "финанс", "материальн"),
    words.Need.INTERPRETATION: ("interpret", "translat", "переводчик", "перевод"),
    words.Need.LEGAL: ("legal", "lawyer", "law", "attorney", "юрид", "юрист", "правов", "адвокат"),
    words.Need.DOCUMENTS: ("passport", "identity document", "identity paper", "паспорт", "документ"),
    words.Need.TRANSPORT: ("transport", "ticket", "repatriat", "return home", "транспорт", "билет", "возвращен"),
    words.Need.CHILD_PROTECTION: ("child protect", "child welfare", "защит детей", "защита детей", "опек"),
    words.Need.FAMILY_TRACING: ("family link", "family tracing", "tracing", "семейн", "розыск"),
    words.Need.TRAINING: ("training", "educat", "course", "обучен", "образован", "курс"),
    words.Need.WORK: ("employment", "job", "livelihood", "work placement", "трудоустр", "занятост"),
    words.Need.CHILDCARE: ("childcare", "child care", "day care", "nursery", "kindergarten", "детский сад"),
    words.Need.INFORMATION: (
        "informat", "advice", "hotline", "helpline", "referral", "информ", "консультац", "горяч",
    ),
}  # fmt: skip

ADMIT_WORDS: dict[str, tuple[str, ...]] = {
    words.Admits.WOMEN: ("women", "woman", "female", "женщин"),
    words.Admits.MEN: ("men", "man", "male", "мужчин"),
    words.Admits.GIRLS: ("girl", "девоч", "девуш"),
    words.Admits.BOYS: ("boy", "мальчик"),
    words.Admits.FAMILIES: ("famil", "семь", "семей"),
}

# Whole words, since their beginnings begin other words too: "male", "manager", "bedding".
WHOLE = {"men", "man", "male", "law", "bed", "job"}


def _says(text: str, beginning: str) -> bool:
    ends = r"s?\b" if beginning in WHOLE else ""
    return re.search(rf"\b{re.escape(beginning)}{ends}", text) is not None


def understood(texts: Iterable[str], lists: dict[str, tuple[str, ...]]) -> list[str]:
    """Codes of a closed list that these texts speak of, in the list's order."""
    whole = " \n ".join(text.casefold() for text in texts)
    return [str(code) for code, beginnings in lists.items() if any(_says(whole, one) for one in beginnings)]


def speaks_of_a_bed(texts: Iterable[str]) -> bool:
    """Whether somebody may sleep there: in doubt yes, since then no address is taken."""
    return bool(understood(texts, {words.Need.SHELTER: NEED_WORDS[words.Need.SHELTER]}))


THREE_LETTERS = {
    "rus": "ru", "kaz": "kk", "kir": "ky", "uzb": "uz", "tgk": "tg", "tuk": "tk", "uig": "ug", "fas": "fa",
    "per": "fa", "pus": "ps", "tur": "tr", "ara": "ar", "eng": "en", "kor": "ko", "zho": "zh", "chi": "zh",
    "hin": "hi", "urd": "ur", "tha": "th", "deu": "de", "ger": "de", "heb": "he", "ukr": "uk", "aze": "az",
}  # fmt: skip


def language_tag(code: str, name: str) -> str:
    """The tag of a language in our list, from a code of two or three letters or from its name; "" for none."""
    base = code.strip().lower().replace("_", "-").split("-")[0]
    base = THREE_LETTERS.get(base, base)
    if base in SPOKEN:
        return base
    wanted = folded(name.strip() or code.strip())
    for tag in SPOKEN:
        if wanted and wanted in {folded(language_name(tag, one)) for one in ("en", "ru")}:
            return tag
    return ""
