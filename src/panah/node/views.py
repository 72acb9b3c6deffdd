"""Is this node alive: for a supervisor, without a login and without anything about people."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from panah import __version__
from panah.ground.foundation import rls_policies
from panah.ground.foundation.node_health import HEALTH
from panah.ground.vault.queries import copies_answer, stored_as_written


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Answer ``{"status", "version", "database"}``; 503 when the database or a copy of the shred store does not answer.

    Whether somebody can be called in danger is no stranger's business: `./panah paging` says it on the machine.

    ``"stored"``: ``"as written"``, or ``"not as written"`` when a journal, a file or a database was not found as it was
    left; whose stands on the first page of the focal points. The node goes on answering: whoever is in danger has
    nobody else.

    What rooms add stands beside it. ``"documents"``, where there is a library: whether its documents are read by a
    process without network on this system.

    On PostgreSQL also ``"walls"``: ``"stand"`` or ``"do not stand"``. Why not is no stranger's business:
    `serve` and `worker` say it when they start.
    """
    more = {name: say() for name, say in HEALTH.items()}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if rls_policies.supports_rls():
            more["walls"] = "do not stand" if rls_policies.problems() else "stand"
        status = "ok" if copies_answer() else "a copy of the shred store does not answer"
        if status == "ok":
            more["stored"] = "as written" if stored_as_written() else "not as written"
    except DatabaseError:
        status = "database does not answer"
    return JsonResponse(
        {"status": status, "version": __version__, "database": connection.vendor, **more},
        status=200 if status == "ok" else 503,
    )
