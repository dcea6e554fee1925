#!/usr/bin/env python3
"""Shadowserver's reports API v2: POST reports/list for a date, reports/download by id, both
with the key in the body and HMAC2, its HMAC-SHA256 by the secret. FOLDER/served holds the
reports, DATE-TYPE-nl.csv; a date that FOLDER/failing names cannot be listed. See peer.py."""
import hashlib
import hmac
import json
import os
import re

import peer

KEY, SECRET = "the key", b"the secret"


class Shadowserver(peer.Peer):
    def reports(self, date):
        names = sorted(os.listdir(os.path.join(self.folder, "served")))
        first, _, last = date.partition(":")
        for name in names:
            m = re.fullmatch(r"(\d{4}-\d\d-\d\d)-(\w+)-nl\.csv", name)
            if m and first <= m[1] <= (last or first):
                with open(os.path.join(self.folder, "served", name), "rb") as file:
                    mark = hashlib.sha256(name.encode() + file.read()).hexdigest()[:12]
                yield {"id": mark, "type": m[2], "file": name, "report": "nl", "timestamp": m[1]}

    def fails(self, date):
        try:
            with open(os.path.join(self.folder, "failing"), encoding="utf-8") as file:
                return date in file.read().split()
        except OSError:
            return False

    def answer(self, body):
        want = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
        if self.command != "POST" or not hmac.compare_digest(self.headers.get("HMAC2") or "", want):
            self.reply(403, b'{"error": "HMAC2 does not fit"}')
            return
        asked = json.loads(body)
        if asked.get("apikey") != KEY:
            self.reply(401, b'{"error": "no such key"}')
        elif self.path.endswith("/reports/list"):
            self.note("list", asked["date"])
            if self.fails(asked["date"]):
                self.reply(500)
                return
            self.give(json.dumps(list(self.reports(asked["date"]))).encode())
        elif self.path.endswith("/reports/download"):
            for report in self.reports("0000-00-00:9999-99-99"):
                if report["id"] == asked["id"]:
                    with open(os.path.join(self.folder, "served", report["file"]), "rb") as file:
                        self.note("download", report["file"])
                        self.give(file.read(), Content_Type="text/csv")
                        return
            self.reply(404, b'{"error": "no such report"}')
        else:
            self.reply(404)


peer.serve(Shadowserver)
