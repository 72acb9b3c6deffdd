"""Who may do what: every permission of every room, and the roles that hold it. All rooms ask here.

One line is one permission: its name, the roles that hold it, and why where it is not plain. This is the part of the
answer that a role gives. Whether it is her branch, her case or her society is asked beside it, in the
``permissions.py`` of the room. What opens by a key or a grant (a case, a contact, a complaint) opens by no role.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.words import Role
from panah.ground.foundation.errors import Refusal

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer

HOTLINE_OPERATOR, CASEWORKER, FOCAL_POINT = Role.HOTLINE_OPERATOR, Role.CASEWORKER, Role.FOCAL_POINT
SHELTER_MANAGER, BRANCH_COORDINATOR = Role.SHELTER_MANAGER, Role.BRANCH_COORDINATOR
NETWORK_COORDINATOR, DATA_OFFICER = Role.NETWORK_COORDINATOR, Role.DATA_OFFICER
DATA_PROTECTION_OFFICER, INTAKE, GUEST = Role.DATA_PROTECTION_OFFICER, Role.INTAKE, Role.GUEST


class Permission(StrEnum):
    """``room.what``; ``roles`` are those that hold it. An administrator holds none: she keeps the server."""

    roles: tuple[Role, ...]

    def __new__(cls, name: str, *roles: Role) -> Permission:
        one = str.__new__(cls, name)
        one._value_, one.roles = name, roles
        return one

    # -- ground: who works here, keys, duties ----------------------------------------------------------
    ACCOUNTS_KEEP = "accounts.keep", FOCAL_POINT  # colleagues, their roles, the roster
    ACCOUNTS_GUEST_PAGES = "accounts.guest_pages", GUEST  # and no other page
    DUTY_CALLS = "accounts.duty_calls", HOTLINE_OPERATOR, FOCAL_POINT
    # Whoever knows the people may be paged for them.
    DUTY_DANGER = "accounts.duty_danger", HOTLINE_OPERATOR, CASEWORKER, SHELTER_MANAGER, FOCAL_POINT
    DUTY_INTAKE = "accounts.duty_intake", INTAKE, CASEWORKER, HOTLINE_OPERATOR, FOCAL_POINT
    DUTY_SHELTER = "accounts.duty_shelter", SHELTER_MANAGER, FOCAL_POINT
    CHANNELS_TOLD = "channels.told", FOCAL_POINT  # how colleagues are called never changes unseen
    VAULT_LEAD = "vault.lead", FOCAL_POINT  # holds all keys of the society, decides by two
    VAULT_STOP = "vault.stop", FOCAL_POINT, DATA_PROTECTION_OFFICER  # the officer is led by no focal point
    VAULT_KNOW = "vault.know", FOCAL_POINT, DATA_PROTECTION_OFFICER  # says that she knows a colleague
    VAULT_OFFICER = "vault.officer", DATA_PROTECTION_OFFICER
    MODE_CHANGE = "sign_in.change_mode", FOCAL_POINT  # what the society does itself
    ITEMS_TAKE = "sign_in.take_work", CASEWORKER, FOCAL_POINT  # of a colleague who leaves
    WORK_LEAD = "work.lead", FOCAL_POINT  # the team's day; is paged where nobody is on duty
    EXCHANGE_PAIR = "exchange.pair", FOCAL_POINT
    NETWORK_KEEP_OWN = "network.keep_own", FOCAL_POINT  # what her society keeps in the directory
    NETWORK_KEEP_SHARED = "network.keep_shared", NETWORK_COORDINATOR  # what no society on this node keeps

    # -- people: from a call to a case and back --------------------------------------------------------
    CASES_WORK = "cases.work", CASEWORKER, FOCAL_POINT  # opens and holds cases
    CASES_LEAD = "cases.lead", FOCAL_POINT  # opens all of the society, approves plans and closings
    COMPLAINTS_LEAD = "complaints.lead", FOCAL_POINT  # names the second reader
    COMPLAINTS_OFFICER = "complaints.officer", DATA_PROTECTION_OFFICER  # reads and confirms
    COMPLAINTS_CONFIRM = (
        "complaints.confirm",
        DATA_PROTECTION_OFFICER,
        FOCAL_POINT,
    )  # she where there is no officer
    FAMILY_LINKS_LEAD = "family_links.lead", FOCAL_POINT
    FINDING_FIND = "finding.find", CASEWORKER, FOCAL_POINT
    FINDING_COMPARE = "finding.compare", FOCAL_POINT  # holds the search key
    HOTLINE_CALLS = "hotline.calls", HOTLINE_OPERATOR, FOCAL_POINT  # to open a contact takes its line's key
    HOTLINE_AUTHORITY = "hotline.authority", HOTLINE_OPERATOR, CASEWORKER, FOCAL_POINT  # takes a request down
    HOTLINE_LEAD = "hotline.lead", FOCAL_POINT  # keeps the lines, sees all contacts, decides requests
    INBOX_FIND = "inbox.find", FOCAL_POINT, INTAKE, CASEWORKER  # answers about cases arrive there, too
    INBOX_SEE = "inbox.see", FOCAL_POINT, INTAKE  # from outside; to open takes the intake key
    INBOX_LEAD = "inbox.lead", FOCAL_POINT
    INTAKE_PICTURE = "intake.picture", INTAKE, FOCAL_POINT  # a marked picture, two together
    MATERIALS_WRITE = "materials.write", FOCAL_POINT, BRANCH_COORDINATOR
    MATERIALS_PUBLISH = "materials.publish", FOCAL_POINT  # for all branches
    PAGE_TEXTS_CORRECT = "page_texts.correct", FOCAL_POINT
    REFERRALS_LEAD = "referrals.lead", FOCAL_POINT
    SAFETY_LEAD = "safety.lead", FOCAL_POINT
    SAFETY_SECOND = "safety.second", DATA_PROTECTION_OFFICER  # beside a focal point who would be alone
    SAFETY_INTERPRETERS = (
        "safety.interpreters", HOTLINE_OPERATOR, CASEWORKER, SHELTER_MANAGER, INTAKE, FOCAL_POINT,
    )  # fmt: skip
    SHELTER_RUN = "shelter.run", SHELTER_MANAGER, FOCAL_POINT  # can be named for a place
    SHELTER_HOUSE = "shelter.house", SHELTER_MANAGER  # a room of her day
    SHELTER_ASK = "shelter.ask", CASEWORKER  # a bed
    SHELTER_FOLLOW = "shelter.follow", CASEWORKER, FOCAL_POINT  # a stay, from the case
    SHELTER_ENTER = "shelter.enter", SHELTER_MANAGER, CASEWORKER, FOCAL_POINT
    SHELTER_LEAD = "shelter.lead", FOCAL_POINT  # all places of the society

    # -- programmes: no file of a person whom the society helps ----------------------------------------
    COOPERATION_KEEP = "cooperation.keep", FOCAL_POINT, NETWORK_COORDINATOR
    COOPERATION_DECIDE = "cooperation.decide", FOCAL_POINT  # what leaves the society, guests
    DIPLOMACY_READ = "diplomacy.read", FOCAL_POINT, NETWORK_COORDINATOR, BRANCH_COORDINATOR, DATA_OFFICER
    DIPLOMACY_KEEP = "diplomacy.keep", FOCAL_POINT, NETWORK_COORDINATOR
    DIPLOMACY_DECIDE = "diplomacy.decide", FOCAL_POINT  # what another drafted
    EVIDENCE_COUNT = "evidence.count", DATA_OFFICER, FOCAL_POINT  # hold the facts key
    EVIDENCE_DECIDE = "evidence.decide", FOCAL_POINT
    FIGURES_WRITE = "figures.write", DATA_OFFICER, FOCAL_POINT, NETWORK_COORDINATOR
    FIGURES_CLEAR = "figures.clear", FOCAL_POINT  # what another wrote
    LIBRARY_BRING = "library.bring", FOCAL_POINT, NETWORK_COORDINATOR, BRANCH_COORDINATOR, DATA_OFFICER
    LIBRARY_KEEP = "library.keep", FOCAL_POINT, NETWORK_COORDINATOR  # what others brought
    LIBRARY_OPEN = "library.open", FOCAL_POINT  # to everybody
    MODEL_RUN = "model.run", FOCAL_POINT
    MODEL_READ = "model.read", FOCAL_POINT, BRANCH_COORDINATOR  # what was agreed, never who gave which level
    MODEL_TEXTS = "model.texts", NETWORK_COORDINATOR
    REPORT_PREPARE = "network_report.prepare", FOCAL_POINT, DATA_OFFICER
    REPORT_SIGN = "network_report.sign", FOCAL_POINT
    REPORT_READ_ALL = "network_report.read_all", NETWORK_COORDINATOR  # what societies told, never a person
    PREVENTION_GOALS = "prevention.goals", FOCAL_POINT
    PREVENTION_NARRATIVE = "prevention.narrative", FOCAL_POINT, DATA_OFFICER
    PREVENTION_REPORT = "prevention.report", DATA_OFFICER  # beside those who plan
    TRAINING_ADOPT = "training.adopt", FOCAL_POINT  # what is taught, for all branches
    VOLUNTEERS_KEEP = "volunteers.keep", FOCAL_POINT, BRANCH_COORDINATOR  # of her branch: visibility
    VOLUNTEERS_KEEP_BRANCH = "volunteers.keep_branch", BRANCH_COORDINATOR
    VOLUNTEERS_KEEP_ALL = "volunteers.keep_all", FOCAL_POINT
    VOLUNTEERS_DECIDE = "volunteers.decide", FOCAL_POINT  # vetting, incidents, who signs in
    VOLUNTEERS_COUNT = "volunteers.count", DATA_OFFICER  # by sex and age, beside those who keep them

    # -- the composition -------------------------------------------------------------------------------
    DESK_BEGIN = "desk.begin", FOCAL_POINT  # first steps of a society
    DESK_TAKE_CALL = (
        "desk.take_call",
        HOTLINE_OPERATOR,
    )  # stands on her day; a focal point finds it under Calls
    DESK_JOURNAL = "desk.journal", DATA_PROTECTION_OFFICER, FOCAL_POINT
    DESK_WATCH_JOURNAL = "desk.watch_journal", DATA_PROTECTION_OFFICER  # as a work of its own
    MONTH_READ = "month.read", DATA_OFFICER, FOCAL_POINT, BRANCH_COORDINATOR
    MONTH_READ_ALL = "month.read_all", DATA_OFFICER, FOCAL_POINT  # all branches
    MONTH_CASELOAD = "month.caseload", FOCAL_POINT, BRANCH_COORDINATOR  # who gives work out
    MONTH_CASELOAD_ALL = "month.caseload_all", FOCAL_POINT


def may(staff: Staff | Viewer | None, permission: Permission) -> bool:
    """Say whether one of her roles holds this permission. Whoever has left holds none."""
    return staff is not None and bool(staff.has_role(*permission.roles))


def require(
    staff: Staff,
    permission: Permission,
    sentence: object = _("A focal point decides this."),
    next_step: object = _("Ask one of them."),
    code: str = "focal-point-only",
    status: int = 403,
) -> None:
    """Refuse whoever does not hold this permission."""
    if not may(staff, permission):
        raise Refusal(sentence, next_step=next_step, code=code, status=status)


def focal_point_only(status: int = 409) -> Refusal:
    """The answer to everyone else about what only focal points do."""
    return Refusal(
        _("Only a focal point can do this."),
        next_step=_("Ask a focal point of your society."),
        code="focal-point-only",
        status=status,
    )
