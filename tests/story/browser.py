"""What browser.sh plays: Chromium by its driver, on the pages of web_site."""
import base64
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request

from play import TREE, Story
from service_home import until
from web_site import PAGE_TOKEN, TEST_TOKEN, TOKEN, Site, free_port

story = Story("browser")
AXE = f"{TREE}/tests/browser/node_modules/axe-core/axe.min.js"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
SECONDS = 60
if not (shutil.which("chromedriver") and shutil.which("chromium")):
    story.skip("answers in a browser", "no Chromium and no driver of it here")
    story.end()
    sys.exit()


class Browser:
    """W3C WebDriver, as much of it as is needed."""

    def __init__(self, width=1200, dark=False):
        self.port = free_port()
        self.log = open(f"{story.tmp}/driver.log", "ab")
        self.driver = subprocess.Popen(["chromedriver", f"--port={self.port}"], stdout=self.log, stderr=self.log)
        args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={story.tmp}/profile-{self.port}"]
        until(self.ready, 30)
        self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {"acceptInsecureCerts": True, "goog:chromeOptions": {"args": args}}}})["sessionId"]

        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def cdp(self, what, **said):
        self.of("POST", "/goog/cdp/execute", {"cmd": what, "params": said})

    def picture(self, path):
        with open(path, "wb") as out:
            out.write(base64.b64decode(self.of("GET", "/screenshot")))

    def ready(self):
        try:
            return self.call("GET", "/status")["ready"]
        except OSError:
            return False

    def call(self, method, path, body=None):
        data = json.dumps(body if body is not None else {}).encode() if method == "POST" else None
        ask = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, method=method, headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(ask, timeout=SECONDS) as got:
            return json.load(got)["value"]

    def of(self, method, path, body=None):
        return self.call(method, f"/session/{self.session}{path}", body)

    def go(self, url):
        self.of("POST", "/url", {"url": url})

    def all(self, css):
        return [x[ELEMENT] for x in self.of("POST", "/elements", {"using": "css selector", "value": css})]

    def first(self, css, what, body=None):
        """Done to the first such element, when it is there: a page may be on its way."""
        def attempt():
            try:
                return [self.of("POST" if body is not None else "GET", f"/element/{self.all(css)[0]}/{what}", body)]
            except (IndexError, urllib.error.HTTPError):
                return None
        return until(attempt, 20)[0]

    def click(self, css):
        self.first(css, "click", {})

    def type(self, css, text):
        self.first(css, "value", {"text": text})

    def text(self):
        return self.first("body", "text")

    def run(self, script, *args):
        return self.of("POST", "/execute/async", {"script": script, "args": list(args)})

    def key(self, name):
        self.of("POST", "/actions", {"actions": [{"type": "key", "id": "k", "actions": [{"type": "keyDown", "value": name}, {"type": "keyUp", "value": name}]}]})

    def end(self):
        try:
            self.of("DELETE", "")
        except (OSError, urllib.error.URLError):
            pass
        self.driver.terminate()
        self.driver.wait(20)
        self.log.close()


s = Site(story)
s.start()
story.ok(until(lambda: s.web() and s.status()["running"], 60) and s.told(), "a member was told by a mail with a link")
here = f"https://127.0.0.1:{s.port}"
link = f"{here}/a/{TOKEN}?l=en"

# -- robots that open what a mail has
before = s.state()
for words in (["--dump-dom"], ["--dump-dom", "--virtual-time-budget=5000"]):
    subprocess.run(["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors", f"--user-data-dir={story.tmp}/robot", *words, link],
                   capture_output=True, timeout=SECONDS, check=False)
story.ok(s.state() == before, "a robot that opens the link in a browser changes nothing")
b = Browser()
b.go(link)
b.click("form button:not([name])")
story.ok(until(lambda: "role=\"alert\"" in b.of("GET", "/source") or "note bad" in b.of("GET", "/source"), 20) and s.state() == before, "nor one that presses the button", b.text()[:400])

# -- a person
b.go(link)
story.ok(not b.all("input:checked"), "nothing is chosen before somebody does")
b.click("fieldset input[value=fixed]")
b.type("fieldset textarea, fieldset input[type=text]", "patched")
b.click("form button:not([name])")
story.ok(until(lambda: any(r[0] == 2 for r in s.rows("SELECT answer FROM answer")) and "fixed" in b.text(), 20), "two clicks and a word answer a finding", b.text()[:600], s.rows("SELECT * FROM answer"))
taken = [f["state"] for f in map(json.loads, s.must("finding", "list", "--all", "--json").out.splitlines())]
story.ok(taken.count("claimed") == 1, "which is claimed now", taken)
b.click("button[name=undo]")
story.ok(until(lambda: "claimed" not in s.must("finding", "list", "--all", "--json").out, 20), "and one more takes it back", b.text()[:400])
b.go(link)
for _ in range(3):
    b.key("\ue004")  # Tab
focus = b.run("arguments[0](getComputedStyle(document.activeElement).outlineStyle + ' ' + document.activeElement.tagName)")
story.ok(not focus.startswith("none"), "who has a keyboard alone sees where they are", focus)
b.end()

# -- for everybody
s.more_links()
titles = {f"/t/{TEST_TOKEN}?l=en": "Yes", f"/t/{TEST_TOKEN}?l=nl": "Ja", f"/p/{PAGE_TOKEN}?l=en": "P-", f"/p/{PAGE_TOKEN}?l=nl": "P-"}
shown = {path: s.ask(path) for path in titles}
story.ok(all(x.status == 200 and titles[path] in x.text and "<button" in x.text for path, x in shown.items()), "the pages of a contact test, and of a page to an officer", *shown.values())
for width, dark in ((1200, False), (1200, True), (360, False), (360, True)):
    b = Browser(width, dark)
    for path in (f"/a/{TOKEN}?l=en", f"/a/{TOKEN}?l=nl", "/check?l=en", "/check?l=nl", "/nothing?l=nl", *titles):
        b.go(here + path)
        what = f"{path[:3] + 'TOKEN' + path[29:] if len(path) > 26 else path} at {width} px, {'dark' if dark else 'light'}"
        seen = b.run("arguments[0]([innerWidth, matchMedia('(prefers-color-scheme: dark)').matches])")
        assert seen == [width, dark], seen
        if "WAKER_TEST_PICTURES" in os.environ:
            b.picture(f"{os.environ['WAKER_TEST_PICTURES']}/{width}-{'dark' if dark else 'light'}-{path.split('?')[0].split('/')[1]}-{path[-2:]}.png")
        wide = b.run("arguments[0](document.documentElement.scrollWidth > document.documentElement.clientWidth)")
        story.ok(not wide, f"{what}: nothing is wider than the screen")
        if not os.path.exists(AXE):
            continue
        with open(AXE, encoding="utf-8") as f:
            found = b.run(f.read() + "; const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))), e => done([String(e)]))")
        story.ok(found == [], f"{what}: axe-core finds nothing", *found)
    b.end()
if not os.path.exists(AXE):
    story.skip("axe-core finds nothing", "it is not installed: npm ci in tests/browser")
s.stop()
story.end()
