"""The door of a bench's node: Panah's own, with the bench's clock, and with marks for what arrives."""

from panah.desk.bench.exchange import clock
from panah.desk.bench.exchange.leaving import end_with_parent

end_with_parent()
clock.begin()

from django.core.wsgi import get_wsgi_application  # noqa: E402  the clock comes first

application = get_wsgi_application()

from panah.desk.bench.exchange import handwork  # noqa: E402  it needs the rooms

handwork.count_effects()

__all__ = ["application"]
