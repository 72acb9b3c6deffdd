from django.urls import path

from panah.figures.views import changes, figures, saying, sources

app_name = "figures"
urlpatterns = [
    path("", figures.listed, name="list"),
    path("csv/", figures.table, name="table"),
    path("side-by-side/", figures.beside, name="beside"),
    path("enter/", changes.enter, name="enter"),
    path("sources/", sources.listed, name="sources"),
    path("sources/new/", sources.add, name="add_source"),
    path("sources/<str:number>/", sources.source, name="source"),
    path("files/<uuid:pk>/", sources.file, name="file"),
    path("say/", saying.index, name="say_index"),
    path("say/<str:country>/", saying.said, name="say"),
    path("say/<str:country>/print/", saying.sheet, name="say_sheet"),
    path("say/<str:country>/write/", saying.write, name="say_write"),
    path("sentences/<uuid:pk>/", saying.sentence, name="sentence"),
    path("sentences/<uuid:pk>/end/", saying.end, name="sentence_end"),
    path("<str:number>/", figures.figure, name="figure"),
    path("<str:number>/csv/", figures.figure_table, name="figure_table"),
    path("<str:number>/correct/", changes.correct, name="correct"),
    path("<str:number>/withdraw/", changes.withdraw, name="withdraw"),
    path("<str:number>/break/", changes.mark_break, name="break"),
    path("<str:number>/tension/", changes.tension, name="tension"),
    path("<str:number>/rate/", changes.rate, name="rate"),
]
