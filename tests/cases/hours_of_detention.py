"""How long somebody may be held, as a rule sheet says, and a moment as a form sends it."""

from django.utils import timezone

from panah.ground.network.models import RuleLine
from tests.cases.typed_days import day


def moment(name, when):
    when = timezone.localtime(when)
    return {**day(name, when), f"{name}_time": f"{when:%H:%M}"}


def hours_known(iso2="KZ", hours=48):
    now = timezone.now()
    line = {"value": hours, "text_en": "Made-up hours", "valid_from": timezone.localdate(), "entered_at": now}
    RuleLine.objects.create(iso2=iso2, key="detention_hours", **line)
