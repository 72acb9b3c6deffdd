from django.urls import path

from panah.programmes.library.views import bringing, changes, collections, documents, search

app_name = "library"
urlpatterns = [
    path("", documents.listed, name="list"),
    path("search/", search.search, name="search"),
    path("bring/", bringing.bring, name="bring"),
    path("uploads/", bringing.begin, name="begin_upload"),
    path("uploads/<uuid:pk>/", bringing.piece, name="pieces"),
    path("uploads/<uuid:pk>/<int:number>/", bringing.piece, name="piece"),
    path("collections/", collections.listed, name="collections"),
    path("collections/<uuid:pk>/", collections.collection, name="collection"),
    path("collections/<uuid:pk>/zip/", collections.packed, name="packed"),
    path("collections/<uuid:pk>/drop/", collections.drop, name="drop_collection"),
    path("<str:number>/", documents.document, name="document"),
    path("<str:number>/found/<int:at>/", search.found, name="found"),
    path("<str:number>/similar/", search.similar, name="similar"),
    path("<str:number>/progress/", documents.progress, name="progress"),
    path("<str:number>/change/", changes.change, name="change"),
    path("<str:number>/version/", bringing.version, name="version"),
    path("<str:number>/visibility/", changes.visibility, name="visibility"),
    path("<str:number>/replace/", changes.replace, name="replace"),
    path("<str:number>/withdraw/", changes.withdraw, name="withdraw"),
    path("<str:number>/in-force/", changes.in_force, name="in_force"),
    path("<str:number>/destroy/", changes.destroy, name="destroy"),
    path("<str:number>/again/", changes.again, name="again"),
    path("<str:number>/link/", changes.link, name="link"),
    path("<str:number>/collect/", collections.collect, name="collect"),
    path("<str:number>/unlink/<uuid:pk>/", changes.unlink, name="unlink"),
    path("<str:number>/<int:version>/file/", documents.file, name="file"),
    path("<str:number>/<int:version>/from/<int:first>/", documents.pages, name="pages"),
    path("<str:number>/<int:version>/page/<int:one>/language/", changes.language, name="language"),
]
