"""What an address must not tell, and how it is found in one."""

import re

# Words of content, as codes: kinds of exploitation, sets of questions, receivers, needs.
CONTENT = re.compile(
    r"(service|society):|forced|sexual|exploitation|traffick|labour|child_|adult_|smuggl|pregnan|hiv|police",
    re.IGNORECASE,
)
# Pages of the register, the directory, paired societies and modules that are taught, which are about nobody.
PUBLIC = re.compile(r"^/(network|calls/(paper|rehearsal)|exchange/pair|training/modules|prevention/modules)/")
SEALED = re.compile(r"~[A-Za-z0-9_-]{100,}")
# A sheet that every case has, whatever is on it.
SHEET = "/told/exploitation/"
QUERY = re.compile(r"[?&]([a-z_]+)=([^&#]*)")
# What a query may hold in plain besides ids and what is sealed, each with all that it may say.
HARMLESS = {
    "about": r"[a-z0-9-]+(:[a-z0-9-]+)?",  # a report on commitments: an instrument, a society, a commitment's random id
    "after": r"\d+|[0-9A-F%T.:+-]+~[0-9a-f-]{36}",  # which piece of a list: how many came before, or a moment and an id
    "aloud": r"[a-z]{2,3}",  # in which language an empty paper sheet is read aloud
    "back": r"[/%].*",  # an address as any other: looked at as a whole
    "before": r"\d+",  # which piece of the journal
    "case": r"[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]",  # a number that was drawn
    "days": r"14",
    "element": r"[a-z_]+",  # of the operational model
    "ended": r"1",  # groups that are over
    "first": r"\d+",  # which piece of the texts of the public door
    # Numbers as others may read them; for which readers files are.
    "for": r"outside|travelling|children|families|returned|teachers|employers",
    "from": r"paper|\d{4}-\d\d-\d\d",
    "in": r"[a-z]{2,3}(-cyrl)?",
    "instrument": r"[a-z0-9-]+",  # a treaty or a law
    "key": r"1",  # a printed test with the right answers, for the trainer
    "kind": r"[1-4]",  # which questions about an offer; a stranger's history must not say which
    "languages": r"all",  # of what arrived: also what others read
    "language": r"[a-z]{2,3}(-[A-Z][a-z]+)?",  # spoken by a volunteer who is looked for
    "leaves": r"[a-z_]+",  # what a society leaves to others: its page in the register says so too
    "may": r"answer|capture|meet|lead|help",  # what a volunteer may do
    "minor": r"1",  # which of two cards that every colleague reads
    "month": r"\d{4}-\d\d",
    "next": r"[/%].*",
    "of": r"sessions|courses",
    "goal": r"[a-z0-9-]+",  # which goal of the Federation, or of the society
    "period": r"\d{4}(-Q\d)?",
    "over": r"1",  # courses and sessions that are over
    "plan": r"\d{1,2}",  # which of the modules that Panah brings
    "provision": r"[a-z0-9-]+(/|%2F)[a-z0-9]+",  # a part of a treaty or a law
    "sort": r"due|new|old|newest|answer",
    "state": r"open|closed|received|over|asked|active|paused|left|refused|expiring|draft|running|ended",
    "step": r"[0-9a-f-]{36}",  # an id
    "tells": r"read",  # a report that is made for paired societies
    "unchecked": r"1",  # texts of the public door that nobody has checked
    "year": r"\d{4}",
    "source": r"[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]",  # a publication that figures are read in
}


def tells(address):
    """Say whether an address, as it stands in a log, has a word of content in it."""
    plain = SEALED.sub("", address).replace(SHEET, "/")
    return not PUBLIC.match(address) and bool(CONTENT.search(plain))


def in_plain(address):
    """Return which names of a query say more in plain than they may."""
    if PUBLIC.match(address):
        return []
    opaque = rf"{SEALED.pattern}|[0-9a-f-]{{36}}"
    return [
        name
        for name, value in QUERY.findall(address)
        if value and not re.fullmatch(f"{opaque}|{HARMLESS.get(name, opaque)}", value)
    ]
