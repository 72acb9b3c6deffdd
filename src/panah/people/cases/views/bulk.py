"""A bed, a referral, a follow-up for several people of one event: chosen by hand, each refusal named."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, page, posted
from panah.ground.sign_in.middleware import vault_required
from panah.people.cases import actions
from panah.people.cases.queries import case_groups, lists
from panah.people.cases.queries.bulk import BULK
from panah.people.cases.queries.case_groups import GroupMember
from panah.people.cases.views.links import load


@require_http_methods(["GET", "POST"])
@vault_required
def together(request: StaffRequest, number: str, what: str) -> HttpResponse:
    """Choose several people of an event and do one thing for each; what was refused stays chosen, with the reason."""
    group, action, at = load(request, number), BULK.get(what), timezone.now()
    if action is None:
        raise Http404
    members, _others = case_groups.members(group, keys=request.keys, to=request.staff)
    form = action.form(posted(request), staff=request.staff, at=at)
    chosen = _chosen(request, members)
    results = {}
    if form.is_bound and form.is_valid():
        if chosen:
            results = actions.do_for_each(
                keys=request.keys, action=action, members=chosen, data=form.cleaned_data, at=at
            )
        else:
            form.add_error(None, _("Choose at least one person."))
    refused = {ref: refusal for ref, refusal in results.items() if refusal is not None}
    done = len(results) - len(refused)
    told = ngettext("Done for %(num)s person.", "Done for %(num)s people.", done) % {"num": done}
    if results and not refused:
        add_message(request, told)
        return HttpResponseRedirect(reverse("cases:gathering", args=[group.number]))
    return page(
        request,
        "cases/together.html",
        gathering=group,
        action=action,
        form=form,
        members=members,
        chosen={one.ref for one in chosen if one.ref not in results or one.ref in refused},
        refused=refused,
        done={ref for ref, refusal in results.items() if refusal is None},
        told=told if done else "",
        labels=lists.working_labels([member.case for member in members], keys=request.keys),
    )


def _chosen(request: StaffRequest, members: list[GroupMember]) -> list[GroupMember]:
    sent = set(request.POST.getlist("chosen"))
    return [member for member in members if str(member.ref) in sent]
