"""Twenty pictures of answers, and the sentence that each must and must not give: through the page, in both languages."""

import re
from dataclasses import dataclass, field

import pytest

from panah.people.screening import queries
from tests.screening.conftest import say_age

HOME = "/cases/4TQ-7MX-G/screening/"

# What would deny something that nobody asked about.
DENIES = re.compile(
    r"without exploitation|without signs of|(?<!even )without deception|got away|no sign of|not shown or|shows no|is not shown"
    r"|без эксплуатации|без признаков|(?<!даже )без обмана|успел уйти|нет признаков|не показан",
    re.IGNORECASE,
)


@dataclass
class Picture:
    """``yes``, ``unknown``: codes; ``no``: whole parts that were asked and are no but for those."""

    profile: str
    age: str
    en: tuple[str, ...]
    ru: tuple[str, ...]
    yes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    may_deny: bool = False
    more: dict[str, str] = field(default_factory=dict)


def adult(**more):
    return Picture(profile="adult_labour", age="adult", **more)


def child(**more):
    return Picture(profile="child_labour", age="child", **more)


HELD = ("control.papers", "control.debt", "control.isolation", "control.violence")
UNPAID = ("exploitation.hours", "exploitation.pay")
LIED_TO = ("deceived.work", "deceived.pay")
OTHERS = ("deceived", "forced", "vulnerable", "dependent")
WORK_UNKNOWN = ("Not known yet: exploitation at work", "Пока неизвестно: эксплуатация в работе")

PICTURES = {
    "papers held, debt, locked in, beaten; the rest not asked": adult(
        yes=HELD,
        en=("What was told points to trafficking: control at the place.", WORK_UNKNOWN[0], "Next:"),
        ru=("Рассказанное указывает на торговлю людьми: контроль на месте.", WORK_UNKNOWN[1], "Дальше:"),
    ),
    "excessive hours and no pay; the rest not asked": adult(
        yes=UNPAID,
        en=(
            "Exploitation at work. Whether it is trafficking is not known yet.",
            "Not known yet: deception at the beginning, force at the beginning",
            "control at the place",
        ),
        ru=(
            "Эксплуатация в работе. Торговля ли это людьми, пока неизвестно.",
            "Пока неизвестно: обман в начале, принуждение в начале",
            "контроль на месте",
        ),
    ),
    "excessive hours and no pay; everything else asked, and no": adult(
        yes=UNPAID,
        no=(*OTHERS, "control"),
        en=(
            "Exploitation at work; by what was told, without deception, force or control.",
            "A lawyer can help",
        ),
        ru=("Эксплуатация в работе; по рассказанному, без обмана, принуждения и контроля.", "Поможет юрист"),
        may_deny=True,
    ),
    "excessive hours and no pay, papers kept; the rest not asked": adult(
        yes=(*UNPAID, "control.papers"),
        en=("Told as well, too little alone so far: Someone else keeps the papers.",),
        ru=("Рассказано и это, но само по себе пока мало: Документы держит кто-то другой.",),
    ),
    "held and unpaid; how it began not asked": adult(
        yes=(*HELD, *UNPAID),
        en=(
            "Exploitation and control at the place: an indication of forced labour.",
            "Not known yet: deception at the beginning",
        ),
        ru=(
            "Эксплуатация и контроль на месте: признаки принудительного труда.",
            "Пока неизвестно: обман в начале",
        ),
    ),
    "held and unpaid; how it began asked, and no": adult(
        yes=(*HELD, *UNPAID),
        no=OTHERS,
        en=("an indication of forced labour.", "By what was told, it began without deception or force."),
        ru=("признаки принудительного труда.", "По рассказанному, началось это без обмана и принуждения."),
        may_deny=True,
    ),
    "deceived, unpaid and held": adult(
        yes=(*LIED_TO, *UNPAID, *HELD),
        en=(
            "An indication of trafficking for forced labour.",
            "What points there: deception at the beginning, exploitation at work, control at the place.",
        ),
        ru=(
            "Признаки торговли людьми с целью принудительного труда.",
            "На это указывают: обман в начале, эксплуатация в работе, контроль на месте.",
        ),
    ),
    "a hard situation used, unpaid and held": adult(
        yes=("vulnerable.money", "vulnerable.no_status", "vulnerable.grip", *UNPAID, *HELD),
        en=("An indication of trafficking", "abuse of a difficult situation at the beginning"),
        ru=("Признаки торговли людьми", "злоупотребление трудным положением в начале"),
    ),
    "deceived; the rest not asked": adult(
        yes=LIED_TO,
        en=("What was told points to trafficking: deception at the beginning.", WORK_UNKNOWN[0]),
        ru=("Рассказанное указывает на торговлю людьми: обман в начале.", WORK_UNKNOWN[1]),
    ),
    "deceived; the work asked, and no": adult(
        yes=LIED_TO,
        no=("exploitation",),
        en=(
            "points to trafficking: deception at the beginning.",
            "By what was told, there was no exploitation yet.",
        ),
        ru=(
            "указывает на торговлю людьми: обман в начале.",
            "По рассказанному, до эксплуатации пока не дошло.",
        ),
        may_deny=True,
    ),
    "deceived and unpaid; control not asked": adult(
        yes=(*LIED_TO, *UNPAID),
        en=(
            "What was told points to trafficking: deception at the beginning, exploitation at work.",
            "Not known yet: control at the place",
        ),
        ru=(
            "Рассказанное указывает на торговлю людьми: обман в начале, эксплуатация в работе.",
            "Пока неизвестно: контроль на месте",
        ),
    ),
    "forced on the way and unpaid; control asked, and no": adult(
        yes=("forced.violence", "forced.debt", *UNPAID),
        no=("control",),
        en=("points to trafficking: force at the beginning, exploitation at work.",),
        ru=("указывает на торговлю людьми: принуждение в начале, эксплуатация в работе.",),
        never=("control at the place.", "контроль на месте."),
    ),
    "unpaid, depends on them for everything": adult(
        yes=(*UNPAID, "dependent.exploiter", "dependent.money", "dependent.authorities"),
        en=("exploitation at work, abuse of a difficult situation at the place.",),
        ru=("эксплуатация в работе, злоупотребление трудным положением на месте.",),
    ),
    "papers held and nothing else asked": adult(
        yes=("control.papers",),
        en=(
            "Something was told that can point to trafficking: Someone else keeps the papers.",
            "Not known yet:",
        ),
        ru=(
            "Рассказано то, что может указывать на торговлю людьми: Документы держит кто-то другой.",
            "Пока неизвестно:",
        ),
        never=("Nothing can be said yet", "Пока ничего нельзя сказать"),
    ),
    "papers held; everything else asked, and no": adult(
        yes=("control.papers",),
        no=(*OTHERS, "control", "exploitation"),
        en=("Something was told that can point to trafficking: Someone else keeps the papers.",),
        ru=("Рассказано то, что может указывать на торговлю людьми: Документы держит кто-то другой.",),
        never=("Nothing that was told points", "Ничто из рассказанного не указывает"),
    ),
    "everything asked, everything no": adult(
        no=(*OTHERS, "control", "exploitation"),
        en=("Nothing that was told points to exploitation, deception or force.",),
        ru=("Ничто из рассказанного не указывает на эксплуатацию, обман или принуждение.",),
    ),
    "asked, and not known": adult(
        unknown=HELD,
        en=("Nothing can be said yet.", "Not known yet:", "control at the place"),
        ru=("Пока ничего нельзя сказать.", "Пока неизвестно:", "контроль на месте"),
    ),
    "a child, unpaid; who brought the child not asked": child(
        yes=UNPAID,
        en=(
            "Exploitation of a child.",
            "For a child, exploitation counts even without deception or force",
            "Not known yet: who recruited, brought, housed or received the child",
        ),
        ru=(
            "Эксплуатация ребёнка.",
            "Для ребёнка эксплуатация учитывается даже без обмана и принуждения",
            "Пока неизвестно: кто завербовал, привёз, поселил или принял ребёнка",
        ),
    ),
    "a child, held; the work not asked": child(
        yes=("control.papers", "control.threats"),
        en=("What was told points to trafficking of a child: control at the place.", WORK_UNKNOWN[0]),
        ru=("Рассказанное указывает на торговлю ребёнком: контроль на месте.", WORK_UNKNOWN[1]),
        never=("deception at the beginning.", "обман в начале."),
    ),
    "age not known, unpaid, brought by somebody": Picture(
        profile="child_labour",
        age="unknown",
        yes=("act.someone", *UNPAID),
        en=("An indication of trafficking of a child.", "The age is not known"),
        ru=("Признаки торговли ребёнком.", "Возраст неизвестен"),
    ),
}


