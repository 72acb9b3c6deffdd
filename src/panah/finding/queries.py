"""Questions, as far as the asker may see them."""

from typing import Any

from panah.finding.models import Question


def visible(*, to: Any) -> Any:
    """Focal points see the society's questions, a caseworker her own."""
    rows = Question.objects.visible(to=to).select_related("asked_by", "looked_by").order_by("-asked_at")
    return rows if to is not None and to.has_role("focal_point") else rows.filter(asked_by=to)
