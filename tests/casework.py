"""What tests of a case say again and again: a case that is open, an address of it, a day as a form sends it."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from panah.people.cases import actions as cases

CALLED = "Practice Person Tulip"


def opened(world: Any, name: str = "amina", **more: Any) -> Any:
    """Return a case of a colleague, opened now."""
    identity = {"names": [{"text": CALLED, "kind": "called"}], "born": "1999-04"}
    return cases.open_case(
        keys=world.keys(name),
        by=world.staff[name],
        at=timezone.now(),
        language="uz",
        identity=identity,
        **more,
    )


def at(name: str, case: Any, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[case.number, *args])


def day(name: str, when: Any) -> dict[str, int]:
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def moment(name: str, when: Any) -> dict[str, Any]:
    when = timezone.localtime(when)
    return {**day(name, when), f"{name}_time": f"{when:%H:%M}"}
