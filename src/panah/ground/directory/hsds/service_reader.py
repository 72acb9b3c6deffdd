"""One service as others write it, field by field."""

from zoneinfo import available_timezones

from panah.ground.directory import rules, words
from panah.ground.directory.hsds import terms
from panah.ground.directory.hsds.attributes import (
    ReaderDefaults,
    Terms,
    addresses,
    codes,
    country_of,
    inside,
    russian,
    terms_of,
)
from panah.ground.directory.hsds.drafts import DraftOrganization, DraftService
from panah.ground.directory.hsds.values import Reading, Record, clean, hours, number_of
from panah.ground.kit.field_builders import LONGEST


def read_service(
    reading: Reading,
    pk: str,
    name: str,
    owner: DraftOrganization,
    asked: ReaderDefaults,
    owners_phones: list[Record],
) -> DraftService:
    told = terms_of(reading)
    iso2 = country_of(reading, asked) or owner.iso2
    least, most = _ages(reading)
    draft = DraftService(
        id=pk,
        name_en=name,
        iso2=iso2,
        name_ru=russian(reading, told, name),
        description_en=reading.text("description", LONGEST),
        description_ru=reading.bounded("description", told.details.get("description_ru"), LONGEST),
        region=_region_of(reading, asked, iso2),
        minimum_age=least,
        maximum_age=most,
        time_zone=_zone(told, asked, iso2),
        fees=reading.bounded("fees_description", _fees(reading), 200),
        capacity=reading.bounded(
            "capacity", told.details.get("capacity") or reading.record.get("wait_time"), 200
        ),
        how_to_refer=reading.bounded("application_process", _how_to_refer(reading, asked), LONGEST),
        eligibility=reading.text("eligibility_description", LONGEST),
        documents=reading.bounded("required_documents", _documents(reading), LONGEST),
        website=reading.web("url", 300),
        status=_status(reading),
        told_verified_on=reading.day("assured_date", latest=asked.today),
        needs=_needs(reading, told, name),
        admits=codes(
            told, terms.ADMITS, words.Admits.values, terms.understood(told.others, terms.ADMIT_WORDS)
        ),
        languages=_languages(reading),
        phones=_phones(reading, owners_phones),
        contact=_contact(reading) if asked.contacts else {},
    )
    draft.free = _free(reading, told)
    _hours(reading, told, draft)
    draft.address = _address(reading, told, draft, asked)
    return draft


def _ages(reading: Reading) -> tuple[int | None, int | None]:
    least, most = reading.age("minimum_age"), reading.age("maximum_age")
    if least is not None and most is not None and most < least:
        reading.wrong("maximum_age", "ages-crossed")
        return None, None
    return least, most


def _needs(reading: Reading, told: Terms, name: str) -> list[str]:
    """Our own codes, else what the terms of others speak of, else what the name does."""
    guessed = terms.understood(told.others, terms.NEED_WORDS) or terms.understood([name], terms.NEED_WORDS)
    found = codes(told, terms.NEEDS, words.Need.values, guessed)
    if not found:
        reading.wrong("attributes", "no-need")
    return found


def _how_to_refer(reading: Reading, asked: ReaderDefaults) -> str:
    """How they take people; with the service's own e-mail address, for which the directory has no field."""
    said = [clean(reading.record.get("application_process"))]
    if asked.contacts:
        said.append(reading.mail("email"))
    return "\n".join(one for one in said if one)


def _status(reading: Reading) -> str:
    text = clean(reading.record.get("status")).casefold()
    if text in words.ServiceStatus.values:
        return text
    reading.wrong("status", "no-status")
    return ""


def _region_of(reading: Reading, asked: ReaderDefaults, iso2: str) -> str:
    said = [clean(one.get(name)) for one in reading.records("service_areas") for name in ("extent", "name")]
    for one in addresses(reading):
        said += [clean(one.get(name)) for name in ("state_province", "region", "city")]
    found = [asked.places.region(text) for text in said if text]
    return next((code for code in found if code.startswith(f"{iso2}-")), "")


def _zone(told: Terms, asked: ReaderDefaults, iso2: str) -> str:
    """The zone that is said, else that of the country; "" where nobody knows."""
    zone = told.details.get("time_zone", "")
    return zone if zone in available_timezones() else asked.places.zones.get(iso2, "")


