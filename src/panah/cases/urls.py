"""Addresses of cases. ``<case:number>`` is a case number; whoever may not see a case gets 404."""

from django.urls import path, register_converter

from panah.cases.views import (
    bulk,
    bulk_handover,
    case,
    danger,
    dates,
    detention,
    documents,
    episodes,
    identification,
    links,
    lists,
    paper,
    plan,
    safety,
    team,
)


class Number:
    """A case number as it is read aloud, with or without dashes."""

    regex = "[0-9A-Za-z]{3}-?[0-9A-Za-z]{3}-?[0-9A-Za-z]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Number, "case")

app_name = "cases"
urlpatterns = [
    path("", lists.case_list, name="list"),
    path("take-out/", lists.take_out, name="take_out"),
    path("hand-over/", bulk_handover.hand_over_many, name="hand_over_many"),
    path("new/", lists.open_case, name="open"),
    path("visits/", detention.held_now, name="held_now"),
    path("sheet/<slug:kind>/", paper.sheet, name="sheet"),
    path("settings/", safety.settings, name="settings"),
    path("erased/", team.erased, name="erased"),
    path("group/", links.group, name="group"),
    path("events/", links.gatherings, name="gatherings"),
    path("events/new/", links.gathering_new, name="gathering_new"),
    path("events/<case:number>/", links.gathering, name="gathering"),
    path("events/<case:number>/change/", links.gathering_change, name="gathering_change"),
    path("events/<case:number>/add/", links.gathering_join, name="gathering_join"),
    path("events/<case:number>/together/<slug:what>/", bulk.together, name="together"),
    path("events/<case:number>/<uuid:ref>/heard/", links.gathering_heard, name="gathering_heard"),
    path("<case:number>/", case.case_page, name="case"),
    path("<case:number>/identity/", case.identity, name="identity"),
    path("<case:number>/identity/cover/", case.cover, name="cover"),
    path("<case:number>/identity/change/", case.change_identity, name="change_identity"),
    path("<case:number>/note/", case.note, name="note"),
    path("<case:number>/facts/", case.facts, name="facts"),
    path("<case:number>/journal/", case.journal, name="journal"),
    path("<case:number>/due/", safety.due_new, name="due_new"),
    path("<case:number>/told/", episodes.episodes, name="told"),
    path("<case:number>/told/new/", episodes.episode, name="episode_new"),
    path("<case:number>/told/<uuid:ref>/", episodes.episode, name="episode"),
    path("<case:number>/told/<slug:key>/", episodes.section, name="section"),
    path("<case:number>/plan/", plan.plan, name="plan"),
    path("<case:number>/plan/need/", plan.need, name="need"),
    path("<case:number>/plan/need/<uuid:ref>/", plan.need, name="need_change"),
    path("<case:number>/plan/objectives/", plan.objectives, name="objectives"),
    path("<case:number>/plan/service/", plan.service, name="service"),
    path("<case:number>/plan/service/<uuid:ref>/", plan.service, name="service_change"),
    path("<case:number>/plan/ask/", plan.ask, name="plan_ask"),
    path("<case:number>/plan/decide/", plan.decide, name="plan_decide"),
    path("<case:number>/danger/", danger.danger, name="danger"),
    path("<case:number>/safety/", safety.safety, name="safety"),
    path("<case:number>/safety/risk/", safety.risk, name="risk"),
    path("<case:number>/safety/plan/", safety.safety_plan, name="safety_plan"),
    path("<case:number>/safety/paper/", safety.safety_paper, name="safety_paper"),
    # Every case has this page; its address says nothing more than that.
    path("<case:number>/visits/", detention.detention, name="detention"),
    path("<case:number>/visits/where/", detention.change, name="detention_change"),
    path("<case:number>/visits/add/", detention.visit, name="detention_visit"),
    path("<case:number>/visits/consulate/", detention.consulate, name="detention_consulate"),
    path("<case:number>/visits/end/", detention.end, name="detention_end"),
    path("<case:number>/meeting/", paper.summary, name="summary"),
    path("<case:number>/stage/", identification.stage, name="stage"),
    path("<case:number>/stage/<slug:step>/", identification.step, name="step"),
    path("<case:number>/child/", identification.child, name="child"),
    path("<case:number>/child/age/", identification.age, name="age"),
    path("<case:number>/child/guardian/", identification.guardian, name="guardian"),
    path("<case:number>/child/determination/", identification.determination, name="determination"),
    path("<case:number>/child/<slug:which>/", identification.best_interests, name="best_interests"),
    path("<case:number>/dates/", dates.dates, name="dates"),
    path("<case:number>/dates/deadline/", dates.clock, name="clock"),
    path("<case:number>/dates/deadline/<uuid:ref>/", dates.clock, name="clock_change"),
    path("<case:number>/dates/deadline/<uuid:ref>/end/", dates.clock_end, name="clock_end"),
    path("<case:number>/dates/follow-up/", dates.begin_follow_up, name="begin_follow_up"),
    path("<case:number>/dates/follow-up/new/", dates.follow_up_day, name="follow_up_new"),
    path("<case:number>/dates/follow-up/<uuid:ref>/", dates.follow_up, name="follow_up"),
    path("<case:number>/dates/follow-up/<uuid:ref>/day/", dates.follow_up_day, name="follow_up_day"),
    path("<case:number>/dates/afterwards/", dates.reintegration, name="reintegration"),
    path("<case:number>/means/", dates.means, name="means"),
    path("<case:number>/means/give/", dates.give, name="give"),
    path("<case:number>/means/<uuid:ref>/", dates.receipt, name="receipt"),
    path("<case:number>/means/<uuid:ref>/sign/", dates.sign, name="sign"),
    path("<case:number>/means/<uuid:ref>/void/", dates.void, name="void"),
    path("<case:number>/documents/", documents.documents, name="documents"),
    path("<case:number>/documents/add/", documents.add, name="document_add"),
    path("<case:number>/documents/<uuid:ref>/", documents.document, name="document"),
    path("<case:number>/documents/<uuid:ref>/open/", documents.open_document, name="document_open"),
    path("<case:number>/documents/<uuid:ref>/cover/", documents.cover, name="document_cover"),
    path("<case:number>/documents/<uuid:ref>/seen/<str:token>/", documents.picture, name="document_seen"),
    path("<case:number>/documents/<uuid:ref>/describe/", documents.describe, name="document_describe"),
    path("<case:number>/documents/<uuid:ref>/take/", documents.take, name="document_take"),
    path("<case:number>/documents/<uuid:ref>/destroy/", documents.destroy, name="document_destroy"),
    path("<case:number>/links/", links.links, name="links"),
    path("<case:number>/links/<uuid:ref>/undo/", links.unlink, name="unlink"),
    path("<case:number>/team/", team.team, name="team"),
    path("<case:number>/team/conference/", team.conference, name="conference"),
    path("<case:number>/team/supervision/", team.supervision, name="supervision"),
    path("<case:number>/team/let-in/", team.let_in, name="let_in"),
    path("<case:number>/team/<uuid:staff>/close/", team.take_back, name="take_back"),
    path("<case:number>/team/hand-over/", team.hand_over, name="hand_over"),
    path("<case:number>/close/", team.close, name="close"),
    path("<case:number>/close/ask/", team.close_ask, name="close_ask"),
    path("<case:number>/close/decide/", team.close_decide, name="close_decide"),
    path("<case:number>/close/again/", team.reopen, name="reopen"),
    path("<case:number>/close/keep/", team.keep_longer, name="keep_longer"),
    path("<case:number>/close/erase/", team.erase, name="erase"),
    path("<case:number>/close/erase/ask/", team.erase_ask, name="erase_ask"),
    path("<case:number>/close/erase/stop/", team.erase_stop, name="erase_stop"),
]
