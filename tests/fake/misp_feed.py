#!/usr/bin/env python3
"""A MISP feed directory: manifest.json, made of FOLDER/served/UUID.json, with an ETag, and the
event files. See peer.py."""
import hashlib
import json
import os

import peer


class MispFeed(peer.Peer):
    def answer(self, body):
        served = os.path.join(self.folder, "served")
        name = os.path.basename(self.path)
        if name != "manifest.json":
            try:
                with open(os.path.join(served, name), "rb") as file:
                    self.give(file.read())
            except OSError:
                self.reply(404)
            return
        manifest = {}
        for file in sorted(os.listdir(served)):
            with open(os.path.join(served, file), encoding="utf-8") as source:
                event = json.load(source)["Event"]
            manifest[event["uuid"]] = {"info": event["info"], "timestamp": event["timestamp"],
                                       "Orgc": {"name": "x", "uuid": "y"}, "Tag": []}
        content = json.dumps(manifest).encode()
        tag = '"' + hashlib.sha256(content).hexdigest()[:16] + '"'
        if self.headers.get("If-None-Match") == tag:
            self.reply(304, ETag=tag)
        else:
            self.give(content, ETag=tag)


peer.serve(MispFeed)
