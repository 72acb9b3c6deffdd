from django.urls import path

import panah.ground.kit.converters  # noqa: F401  "number" stands in these addresses
from panah.people.family_links.views import across, outgoing, requests

app_name = "family_links"
urlpatterns = [
    path("family/", requests.requests, name="requests"),
    path("family/new/", requests.take, name="take"),
    path("family/<number:number>/", requests.request_page, name="request"),
    path("family/<number:number>/ask/", outgoing.ask, name="ask"),
    path("family/<number:number>/ask/<uuid:pk>/", outgoing.ask, name="ask_again"),
    path("family/<number:number>/across/<uuid:pk>/", across.across, name="across"),
    path("family/<number:number>/across/<uuid:pk>/script/", across.script, name="script"),
    path("family/<number:number>/across/<uuid:pk>/letter", across.letter, name="letter"),
    path("family/came/<uuid:arrival>/", across.came, name="came"),
    path("<number:number>/family/", requests.take, name="call"),
    path("paper/family/", requests.sheet, name="sheet"),
]
