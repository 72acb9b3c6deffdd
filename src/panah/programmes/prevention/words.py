"""Peer education and campaigns: for whom, where, what for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROOM = "prevention"
# Due items about an access lead to another page.
ACCESS = "prevention_access"


class Audience(models.TextChoices):
    PUPILS = "pupils", _("pupils")
    STUDENTS = "students", _("students")
    MIGRANTS = "migrants", _("people who are about to leave for work")
    RETURNEES = "returnees", _("people who came back")
    PUBLIC = "public", _("general public")
    POLICE = "police", _("law enforcement")
    BORDER_GUARDS = "border_guards", _("border guards")
    MEDIA = "media", _("media")


class CampaignAudience(models.TextChoices):
    """Whom a campaign speaks to: those of the sessions, and those whose demand it is about."""

    PUPILS = "pupils", _("pupils")
    STUDENTS = "students", _("students")
    MIGRANTS = "migrants", _("people who are about to leave for work")
    RETURNEES = "returnees", _("people who came back")
    PUBLIC = "public", _("general public")
    EMPLOYERS = "employers", _("employers")
    CLIENTS = "clients", _("people who pay for sex")
    BUYERS = "buyers", _("buyers of cheap work and goods")
    AUTHORITIES = "authorities", _("authorities")
    MEDIA = "media", _("media")


class PlaceKind(models.TextChoices):
    SCHOOL = "school", _("school or university")
    WORKPLACE = "workplace", _("workplace")
    DETENTION = "detention", _("place of detention")
    ARRIVAL_HALL = "arrival_hall", _("arrival hall, station or border crossing")
    COMMUNITY = "community", _("village, market, community centre")
    BRANCH = "branch", _("our own rooms")
    ONLINE = "online", _("online")


class SessionState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("a session", "planned")
    HELD = "held", pgettext_lazy("a session", "held")
    CALLED_OFF = "called_off", pgettext_lazy("a session", "called off")


class Feedback(models.TextChoices):
    USEFUL = "useful", _("useful")
    PARTLY = "partly", _("partly useful")
    NOT_USEFUL = "not_useful", _("not useful")


class Counted(models.TextChoices):
    """As whom participants are counted: by eye, never asked one by one."""

    FEMALE = "female", _("women and girls")
    MALE = "male", _("men and boys")
    OTHER = "other", _("other or not said")


class Band(models.TextChoices):
    """Bands of age: each is one of the Federation's (FDRS), or several of them together."""

    CHILD = "6-12", _("6–12")
    TEEN = "13-17", _("13–17")
    YOUNG = "18-29", _("18–29")
    GROWN = "30-59", _("30–59")
    OLDER = "60-", _("60 and older")
    UNKNOWN = "unknown", _("age not known")


class Compared(models.TextChoices):
    """How a test before was compared with one after."""

    PAIRED = "paired", _("each sheet before with the same person’s sheet after")
    APART = "apart", _("two heaps of sheets, nobody knows whose is whose")


class TestedAt(models.TextChoices):
    AFTER = "after", _("at the end of the session")
    MONTHS = "months", _("some months later")


class AskedBy(models.TextChoices):
    US = "us", _("we ask for access")
    THEM = "them", _("they ask us for a session")


class AccessState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("an access", "asked for")
    GRANTED = "granted", pgettext_lazy("an access", "granted")
    REFUSED = "refused", pgettext_lazy("an access", "refused")


class Objective(models.TextChoices):
    AWARENESS = "awareness", _("people know the risk and the way out")
    SAFE_TRAVEL = "safe_travel", _("people leave for work safely")
    HOTLINE = "hotline", _("people know the hotline")
    DEMAND = "demand", _("less demand: for cheap work, bought sex, goods made by force")
    STIGMA = "stigma", _("less stigma for people who come back")
    PARTNERS = "partners", _("authorities and media act without harm")


class Channel(models.TextChoices):
    RADIO = "radio", _("radio")
    TV = "tv", _("television")
    PRESS = "press", _("newspapers")
    SOCIAL = "social", _("social media")
    MESSENGER = "messenger", _("messengers")
    POSTERS = "posters", _("posters")
    LEAFLETS = "leaflets", _("leaflets")
    EVENTS = "events", _("events and theatre")
    VISITS = "visits", _("visits from door to door")


class CampaignState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a campaign", "draft")
    PUBLISHED = "published", pgettext_lazy("a campaign", "published")
    ENDED = "ended", pgettext_lazy("a campaign", "ended")
    CALLED_OFF = "called_off", pgettext_lazy("a campaign", "called off")
