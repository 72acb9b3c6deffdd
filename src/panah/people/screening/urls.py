from django.urls import path

import panah.ground.kit.sealed_addresses  # noqa: F401  "sealed" stands in these addresses
from panah.people.screening import views

app_name = "screening"
KIND = {"kind": "case"}

urlpatterns = [
    path("<str:number>/screening/", views.start, KIND, name="start"),
    path("<str:number>/screening/decline/", views.decline, KIND, name="decline"),
    path("<str:number>/screening/result/", views.result, KIND, name="result"),
    path("<str:number>/screening/paper/", views.paper, KIND, name="paper"),
    path("<str:number>/screening/blank/<sealed:code>/", views.blank, KIND, name="blank"),
    path("<str:number>/screening/<uuid:meeting>/", views.meeting, KIND, name="meeting"),
    path("<str:number>/screening/<uuid:meeting>/end/", views.end, KIND, name="end"),
    path("<str:number>/screening/<uuid:meeting>/<str:step>/", views.step, KIND, name="step"),
    path("<str:number>/screening/<uuid:meeting>/<str:step>/keep/", views.keep, KIND, name="keep"),
]