def test_there_are_twenty_pictures():
    assert len(PICTURES) == 20


def headline(client):
    body = client.get(f"{HOME}result/").content.decode()
    said = re.search(r'<section class="sheet stack" data-part="headline">(.*?)</section>', body, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", said.group(1) if said else body))


def answer_all(client, picture):
    meeting = client.post(HOME, {"profile": picture.profile}).url
    given = dict.fromkeys(picture.yes, "yes") | dict.fromkeys(picture.unknown, "unknown")
    profile = queries.sets().by_code[picture.profile]
    for part in profile.dimensions:
        codes = [i.code for i in part.indicators]
        told = {c: given.get(c, "no" if part.code in picture.no else "none") for c in codes}
        if set(told.values()) != {"none"}:
            fields = {c.replace(".", "-"): a for c, a in told.items()}
            client.post(f"{meeting}{part.code}/", {"seen": 99, "then": "stop", **fields})
    if profile.act and profile.act.code in given:
        client.post(f"{meeting}someone/", {"seen": 99, "then": "stop", "act-someone": "yes"})


@pytest.mark.parametrize("name", PICTURES)
def test_the_headline_names_what_points_what_is_unknown_and_what_is_next(world, case, name):
    picture = PICTURES[name]
    say_age(world, case, picture.age)
    amina = world.client("amina")
    answer_all(amina, picture)
    told = {"en": headline(amina)}
    staff = world.staff["amina"]
    staff.language = "ru"
    staff.save()
    told["ru"] = headline(amina)
    for sentence in picture.en:
        assert sentence in told["en"]
    for sentence in picture.ru:
        assert sentence in told["ru"]
    assert "Next:" in told["en"]
    assert "Дальше:" in told["ru"]
    for text in told.values():
        assert not [one for one in picture.never if one in text], text
        if not picture.may_deny:
            assert not DENIES.search(text), text


def test_a_set_without_weights_names_what_was_told_and_calculates_nothing(world, case):
    amina = world.client("amina")
    meeting = amina.post(HOME, {"profile": "forced_begging"}).url
    profile = queries.sets().by_code["forced_begging"]
    purpose = next(d for d in profile.dimensions if d.code == "purpose")
    fields = {purpose.indicators[0].code.replace(".", "-"): "yes"}
    amina.post(f"{meeting}purpose/", {"seen": 99, "then": "stop", **fields})
    text = headline(amina)
    assert "Something was told that can point to trafficking: The begging itself." in text
    assert "Not known yet: How it began and who moved the person" in text
    assert "No result is calculated" in text
    assert "For a child, exploitation counts even without deception or force" in text
