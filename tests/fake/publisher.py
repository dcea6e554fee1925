#!/usr/bin/env python3
"""A publisher of plain files: GET /NAME gives FOLDER/served/NAME, with ETag and Last-Modified,
304 for what is known; /secret/NAME wants "Auth-Key: open sesame", /basic/NAME user and
password. See peer.py."""
import base64
import email.utils
import hashlib
import os

import peer


class Publisher(peer.Peer):
    def allowed(self):
        if self.path.startswith("/secret/"):
            return self.headers.get("Auth-Key") == "open sesame"
        if self.path.startswith("/basic/"):
            want = "Basic " + base64.b64encode(b"me:open sesame").decode()
            return self.headers.get("Authorization") == want
        return True

    def answer(self, body):
        if self.headers.get("Auth-Key"):
            self.note("Auth-Key came to", self.path)
        if not self.allowed():
            self.reply(403, b"no such key")
            return
        path = os.path.join(self.folder, "served", os.path.basename(self.path.split("?")[0]))
        if not os.path.isfile(path):
            self.reply(404, b"nothing here")
            return
        with open(path, "rb") as file:
            content = file.read()
        tag = '"' + hashlib.sha256(content).hexdigest()[:16] + '"'
        if self.headers.get("If-None-Match") == tag:
            self.reply(304, ETag=tag)
            return
        when = email.utils.formatdate(os.path.getmtime(path), usegmt=True)
        if self.command == "POST":
            self.note("body", body.decode())
        self.give(content, ETag=tag, Last_Modified=when)


peer.serve(Publisher)
