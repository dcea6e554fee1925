#!/usr/bin/env python3
"""An n6 REST API: GET …/events.json with time.min (else 307, as it does) and modified.min, by a
Bearer key. The events are FOLDER/served/events.json, a list. See peer.py."""
import json
import os
import urllib.parse

import peer


class N6(peer.Peer):
    def answer(self, body):
        if self.headers.get("Authorization") != "Bearer the key":
            self.reply(401, b'{"detail": "no such key"}')
            return
        url = urllib.parse.urlsplit(self.path)
        asked = dict(urllib.parse.parse_qsl(url.query))
        if "time.min" not in asked:
            self.reply(307, Location=self.path + "?time.min=2026-01-01")
            return
        with open(os.path.join(self.folder, "served", "events.json"), encoding="utf-8") as file:
            events = json.load(file)
        events = [e for e in events if e["time"] >= asked["time.min"]
                  and e["modified"] >= asked.get("modified.min", "")]
        self.note("events", len(events), "modified.min", asked.get("modified.min"))
        self.give(json.dumps(events).encode(), Content_Type="application/json")


peer.serve(N6)
