"""The addresses of a node and the floor beside them: one row written, one word answered."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from panah.audit.models import Waiting
from panah.config.urls import handler400, handler403, handler404, handler500
from panah.config.urls import urlpatterns as ours
from panah.network.queries import hosted_ids

__all__ = ["handler400", "handler403", "handler404", "handler500"]


@login_not_required
@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """Insert one row and say so."""
    society = hosted_ids()[0]
    Waiting.objects.create(society=society, at="2026-11-01T00:00:00Z", event="bench")
    return HttpResponse("kept")


urlpatterns = [*ours, path("info/bare", bare, name="bare")]
