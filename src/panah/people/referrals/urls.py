from django.urls import path

import panah.ground.kit.sealed_addresses  # noqa: F401  "sealed" stands in these addresses
from panah.people.referrals.views import (
    detail,
    offer,
    outgoing,
    own_programmes,
    paper,
    received_content,
    withdrawal,
)

app_name = "referrals"
urlpatterns = [
    path("offers/<uuid:arrival>/", offer.offer, name="offer"),
    path("programmes/", own_programmes.programmes, name="programmes"),
    path("programmes/<uuid:service>/", own_programmes.programme, name="programme"),
    path("programmes/told/<uuid:pk>/", own_programmes.told, name="told"),
    path("<str:number>/referrals/", outgoing.listing, name="list"),
    path("<str:number>/referrals/find/", outgoing.find, name="find"),
    path("<str:number>/referrals/new/<sealed:purpose>/<sealed:receiver>/", outgoing.new, name="new"),
    path("<str:number>/referrals/<uuid:referral>/", detail.referral_page, name="one"),
    path("<str:number>/referrals/<uuid:referral>/change/", outgoing.change, name="change"),
    path("<str:number>/referrals/<uuid:referral>/came/", received_content.received_content, name="came"),
    path("<str:number>/referrals/<uuid:referral>/give-up/", withdrawal.withdraw, name="give-up"),
    path("<str:number>/referrals/<uuid:referral>/letter/", paper.as_pdf, name="letter"),
    path("<str:number>/referrals/<uuid:referral>/letter/locked/", paper.locked, name="locked"),
    path("<str:number>/referrals/<uuid:referral>/script/", paper.script, name="script"),
]
