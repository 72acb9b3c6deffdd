"""What a form that waits for the vault carries along, unreadable."""

import re
from html import unescape


def carried_in(page):
    return unescape(re.search(r'name="vault-kept" value="([^"]*)"', page.content.decode())[1])
