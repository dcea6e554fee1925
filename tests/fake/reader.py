#!/usr/bin/env python3
"""A page as a reader without a browser sees it: its words, with ( ) for what can be chosen. FIELD=VALUE sends them.
usage: reader.py URL [FIELD=VALUE…]"""
import html.parser
import ssl
import sys
import urllib.parse
import urllib.request


class Words(html.parser.HTMLParser):
    LINES = {"p", "h1", "h2", "li", "fieldset", "legend", "label", "div", "header", "footer", "main", "form", "br"}

    def __init__(self):
        super().__init__()
        self.lines, self.quiet = [""], 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in self.LINES:
            self.lines.append("")
        self.quiet += tag in ("title", "style", "head")
        kind = attrs.get("type", "text") if tag == "input" else tag
        self.lines[-1] += {"radio": "(x) " if "checked" in attrs else "( ) ", "text": f"[{attrs.get('value', '')}]", "date": f"[{attrs.get('value', '')}]",
                           "textarea": "[", "button": "[ "}.get(kind, "")

    def handle_endtag(self, tag):
        self.quiet -= tag in ("title", "style", "head")
        self.lines[-1] += {"textarea": "]", "button": " ]"}.get(tag, "")
        if tag in self.LINES:
            self.lines.append("")

    def handle_data(self, data):
        if not self.quiet:
            self.lines[-1] += data.replace("\n", " ")


trusting = ssl.create_default_context()
trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
fields = urllib.parse.urlencode([tuple(x.split("=", 1)) for x in sys.argv[2:]]).encode() or None
with urllib.request.urlopen(urllib.request.Request(sys.argv[1], data=fields), context=trusting, timeout=20) as page:
    reader = Words()
    reader.feed(page.read().decode())
print("\n".join(" ".join(line.split()) for line in reader.lines if line.strip()))
