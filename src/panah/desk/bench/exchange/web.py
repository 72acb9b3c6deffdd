"""The door of a bench's node: Panah's own, with the bench's clock, and with marks for what arrives."""

import os

from panah.desk.bench.exchange import clock
from panah.desk.bench.exchange.leaving import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panah.config.settings")
end_with_parent()
clock.begin()

from panah.config.wsgi import application  # noqa: E402  the clock comes first
from panah.desk.bench.exchange import handwork  # noqa: E402

handwork.count_effects()

__all__ = ["application"]

from panah.exchange import actions as _x
from django.utils import timezone
from panah.foundation import walls
_app = application
def application(environ, start):
    if environ["PATH_INFO"].startswith("/exchange/v1/envelopes"):
        raw = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        with walls.inside(walls.NOBODY):
            out = _x.receive(raw, at=timezone.now())
        from django.db import close_old_connections
        start("200 OK", [("Content-Length", str(len(out)))])
        return [out]
    return _app(environ, start)
