"""Stage of identification; age and child."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from panah.cases import actions, rules
from panah.cases.forms import identification as forms
from panah.cases.models import Case
from panah.cases.queries import page as reading
from panah.cases.views.case import said_date
from panah.cases.views.common import back_to, of_case, posted, show
from panah.cases.words import CasePart, codes, terms
from panah.foundation.errors import Refusal
from panah.foundation.http import StaffRequest
from panah.kit.pages import add_message
from panah.network import queries as network_queries
from panah.network.words import RuleKey

STEPS = {"presumed": forms.PresumeForm, "reflection": forms.ReflectionForm, "decision": forms.DecisionForm}

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
        said_date=said_date,
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
    form = STEPS[step](posted(request), initial={"began": timezone.localdate()})
    if form.is_bound and form.is_valid():
        try:
            take_step(request, case, step, form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            add_message(request, _("Kept. Help does not depend on it."))
            return back_to("cases:stage", case)
    heading = {
        "presumed": _("Presumed"),
        "reflection": _("Recovery and reflection"),
        "decision": _("Decision"),
    }[step]
    return show(
        request,
        "cases/form.html",
        case,
        "stage",
        form=form,
        heading=heading,
        button=_("Keep the step"),
        hint=_("This is not a legal finding, and help does not depend on it."),
        status=422 if form.is_bound else 200,
    )


def take_step(request: StaffRequest, case: Case, step: str, data: dict[str, Any]) -> None:
    now = timezone.now()
    if step == "presumed":
        actions.presume(keys=request.keys, case=case, grounds=data["grounds"], at=now)
    elif step == "reflection":
        actions.begin_reflection(keys=request.keys, case=case, began=data["began"], at=now)
    else:
        actions.decide_stage(
            keys=request.keys,
            case=case,
            identified=data["decision"] == "identified",
            decider=data["decider"],
            by_whom=data["by_whom"],
            on=data["on"],
            remark=data["remark"],
            at=now,
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
        said_date=said_date,
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
    form = forms.AgeForm(posted(request), initial=dict(kept))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            group = actions.set_age(
                keys=request.keys,
                case=case,
                said=data["said"],
                basis=data["basis"],
                doubt=data["doubt"],
                born=str(data["born"] or ""),
                remark=data["remark"],
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            add_message(request, counts_now(group, data["said"]))
            return back_to("cases:child", case)
    return show(
        request,
        "cases/form.html",
        case,
        "child",
        form=form,
        heading=_("Age"),
        button=_("Keep what is known"),
        hint=_("In doubt a child. An impression alone makes nobody an adult."),
        status=422 if form.is_bound else 200,
    )


def counts_now(group: str, told: str) -> str:
    """What counts from now on, and why somebody called an adult is not kept as one."""
    if group == "child":
        return _("Treated as a child from now on. A note for tonight and an assessment are on your list.")
    if group == "adult":
        return _("Kept as an adult.")
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
    form: Any = forms.FORMS[which](posted(request), initial=dict(kept))
    if form.is_bound and form.is_valid() and not form.written_meanwhile():
        try:
            actions.write_best_interests(
                keys=request.keys, case=case, which=which, text=form.cleaned_data, at=timezone.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            add_message(request, _("Kept."))
            return back_to("cases:child", case)
    heading = _("Best interests: note for tonight") if which == "note" else _("Best interests: assessment")
    return show(
        request,
        "cases/form.html",
        case,
        "child",
        form=form,
        heading=heading,
        button=_("Keep what was written"),
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@of_case
def determination(request: StaffRequest, case: Case) -> HttpResponse:
    kept = dict(
        reading.opened(case, [CasePart.CHILD], keys=request.keys).one(CasePart.CHILD).get("determination", {})
    )
    if kept:
        kept["parties"] = "\n".join(kept.get("parties", []))
    form = forms.DeterminationForm(posted(request), initial=kept)
    if form.is_bound and form.is_valid() and not form.written_meanwhile():
        try:
            counts = actions.determine(
                keys=request.keys, case=case, determination=form.value(), at=timezone.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            add_message(
                request,
                _("Kept.")
                if counts
                else _("Kept. Without a check of the family it does not carry a return."),
            )
            return back_to("cases:child", case)
    return show(
        request,
        "cases/form.html",
        case,
        "child",
        form=form,
        heading=_("Determination by several parties"),
        button=_("Keep the determination"),
        hint=_("Before any return of a child."),
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@of_case
def guardian(request: StaffRequest, case: Case) -> HttpResponse:
    """Who may act for the child. Shown only here, never in lists; someone who may be involved is never told."""
    kept = reading.opened(case, [CasePart.CHILD], keys=request.keys).one(CasePart.CHILD).get("guardian", {})
    form = forms.GuardianForm(posted(request), initial=dict(kept))
    if form.is_bound and form.is_valid() and not form.written_meanwhile():
        try:
            may = actions.write_guardian(
                keys=request.keys, case=case, guardian=form.value(), at=timezone.now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            add_message(
                request, _("Kept.") if may else _("Kept. This person neither consents nor is told anything.")
            )
            return back_to("cases:child", case)
    return show(
        request,
        "cases/form.html",
        case,
        "child",
        form=form,
        heading=_("Legal representative"),
        button=_("Keep the representative"),
        status=422 if form.is_bound else 200,
    )
