"""What the hotline and the list of work need from each other, from accounts and from cases."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.urls import reverse

from panah.finding import actions as finding
from panah.hotline import actions as hotline
from panah.hotline import queries
from panah.vault.actions.erasing import before_erasing
from panah.work import actions as work
from panah.work import queries as due


def fill() -> None:
    """Addresses of what is due, the message that pages a colleague, and how a contact becomes a case."""
    due.OPENS["hotline"] = lambda subject, number: reverse("hotline:opened", args=[subject])
    due.OPENS["family_links"] = lambda subject, number: reverse("hotline:links_request", args=[number])
    due.OPENS["authority"] = lambda subject, number: reverse("hotline:authority", args=[number])
    if hotline.mail_without_content not in work.NOTIFY:
        work.NOTIFY.append(hotline.mail_without_content)
    before_erasing(hotline.forget_contact)
    if _call_open not in finding.CLOSED:
        finding.CLOSED.append(_call_open)
    if apps.is_installed("panah.cases") and not hotline.BECOMES_CASE:
        hotline.BECOMES_CASE.append(_case_of_contact)


def _call_open(*, staff: Any, at: datetime) -> bool:
    return queries.call_open(staff)


def _case_of_contact(
    *,
    keys: Any,
    by: Any,
    at: datetime,
    contact: Any,
    owner: Any,
    answers: dict[str, Any],
    identity: dict[str, Any],
    notes: list[str],
    spoken: list[tuple[Any, str]],
) -> str:
    """Open a case with what the contact holds; the caseworker and the focal points can open it, the line no longer."""
    from panah.cases import actions as cases

    names = [{"text": identity["called"], "kind": "called"}] if identity.get("called") else []
    phones = (
        [
            {
                "number": identity["phone"],
                # What was not asked on the call is not known to the case.
                "safe": {"yes": "yes", "no": "no"}.get(answers.get("safe_back", ""), "unknown"),
                "note": answers.get("back_hours", ""),
            }
        ]
        if identity.get("phone")
        else []
    )
    case = cases.open_case(
        keys=keys,
        by=by,
        at=at,
        owner=owner,
        language=contact.language,
        age_group=contact.age_group,
        urgency=contact.urgency,
        identity={"names": names, "phones": phones} if names or phones else None,
        note="\n\n".join(text for text in [*notes, "\n".join(map(_line, spoken))] if text) or None,
    )
    return str(case.number)


def _line(spoken: tuple[Any, str]) -> str:
    label, text = str(spoken[0]), spoken[1]
    return f"{label} {text}" if label.endswith("?") else f"{label}: {text}"
