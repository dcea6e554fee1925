"""The text format 0.0.4 of Prometheus, read strictly: what a lenient reader would take is refused too."""
import re

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
HELP = re.compile(rf"# HELP ({NAME}) ((?:[^\\]|\\\\|\\n)+)")
TYPE = re.compile(rf"# TYPE ({NAME}) (counter|gauge|histogram|summary|untyped)")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"')
SAMPLE = re.compile(rf"({NAME})(?:\{{(.*)\}})? (-?[0-9]+(?:\.[0-9]+)?)")
UNITS = ("_seconds", "_bytes", "_total", "_info")


def labels_of(text):
    """The pairs between the braces, in their order."""
    found, at = [], 0
    while at < len(text):
        one = LABEL.match(text, at)
        assert one, f"labels: {text!r} at {at}"
        found.append((one[1], re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], one[2])))
        at = one.end()
        assert at == len(text) or text[at] == ",", f"labels: {text!r} at {at}"
        at += at < len(text)
    assert not text.endswith(","), text
    assert len({name for name, _ in found}) == len(found), f"a label twice: {text!r}"
    return tuple(found)


def read(text):
    """{name: (type, help, {labels: value})}. AssertionError: it is not as the format, or its conventions, want it."""
    assert text.endswith("\n"), "the last line has no end"
    families, now = {}, None
    for number, line in enumerate(text[:-1].split("\n"), 1):
        where = f"line {number}: {line!r}"
        if line.startswith("# HELP"):
            head = HELP.fullmatch(line)
            assert head and head[1] not in families, where
            now, families[head[1]] = head[1], [None, head[2], {}]
        elif line.startswith("# TYPE"):
            kind = TYPE.fullmatch(line)
            assert kind and kind[1] == now and families[now][0] is None and not families[now][2], where
            families[now][0] = kind[2]
        else:
            one = SAMPLE.fullmatch(line)
            assert one and one[1] == now and families[now][0], where  # right behind its head
            labels = labels_of(one[2]) if one[2] is not None else ()
            assert labels not in families[now][2], where
            families[now][2][labels] = float(one[3])
    for name, (kind, says, samples) in families.items():
        assert kind and says.endswith(".") and samples, name
        assert (kind == "counter") == name.endswith("_total"), name
        assert not re.search(r"_(milliseconds|minutes|hours|ms|kb|mb|percent)\b", name), name
        assert kind != "counter" or min(samples.values()) >= 0, name
    return {name: (kind, says, samples) for name, (kind, says, samples) in families.items()}


def values(text):
    """{"name" or "name{a=b,c=d}": value}"""
    return {name + ("{" + ",".join(f"{a}={b}" for a, b in labels) + "}" if labels else ""): value
            for name, (_, _, samples) in read(text).items() for labels, value in samples.items()}
