"""The first pages of everyone who signed in."""

from django.urls import path

from panah.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("team", views.team, name="team"),
    path("due/<uuid:pk>", views.item, name="item"),
    path("due/<uuid:pk>/done", views.done, name="done"),
    path("due/<uuid:pk>/undo", views.undo, name="undo"),
    path("due/<uuid:pk>/move", views.move, name="move"),
    path("due/<uuid:pk>/second", views.second, name="second"),
    path("due/<uuid:pk>/give", views.give, name="give"),
    path("week-mail", views.week_mail, name="week-mail"),
    path("about-me", views.about_me, name="about-me"),
    path("journal", views.journal, name="journal"),
    path("journal/check", views.check, name="journal-check"),
]
