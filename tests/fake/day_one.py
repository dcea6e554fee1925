#!/usr/bin/env python3
"""All publishers of plain addresses at once: GET /FEED/WAY gives FOLDER/served/FEED/LAST, the
last part of the way, compressed where it ends in .gz, with an ETag and 304 for what is known.
FOLDER/keys names, a line each, FEED and the header that it wants. See peer.py."""
import gzip
import hashlib
import os

import peer


class DayOne(peer.Peer):
    def wanted(self, feed):
        with open(os.path.join(self.folder, "keys"), encoding="utf-8") as file:
            for line in file:
                words = line.rstrip("\n").split(" ", 2)
                if words[0] == feed:
                    return words[1:]
        return None

    def answer(self, body):
        way = self.path.split("?")[0].strip("/").split("/")
        feed, last = way[0], way[-1]
        key = self.wanted(feed)
        if key and self.headers.get(key[0]) != key[1]:
            self.reply(403, b"no such key")
            return
        try:
            with open(os.path.join(self.folder, "served", feed, last), "rb") as file:
                content = file.read()
        except OSError:
            self.reply(404, b"nothing here")
            return
        tag = '"' + hashlib.sha256(content).hexdigest()[:16] + '"'
        if self.headers.get("If-None-Match") == tag:
            self.reply(304, ETag=tag)
            return
        self.give(gzip.compress(content, mtime=0) if last.endswith(".gz") else content, ETag=tag)


peer.serve(DayOne)
