"""The door of a bench's node: Panah's own, with the bench's clock, and with marks for what arrives."""

from benchmarks.exchange import clock
from benchmarks.exchange.die_with_parent import end_with_parent

end_with_parent()
clock.begin()

from django.core.wsgi import get_wsgi_application  # noqa: E402  the clock comes first

django = get_wsgi_application()

from benchmarks.exchange import driver  # noqa: E402  it needs the rooms
from panah.node.gateway.gateway import Gateway  # noqa: E402

driver.count_effects()
application = Gateway(django)

__all__ = ["application"]
