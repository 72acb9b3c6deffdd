"""The way back to a message: by its code, typed and never in an address; then by a locked pass from page to page.

Whether a code is right tells nobody anything but its owner: a wrong one, one that never was and one that was given up
get the same answer after the same work.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.foundation.errors import Refusal
from panah.kit.pages import download
from panah.public import report_draft, report_presenters
from panah.public.forms.tell import CodeForm, MoreForm
from panah.public.frame import answer, door_page, door_url
from panah.public.views import sending
from panah.vault.sealed_state import open_state, seal_state

WHAT, ANYBODY = "the way back to a message", "anybody"
# How long a page can be gone on from without typing the digits again.
LASTS = timedelta(minutes=30)
