"""The closed lists of the register, and how a name is chosen for a reader."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import combining, normalize

from babel import Locale, UnknownLocaleError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise

# ISO 3166 leaves XA..XZ and ZZ to whoever uses the list: two invented countries, and "anywhere".
NORTH = "XA"
SOUTH = "XB"
ANYWHERE = "ZZ"

INVENTED: dict[str, Words] = {
    NORTH: _("Practice Country North"),
    SOUTH: _("Practice Country South"),
    ANYWHERE: _("any country"),
}


# As the country calls itself in the reader's language, where the CLDR says otherwise.
CALLS_ITSELF = {("KG", "ru"): "Кыргызстан"}
# What people also call a country, for finding it.
ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "AE": ("UAE", "ОАЭ"),
    "BY": ("Белоруссия",),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic",),
    "KG": ("Kirghizia", "Киргизия"),
    "KR": ("Republic of Korea",),
    "MD": ("Молдавия",),
    "MK": ("Macedonia",),
    "SZ": ("Swaziland",),
    "TM": ("Туркмения",),
    "TR": ("Turkey",),
    "US": ("USA", "США", "America"),
}


def folded(text: str) -> str:
    """Small letters without marks above and below: "Türkiye" is found by "turkiye"."""
    return "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))


# Whoever reads one of these reads Russian letters, and rather Russian than English where a name is in neither.
READ_WITH_RUSSIAN = ("kk", "ky", "tg", "uz-cyrl")


def name_in(language: str, *, en: str, ru: str = "", others: Mapping[str, str] | None = None) -> str:
    """The name for this language tag; its base language next ("uz" for "uz-Cyrl"); else Russian or English."""
    known = {**{tag.lower(): name for tag, name in (others or {}).items()}, "en": en}
    if ru:
        known["ru"] = ru
    wanted = language.lower()
    found = known.get(wanted) or known.get(wanted.split("-")[0])
    return found or (known.get("ru") if wanted in READ_WITH_RUSSIAN else "") or en


def dial_digits(number: str) -> str:
    """A number as a telephone dials it: digits and a leading plus."""
    digits = "".join(c for c in number if c.isdigit())
    return f"+{digits}" if number.strip().startswith("+") else digits


# Country code, and how many digits follow it. The invented countries have a code that nobody has.
DIALLED = {
    "KZ": ("7", 10), "KG": ("996", 9), "TJ": ("992", 9), "TM": ("993", 8), "UZ": ("998", 9), "RU": ("7", 10),
    "TR": ("90", 10), NORTH: ("999", 9), SOUTH: ("999", 9),
}  # fmt: skip
# What is dialled before a number inside a country instead of its code.
TRUNKS = ("8", "0")
FOREIGN = re.compile(r"\+[1-9]\d{7,14}", re.ASCII)


def international(number: str, iso2: str) -> str:
    """A number with plus and country code, that of the country where it has none; "" where it is none."""
    plain = re.sub(r"[^\d+]", "", number)
    plain = "+" + plain[2:] if plain.startswith("00") else plain
    if plain.startswith("+"):
        return plain if FOREIGN.fullmatch(plain) else ""
    code, digits = DIALLED.get(iso2, ("", 0))
    for before in (code, "", *TRUNKS):
        if code and plain.isdecimal() and plain.startswith(before) and len(plain) == len(before) + digits:
            return f"+{code}{plain[len(before) :]}"
    return ""


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def country_name(iso2: str, language: str) -> str:
    """The country in the reader's words; names and borders follow Unicode's CLDR, no opinion of ours."""
    if iso2 in INVENTED:
        return str(INVENTED[iso2])
    if own := CALLS_ITSELF.get((iso2, language[:2])):
        return own
    locale = _locale(language)
    return locale.territories.get(iso2) or Locale("en").territories.get(iso2) or iso2


# Under which it is kept outside the database which societies work here, and what each leaves to others.
SOCIETIES = "societies"


class RegionKind(models.TextChoices):
    REGION = "region", _("region")
    CITY = "city", _("city with the rank of a region")
    CAPITAL = "capital", _("capital")
    AUTONOMOUS = "autonomous", _("autonomous region")
    REPUBLIC = "republic", _("republic within the country")
    DISTRICTS = "districts", _("districts under the republic")


class RegionScheme(models.TextChoices):
    ISO_BEFORE = "iso-before", _("ISO 3166-2 before the change")
    IFRC_GO = "ifrc-go", _("IFRC GO districts")
    OCHA = "ocha", _("OCHA place codes")


class BranchNote(models.TextChoices):
    """Why a branch stands in the list although nobody has confirmed it."""

    ASSUMED = "assumed", _("Assumed: one branch a region of about 2008.")
    SOUTH_KAZAKHSTAN = (
        "south_kazakhstan",
        _("Assumed; before 2018 this was South Kazakhstan, with Shymkent."),
    )
    ONE_OF_FIVE = ("one_of_five", _("Assumed; the last five of the 44 could as well be Turkmenistan’s."))


class FormerNote(models.TextChoices):
    LEASED = "leased", _("The town is leased; its ground lies inside the region.")
    NO_DUSHANBE = "no_dushanbe", _("That list has no line for Dushanbe; it is assumed to lie inside.")


class RuleKind(models.TextChoices):
    """What shape the value of a rule line has."""

    NUMBERS = "numbers", _("telephone numbers")  # [{"for": EmergencyService, "number": str}]
    DECIDER = "decider", _("who decides")  # Decider
    DUTY = "duty", _("a duty, or none")  # Duty
    AGE = "age", _("an age in years")  # int
    DOUBT = "doubt", _("what counts when in doubt")  # Doubt
    HOURS = "hours", _("hours")  # int
    DAYS = "days", _("days")  # int
    MONTHS = "months", _("months")  # int
    UNVERIFIED = "unverified", _("what strangers see of numbers that nobody has tried")  # UnverifiedNumbers
    TEXT = "text", _("words only")  # None


class NumberReach(models.TextChoices):
    """From where a number can be dialled inside its country; nobody guesses that it is from everywhere."""

    UNKNOWN = "unknown", _("not known from where")
    EVERYWHERE = "everywhere", _("anywhere in the country")
    MOBILE = "mobile", _("mobile only")
    LANDLINE = "landline", _("landline only")
    REGION = "region", _("not nationwide")


# What has to be said beside a number: it does not ring from everywhere.
REACHES_LESS = (NumberReach.MOBILE, NumberReach.LANDLINE, NumberReach.REGION)


class EmergencyService(models.TextChoices):
    ANY = "any", _("any emergency")
    POLICE = "police", _("police")
    AMBULANCE = "ambulance", _("ambulance")
    FIRE = "fire", _("fire and rescue")


class Decider(models.TextChoices):
    FOCAL_POINT = "focal_point", _("the focal point")
    TWO_PEOPLE = "two_people", _("two people: the focal point and one more")
    TWO_AND_LAWYER = "two_and_lawyer", _("two people, after asking a lawyer")
    CASEWORKER = "caseworker", _("the caseworker, who tells the focal point at once")


class LegalDuty(models.TextChoices):
    YES = "yes", _("there is a duty")
    NO = "no", _("there is no duty")
    UNKNOWN = "unknown", _("not known: ask a lawyer")


class AgeDoubt(models.TextChoices):
    CHILD = "child", _("treated as a child")
    UNKNOWN = "unknown", _("stays not known, with the care due to a child")


class UnverifiedNumbers(models.TextChoices):
    MARKED = "marked", _("shown, and marked")
    LEFT_OUT = "left_out", _("left out")


class RuleGroup(models.TextChoices):
    EMERGENCY = "emergency", _("In an emergency")
    PROMISE = "promise", _("What may be promised, and its limits")
    AUTHORITIES = "authorities", _("Duties and authorities")
    DOOR = "door", _("At the public door")
    COMPLAINTS = "complaints", _("Complaints and own data")
    AGE = "age", _("Children and age")
    REFLECTION = "reflection", _("Identification and reflection")
    RETENTION = "retention", _("How long what is kept")
    STAFF = "staff", _("Duty and rest of staff")
    LAW = "law", _("Laws")


class RuleKey(models.TextChoices):
    """Everything that differs by country and that the rest of Panah asks for. A closed list."""

    EMERGENCY_NUMBERS = "emergency_numbers", _("Emergency numbers")
    EXCEPTION_LIFE = "exception_life", _("Exception: risk to life")
    EXCEPTION_CHILD = "exception_child", _("Exception: a child in danger")
    EXCEPTION_ORDER = "exception_order", _("Exception: a lawful order")
    DUTY_CHILD = "duty_child", _("Duty to report concerning children")
    DUTY_CRIME = "duty_crime", _("Duty to report a crime")
    DUTY_MADE_TO_DO = "duty_made_to_do", _("Duty to report what a person was made to do")
    AUTHORITY_REQUESTS = "authority_requests", _("Requests of authorities")
    AUTHORITY_ANSWER_DAYS = "authority_answer_days", _("Days in which an authority answers a letter")
    DETENTION_HOURS = "detention_hours", _("Hours in which a judge must see somebody who is held")
    UNVERIFIED_NUMBERS = "unverified_numbers", _("Numbers that nobody has tried lately")
    MESSAGE_DAYS = "message_days", _("Days to answer a message of the public door")
    RECEIPT_DAYS = "receipt_days", _("Working days to confirm that a complaint came in")
    COMPLAINT_DAYS = "complaint_days", _("Days to answer a complaint")
    OWN_DATA_DAYS = "own_data_days", _("Days to answer a request about own data")
    COMPLAINT_OUTSIDE = "complaint_outside", _("Where else a person can complain")
    CHILD_AGE = "child_age", _("A child is anyone under this age")
    AGE_IN_DOUBT = "age_in_doubt", _("When the age is in doubt")
    OWN_CONSENT_AGE = "own_consent_age", _("Own consent counts from this age")
    GUARDIAN = "guardian", _("Who may act for a child")
    IDENTIFICATION = "identification", _("Who identifies formally")
    REFLECTION_DAYS = "reflection_days", _("Days for recovery and reflection")
    RETENTION_CONTACT = "retention_contact", _("A contact that became no case")
    RETENTION_CASE = "retention_case", _("A closed case")
    RETENTION_REFERRED = "retention_referred", _("A case handed on to others")
    RETENTION_NOT_IDENTIFIED = "retention_not_identified", _("A case without trafficking")
    RETENTION_CHILD = "retention_child", _("A child’s case, counted from coming of age")
    RETENTION_CLAIM = "retention_claim", _("After a claim or a court case has ended")
    RETENTION_COMPLAINT = (
        "retention_complaint",
        _("A complaint or a request about own data, after it is closed"),
    )
    RETENTION_VOLUNTEER = "retention_volunteer", _("A volunteer who left")
    DUTY_HOURS = "duty_hours", _("A duty is long beyond so many hours")
    REST_HOURS = "rest_hours", _("Hours of rest between two duties")
    TRAFFICKING_LAW = "trafficking_law", _("Law on trafficking in persons")
    DATA_LAW = "data_law", _("Law on personal data")


@dataclass(frozen=True, slots=True)
class KeyShape:
    group: RuleGroup
    kind: RuleKind


SHAPES: dict[RuleKey, KeyShape] = {
    RuleKey.EMERGENCY_NUMBERS: KeyShape(RuleGroup.EMERGENCY, RuleKind.NUMBERS),
    RuleKey.EXCEPTION_LIFE: KeyShape(RuleGroup.PROMISE, RuleKind.DECIDER),
    RuleKey.EXCEPTION_CHILD: KeyShape(RuleGroup.PROMISE, RuleKind.DECIDER),
    RuleKey.EXCEPTION_ORDER: KeyShape(RuleGroup.PROMISE, RuleKind.DECIDER),
    RuleKey.DUTY_CHILD: KeyShape(RuleGroup.AUTHORITIES, RuleKind.DUTY),
    RuleKey.DUTY_CRIME: KeyShape(RuleGroup.AUTHORITIES, RuleKind.DUTY),
    RuleKey.DUTY_MADE_TO_DO: KeyShape(RuleGroup.AUTHORITIES, RuleKind.DUTY),
    RuleKey.AUTHORITY_REQUESTS: KeyShape(RuleGroup.AUTHORITIES, RuleKind.TEXT),
    RuleKey.AUTHORITY_ANSWER_DAYS: KeyShape(RuleGroup.AUTHORITIES, RuleKind.DAYS),
    RuleKey.DETENTION_HOURS: KeyShape(RuleGroup.AUTHORITIES, RuleKind.HOURS),
    RuleKey.UNVERIFIED_NUMBERS: KeyShape(RuleGroup.DOOR, RuleKind.UNVERIFIED),
    RuleKey.MESSAGE_DAYS: KeyShape(RuleGroup.DOOR, RuleKind.DAYS),
    RuleKey.RECEIPT_DAYS: KeyShape(RuleGroup.COMPLAINTS, RuleKind.DAYS),
    RuleKey.COMPLAINT_DAYS: KeyShape(RuleGroup.COMPLAINTS, RuleKind.DAYS),
    RuleKey.OWN_DATA_DAYS: KeyShape(RuleGroup.COMPLAINTS, RuleKind.DAYS),
    RuleKey.COMPLAINT_OUTSIDE: KeyShape(RuleGroup.COMPLAINTS, RuleKind.TEXT),
    RuleKey.CHILD_AGE: KeyShape(RuleGroup.AGE, RuleKind.AGE),
    RuleKey.AGE_IN_DOUBT: KeyShape(RuleGroup.AGE, RuleKind.DOUBT),
    RuleKey.OWN_CONSENT_AGE: KeyShape(RuleGroup.AGE, RuleKind.AGE),
    RuleKey.GUARDIAN: KeyShape(RuleGroup.AGE, RuleKind.TEXT),
    RuleKey.IDENTIFICATION: KeyShape(RuleGroup.REFLECTION, RuleKind.TEXT),
    RuleKey.REFLECTION_DAYS: KeyShape(RuleGroup.REFLECTION, RuleKind.DAYS),
    RuleKey.RETENTION_CONTACT: KeyShape(RuleGroup.RETENTION, RuleKind.MONTHS),
    RuleKey.RETENTION_CASE: KeyShape(RuleGroup.RETENTION, RuleKind.MONTHS),
    RuleKey.RETENTION_REFERRED: KeyShape(RuleGroup.RETENTION, RuleKind.MONTHS),
    RuleKey.RETENTION_NOT_IDENTIFIED: KeyShape(RuleGroup.RETENTION, RuleKind.MONTHS),
    RuleKey.RETENTION_CHILD: KeyShape(RuleGroup.RETENTION, RuleKind.MONTHS),
    RuleKey.RETENTION_CLAIM: KeyShape(RuleGroup.RETENTION, RuleKind.MONTHS),
    RuleKey.RETENTION_COMPLAINT: KeyShape(RuleGroup.RETENTION, RuleKind.MONTHS),
    RuleKey.RETENTION_VOLUNTEER: KeyShape(RuleGroup.RETENTION, RuleKind.MONTHS),
    RuleKey.DUTY_HOURS: KeyShape(RuleGroup.STAFF, RuleKind.HOURS),
    RuleKey.REST_HOURS: KeyShape(RuleGroup.STAFF, RuleKind.HOURS),
    RuleKey.TRAFFICKING_LAW: KeyShape(RuleGroup.LAW, RuleKind.TEXT),
    RuleKey.DATA_LAW: KeyShape(RuleGroup.LAW, RuleKind.TEXT),
}
