from django.urls import path

from panah.consent import views

app_name = "consent"
urlpatterns = [
    path("<str:number>/consent/", views.answers, name="answers"),
    path("<str:number>/consent/ask/<slug:purpose>/", views.ask, name="ask"),
    path("<str:number>/consent/<uuid:ref>/withdraw/", views.withdraw, name="withdraw"),
]
