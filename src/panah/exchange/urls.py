from django.urls import path

from panah.exchange.views import door

app_name = "exchange"
urlpatterns = [path("v1/envelopes", door.envelopes, name="envelopes")]
