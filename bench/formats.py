#!/usr/bin/env python3
"""What reading costs, format by format: `waker feed parse` of rows that this program makes.

usage: bench/formats.py [--waker FILE] [--folder DIR] [--runs N] [--quick | --large] [--seed S]

Every format carries the same events (time, address, port, host, malware name), so its row is CPU ÷ `wc -l`
of its own file. A speed counts only where as many events come out as rows went in. Below the table of
formats: the Shadowserver rows of bench/table.py against IntelMQ's own parse, the JSON reader by megabytes,
and the memory of the child that reads a STIX bundle of 100 MB.
"""
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from table import Bench, Cost, HERE, options, row  # noqa: E402

INTELMQ = 3810  # events a CPU second, the better end of ../shared/bench/peers.md
BUNDLE = 100 * 10**6
OBJECT = 410  # bytes of one object of a bundle, with what parts it from the next
ZONES = ("nl", "example", "test.example", "ac.example")

COLUMNS = """
[columns]
time = time.source
ip = source.ip
port = source.port
host = source.fqdn
malware = malware.name

[select]
ip = address
host = name
"""
ONE = "\n[columns]\nline = source.ip\n\n[select]\nline = address\n"
WORDS = "\n[columns]\naddress = source.ip\nname = source.fqdn\n\n[select]\naddress = address\nname = name\n"
ENDS = """
[set]
classification.taxonomy = malicious-code
classification.type = infected-system

[issue]
infected.other = always
"""
FORMS = {  # what stands under [format], what follows
    "delimited": ("header = yes", COLUMNS),
    "lines": ("header = no", ONE),
    "json-lines": ("", COLUMNS),
    "json": ("records = feed.items", COLUMNS),
    "key-value": ("quote = \"", COLUMNS),
    "xml": ("records = feed.item", COLUMNS),
    "html": ("header = yes", COLUMNS),
    "stix": ("", None),
    "text": ("", WORDS),
}


def records(n, seed):
    r = random.Random(seed)
    for i in range(n):
        yield {
            "time": f"2026-01-01T{i // 3600 % 24:02}:{i // 60 % 60:02}:{i % 60:02}Z",
            "ip": f"{r.randrange(1, 224)}.{r.randrange(256)}.{r.randrange(256)}.{r.randrange(256)}",
            "port": str(r.randrange(1, 65536)),
            "host": f"srv{r.randrange(1000)}.cust{r.randrange(10**6)}.{r.choice(ZONES)}",
            "malware": r.choice(("mirai", "emotet", "qakbot", "gamut")),
        }


def stix_object(i, x):
    name = f"indicator--{i:08x}-0000-4000-8000-000000000000"
    return json.dumps({"type": "indicator", "spec_version": "2.1", "id": name, "created": x["time"], "modified": x["time"],
                       "name": x["malware"], "indicator_types": ["malicious-activity"], "pattern_type": "stix",
                       "pattern": f"[ipv4-addr:value = '{x['ip']}']", "valid_from": x["time"]})


def write(form, to, rows):
    """The file; how many bytes it has."""
    put = {
        "delimited": lambda i, x: ",".join(f'"{v}"' for v in x.values()) + "\n",
        "lines": lambda i, x: x["ip"] + "\n",
        "json-lines": lambda i, x: json.dumps(x) + "\n",
        "json": lambda i, x: (",\n" if i else "") + json.dumps(x),
        "key-value": lambda i, x: " ".join(f'{k}="{v}"' for k, v in x.items()) + "\n",
        "xml": lambda i, x: "<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in x.items()) + "</item>\n",
        "html": lambda i, x: "<tr>" + "".join(f"<td>{v}</td>" for v in x.values()) + "</tr>\n",
        "stix": lambda i, x: (",\n" if i else "") + stix_object(i, x),
        "text": lambda i, x: f"we saw {x['ip'].replace('.', '[.]')} ({x['host']}) with {x['malware']} at {x['time']}\n",
    }[form]
    names = ("time", "ip", "port", "host", "malware")
    ends = {
        "delimited": (",".join(names) + "\n", ""),
        "json": ('{"feed":{"items":[', "]}}\n"),
        "xml": ("<?xml version=\"1.0\"?>\n<feed>\n", "</feed>\n"),
        "html": ("<html><body><table>\n<tr>" + "".join(f"<th>{k}</th>" for k in names) + "</tr>\n",
                 "</table></body></html>\n"),
        "stix": ('{"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000000","objects":[', "]}\n"),
    }.get(form, ("", ""))
    to.write(ends[0])
    for i, x in enumerate(rows):
        to.write(put(i, x))
    to.write(ends[1])


