"""What Elena sends when several people were found at one place."""

SENT = {
    "title": "Practice site 7",
    "place": "behind the market",
    "number": "3",
    "looks": "blue jacket\n\ngrey beard",
    "language": "uz",
    "informer": "unknown",
    "what": "Found by the police at four; two officers are with them.",
}
