"""The vault's words: kinds of file, kinds of key, purposes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    CASE = "case", _("Case")
    CONTACT = "contact", _("Contact")
    EVENT = "event", _("Event")
    HOUSEHOLD = "household", _("Household")
    PLACE = "place", _("Safe place")
    FAMILY_LINKS = "family_links", _("Family links request")
    AUTHORITY = "authority", _("Authority request")
    COMPLAINT = "complaint", _("Complaint")
    SUPERVISION = "supervision", _("Supervision")
    THREAT = "threat", _("Threat against staff")
    INTERPRETER = "interpreter", _("Interpreter")
    PROGRAMME = "programme", _("Told to an own programme")
    VOLUNTEER = "volunteer", _("Vetting and incidents of a volunteer")
    DIALOGUE = "dialogue", _("Dialogue with an authority")


# They may concern a colleague who leads: nobody but their readers is told how many there are, and no role opens them.
UNTOLD_KINDS = (FileKind.COMPLAINT, FileKind.THREAT)


class KeyKind(models.TextChoices):
    RECOVERY = "R", _("Recovery key")
    SIGNING = "D", _("Society signing key")
    INTAKE = "G", _("Intake key")
    SEARCH = "K", _("Search key")
    FACTS = "F", _("Facts key")
    LINE = "L", _("Line key")


class JournalState(models.TextChoices):
    """How a journal stands to what this node kept of it."""

    HOLDS = "holds", _("It goes on from what this node kept of it.")
    SHORTER = "shorter", _("The journal ends before what this node kept of it.")
    CHANGED = "changed", _("The journal does not go on from what this node kept of it.")
    NO_PIN = "no_pin", _("What this node kept of the journal is missing.")


class RevealPurpose(models.TextChoices):
    """Why an identity is shown. Each showing is journalled with one of these."""

    CALL_BACK = "call_back", _("To call back")
    MEET = "meet", _("To meet the person")
    ASSIST = "assist", _("To give a service")
    REFER = "refer", _("To prepare a referral")
    DOCUMENTS = "documents", _("For papers")
    SAFETY = "safety", _("For safety")
    CHECK = "check", _("To check who this is")
    PERSON_ASKS = "person_asks", _("The person asks for own data")
    PRINT = "print", _("To print")