class Formats:
    def __init__(self, b):
        self.b = b
        self.rows = 20000 if b.options.quick else 200000
        self.feeds = b.path("feeds")
        os.makedirs(self.feeds, exist_ok=True)
        os.environ["WAKER_FEEDS"], self.shipped = self.feeds, os.environ.get("WAKER_FEEDS", os.path.join(HERE, "..", "feeds"))
        for form, (how, columns) in FORMS.items():
            if columns is None:
                continue
            with open(os.path.join(self.feeds, f"bench-{form}.feed"), "w", encoding="utf-8") as to:
                to.write(f"[feed]\nname = bench-{form}\nprovider = bench\nrole = victims\npresence = list\n"
                         f"tlp = AMBER\n\n[format]\nkind = {form}\n{how}\n{columns}{ENDS}")

    def file(self, form, rows):
        path = self.b.path(f"format.{form}.{rows}.{self.b.options.seed}")
        if not os.path.exists(path):
            with open(path, "w", encoding="utf-8") as to:
                write(form, to, records(rows, self.b.options.seed))
        return path

    def parse(self, name, *words):
        os.environ["WAKER_FEEDS"] = self.feeds if name.startswith("bench-") else self.shipped
        return [self.b.options.waker, "feed", "parse", name, *words]

    def parse_form(self, form, path):
        return self.parse("stix" if form == "stix" else f"bench-{form}", path)

    def must_be_whole(self, form, path, rows):
        out = self.b.path("out.jsonl")
        Cost(self.parse_form(form, path), out)
        with open(out, "rb") as lines:
            events = sum(1 for _ in lines)
        if events != rows:
            sys.exit(f"{form}: {events} events of {rows} rows")

    def cost(self, form):
        """Seconds of CPU, as a multiple of `wc -l`, and megabytes a second."""
        path = self.file(form, self.rows)
        self.must_be_whole(form, path, self.rows)
        runs = self.b.taken_in_turn(["wc", "-l", path], self.parse_form(form, path))
        cpu = statistics.median(p.cpu for _, p in runs)
        return cpu / max(statistics.median(w.cpu for w, _ in runs), 1e-4), os.path.getsize(path) / cpu / 1e6


def formats(f):
    print("| format | CPU ÷ `wc -l` | MB a CPU second | events a CPU second |\n| --- | --- | --- | --- |")
    speed = {}
    for form in FORMS:
        ratio, speed[form] = f.cost(form)
        each = speed[form] * 1e6 / os.path.getsize(f.file(form, f.rows)) * f.rows
        print(f"| {form} | {ratio:.1f} | {speed[form]:.0f} | {each:,.0f} |", flush=True)
    print()


def reader_feed(f, name, records, columns):
    with open(os.path.join(f.feeds, f"{name}.feed"), "w", encoding="utf-8") as to:
        to.write(f"[feed]\nname = {name}\nprovider = bench\nrole = victims\npresence = list\ntlp = AMBER\n\n"
                 f"[format]\nkind = json\nrecords = {records}\n\n[columns]\n{columns}\n[select]\nip = address\n" + ENDS)
    return f.parse(name, f.b.path(f"format.reader.{f.b.options.seed}"))


def reader(f):
    """The pull reader alone: a document of which nothing but the places of the records is asked; and what it
    costs in use, where each record becomes an event of its address."""
    path = f.b.path(f"format.reader.{f.b.options.seed}")
    if not os.path.exists(path):
        with open(path, "w", encoding="utf-8") as to:
            rest = {"feed": {"items": [dict(x, notes=["n" * 40] * 8, more={"a": 1.5, "b": [1, 2, 3], "c": None})
                                       for x in records(f.rows, f.b.options.seed)]}}
            json.dump(rest, to)
    over = reader_feed(f, "bench-reader", "feed.none", "ip = source.ip\n")
    into = reader_feed(f, "bench-into", "feed.items", "* = none\nip = source.ip\n")
    runs = f.b.taken_in_turn(over, into)
    rates = [os.path.getsize(path) / statistics.median(run[i].cpu for run in runs) / 1e6 for i in (0, 1)]
    row("JSON pull reader, skipped over, MB a CPU second", rates[0], 0, "≥ 250", "≥ 250")
    print(f"| JSON into events, MB a CPU second | {rates[1]:,.0f} | | | |", flush=True)


def intelmq(f):
    b = f.b
    feed = b.feed("shadowserver", b.rows)
    words = f.parse("shadowserver", "--type", "scan_telnet", feed)
    out = b.path("out.jsonl")
    Cost(words, out)
    with open(out, "rb") as lines:
        events = sum(1 for _ in lines)
    os.unlink(out)
    if events != b.rows:
        sys.exit(f"shadowserver: {events} events of {b.rows} rows")
    cpu = statistics.median(p.cpu for p, in b.taken_in_turn(words))
    row(f"`feed parse`, events a CPU second ÷ {INTELMQ:,}", events / cpu / INTELMQ, 0, "≥ 300", "≥ 300")


def memory(command):
    """Most resident bytes of a child of the command: the kernel's own mark of it (VmHWM), as it stood when last
    looked at. The program and its libraries, which it shares with its parent, are in it."""
    most = 0
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ended = threading.Event()
    threading.Thread(target=lambda: (child.wait(), ended.set())).start()
    while not ended.is_set():
        try:
            with open(f"/proc/{child.pid}/task/{child.pid}/children", encoding="ascii") as f:
                readers = f.read().split()
            for pid in readers:
                with open(f"/proc/{pid}/status", encoding="ascii") as f:
                    said = dict(line.split(":", 1) for line in f)
                most = max(most, int(said.get("VmHWM", "0 kB").split()[0]) * 1024)
        except OSError:
            pass
        time.sleep(0.005)
    if child.returncode:
        sys.exit(f"{' '.join(command)}: status {child.returncode}")
    return most


def bundle(f):
    rows = BUNDLE // OBJECT // (10 if f.b.options.quick else 1)
    path = f.file("stix", rows)
    most = memory(f.parse_form("stix", path)) / 2**20
    row(f"STIX bundle of {os.path.getsize(path) / 1e6:.0f} MB: MiB of the reading child", most, 1, "≤ 16", "≤ 16")


def main():
    f = Formats(Bench(options(__doc__)))
    formats(f)
    print("| what | figure | accept | aim | met |\n| --- | --- | --- | --- | --- |")
    intelmq(f)
    reader(f)
    bundle(f)


if __name__ == "__main__":
    main()
