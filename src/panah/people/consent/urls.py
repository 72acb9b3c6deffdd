from django.urls import path

from panah.people.consent import paper_pages, views

app_name = "consent"
urlpatterns = [
    path("consent-sheet/", paper_pages.sheet, name="sheet"),
    path("<str:number>/consent/paper/", paper_pages.type_in, name="type_in"),
    path("<str:number>/consent/copy/", paper_pages.copy, name="copy"),
    path("<str:number>/consent/", views.answers, name="answers"),
    path("<str:number>/consent/ask/<slug:purpose>/", views.ask, name="ask"),
    path("<str:number>/consent/<uuid:ref>/withdraw/", views.withdraw, name="withdraw"),
]
