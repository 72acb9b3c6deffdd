from django.urls import path

from panah.people.intake.views import arrivals, pictures, piles, reports

app_name = "intake"
urlpatterns = [
    path("", arrivals.arrivals, name="arrivals"),
    path("piles/", piles.piles, name="piles"),
    path("piles/empty/", piles.empty, name="empty-pile"),
    path("piles/<uuid:pile>/", piles.pile, name="pile"),
    path("piles/<uuid:pile>/back/", piles.back, name="pile-back"),
    path("<uuid:arrival>/", arrivals.arrival, name="arrival"),
    path("<uuid:arrival>/open/", arrivals.open_it, name="open"),
    path("<uuid:arrival>/take/", arrivals.take, name="take"),
    path("<uuid:arrival>/turn/<slug:name>/", arrivals.turn, name="turn"),
    path("<uuid:arrival>/close/", arrivals.close, name="close"),
    path("<uuid:arrival>/seen/", arrivals.seen, name="seen"),
    path("<uuid:arrival>/answer/", reports.answer, name="answer"),
    path("<uuid:arrival>/finish/", reports.finish, name="finish"),
    path("<uuid:arrival>/join/", reports.join, name="join"),
    path("<uuid:arrival>/part/", reports.part, name="part"),
    path("<uuid:arrival>/pass-on/", reports.pass_on, name="pass-on"),
    path("<uuid:arrival>/colleague/", reports.colleague, name="colleague"),
    path("<uuid:arrival>/files/<uuid:upload>/", pictures.file, name="file"),
    path("<uuid:arrival>/files/<uuid:upload>/seen/", pictures.picture, name="picture"),
    path("<uuid:arrival>/files/<uuid:upload>/mark/", pictures.mark, name="mark"),
    path("pictures/<uuid:upload>/", pictures.marked, name="marked"),
    path("pictures/<uuid:upload>/blurred/", pictures.blurred, name="blurred"),
]
