from django.urls import path

from panah.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.arrivals, name="arrivals"),
    path("<uuid:arrival>/", views.arrival, name="arrival"),
    path("<uuid:arrival>/open/", views.open_it, name="open"),
    path("<uuid:arrival>/turn/<slug:name>/", views.turn, name="turn"),
    path("<uuid:arrival>/close/", views.close, name="close"),
    path("<uuid:arrival>/seen/", views.seen, name="seen"),
]
