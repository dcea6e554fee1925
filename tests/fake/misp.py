#!/usr/bin/env python3
"""A MISP: POST events/restSearch with limit, page and timestamp, by an Authorization key. The
events are FOLDER/served/*.json, each {"Event": {…}}. The mood "same" gives page 1 for ever.
See peer.py."""
import json
import os

import peer


class Misp(peer.Peer):
    def answer(self, body):
        if self.headers.get("Authorization") != "the key":
            self.reply(403, b'{"message": "Authentication failed."}')
            return
        if not self.path.endswith("/events/restSearch"):
            self.reply(404)
            return
        asked = json.loads(body)
        events = []
        served = os.path.join(self.folder, "served")
        for name in sorted(os.listdir(served)):
            with open(os.path.join(served, name), encoding="utf-8") as file:
                event = json.load(file)
            if int(event["Event"]["timestamp"]) >= int(asked.get("timestamp") or 0):
                events.append(event)
        limit, page = int(asked["limit"]), int(asked["page"])
        if (self.mood() or [""])[0] == "same":
            page = 1
        self.note("page", page, "limit", limit, "timestamp", asked.get("timestamp"))
        self.give(json.dumps({"response": events[(page - 1) * limit:page * limit]}).encode())


peer.serve(Misp)
