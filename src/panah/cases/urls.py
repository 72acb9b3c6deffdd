"""Addresses of cases. ``<case:number>`` is a case number; whoever may not see a case gets 404."""

from django.urls import path, register_converter

from panah.cases.views import case, lists, plan, safety, told


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
    path("new/", lists.open_case, name="open"),
    path("settings/", safety.settings, name="settings"),
    path("<case:number>/", case.case_page, name="case"),
    path("<case:number>/identity/", case.identity, name="identity"),
    path("<case:number>/identity/cover/", case.cover, name="cover"),
    path("<case:number>/identity/change/", case.change_identity, name="change_identity"),
    path("<case:number>/note/", case.note, name="note"),
    path("<case:number>/facts/", case.facts, name="facts"),
    path("<case:number>/journal/", case.journal, name="journal"),
    path("<case:number>/due/", safety.due_new, name="due_new"),
    path("<case:number>/due/<uuid:item>/done/", safety.due_done, name="due_done"),
    path("<case:number>/told/", told.told, name="told"),
    path("<case:number>/told/new/", told.episode, name="episode_new"),
    path("<case:number>/told/<uuid:ref>/", told.episode, name="episode"),
    path("<case:number>/told/<slug:key>/", told.section, name="section"),
    path("<case:number>/plan/", plan.plan, name="plan"),
    path("<case:number>/plan/need/", plan.need, name="need"),
    path("<case:number>/plan/need/<uuid:ref>/", plan.need, name="need_change"),
    path("<case:number>/plan/objectives/", plan.objectives, name="objectives"),
    path("<case:number>/plan/service/", plan.service, name="service"),
    path("<case:number>/plan/service/<uuid:ref>/", plan.service, name="service_change"),
    path("<case:number>/plan/ask/", plan.ask, name="plan_ask"),
    path("<case:number>/plan/decide/", plan.decide, name="plan_decide"),
    path("<case:number>/safety/", safety.safety, name="safety"),
    path("<case:number>/safety/risk/", safety.risk, name="risk"),
    path("<case:number>/safety/plan/", safety.safety_plan, name="safety_plan"),
    path("<case:number>/safety/paper/", safety.safety_paper, name="safety_paper"),
]
