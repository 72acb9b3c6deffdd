from django.urls import path

from panah.people.finding import views

app_name = "finding"
urlpatterns = [
    path("", views.find, name="find"),
    path("<uuid:question>/", views.question, name="question"),
    path("doubles/", views.doubles, name="doubles"),
    path("doubles/<case:number>/<uuid:ref>/", views.double, name="double"),
    path("others/", views.incoming_list, name="others"),
    path("others/<uuid:arrival>/", views.incoming, name="asked"),
    path("known/<case:number>/", views.outgoing_list, name="there"),
    path("known/<case:number>/ask/<slug:society>/", views.ask_society, name="ask_there"),
    path("known/<case:number>/answer/<uuid:question>/", views.take_answer, name="take_answer"),
    path("known/<case:number>/decide/<uuid:question>/", views.decide, name="decide"),
    path("known/<case:number>/done/<uuid:question>/", views.discard, name="let_go"),
]
