"""The standing cast of a practice node: who works at the two invented societies, with keys and roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from panah.ground.accounts import actions as accounts
from panah.ground.directory.actions import load_reference_data, practise_elsewhere
from panah.ground.network.queries import branch_or_none, society_or_none
from panah.ground.sign_in import actions as sign_in
from panah.ground.sign_in import second_factor
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions import recovery, two_people
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.passphrases import new_passphrase, new_personal_code
from panah.ground.vault.seals import Private
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from concurrent.futures import Future

    from panah.ground.accounts.models import Staff
    from panah.programmes.evidence.models import Release
    from panah.programmes.evidence.products import ReleaseRequest, ReleaseResult


@dataclass(frozen=True)
class Member:
    """One invented colleague."""

    username: str
    society: str
    branch: str
    roles: tuple[str, ...]
    speaks: tuple[str, ...]
    duty: str = ""  # a duty key given beside what the role brings


CAST = (
    Member("bakyt", "practice-north", "", ("focal_point",), ("ru", "kk", "en")),
    Member("saule", "practice-north", "", ("focal_point",), ("ru", "kk")),
    Member("amina", "practice-north", "arna", ("caseworker",), ("ru", "uz", "kk")),
    Member("cholpon", "practice-north", "besh", ("caseworker",), ("ru", "ky")),
    Member("elena", "practice-north", "arna", ("hotline_operator", "intake"), ("ru", "kk", "uz"), "G"),
    Member("gulnar", "practice-north", "arna", ("shelter_manager",), ("ru", "kk")),
    Member("nurlan", "practice-north", "", ("data_officer",), ("ru", "en"), "F"),
    Member("zarina", "practice-north", "", ("data_protection_officer",), ("ru", "tg")),
    Member("timur", "practice-north", "", ("administrator",), ("ru",)),
    Member("ibrat", "practice-north", "arna", ("branch_coordinator",), ("ru", "uz")),
    Member("rustam", "practice-south", "", ("focal_point",), ("uz", "ru", "en")),
    Member("malika", "practice-south", "", ("focal_point",), ("uz", "ru")),
    Member("daler", "practice-south", "sora", ("caseworker", "hotline_operator"), ("uz", "tg", "ru")),
)
LEADERS = {"practice-north": ("bakyt", "saule"), "practice-south": ("rustam", "malika")}


WORKED_HERE = timedelta(days=200)


@dataclass
class Practice:
    """What was made, and (in ``kept``) what practice.json keeps."""

    at: datetime
    staff: dict[str, Any] = field(default_factory=dict)
    seeds: dict[str, bytes] = field(default_factory=dict, repr=False)
    kept: dict[str, Any] = field(default_factory=dict, repr=False)
    # The release whose rows a process beside this one draws, what it was asked, and what will come of it.
    rows: tuple[Release, ReleaseRequest, Future[ReleaseResult]] | None = None

    def has(self, *usernames: str) -> bool:
        """Say whether these colleagues work on this node."""
        return all(one in self.staff for one in usernames)

    def keys(self, username: str) -> Keyring:
        """The keyring of a colleague, as if she had just opened her vault."""
        return Keyring(staff=self.staff[username], private=Private(self.seeds[username]))


def build(*, at: datetime, only: str = "") -> Practice:
    """Load the register, hire the cast, hold the ceremonies, admit everyone and give the duty keys.

    ``only``: the other practice society is in the register, and works on a node of its own.
    """
    load_reference_data(at=at, practice=True)
    for elsewhere in set(LEADERS) - ({only} if only else set(LEADERS)):
        practise_elsewhere(society=society_or_none(elsewhere))
    # They have worked here for a while: what they did in the last weeks is no older than their keys.
    practice = Practice(at - WORKED_HERE, kept={"people": {}, "shares": {}})
    secret = second_factor.new_secret()
    for member in CAST:
        if only in ("", member.society):
            _hire(practice, member, secret)
    for society, leaders in LEADERS.items():
        if only in ("", society):
            _found(practice, society, leaders)
    practice.at = at
    return practice


def _hire(practice: Practice, member: Member, secret: str) -> None:
    society = society_or_none(member.society)
    if society is None:
        raise LookupError(member.society)
    staff = accounts.add_colleague(
        society=society,
        username=member.username,
        name=member.username.title(),
        roles=member.roles,
        at=practice.at,
        branch=branch_or_none(society, member.branch) if member.branch else None,
        speaks=member.speaks,
    )
    words, code = new_passphrase(), new_personal_code()
    vault.make_staff_key(staff=staff, passphrase=words, code=code, at=practice.at)
    # One code app for the whole cast: the sign-in page of a practice node shows its digits.
    second_factor.activate(staff, secret)
    opened = sign_in.check_passphrase(
        username=member.username, passphrase=code, at=practice.at, with_code=True
    )
    _can_be_called(staff, at=practice.at)
    practice.staff[member.username], practice.seeds[member.username] = staff, opened.seed
    practice.kept["people"][member.username] = {
        "words": words,
        "code": code,
        "society": member.society,
        "roles": list(member.roles),
    }


def _can_be_called(staff: Staff, *, at: datetime) -> None:
    """Give an e-mail address and a duty telephone that nobody has."""
    number = 40 + [one.username for one in CAST].index(staff.username)
    accounts.change_settings(
        by=staff, language=staff.language, theme=staff.theme, shortcuts=staff.shortcuts, speaks=staff.speaks,
        email=f"{staff.username}@practice.example", duty_phone=f"+00000000{number}", at=at,
    )  # fmt: skip
    staff.refresh_from_db()


def _decide(practice: Practice, leaders: tuple[str, ...], member: Member) -> None:
    """Both leaders admit the data protection officer, with two shares at hand: it is the day of the ceremony."""
    staff, at = practice.staff[member.username], practice.at
    if vault.decided_by_two(staff):
        first, second = (practice.keys(one) for one in leaders)
        request = vault.ask(keys=first, act=two_people.ADMIT, staff=staff, at=at)
        vault.approve(keys=second, request=request, at=at)
        shares = recovery.combine(practice.kept["shares"][member.society][:2])
        recovery.approve_by_shares(recovery=shares, request=request, at=at)


def _found(practice: Practice, society: str, leaders: tuple[str, ...]) -> None:
    first = practice.keys(leaders[0])
    shares = vault.hold_ceremony(
        keys=first, focal_points=[practice.staff[n] for n in leaders], at=practice.at
    )
    practice.kept["shares"][society] = list(shares.words)
    keys = practice.keys(leaders[0])
    for member in CAST:
        if member.society == society and member.username not in leaders:
            _decide(practice, leaders, member)
            vault.admit(keys=keys, staff=practice.staff[member.username], at=practice.at)
            second = practice.staff[leaders[1]]
            if vault_queries.may_say_known(second, practice.staff[member.username]):
                vault.confirm_known(staff=practice.staff[member.username], by=second, at=practice.at)
            if member.duty:
                vault.give_key(
                    keys=keys, kind=KeyKind(member.duty), to=practice.staff[member.username], at=practice.at
                )
