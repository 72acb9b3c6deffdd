"""The door for other nodes: bundles in, receipts out. No session, no cookie, no word but a code."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from panah.ground.exchange import actions
from panah.ground.exchange.envelope import LARGEST_BUNDLE
from panah.ground.exchange.http_client import CONTENT
from panah.ground.exchange.words import ReceiptCode
from panah.ground.kit.middleware import announced

log = logging.getLogger(__name__)


@csrf_exempt  # Whoever sends is known by a signature, not by a cookie.
@login_not_required
@require_POST
def envelopes(request: HttpRequest) -> HttpResponse:
    """Take in a bundle; 415 for anything else, 413 for too much, 503 when it cannot be taken in now."""
    if request.content_type != CONTENT:
        return _only("not-this", 415)
    if announced(request) > LARGEST_BUNDLE:
        return _only(ReceiptCode.TOO_LARGE, 413)
    try:
        raw = request.read(LARGEST_BUNDLE + 1)
    except UnreadablePostError:
        return _only(ReceiptCode.DAMAGED, 400)
    if len(raw) > LARGEST_BUNDLE:
        return _only(ReceiptCode.TOO_LARGE, 413)
    try:
        return HttpResponse(actions.receive(raw, at=timezone.now()), content_type=CONTENT)
    except Exception:
        log.exception("envelopes")
        return _only(ReceiptCode.LATER, 503)


def _only(code: str, status: int) -> HttpResponse:
    return HttpResponse(f"{code}\n", status=status, content_type="text/plain")
