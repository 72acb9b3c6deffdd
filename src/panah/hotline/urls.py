from django.urls import path, register_converter

from panah.hotline.views import (
    alarms,
    call_outcomes,
    call_screen,
    calls,
    contacts,
    lines,
    links_across,
    links_outgoing,
    next_steps,
    paper,
    prompts,
    rehearsal,
    requests,
    retention,
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
    path("talk/<uuid:pk>/", retention.debrief, name="debrief"),
    path("keeping/", retention.keeping, name="keeping"),
    path("alarms/now", alarms.now, name="alarms_now"),
    path("alarms/<uuid:pk>/", alarms.alarm, name="alarm"),
    path("family/", requests.requests, name="links_requests"),
    path("family/new/", requests.take, name="take_links"),
    path("family/<number:number>/", requests.request_page, name="links_request"),
    path("family/<number:number>/ask/", links_outgoing.ask, name="links_ask"),
    path("family/<number:number>/ask/<uuid:pk>/", links_outgoing.ask, name="links_ask_again"),
    path("family/<number:number>/across/<uuid:pk>/", links_across.across, name="links_across"),
    path("family/<number:number>/across/<uuid:pk>/script/", links_across.script, name="links_script"),
    path("family/<number:number>/across/<uuid:pk>/letter", links_across.letter, name="links_letter"),
    path("family/came/<uuid:arrival>/", links_across.came, name="links_came"),
    path("authorities/", requests.authorities, name="authorities"),
    path("authorities/new/", requests.take_authority, name="take_authority"),
    path("authorities/<number:number>/", requests.authority, name="authority"),
    path("paper/", paper.kit, name="paper"),
    path("paper/new/", paper.type_in, name="type_in"),
    path("paper/<slug:kind>/", paper.sheet, name="sheet"),
    path("rehearsal/", rehearsal.scripts, name="rehearsal"),
    path("rehearsal/<slug:key>/", rehearsal.script, name="script"),
    path("drafts/sealed", call_screen.sealed_draft, name="sealed_draft"),
    path("open/<uuid:pk>/", contacts.opened, name="opened"),
    path("<number:number>/", call_screen.call, name="call"),
    path("<number:number>/draft", call_screen.draft, name="draft"),
    path("<number:number>/alive", call_screen.alive, name="alive"),
    path("<number:number>/beside", call_screen.beside, name="beside"),
    path("<number:number>/emergency/", call_screen.emergency, name="emergency"),
    path("<number:number>/emergency/draft", call_screen.emergency_draft, name="emergency_draft"),
    path("<number:number>/services/", call_outcomes.services, name="services"),
    path("<number:number>/family/", requests.take, name="call_links"),
    path("<number:number>/authority/", requests.take_authority, name="call_authority"),
    path("<number:number>/prompts/", prompts.prompts, name="prompts"),
    path("<number:number>/keep/", retention.keep, name="keep"),
    path("<number:number>/erase", retention.erase, name="erase"),
    path("<number:number>/forget-note", retention.forget_note, name="forget_note"),
    path("<number:number>/hard", retention.hard, name="hard"),
    path("<number:number>/back/", call_outcomes.back, name="back"),
    path("<number:number>/next/", next_steps.next_step, name="next"),
    path("<number:number>/page/", contacts.contact, name="contact"),
    path("<number:number>/show", contacts.show, name="show"),
    path("<number:number>/resume", contacts.resume, name="resume"),
    path("<number:number>/close", contacts.close, name="close"),
    path("<number:number>/case", call_outcomes.case, name="case"),
]
