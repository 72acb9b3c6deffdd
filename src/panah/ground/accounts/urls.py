"""My settings and the roster."""

from django.urls import path

from panah.ground.accounts import views

app_name = "accounts"
urlpatterns = [
    path("settings", views.settings, name="settings"),
    path("sessions/end-others", views.end_others, name="end-others"),
    path("sessions/<str:key>/end", views.end_one, name="end-session"),
    path("devices/<uuid:pk>/forget", views.forget_device, name="forget-device"),
    path("roster", views.roster, name="roster"),
    path("roster/put", views.put_on_duty, name="put-on-duty"),
    path("roster/copy", views.copy_week, name="copy-week"),
    path("roster/<uuid:pk>/off", views.take_off_duty, name="take-off-duty"),
]
