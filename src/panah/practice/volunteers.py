"""Made-up volunteers of a practice node, in every branch and every state; three wait for an answer."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from panah.ground.network.queries import branch_or_none, society_or_none
from panah.practice.cast import LEADERS, Practice
from panah.programmes.volunteers import actions as volunteers
from panah.programmes.volunteers import queries as volunteers_queries

if TYPE_CHECKING:
    from panah.ground.network.models import Branch
    from panah.programmes.volunteers.models import Volunteer

# Names that could be and are nobody's: forenames of the region, and surnames after the practice branches and plants.
LATIN = (
    (("Aigul", "Gulnora", "Zarrina", "Nilufar", "Perizat", "Madina"), "a"),
    (("Nurbek", "Jasur", "Farrukh", "Merdan", "Daniyar", "Temur"), ""),
    ("Arnayev", "Beshov", "Tulipov", "Saryqulov", "Rowanov", "Poplarov", "Aspenov"),
)
CYRILLIC = (
    (("Мадина", "Айжан", "Лола", "Карлыгаш", "Зухра"), "а"),
    (("Тимур", "Азамат", "Рустам", "Данияр", "Алим"), ""),
    ("Тростников", "Абрикосов", "Рябинов", "Тополев"),
)
BRANCHES = {
    "practice-north": {"arna": 22, "besh": 10, "saryqum": 8},
    "practice-south": {"sora": 12, "navbulak": 8, "oyqor": 5},
}
SPEAKS = (["ru", "kk"], ["ru", "uz"], ["uz", "tg"], ["ky", "ru"], ["tk", "uz"])
SKILLS: tuple[list[str], ...] = (
    ["first_aid"],
    ["teaching", "media"],
    ["driving"],
    [],
    ["listening", "computer"],
)
FREE = (["evenings", "weekends"], ["weekdays"], ["nights", "weekends"], ["weekends"])
ROLES = ("member", "member", "peer_educator", "member", "trainer", "leader", "member")


def build(practice: Practice) -> None:
    """Write volunteers down for each society that works on this node, and let some pause, leave, move and be vetted."""
    for society, leaders in LEADERS.items():
        if practice.has(*leaders):
            _of_society(practice, society, leaders[0])


def _of_society(practice: Practice, slug: str, lead: str) -> None:
    society = society_or_none(slug)
    if society is None:
        raise LookupError(slug)
    branches = {name: branch_or_none(society, name) for name in BRANCHES[slug]}
    rows: list[Volunteer] = []
    numbers = count()
    for name, number in BRANCHES[slug].items():
        branch = branches[name]
        if branch is not None:
            rows += [_volunteer(practice, lead, branch, next(numbers)) for _one in range(number)]
    _what_happened(practice, lead, rows, [one for one in branches.values() if one is not None])


def _name(number: int, *, female: bool) -> tuple[str, str]:
    """Return (forename, surname), every third in Cyrillic."""
    women, men, families = CYRILLIC if number % 3 == 2 else LATIN
    forenames, ending = women if female else men
    return forenames[number % len(forenames)], families[number // 2 % len(families)] + ending


def _volunteer(practice: Practice, lead: str, branch: Branch, number: int) -> Volunteer:
    today = timezone.localtime(practice.at).date()
    female = number % 5 not in (1, 3)
    forename, family = _name(number, female=female)
    # Every sixth is under 18, two of three of them with a guardian who agreed.
    minor = number % 6 == 5
    agreed = minor and number % 18 != 17
    return volunteers.add_volunteer(
        by=practice.staff[lead],
        branch=branch.pk,
        role=ROLES[number % len(ROLES)] if not minor else "member",
        joined_on=today - timedelta(days=40 + 37 * number),
        at=practice.at,
        name=f"{forename} {family}",
        sex="female" if female else "male",
        born_year=today.year - (15 + number % 3 if minor else 21 + (number * 7) % 50),
        languages=SPEAKS[number % len(SPEAKS)],
        skills=SKILLS[number % len(SKILLS)],
        availability=FREE[number % len(FREE)],
        phone=f"+000 55 {number:02} {number * 7 % 100:02} 10",
        may_be_contacted=number % 7 != 3,
        guardian_name=f"Practice: {family}" if minor else "",
        guardian_phone=f"+000 66 {number:02} 00 10" if minor else "",
        guardian_agreed_on=today - timedelta(days=30) if agreed else None,
        code_signed_on=today - timedelta(days=20 + number) if number % 5 != 4 else None,
    )


def _what_happened(practice: Practice, lead: str, rows: list[Volunteer], branches: list[Branch]) -> None:
    by, at, keys = practice.staff[lead], practice.at, practice.keys(lead)
    today = timezone.localtime(at).date()
    for number, row in enumerate(rows):
        if number % 2 == 0:
            # One in ten runs out soon, one has run out.
            days = {0: 12, 10: -5}.get(number % 20, 200 + 5 * number)
            volunteers.set_safeguarding(by=by, row=row, until=today + timedelta(days=days), at=at)
        if number % 3 == 0:
            volunteers.set_insurance(
                by=by, row=row, until=today + timedelta(days=9 if number == 3 else 120 + number),
                cover="Practice: group insurance 00-10", at=at,
            )  # fmt: skip
        if number % 4 == 0 and number < 20:
            volunteers.vet(
                keys=keys, row=row, found="Practice: papers seen, two colleagues asked.",
                until=today + timedelta(days=20 if number == 4 else 600), at=at,
            )  # fmt: skip
    for row, step in zip(rows[1::7], (volunteers.pause, volunteers.leave), strict=False):
        step(by=by, row=row, on=today - timedelta(days=9), why="Practice: exams", at=at)
    if lead == "bakyt":
        _at_arna(practice, rows, branches, today)


def _at_arna(practice: Practice, rows: list[Volunteer], branches: list[Branch], today: date) -> None:
    """Who asks to join at Arna, who would move there, and the coordinator, who is a volunteer too."""
    by, at, arna = practice.staff["bakyt"], practice.at, branches[0]
    volunteers.ask_to_move(
        by=by, row=rows[-1], branch=str(arna.pk), why="Practice: begins to study there", at=at
    )
    volunteers.ask_to_vet(by=by, row=rows[6], at=at)
    volunteers.add_role(by=by, row=rows[2], branch=str(branches[1].pk), role="trainer", since=today, at=at)
    volunteers.add_incident(
        keys=practice.keys("bakyt"), row=rows[0], on=today - timedelta(days=3), at=at,
        what="Practice: came to a session without the second adult.", decided="Practice: talked it through.",
    )  # fmt: skip
    volunteers.remind_of_expiry(society=rows[0].society_id, at=at)
    if practice.has("ibrat"):
        ibrat = practice.staff["ibrat"]
        volunteers.add_incident(
            keys=practice.keys("ibrat"), row=rows[3], on=today - timedelta(days=1), at=at,
            what="Practice: a pupil says that messages came at night.",
        )  # fmt: skip
        # Wants to be erased; the vetting that is kept makes it a focal point's to do.
        volunteers.erase_volunteer(by=ibrat, keys=None, row=rows[12], at=at)
        # Grown up, vetted, with a signed code: training says the rest.
        volunteers.link_staff(by=by, row=rows[4], colleague=str(practice.staff["ibrat"].pk), at=at)
    token = volunteers.renew_link(by=by, branch=arna.pk, at=at)
    with volunteers_queries.link_at(token, on=today) as link:
        if link is None:
            return
        for name, age in (("Aibek Aspenov", 24), ("Камила Берёзова", 16), ("Lola Poplarova", 31)):
            minor = age < 18
            volunteers.ask_to_join(
                link=link, once=uuid4(), at=at, name=name, born_year=today.year - age, languages=["ru", "uz"],
                phone=f"+000 77 {age} 10 10", other="", may_be_contacted=True,
                guardian_name="Practice: Берёзова" if minor else "",
                guardian_phone="+000 77 99 10 10" if minor else "",
            )  # fmt: skip
