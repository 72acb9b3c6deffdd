from django.urls import path

from panah.referrals.views import came, offer, one, paper, staff, withdrawing

app_name = "referrals"
urlpatterns = [
    path("offers/<uuid:arrival>/", offer.offer, name="offer"),
    path("<str:number>/referrals/", staff.listing, name="list"),
    path("<str:number>/referrals/find/", staff.find, name="find"),
    path("<str:number>/referrals/new/<slug:purpose>/<str:receiver>/", staff.new, name="new"),
    path("<str:number>/referrals/<uuid:referral>/", one.one, name="one"),
    path("<str:number>/referrals/<uuid:referral>/change/", staff.change, name="change"),
    path("<str:number>/referrals/<uuid:referral>/came/", came.came, name="came"),
    path("<str:number>/referrals/<uuid:referral>/give-up/", withdrawing.give_up, name="give-up"),
    path("<str:number>/referrals/<uuid:referral>/letter/", paper.as_pdf, name="letter"),
    path("<str:number>/referrals/<uuid:referral>/letter/locked/", paper.locked, name="locked"),
    path("<str:number>/referrals/<uuid:referral>/script/", paper.script, name="script"),
]
