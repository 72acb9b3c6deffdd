from django.urls import path

from panah.people.complaints import views

app_name = "complaints"
urlpatterns = [
    path("", views.start, name="start"),
    path("new/", views.take, name="take"),
    path("own-data/", views.take_data, name="take_data"),
    path("code/", views.leave, name="leave"),
    path("words/", views.words_to_say, name="words"),
    path("readers/", views.readers, name="readers"),
    path("open/", views.listed, name="list"),
    path("pass-on/", views.pass_on, name="pass_on"),
    path("asked/<uuid:pk>/", views.asked, name="asked"),
    path("left/<uuid:pk>/", views.left, name="left"),
    path("case/<str:number>/", views.kept, name="kept"),
    path("case/<str:number>/hears/<uuid:ref>/", views.hears, name="hears"),
    path("stay/<uuid:pk>/", views.kept_of_stay, name="kept_of_stay"),
    path("contact/<str:number>/", views.kept_of_contact, name="kept_of_contact"),
    path("matter/<str:number>/", views.matter, name="matter"),
    path("matter/<str:number>/<slug:step>/", views.step, name="step"),
]
