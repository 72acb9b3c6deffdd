"""The closed lists of the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Need(models.TextChoices):
    """What a person may need: after IOM's kinds of direct assistance, in the order they are asked."""

    SHELTER = "shelter", _("a safe bed")
    MEDICAL = "medical", _("medical care")
    PSYCHOLOGICAL = "psychological", _("psychological support")
    FOOD_CLOTHES = "food_clothes", _("food, clothes and things")
    MONEY = "money", _("money")
    INTERPRETATION = "interpretation", _("interpretation")
    LEGAL = "legal", _("legal aid")
    DOCUMENTS = "documents", _("documents")
    TRANSPORT = "transport", _("transport and return")
    CHILD_PROTECTION = "child_protection", _("child protection")
    FAMILY_TRACING = "family_tracing", _("restoring family links")
    TRAINING = "training", _("education and training")
    WORK = "work", _("work and livelihood")
    CHILDCARE = "childcare", _("childcare")
    INFORMATION = "information", _("information and advice")


class Admits(models.TextChoices):
    WOMEN = "women", _("women")
    MEN = "men", _("men")
    GIRLS = "girls", _("girls")
    BOYS = "boys", _("boys")
    FAMILIES = "families", _("families together")


class OrganizationKind(models.TextChoices):
    """HTCDS 2.0 kinds of organisation, and the Movement and international ones beside them."""

    MOVEMENT = "Movement", _("Red Cross or Red Crescent society")
    NGO = "NGO", _("non-governmental organisation")
    INTERNATIONAL = "International", _("international organisation")
    LAW_ENFORCEMENT = "LawEnforcement", _("police or another law-enforcement body")
    HEALTH = "HealthServiceOrganisation", _("health service")
    CENTRAL_GOVERNMENT = "CentralGovernmentOrganisation", _("central government")
    LOCAL_GOVERNMENT = "LocalGovernmentOrganisation", _("local government")
    IMMIGRATION = "ImmigrationService", _("migration service")
    LEGAL = "LegalService", _("legal service")
    BUSINESS = "CorporateBusiness", _("business")
    SCHOOL = "SchoolOrCollege", _("school or college")
    CONSULATE = "Consulate", _("embassy or consulate")


class Referrer(models.TextChoices):
    """Who may begin a step of a pathway, where it is not one organisation."""

    OPERATOR = "operator", _("hotline operator")
    CASEWORKER = "caseworker", _("caseworker")
    VOLUNTEER = "volunteer", _("volunteer in the field")
    BRANCH = "branch", _("branch office")
    PERSON = "person", _("the person, without us")
    ANYONE = "anyone", _("whoever meets the person first")


class AgreementState(models.TextChoices):
    """How an agreement with a partner stands on a day."""

    IN_FORCE = "in_force", _("agreement in force")
    ENDS_SOON = "ends_soon", _("agreement ends soon")
    ENDED = "ended", _("agreement has ended")
    NOT_BEGUN = "not_begun", _("agreement has not begun")


class ServiceStatus(models.TextChoices):
    """The words of HSDS 3.0."""

    ACTIVE = "active", _("works")
    PAUSED = "temporarily closed", _("closed for now")
    INACTIVE = "inactive", _("takes nobody new")
    DEFUNCT = "defunct", _("has ended")


class LineKind(models.TextChoices):
    OWN = "own", _("line of a Red Cross or Red Crescent society")
    STATE = "state", _("state line")
    NGO = "ngo", _("line of a non-governmental organisation")
    CHILD = "child", _("line for children")
    VIOLENCE = "violence", _("line on violence at home")
    AUTHORITY = "authority", _("line of an authority")


class ContactAttemptOutcome(models.TextChoices):
    ANSWERED = "answered", _("answered")
    BUSY = "busy", _("busy")
    NO_ANSWER = "no_answer", _("no answer")
    WRONG_NUMBER = "wrong_number", _("wrong number")
    CLOSED = "closed", _("has closed")


class Freshness(models.TextChoices):
    """How far a number or a service can be trusted today. The order is the order of the lists."""

    FRESH = "fresh", _("verified")
    STALE = "stale", _("verified too long ago")
    NEVER = "never", _("never verified")
    FAILED = "failed", _("did not work when last tried")


class Opening(models.TextChoices):
    OPEN = "open", _("open now")
    CLOSED = "closed", _("closed now")
    UNKNOWN = "unknown", _("hours not known")


class Weekday(models.TextChoices):
    """Two letters as in iCalendar and HSDS `byday`."""

    MO = "MO", _("Monday")
    TU = "TU", _("Tuesday")
    WE = "WE", _("Wednesday")
    TH = "TH", _("Thursday")
    FR = "FR", _("Friday")
    SA = "SA", _("Saturday")
    SU = "SU", _("Sunday")


class TermKind(models.TextChoices):
    NEED = "need", _("need")
    ADMITS = "admits", _("who can be admitted")
    LANGUAGE = "language", _("language")
