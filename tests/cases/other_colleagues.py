"""Colleagues whose case it is not."""

OTHERS = ("cholpon", "daler", "rustam", "elena", "gulnar", "nurlan", "zarina", "timur", "ibrat")
