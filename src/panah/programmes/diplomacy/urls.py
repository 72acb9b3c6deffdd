from django.urls import path

from panah.programmes.diplomacy.steps import COMMITMENT_STEPS, DIALOGUE_STEPS, POLICY_STEPS
from panah.programmes.diplomacy.views import commitments, dialogues, instruments, policies, reports, tables

app_name = "diplomacy"
urlpatterns = [
    path("", commitments.start, name="start"),
    path("new/", commitments.draft, name="draft"),
    path("calendar.ics", commitments.calendar, name="calendar"),
    path("instruments/", instruments.listed, name="instruments"),
    path("instruments/<slug:key>/", instruments.instrument, name="instrument"),
    path("instruments/<slug:key>/standing/", instruments.standing, name="standing"),
    path("told/", reports.told, name="told"),
    path("table/", tables.bring, name="bring"),
    path("table/empty.csv", tables.empty_table, name="empty_table"),
    path("reports/", reports.listed, name="reports"),
    path("reports/new/", reports.make, name="make_report"),
    path("reports/<uuid:pk>/", reports.report, name="report"),
    path("reports/<uuid:pk>/docx/", reports.file, {"ending": "docx"}, name="report_docx"),
    path("reports/<uuid:pk>/pdf/", reports.file, {"ending": "pdf"}, name="report_pdf"),
    path("reports/<uuid:pk>/zip/", reports.packed, name="report_zip"),
    path("policy/", policies.listed, name="policies"),
    path("policy/<uuid:pk>/", policies.policy, name="policy"),
    *POLICY_STEPS.urls("policy/<uuid:pk>/"),
    path("policy/<uuid:pk>/sheet/", policies.sheet, name="policy_sheet"),
    path("dialogues/", dialogues.listed, name="dialogues"),
    path("dialogues/new/", dialogues.begin, name="begin_dialogue"),
    path("dialogues/<str:number>/", dialogues.dialogue, name="dialogue"),
    *DIALOGUE_STEPS.urls("dialogues/<str:number>/"),
    path("dialogues/<str:number>/erase/", dialogues.erase, name="erase_dialogue"),
    path("dialogues/<str:number>/scan/<uuid:pk>/", dialogues.scan, name="scan"),
    path("steps/<uuid:pk>/", commitments.step, name="step"),
    path("<uuid:pk>/", commitments.commitment, name="commitment"),
    *COMMITMENT_STEPS.urls("<uuid:pk>/"),
    path("<uuid:pk>/evidence/", commitments.add_evidence, name="add_evidence"),
    path("<uuid:pk>/status/", commitments.say_status, name="say_status"),
    path("<uuid:pk>/tell-no-more/", commitments.tell_no_more, name="tell_no_more"),
]