def _fees(reading: Reading) -> str:
    said = [clean(reading.record.get("fees_description")), clean(reading.record.get("fees"))]
    for cost in reading.records("cost_options"):
        amount = " ".join(filter(None, (clean(cost.get("amount")), clean(cost.get("currency")))))
        said += [clean(cost.get("amount_description")), "" if amount in ("", "0", "0.0") else amount]
    return "; ".join(dict.fromkeys(one for one in said if one))


def _free(reading: Reading, told: Terms) -> bool | None:
    if told.details.get("free") in ("yes", "no"):
        return told.details["free"] == "yes"
    amounts = {clean(cost.get("amount")) for cost in reading.records("cost_options")} - {""}
    if not amounts:
        return None
    return amounts <= {"0", "0.0", "0.00"}


def _documents(reading: Reading) -> str:
    said = (clean(one.get("document")) for one in reading.records("required_documents"))
    return "\n".join(" ".join(one.split()) for one in said if one)


def _languages(reading: Reading) -> list[str]:
    found: list[str] = []
    for one in reading.records("languages"):
        tag = terms.language_tag(clean(one.get("code")), clean(one.get("name")))
        if not tag:
            reading.wrong("languages", "no-language")
        elif tag not in found:
            found.append(tag)
    return found


def _places(reading: Reading) -> list[Record]:
    return [
        *reading.records("service_at_locations"),
        *(
            one["location"]
            for one in reading.records("service_at_locations")
            if isinstance(one.get("location"), dict)
        ),
    ]


def _phones(reading: Reading, owners: list[Record]) -> list[dict[str, str]]:
    """The service's own numbers, else those of its places, else of its organisation."""
    own = reading.records("phones") or [p for place in _places(reading) for p in inside(place, "phones")]
    found: dict[str, dict[str, str]] = {}
    for one in own or owners:
        number = number_of(one.get("number"))
        if not number:
            reading.wrong("phones", "no-number")
            continue
        note = reading.bounded("phones", one.get("description"), 120)
        found.setdefault(number, {"number": number, "note": note})
    return list(found.values())


def _contact(reading: Reading) -> dict[str, str]:
    for one in reading.records("contacts"):
        inner = Reading(one, kind=reading.kind, number=reading.number, problems=reading.problems)
        inner.name = reading.name
        name = inner.bounded("contacts", one.get("name"), 120)
        if name:
            phones = [number_of(p.get("number")) for p in inside(one, "phones")]
            return {
                "name": name,
                "title": inner.bounded("contacts", one.get("title"), 120),
                "phone": next((p for p in phones if p), ""),
                "email": inner.mail("email"),
            }
    return {}


def _hours(reading: Reading, told: Terms, draft: DraftService) -> None:
    schedules = reading.records("schedules")
    schedules = schedules or [one for place in _places(reading) for one in inside(place, "schedules")]
    draft.hours, said, whole = hours(schedules)
    if not whole:
        reading.wrong("schedules", "hours-in-words")
    draft.hours_en = reading.bounded("schedules", told.details.get("hours_en") or "; ".join(said), 200)
    draft.hours_ru = reading.bounded("schedules", told.details.get("hours_ru"), 200)


def _address(reading: Reading, told: Terms, draft: DraftService, asked: ReaderDefaults) -> str:
    """Where to come, in one line. Where a bed may be offered, nothing: in doubt an address is not taken."""
    found = addresses(reading)
    said = (
        [
            clean(found[0].get(name))
            for name in ("address_1", "address_2", "city", "state_province", "postal_code")
        ]
        if found
        else []
    )
    # The region has a field of its own.
    known = (one for one in said if one.casefold() != terms.UNKNOWN and not asked.places.region(one))
    line = ", ".join(dict.fromkeys(one for one in known if one))
    if not rules.may_have_address(draft.needs) or terms.speaks_of_a_bed(
        (draft.name_en, draft.name_ru, draft.description_en, draft.description_ru, *told.others)
    ):
        if found:
            reading.wrong("locations", "bed-address")
        return ""
    if len(found) > 1:
        reading.wrong("locations", "one-place")
    return reading.bounded("locations", line, 300)
