from django.urls import path, register_converter

from panah.hotline.views import (
    across,
    alarms,
    asking,
    calls,
    contacts,
    ends,
    family,
    keeping,
    lines,
    next_steps,
    paper,
    prompts,
    rehearsal,
    screen,
)


class NumberConverter:
    """A number as it is written: ``4TQ-7MX-R``."""

    regex = "[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "number")

app_name = "hotline"
urlpatterns = [
    path("", calls.calls, name="calls"),
    path("take/", calls.take, name="take"),
    path("log/", calls.log, name="log"),
    path("hand-over/", calls.hand_over, name="hand_over"),
    path("help-without-a-file/", calls.aid, name="aid"),
    path("lines/", lines.lines, name="lines"),
    path("lines/new/", lines.edit, name="add_line"),
    path("lines/<uuid:pk>/", lines.line, name="line"),
    path("lines/<uuid:pk>/change/", lines.edit, name="edit_line"),
    path("lines/<uuid:pk>/end/", lines.end, name="end_line"),
    path("talk/<uuid:pk>/", keeping.debrief, name="debrief"),
    path("keeping/", keeping.keeping, name="keeping"),
    path("alarms/now", alarms.now, name="alarms_now"),
    path("alarms/<uuid:pk>/", alarms.alarm, name="alarm"),
    path("family/", family.requests, name="links_requests"),
    path("family/new/", family.take, name="take_links"),
    path("family/<number:number>/", family.request_page, name="links_request"),
    path("family/<number:number>/ask/", asking.ask, name="links_ask"),
    path("family/<number:number>/ask/<uuid:pk>/", asking.ask, name="links_ask_again"),
    path("family/<number:number>/across/<uuid:pk>/", across.across, name="links_across"),
    path("family/<number:number>/across/<uuid:pk>/script/", across.script, name="links_script"),
    path("family/<number:number>/across/<uuid:pk>/letter", across.letter, name="links_letter"),
    path("family/came/<uuid:arrival>/", across.came, name="links_came"),
    path("authorities/", family.authorities, name="authorities"),
    path("authorities/new/", family.take_authority, name="take_authority"),
    path("authorities/<number:number>/", family.authority, name="authority"),
    path("paper/", paper.kit, name="paper"),
    path("paper/new/", paper.type_in, name="type_in"),
    path("paper/<slug:kind>/", paper.sheet, name="sheet"),
    path("rehearsal/", rehearsal.scripts, name="rehearsal"),
    path("rehearsal/<slug:key>/", rehearsal.script, name="script"),
    path("drafts/sealed", screen.sealed_draft, name="sealed_draft"),
    path("open/<uuid:pk>/", contacts.opened, name="opened"),
    path("<number:number>/", screen.call, name="call"),
    path("<number:number>/draft", screen.draft, name="draft"),
    path("<number:number>/alive", screen.alive, name="alive"),
    path("<number:number>/beside", screen.beside, name="beside"),
    path("<number:number>/emergency/", screen.emergency, name="emergency"),
    path("<number:number>/emergency/draft", screen.emergency_draft, name="emergency_draft"),
    path("<number:number>/services/", ends.services, name="services"),
    path("<number:number>/family/", family.take, name="call_links"),
    path("<number:number>/authority/", family.take_authority, name="call_authority"),
    path("<number:number>/prompts/", prompts.prompts, name="prompts"),
    path("<number:number>/keep/", keeping.keep, name="keep"),
    path("<number:number>/erase", keeping.erase, name="erase"),
    path("<number:number>/forget-note", keeping.forget_note, name="forget_note"),
    path("<number:number>/hard", keeping.hard, name="hard"),
    path("<number:number>/back/", ends.back, name="back"),
    path("<number:number>/next/", next_steps.next_step, name="next"),
    path("<number:number>/page/", contacts.contact, name="contact"),
    path("<number:number>/show", contacts.show, name="show"),
    path("<number:number>/resume", contacts.resume, name="resume"),
    path("<number:number>/close", contacts.close, name="close"),
    path("<number:number>/case", ends.case, name="case"),
]
