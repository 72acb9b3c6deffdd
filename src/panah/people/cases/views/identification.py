"""Stage of identification; age and child."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.forms import Form
from panah.ground.kit.pages import add_message, posted
from panah.ground.network import queries as network_queries
from panah.ground.network.words import RuleKey
from panah.people.cases import actions, rules
from panah.people.cases.forms import identification as forms
from panah.people.cases.models import Case
from panah.people.cases.queries import page as reading
from panah.people.cases.views.case import date_text
from panah.people.cases.views.common import back_to, of_case, show, show_form
from panah.people.cases.words import CasePart, codes, terms

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STEPS: dict[str, tuple[type[Form], StrOrPromise, Callable[..., object]]] = {
    "presumed": (forms.PresumeForm, gettext_lazy("Presumed"), actions.presume),
    "reflection": (forms.ReflectionForm, gettext_lazy("Recovery and reflection"), actions.begin_reflection),
    "decision": (
        forms.DecisionForm,
        gettext_lazy("Decision"),
        lambda decision, **data: actions.decide_stage(identified=decision == "identified", **data),
    ),
}
WANTED = (
    ("presumed", ("presumed",)),
    ("reflection", ("reflection",)),
    ("decision", ("identified", "not_identified")),
)


@require_GET
@of_case
def stage(request: StaffRequest, case: Case) -> HttpResponse:
    """Where the identification stands, and what can follow. Help does not hang on it, and the page says so."""
    value = reading.opened(case, [CasePart.STAGE], keys=request.keys).one(CasePart.STAGE)
    today = timezone.localdate()
    now_at = value.get("stage", "open")
    return show(
        request,
        "cases/stage.html",
        case,
        "stage",
        value=value,
        terms=terms,
        codes=codes,
        said_date=date_text,
        next_steps=[key for key, wanted in WANTED if any(rules.may_follow(now_at, w) for w in wanted)],
        rule=network_queries.rule(society=case.society, key=RuleKey.REFLECTION_DAYS, on=today),
        who_identifies=network_queries.rule(society=case.society, key=RuleKey.IDENTIFICATION, on=today),
        days=network_queries.reflection_days(society=case.society, on=today),
    )


@require_http_methods(["GET", "POST"])
@of_case
def step(request: StaffRequest, case: Case, step: str) -> HttpResponse:
    """One step: presume, begin recovery and reflection, write down the decision."""
    if step not in STEPS:
        raise Http404
    form_of, heading, action = STEPS[step]
    form = form_of(posted(request), initial={"began": timezone.localdate()})
    if form.submit(action, keys=request.keys, case=case, at=timezone.now()):
        add_message(request, _("Kept. Help does not depend on it."))
        return back_to("cases:stage", case)
    return show_form(
        request,
        case,
        "stage",
        form,
        heading=heading,
        button=_("Keep the step"),
        hint=_("This is not a legal finding, and help does not depend on it."),
    )


@require_GET
@of_case
def child(request: StaffRequest, case: Case) -> HttpResponse:
    """Age first; then, for a child or in doubt, what is written for best interests and who may act."""
    value = reading.opened(case, [CasePart.CHILD], keys=request.keys).one(CasePart.CHILD)
    today = timezone.localdate()
    due = [
        d
        for d in reading.due_of(case, keys=request.keys)
        if d.item.purpose in ("tonight", "assess", "guardian")
    ]
    labels = {key: [(f.name, f.label) for f in form().visible_fields()] for key, form in forms.FORMS.items()}
    return show(
        request,
        "cases/child.html",
        case,
        "child",
        value=value,
        terms=terms,
        said_date=date_text,
        due=due,
        labels=labels,
        child_age=network_queries.child_age(society=case.society, on=today),
        may_return=rules.may_return(value),
        guardian_may=rules.guardian_may_act(value.get("guardian", {}).get("involved", "none")),
        doubt_rule=network_queries.rule(society=case.society, key=RuleKey.AGE_IN_DOUBT, on=today),
        guardian_rule=network_queries.rule(society=case.society, key=RuleKey.GUARDIAN, on=today),
        treat_as_child=case.age_group == "child" or value.get("age", {}).get("doubt") == "yes",
        people={"note": writer(value, "note"), "assessment": writer(value, "assessment")},
    )


def writer(value: dict[str, Any], key: str) -> str:
    return reading.names_of([value.get(key, {}).get("by", "")])


@require_http_methods(["GET", "POST"])
@of_case
def age(request: StaffRequest, case: Case) -> HttpResponse:
    kept = reading.opened(case, [CasePart.CHILD], keys=request.keys).one(CasePart.CHILD).get("age", {})
    form, before = forms.AgeForm(posted(request), initial=dict(kept)), case.age_group
    if form.submit(
        lambda born, **data: actions.set_age(
            keys=request.keys, case=case, born=str(born or ""), at=timezone.now(), **data
        )
    ):
        add_message(request, counts_now(form.result, form.cleaned_data["said"], before=before))
        return back_to("cases:child", case)
    return show_form(
        request,
        case,
        "child",
        form,
        heading=_("Age"),
        button=_("Keep what is known"),
        hint=_("In doubt a child. An impression alone makes nobody an adult."),
    )


def counts_now(group: str, told: str, *, before: str) -> str:
    """What counts from now on, and why somebody called an adult is not kept as one."""
    if group == "child":
        return _("Treated as a child from now on. A note for tonight and an assessment are on your list.")
    if group == "adult":
        return _("Kept as an adult.")
    if before == "adult":
        return _(
            "From now on the age counts as not known, no longer as an adult’s: for that, more than an impression is "
            "needed, and a clear no to whether the person could be a child."
        )
    if told == "adult":
        return _(
            "The age stays not known: for an adult, more than an impression is needed, and a clear no to whether "
            "the person could be a child."
        )
    return _("The age stays not known.")


@require_http_methods(["GET", "POST"])
@of_case
def best_interests(request: StaffRequest, case: Case, which: str) -> HttpResponse:
    """The short note of tonight, or the assessment within 72 hours."""
    if which not in forms.FORMS:
        raise Http404
    kept = reading.opened(case, [CasePart.CHILD], keys=request.keys).one(CasePart.CHILD).get(which, {})
    form = forms.FORMS[which](posted(request), initial=dict(kept))
    if form.submit(
        lambda **data: actions.write_best_interests(
            keys=request.keys, case=case, which=which, text=data, at=timezone.now()
        )
    ):
        add_message(request, _("Kept."))
        return back_to("cases:child", case)
    heading = _("Best interests: note for tonight") if which == "note" else _("Best interests: assessment")
    return show_form(request, case, "child", form, heading=heading, button=_("Keep what was written"))


@require_http_methods(["GET", "POST"])
@of_case
def determination(request: StaffRequest, case: Case) -> HttpResponse:
    kept = dict(
        reading.opened(case, [CasePart.CHILD], keys=request.keys).one(CasePart.CHILD).get("determination", {})
    )
    if kept:
        kept["parties"] = "\n".join(kept.get("parties", []))
    form = forms.DeterminationForm(posted(request), initial=kept)
    if form.submit(
        lambda **_data: actions.determine(
            keys=request.keys, case=case, determination=form.value(), at=timezone.now()
        )
    ):
        add_message(
            request,
            _("Kept.")
            if form.result
            else _("Kept. Without a check of the family it does not carry a return."),
        )
        return back_to("cases:child", case)
    return show_form(
        request,
        case,
        "child",
        form,
        heading=_("Determination by several parties"),
        button=_("Keep the determination"),
        hint=_("Before any return of a child."),
    )


@require_http_methods(["GET", "POST"])
@of_case
def guardian(request: StaffRequest, case: Case) -> HttpResponse:
    """Who may act for the child. Shown only here, never in lists; someone who may be involved is never told."""
    kept = reading.opened(case, [CasePart.CHILD], keys=request.keys).one(CasePart.CHILD).get("guardian", {})
    form = forms.GuardianForm(posted(request), initial=dict(kept))
    if form.submit(
        lambda **_data: actions.write_guardian(
            keys=request.keys, case=case, guardian=form.value(), at=timezone.now()
        )
    ):
        add_message(
            request,
            _("Kept.") if form.result else _("Kept. This person neither consents nor is told anything."),
        )
        return back_to("cases:child", case)
    return show_form(
        request, case, "child", form, heading=_("Legal representative"), button=_("Keep the representative")
    )
