"""The form of the roster, filled in."""

from django.utils import timezone


def on_duty_form(staff, starts, ends):
    starts, ends = timezone.localtime(starts), timezone.localtime(ends)
    form = {"staff": str(staff.pk), "what": "calls"}
    for name, at in (("starts_at", starts), ("ends_at", ends)):
        form |= {
            f"{name}_day": at.day,
            f"{name}_month": at.month,
            f"{name}_year": at.year,
            f"{name}_time": f"{at:%H:%M}",
        }
    return form
