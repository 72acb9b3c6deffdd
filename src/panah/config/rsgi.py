"""The door for granian, which `./panah serve` starts: the gateway in front of Django."""

import os

from panah.config.wsgi import application as django
from panah.node.gateway.gateway import Gateway
from panah.node.gateway.public import SOCKET, PublicProcess

path = os.environ.get(SOCKET)
application = Gateway(django, public=PublicProcess(path) if path else None)
