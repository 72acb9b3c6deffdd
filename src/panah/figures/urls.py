from django.urls import path

from panah.figures.views import briefs, charts

app_name = "figures"
urlpatterns = [
    path("charts/", charts.charts, name="charts"),
    path("charts/<str:country>/<str:measure>/", charts.chart, name="chart"),
    path("charts/<str:country>/<str:measure>/table.csv", charts.chart_csv, name="chart_csv"),
    path("corridors/", charts.corridors, name="corridors"),
    path("briefs/", briefs.briefs, name="briefs"),
    path("briefs/new/", briefs.new_brief, name="new_brief"),
    path("briefs/<uuid:pk>/", briefs.brief, name="brief"),
    path("briefs/<uuid:pk>/change/", briefs.change_brief, name="change_brief"),
    path("briefs/<uuid:pk>/reader/", briefs.ask_reader, name="ask_reader"),
    path("briefs/<uuid:pk>/read/", briefs.read_brief, name="read_brief"),
    path("briefs/<uuid:pk>/clear/", briefs.clear_brief, name="clear_brief"),
    path("briefs/<uuid:pk>/object/", briefs.object_to, name="object_to"),
    path("briefs/<uuid:pk>/take-back/", briefs.take_back, name="take_back"),
    path("briefs/<uuid:pk>/publish/", briefs.publish_brief, name="publish_brief"),
    path("briefs/<uuid:pk>/withdraw/", briefs.withdraw_brief, name="withdraw_brief"),
    path("briefs/<uuid:pk>/errata/", briefs.erratum_seen, name="erratum_seen"),
    path("briefs/<uuid:pk>/<str:language>-<int:pages>.pdf", briefs.brief_file, name="brief_file"),
]
