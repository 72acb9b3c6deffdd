"""The answer to whoever asks what is kept about her, as a colleague reads it aloud."""

import html


def ask(client, address, **more):
    answer = client.post(address, {"knows": "known", "how": "aloud"} | more)
    return html.unescape(answer.content.decode().partition("<article")[2])


def read(client, case, **more):
    return ask(client, f"/complaints/case/{case.number}/", **more)
