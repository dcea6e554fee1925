"""The vocabulary of n6 (d2 of the reference on feeds): what of our events are its fields.

n6 makes an event of each tag of a record and leaves out what its own words have no place for, so events are
compared as sets: each that a case asserts must be one of ours, and each of ours one that it asserts.

A record without a time has n6's message's, and is not compared in that.

What is n6's own and in no record is not compared: its name of the source, the restriction and confidence that
it gives to a source, when an entry expires, and the bookkeeping of blacklists (_bl-...)."""
import ipaddress
import re

from .compare import same

OWN = re.compile(r"source$|restriction$|confidence$|expires$|_")

# n6's field -> ours, the first that the event has. What listens on the member's side is n6's dport too.
FIELDS = {
    "time": ["time.source"],
    "dip": ["destination.ip"],
    "sport": ["source.port"],
    "dport": ["destination.port", "source.port"],
    "proto": ["protocol.transport"],
    "fqdn": ["source.fqdn", "destination.fqdn", "source.reverse_dns"],
    "url": ["source.url", "destination.url"],
    "md5": ["malware.hash.md5"],
    "sha1": ["malware.hash.sha1"],
    "sha256": ["malware.hash.sha256"],
    "email": ["source.account"],
    "username": ["source.account", "extra.username"],
    "target": ["event_description.target"],
}

# our classification.type -> the categories that n6 has for it. n6 long had one word, vulnerable, for all that
# answers and should not.
OPEN = ("vulnerable", "exposed", "amplifier")
CATEGORIES = {
    "ddos-amplifier": OPEN, "potentially-unwanted-accessible": OPEN + ("proxy",), "vulnerable-system": OPEN,
    "weak-crypto": OPEN, "information-disclosure": OPEN, "misconfiguration": OPEN,
    "infected-system": ("bots",), "c2-server": ("cnc",), "malware-distribution": ("malurl", "sandbox-url"),
    "malware-configuration": ("malware-action", "webinject"), "phishing": ("phish",), "scanner": ("scanning",),
    "brute-force": ("server-exploit", "scanning"), "exploit": ("server-exploit",), "ids-alert": ("server-exploit", "scanning"),
    "spam": ("spam", "spam-url"), "dos": ("dos-attacker", "dos-victim"), "ddos": ("dos-attacker", "dos-victim"),
    "masquerade": ("fraud", "scam"), "data-leak": ("leak",), "proxy": ("proxy",), "tor": ("tor",),
    "unauthorised-information-modification": ("deface",),
    "system-compromise": ("backdoor", "server-exploit"), "application-compromise": ("deface", "server-exploit"),
    "unprivileged-account-compromise": ("server-exploit",), "privileged-account-compromise": ("server-exploit",),
    "blacklist": ("other",), "other": ("other", "flow-anomaly", "flow", "bots") + OPEN,
    "undetermined": ("other", "flow-anomaly", "flow", "sandbox-url") + OPEN,
    "sniffing": ("other",), "outage": ("flow-anomaly", "other"), "malware": ("malurl", "other"),
}


def texts(event):
    for value in event.values():
        yield from (str(v).lower() for v in (value if isinstance(value, list) else [value]))


def network(text):
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def is_address(event, want):
    """n6 gives a network by its first address, too."""
    ips = event.get("source.ip")
    if ips is None and "source.network" in event:
        return len(want) == 1 and ipaddress.ip_address(want[0]["ip"]) in network(event["source.network"])
    return {a["ip"] for a in want} == set(ips if isinstance(ips, list) else [ips])


def holds(event, field, want, record):
    """Has our event this field of n6's?"""
    if OWN.match(field):
        return True
    if field == "category":
        kinds = event.get("classification.type")
        return any(want in CATEGORIES.get(kind, ()) for kind in (kinds if isinstance(kinds, list) else [kinds]))
    if field == "address":
        return is_address(event, want)
    if field == "ip_network":
        return network(want) == network(event.get("source.network", ""))
    if field in FIELDS:
        given = [event[key] for key in FIELDS[field] if key in event]
        if any(same(field, want, v) or str(v).lower() == str(want).lower() or (isinstance(v, list) and want in v)
               for v in given):
            return True
        if field == "time" or given and field not in ("fqdn", "sport", "dport", "url"):
            return False
    # A name or a field of n6's own: what the record says must be in ours, under whatever key. What the record
    # does not say is a label that n6 gives to the source.
    words = [w for w in re.split(r"[,;]", str(want).lower()) if w]
    there = [w for w in words if w in record]
    all_of = list(texts(event))
    return all(any(w in t or is_number(w, t) for t in all_of) for w in there)


def is_number(a, b):
    try:
        return float(a) == float(b)
    except ValueError:
        return False


def misses(event, want, record, message):
    return [field for field in want if not holds(event, field, want[field], record) and
            not (field == "time" and same(field, want[field], message))]


def compare(wanted, ours, record, message):
    """[(key, what the case has, what we have)]; message: when n6 had it"""
    record = record.decode("utf-8", "replace").lower()
    out, met = [], set()
    for want in wanted:
        found = [(misses(event, want, record, message), i) for i, event in enumerate(ours)]
        if not found:
            out.append(("event", want, None))
            continue
        least, at = min(found, key=lambda f: (len(f[0]), f[1] in met, f[1]))
        met |= {i for missing, i in found if missing == least}
        out += [(field, want[field], ours[at]) for field in least]
    out += [("event", None, event) for i, event in enumerate(ours) if i not in met]
    return out
