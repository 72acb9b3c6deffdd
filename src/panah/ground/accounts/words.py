"""Who works here: roles, in the field's words, each with what it may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    HOTLINE_OPERATOR = "hotline_operator", _("Hotline operator")
    CASEWORKER = "caseworker", _("Caseworker")
    FOCAL_POINT = "focal_point", _("Focal point")
    SHELTER_MANAGER = "shelter_manager", _("Shelter manager")
    BRANCH_COORDINATOR = "branch_coordinator", _("Branch coordinator")
    NETWORK_COORDINATOR = "network_coordinator", _("Network coordinator")
    DATA_OFFICER = "data_officer", _("Data officer")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("Data protection officer")
    ADMINISTRATOR = "administrator", _("Administrator")
    INTAKE = "intake", _("Intake duty")
    GUEST = "guest", _("Guest")


WHAT_A_ROLE_DOES = {
    Role.HOTLINE_OPERATOR: _(
        "Answers calls, listens, checks safety, informs and hands on. Opens the contacts of those lines."
    ),
    Role.CASEWORKER: _("Holds cases. Sees the identities of these cases only."),
    Role.FOCAL_POINT: _(
        "Supervises the branches, assigns, approves plans, closures and referrals. "
        "Can open every case of the society and holds its keys."
    ),
    Role.SHELTER_MANAGER: _("Places and looks after residents. Sees only the residents."),
    Role.BRANCH_COORDINATOR: _("Works with volunteers and sessions. Sees no identities."),
    Role.NETWORK_COORDINATOR: _("Keeps the directory and commitments. Never sees a case."),
    Role.DATA_OFFICER: _("Counts and releases figures. Sees no identities and no case numbers."),
    Role.DATA_PROTECTION_OFFICER: _("Watches the journal, retention and requests about a person's own data."),
    Role.ADMINISTRATOR: _("Keeps the server alive. Can read no identity."),
    Role.INTAKE: _("Opens what arrived sealed and hands it to the right colleague."),
    Role.GUEST: _("A partner who reads what is shared with her, and nothing else. Goes with no other role."),
}


class DutyKind(models.TextChoices):
    """What someone can be on duty for."""

    CALLS = "calls", _("Calls")
    DANGER = "danger", _("Danger now, first")
    DANGER_SECOND = "danger_second", _("Danger now, second")
    INTAKE = "intake", _("Sealed arrivals")
    SHELTER = "shelter", _("Shelter")


THEMES = [("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))]
