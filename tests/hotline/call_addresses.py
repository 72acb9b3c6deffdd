"""The address of a call."""


def url(contact, rest=""):
    return f"/calls/{contact.number}/{rest}"
