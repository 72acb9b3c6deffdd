"""A country's rule sheet: read, printed, corrected and checked."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page
from panah.ground.network import actions, queries
from panah.ground.network.forms import CheckForm, RuleForm
from panah.ground.network.models import Society
from panah.ground.network.permissions import policy
from panah.ground.network.words import RuleKey, country_name


def _sheet(request: StaffRequest, found: Society) -> dict[str, Any]:
    lines = queries.rule_sheet(society=found, on=timezone.localdate())
    groups = [(group.label, list(rows)) for group, rows in groupby(lines, key=lambda v: v.group)]
    return {
        "society": found,
        "name": found.name_in(request.LANGUAGE_CODE),
        "country": country_name(found.iso2, request.LANGUAGE_CODE),
        "groups": groups,
        "today": timezone.now(),
        "unchecked": sum(not line.checked for line in lines),
        "keeps": policy.allows(request.staff, found),
    }


@require_safe
def sheet(request: StaffRequest, slug: str) -> HttpResponse:
    return page(request, "network/rules.html", **_sheet(request, queries.society_or_404(slug)))


@require_safe
def paper(request: StaffRequest, slug: str) -> HttpResponse:
    return page(request, "network/rules_paper.html", **_sheet(request, queries.society_or_404(slug)))


def rule(request: StaffRequest, slug: str, key: str) -> HttpResponse:
    """One rule: what counts, what stood before; for its keeper also the two forms."""
    found = queries.society_or_404(slug)
    if key not in RuleKey:
        raise Http404
    wanted = RuleKey(key)
    if request.method == "POST":
        found = queries.kept_society_or_404(slug, by=request.staff)
    history = queries.rule_history(society=found, key=wanted)
    now = queries.rule(society=found, key=wanted, on=timezone.localdate())
    checking = request.method == "POST" and "line" in request.POST
    check = CheckForm(request.POST if checking else None)
    write = RuleForm(
        request.POST if request.method == "POST" and not checking else None,
        key=wanted,
        now=now,
        initial={"valid_from": timezone.localdate()},
    )
    if request.method == "POST" and _saved(request, found, wanted, check, write):
        return redirect("network:rule", slug, key)
    return page(
        request,
        "network/rule.html",
        society=found,
        name=found.name_in(request.LANGUAGE_CODE),
        key=wanted,
        now=now,
        history=history,
        today=timezone.localdate(),
        check=check,
        write=write,
        keeps=policy.allows(request.staff, found),
    )


def _saved(request: StaffRequest, found: Society, key: RuleKey, check: CheckForm, write: RuleForm) -> bool:
    if check.is_bound:
        return check.submit(lambda **given: _check(request, found, key, given))
    return write.submit(lambda **given: _write(request, found, key, write.value(), given))


def _check(request: StaffRequest, found: Society, key: RuleKey, given: dict[str, Any]) -> None:
    try:
        line = queries.rule_line_or_none(UUID(request.POST["line"]), society=found)
    except ValueError:
        line = None
    if line is None or line.key != key:
        raise Http404
    actions.check_rule_line(society=found, line=line, by=request.staff, at=timezone.now(), **given)
    add_message(request, _("It is written down who checked this line."))


def _write(request: StaffRequest, found: Society, key: RuleKey, value: object, given: dict[str, Any]) -> None:
    actions.edit_rule_line(
        society=found,
        key=key,
        value=value,
        text_en=given["text_en"],
        text_ru=given["text_ru"],
        source=given["source"],
        valid_from=given["valid_from"],
        checked_by=given["checked_by"],
        checked_on=given["checked_on"],
        by=request.staff,
        at=timezone.now(),
    )
    add_message(request, _("The new line is written. What stood before is kept below."))
