from django.urls import path

from panah.people.safety.steps import INTERPRETER_STEPS
from panah.people.safety.views import interpreters, threats

app_name = "safety"
urlpatterns = [
    path("", threats.start, name="start"),
    path("report/", threats.report, name="report"),
    path("figures/", threats.figures, name="figures"),
    path("threats/<uuid:file>/", threats.threat, name="threat"),
    path("threats/<uuid:file>/<slug:step>/", threats.step, name="step"),
    path("interpreters/", interpreters.listed, name="interpreters"),
    path("interpreters/new/", interpreters.add, name="add_interpreter"),
    path("interpreters/<uuid:pk>/", interpreters.interpreter, name="interpreter"),
    *INTERPRETER_STEPS.urls("interpreters/<uuid:pk>/"),
    path("interpreters/<uuid:pk>/few/", interpreters.few, name="few"),
    path("interpreters/<uuid:pk>/erase/", interpreters.erase, name="erase_interpreter"),
]
