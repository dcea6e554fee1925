"""Whether our event is the one that a case asserts (../shared/data/README.md).

What is the same by rule: a number is a number; a time is a moment, to two microseconds (the peers count some in
floating point); a list of one value is that value; an empty
text or list is none (waker drops blanks); hashes do not mind case. `raw`: what the reference gives may hold more
than the record (the header line, the whole report), never less, and is a piece of the input."""
import base64
import datetime
import re

# Copied from the report by the bots of the peer, or their bookkeeping: not of the record.
REPORT = ("__type", "time.observation", "feed.name", "feed.url", "feed.provider", "feed.code", "feed.documentation")
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$")


def moment(text):
    text = text.replace("Z", "+00:00").replace(" ", "T", 1)
    text = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", text)
    text = re.sub(r"\.(\d+)", lambda m: "." + m[1][:6].ljust(6, "0"), text)
    try:
        at = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=datetime.timezone.utc)


def plain(value):
    """A value in the form in which two are compared; None: there is none."""
    if value is None or value == "" or value == [] or value == {}:
        return None
    if isinstance(value, list):
        all_of = [plain(v) for v in value]
        return all_of[0] if len(all_of) == 1 else all_of
    if isinstance(value, bool) or isinstance(value, dict):
        return value
    if isinstance(value, (int, float)):
        return float(value)
    if TIME.match(value):
        return moment(value) or value
    return value


def same(key, want, have):
    want, have = plain(want), plain(have)
    if key.startswith("malware.hash.") and isinstance(want, str) and isinstance(have, str):
        return want.lower() == have.lower()
    if isinstance(want, datetime.datetime) and isinstance(have, datetime.datetime):
        return abs((want - have).total_seconds()) < 3e-6
    return type(want) is type(have) and want == have


def same_raw(want, have, whole):
    if have is None:
        return False
    want, have = base64.b64decode(want), base64.b64decode(have).strip()
    lines = [line.strip() for line in want.splitlines() if line.strip()]
    return have in want and all(line in whole for line in lines)


NAMES = re.compile(r"(source|destination)\.(ip|fqdn|url|urlpath|network|account|reverse_dns)$|malware\.hash\.|product\.vuln")


def told(events):
    """Those that name somebody. A record in which nothing does (its address is none) we keep with what it says;
    the peers drop it."""
    return [e for e in events if any(NAMES.match(key) for key in e)]


def spread(event):
    """Our record may have several addresses, ports or accounts; the peers make an event of each."""
    for key in sorted(event):
        if isinstance(event[key], list) and re.match(r"(source|destination)\.(account|fqdn|ip|network|port|url)$", key):
            return [one for value in event[key] for one in spread({**event, key: value})]
    return [event]


def differences(want, have, report, case, whole):
    """[(key, what the case has, what we have)]"""
    out = []
    taxonomy = "classification.taxonomy"  # derived from the type by an expert of the peer, later
    for key in sorted(set(want) | set(have)):
        if key in REPORT or key == "raw" or (key == taxonomy and key not in want):
            continue
        if key not in have and key in report and same(key, want[key], report[key]):
            continue
        if not same(key, want.get(key), have.get(key)):
            out.append((key, want.get(key), have.get(key)))
    if case.get("compare_raw") and case.get("raw_is_input_slice") and "raw" in want:
        if not same_raw(want["raw"], have.get("raw"), whole):
            out.append(("raw", "a piece of the input", "raw" in have))
    return out
