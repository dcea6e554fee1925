#!/usr/bin/env python3
"""What the answer page costs over TLS: its weight, and how long it takes at so many requests a second.

usage: bench/web.py [--waker] WAKER [SECONDS [A_SECOND]]

wrk asks at that rate, by connections that stay (its delay() paces it), and then as fast as it can. Beside it a tenth of the rate
comes by a connection of its own each: its time is from before the handshake to the last byte.
"""
import http.client
import os
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "../tests/story"))
sys.argv[1:] = [x for x in sys.argv[1:] if not x.startswith("--")]  # script/bench names the program by --waker
from play import Story  # noqa: E402
from service_home import until  # noqa: E402
from web_site import TOKEN, Site, trusting  # noqa: E402

SECONDS, RATE = [int(x) for x in (sys.argv[2:] + [20, 200][len(sys.argv[2:]):])]
CONNECTIONS = 16  # of wrk; one address may have 32
PATH = f"/a/{TOKEN}"


def fresh(site, took, stop):
    """A handshake each, one after the other."""
    due, context = time.monotonic(), trusting()
    while not stop.is_set():
        due += 10 / RATE
        time.sleep(max(0, due - time.monotonic()))
        begun = time.monotonic()
        h = http.client.HTTPSConnection("127.0.0.1", site.port, timeout=20, context=context)
        h.request("GET", PATH)
        r = h.getresponse()
        r.read()
        h.close()
        took.append((time.monotonic() - begun, r.status))


def wrk(site, a_second, seconds):
    with open(f"{site.story.tmp}/pace.lua", "w", encoding="ascii") as out:
        if a_second:
            out.write(f"function delay() return {1000 * CONNECTIONS // a_second} end\n")
        out.write('function done(s, l, r) io.write(string.format("%d requests, %.0f a second, %d failed: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms\\n", s.requests, '
                  "s.requests / s.duration * 1e6, s.errors.connect + s.errors.read + s.errors.write + s.errors.status + s.errors.timeout, "
                  "l:percentile(50) / 1000, l:percentile(95) / 1000, l:percentile(99) / 1000)) end\n")
    ran = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}", "-s", out.name, f"https://127.0.0.1:{site.port}{PATH}"],
                         capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()[-1]


def part(times, of):
    return 1000 * sorted(times)[int(len(times) * of)]


def main():
    story = Story("bench")
    site = Site(story)
    site.start()
    until(lambda: site.web() and site.status()["running"])
    assert site.told(), site.says()[-3:]
    page, style = site.ask(PATH), site.ask("/style.css")
    print(f"weight of a page of 3 findings, with its style: {len(page.text.encode()) + len(style.text.encode()):,} bytes")
    took, stop = [], threading.Event()
    beside = threading.Thread(target=fresh, args=(site, took, stop))
    beside.start()
    print(f"at {RATE} a second: {wrk(site, RATE, SECONDS)}")
    stop.set()
    beside.join()
    times = [t for t, status in took if status == 200]
    print(f"with a handshake, beside it: {len(times)} of {len(took)} answered: p50 {part(times, .5):.1f} ms, p95 {part(times, .95):.1f} ms")
    print(f"at the most: {wrk(site, 0, 5)}")
    site.stop()
    shutil.rmtree(story.tmp)


main()
