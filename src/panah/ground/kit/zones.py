import zoneinfo


def zone_choices(now: str) -> list[tuple[str, str]]:
    """Zones of Asia and Europe by name, and whatever stands there now."""
    near = {z for z in zoneinfo.available_timezones() if z.startswith(("Asia/", "Europe/"))}
    return [(z, z) for z in sorted(near | {now, "UTC"})]
