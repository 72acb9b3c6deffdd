"""The addresses of a node and the floor beside them: one row written, one word answered."""

from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from panah.config.urls import handler400, handler403, handler404, handler500
from panah.config.urls import urlpatterns as ours
from panah.people.reporters.models import NodeTally

__all__ = ["handler400", "handler403", "handler404", "handler500"]


@login_not_required
@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """Insert one row and say so."""
    NodeTally.objects.create(what="bench", window=uuid4().hex[:16], shard=0)
    return HttpResponse("kept")


urlpatterns = [*ours, path("info/bare", bare, name="bare")]
