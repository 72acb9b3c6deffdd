from django.urls import path

from panah.programmes.cooperation.steps import (
    CORRIDOR_STEPS,
    MEETING_STEPS,
    POINT_STEPS,
    PRACTICE_STEPS,
    TOLD_STEPS,
)
from panah.programmes.cooperation.views import guests, meetings, members, practices

app_name = "cooperation"
urlpatterns = [
    path("", members.start, name="start"),
    path("profile/", members.profile, name="profile"),
    path("points/new/", members.new_point, name="new_point"),
    path("points/<uuid:pk>/", members.point, name="point"),
    *POINT_STEPS.urls("points/<uuid:pk>/"),
    path("corridors/", members.corridors, name="corridors"),
    path("corridors/new/", members.new_corridor, name="new_corridor"),
    *CORRIDOR_STEPS.urls("corridors/<uuid:pk>/"),
    path("practices/", practices.listed, name="practices"),
    path("practices/new/", practices.write, name="write"),
    path("practices/<uuid:pk>/", practices.practice, name="practice"),
    *PRACTICE_STEPS.urls("practices/<uuid:pk>/"),
    path("told/<uuid:pk>/", practices.told, name="told"),
    *TOLD_STEPS.urls("told/<uuid:pk>/"),
    path("meetings/", meetings.listed, name="meetings"),
    path("meetings/new/", meetings.new, name="new_meeting"),
    path("meetings/<uuid:pk>/", meetings.meeting, name="meeting"),
    *MEETING_STEPS.urls("meetings/<uuid:pk>/"),
    path("decisions/<uuid:pk>/", meetings.decision, name="decision"),
    path("share/<str:kind>/<uuid:pk>/", guests.share, name="share"),
    path("seats/", guests.seats, name="seats"),
    path("seats/<uuid:pk>/", guests.seat, name="seat"),
    path("seats/<uuid:pk>/end/", guests.end_seat, name="end_seat"),
    path("questions/<uuid:pk>/", guests.question, name="question"),
    path("guest/", guests.guest, name="guest"),
    path("guest/<uuid:pk>/", guests.guest_entry, name="guest_entry"),
]
