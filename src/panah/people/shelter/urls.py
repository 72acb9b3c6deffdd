from django.urls import path

import panah.ground.kit.sealed_addresses  # noqa: F401  "sealed" stands in these addresses
from panah.people.shelter.views import bed_requests, beds, departures, house, places, stays

app_name = "shelter"
urlpatterns = [
    path("", places.listed, name="places"),
    path("new/", places.new, name="add_place"),
    path("counts/", places.share_counts, name="share_counts"),
    path("case/<str:number>/", bed_requests.of_case, name="case"),
    path("case/<str:number>/ask/<sealeduuid:place>/", bed_requests.ask, name="ask"),
    path("stay/<uuid:stay>/", stays.one, name="stay"),
    path("stay/<uuid:stay>/who/", stays.who, name="who"),
    path("stay/<uuid:stay>/way/", stays.way_there, name="way_there"),
    path("stay/<uuid:stay>/decide/", stays.decide, name="decide"),
    path("stay/<uuid:stay>/arrived/", stays.arrived, name="arrive"),
    path("stay/<uuid:stay>/change/", stays.change, name="change"),
    path("stay/<uuid:stay>/sheet/", stays.sheet, name="sheet"),
    path("stay/<uuid:stay>/left/", departures.left, name="leave"),
    path("stay/<uuid:stay>/second/", departures.second, name="second"),
    path("stay/<uuid:stay>/late/", departures.late, name="late"),
    path("stay/<uuid:stay>/back/", departures.back, name="back"),
    path("stay/<uuid:stay>/not-needed/", stays.take_back, name="take_back"),
    path("stay/<uuid:stay>/let-in/", stays.let_in, name="let_in"),
    path("<uuid:place>/", places.one, name="place"),
    path("<uuid:place>/way/", places.way, name="way"),
    path("<uuid:place>/change/", places.change, name="edit_place"),
    path("<uuid:place>/change/way/", places.change_way, name="edit_way"),
    path("<uuid:place>/people/", house.people, name="people"),
    path("<uuid:place>/people/<uuid:staff>/off/", house.take_off, name="take_off"),
    path("<uuid:place>/shifts/<uuid:shift>/off/", house.end_shift, name="end_shift"),
    path("<uuid:place>/beds/", beds.board, name="board"),
    path("<uuid:place>/rooms/", beds.rooms, name="rooms"),
    path("<uuid:place>/rooms/<uuid:room>/", beds.room, name="room"),
    path("<uuid:place>/bed/<uuid:bed>/", beds.bed, name="bed"),
    path("<uuid:place>/bed/<uuid:bed>/put/", beds.put, name="put"),
    path("<uuid:place>/book/", house.book, name="book"),
    path("<uuid:place>/needs/", house.needs, name="needs"),
    path("<uuid:place>/needs/<uuid:need>/", house.need_met, name="need"),
]
