"""The first page of the door."""

from django.http import HttpRequest, HttpResponse

from panah.public.frame import answer, door_page


@door_page("GET")
def first(request: HttpRequest) -> HttpResponse:
    return answer(request, "public/first.html")


@door_page("GET")
def about(request: HttpRequest) -> HttpResponse:
    return answer(request, "public/about.html")
