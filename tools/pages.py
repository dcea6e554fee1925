#!/usr/bin/env python3
"""Turn pages/*.html, pages/style.css and po/*.po into C: #include "ui/web/pages.gen.h".

usage: pages.py OUT.h OUT.c FILE…     (makes them; FILE: NAME.html, style.css, LANGUAGE.po)
       pages.py --check TREE          (tells which words nothing uses, and fails)

A template is a file of parts, each of which becomes one function page_FILE_PART:
    {{part finding: id text, count number, dutch flag, kind word}}
whose parameters are what stands in it; one that is not given is an error of the compiler.
    {{id}}            the value, escaped for the place where it stands: text, "attribute", or a
                      path in href="/a/{{id}}"; elsewhere no value may stand
    {{t:title}}       a word of the catalogues, escaped likewise; its {NAME} are values of the part
    {{if dutch}}…{{end}}, {{if not dutch}}…{{end}}    of a flag
Types: text (struct str), number (uint64_t), flag (bool), word (enum word).
There is no comment, script or style element in a template, and no handler or style attribute.
"""
import glob
import os
import re
import sys

TYPES = {"text": "struct str", "number": "uint64_t", "flag": "bool", "word": "enum word"}
LANGUAGES = ("en", "nl")
TAKEN = set("p auto break case char const continue default do double else enum extern float for goto if inline int long register "
            "restrict return short signed sizeof static struct switch typedef union unsigned void volatile while end".split())
TOKEN = re.compile(r"\{\{(.*?)\}\}")
SLOT = re.compile(r"\{(\w+)\}")
PATHS = ("href", "action", "formaction", "src")


class Wrong(Exception):
    """A template or catalogue that cannot be."""


def quote(text):
    out = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + re.sub(r"\?(?=\?)", r"?\\", out) + '"'


def catalogue(path):
    """{msgid: msgstr} of a gettext catalogue, without its head."""
    words, at, key, into = {}, None, None, None
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        m = re.fullmatch(r'(msgid |msgstr |)"((?:[^"\\]|\\.)*)"', line)
        if not m or (not m[1] and into is None):
            raise Wrong(f"{path}:{number}: neither msgid nor msgstr nor more of one")
        text = re.sub(r"\\(.)", lambda x: {"n": "\n", "t": "\t"}.get(x[1], x[1]), m[2])
        if m[1] == "msgid ":
            key, into = text, "id"
        elif m[1] == "msgstr ":
            if into != "id" or key in words:
                raise Wrong(f"{path}:{number}: {key} is there already, or has no msgid")
            words[key], into, at = text, "str", number
        elif into == "id":
            key += text
        else:
            words[key] += text
    if "" not in words:
        raise Wrong(f"{path}: no head (msgid \"\")")
    del words[""]
    for key, text in words.items():
        if not re.fullmatch(r"[a-z][a-z0-9_]*", key) or not text:
            raise Wrong(f"{path}: '{key}' is no name of a word, or says nothing (by line {at})")
    return words


def same(of):
    """That the catalogues have the same words, with the same values in them."""
    first, *others = LANGUAGES
    for other in others:
        for key in sorted(set(of[first]) ^ set(of[other])):
            raise Wrong(f"the word '{key}' is in one of po/{first}.po and po/{other}.po alone")
        for key, text in of[first].items():
            if sorted(SLOT.findall(text)) != sorted(SLOT.findall(of[other][key])):
                raise Wrong(f"the word '{key}' does not have the same values in {first} and {other}")


class Place:
    """Where in a page a template stands, letter by letter: between tags, in one, or in a value of one."""

    def __init__(self, where):
        self.state, self.where, self.tag, self.name, self.value = "text", where, "", "", ""

    def wrong(self, why):
        raise Wrong(f"{self.where}: {why}")

    def begin_tag(self):
        name = self.tag.lower()
        if re.match(r"(script|style|iframe|object|embed|svg|math|base|!--)", name):
            self.wrong(f"no <{name}> in a page")

    def step(self, c):
        if self.state == "text":
            if c == "<":
                self.state, self.tag = "tag name", ""
        elif self.state == "tag name":
            if c in " \n\t>":
                self.begin_tag()
                self.state, self.name = ("text" if c == ">" else "tag"), ""
            else:
                self.tag += c
        elif self.state == "tag":
            if c == ">":
                self.state = "text"
            elif c == "=":
                self.state = "="
            elif c in " \n\t":
                self.name = ""
            else:
                self.name += c.lower()
        elif self.state == "=":
            if c != '"':
                self.wrong("a value of an attribute without double quotes")
            if self.name.startswith("on") or self.name in ("style", "srcdoc"):
                self.wrong(f"no attribute {self.name} in a page")
            self.state, self.value = "value", ""
        elif self.state == "value":
            if c == '"':
                self.state, self.name = "tag", ""
            else:
                self.value += c

    def of_value(self):
        """The PLACE_… of a value that stands here."""
        if self.state == "text":
            return "PLACE_TEXT"
        if self.state == "=":
            self.wrong("a value of an attribute without double quotes")
        if self.state != "value":
            self.wrong("a value stands within a tag, but in no attribute")
        if self.name not in PATHS:
            self.value += "\0"
            return "PLACE_ATTRIBUTE"
        if not re.match(r"/(?!/)|tel:", self.value):
            self.wrong(f"a value of {self.name} must begin with / or tel:")
        self.value += "\0"
        return "PLACE_PATH"


class Part:
    """One function."""

    def __init__(self, path, number, head):
        m = re.fullmatch(r"(\w+)(?:: (.*))?", head)
        self.path, self.number, self.steps, self.used, self.open = path, number, [], set(), []
        if not m:
            raise Wrong(f"{path}:{number}: 'part NAME: VALUE TYPE, …'")
        self.name = f"page_{os.path.basename(path)[:-5]}_{m[1]}"
        self.takes = {}
        for item in filter(None, (x.strip() for x in (m[2] or "").split(","))):
            name, _, kind = item.partition(" ")
            if kind not in TYPES or name in self.takes or name in TAKEN or not re.fullmatch(r"[a-z]\w*", name):
                raise Wrong(f"{path}:{number}: '{item}' is no value: NAME {'|'.join(TYPES)}")
            self.takes[name] = kind
        self.place = Place(f"{path}: {m[1]}")

    def wrong(self, why):
        raise Wrong(f"{self.path}: {self.name}: {why}")

    def take(self, name, kinds):
        if self.takes.get(name) not in kinds:
            self.wrong(f"there is no {' or '.join(kinds)} '{name}'")
        self.used.add(name)

    def write(self, text):
        for c in text:
            self.place.step(c)
        if text:
            self.steps.append(f"page_raw(p, S({quote(text)}));")

    def state(self):
        state = self.place.state
        return "tag" if state == "tag name" and self.place.tag else state, self.place.name if state == "value" else ""

    def word(self, key, words):
        if key not in words:
            self.wrong(f"the word '{key}' is in no catalogue")
        place, slots = self.place.of_value(), sorted(set(SLOT.findall(words[key])))
        for name in slots:
            self.take(name, ("text",))
        if slots:
            rows = ", ".join(f'{{ S("{n}"), {n} }}' for n in slots)
            self.steps.append(f"page_word(p, WORD_{key.upper()}, {place}, (const struct page_slot[]){{ {rows} }}, {len(slots)});")
        else:
            self.steps.append(f"page_word(p, WORD_{key.upper()}, {place}, NULL, 0);")

    def token(self, text, words):
        m = re.fullmatch(r"if (not )?(\w+)", text)
        if m:
            self.take(m[2], ("flag",))
            self.open.append(self.state())
            self.steps.append(f"if ({'!' if m[1] else ''}{m[2]}) {{")
        elif text == "end":
            if not self.open or self.open.pop() != self.state():
                self.wrong("{{end}} stands elsewhere in the page than its {{if}}")
            self.steps.append("}")
        elif text.startswith("t:"):
            self.word(text[2:], words)
        else:
            self.take(text, ("text", "number", "word"))
            place = self.place.of_value()
            self.steps.append({"text": f"page_text(p, {place}, {text});", "number": f"page_number(p, {text});",
                               "word": f"page_word(p, {text}, {place}, NULL, 0);"}[self.takes[text]])

    def end(self):
        if self.open or self.place.state != "text":
            self.wrong("it ends within a tag or an {{if}}")
        for name in self.takes:
            if name not in self.used:
                self.wrong(f"the value '{name}' stands nowhere in it")

    def head(self):
        return f"void {self.name}(struct page *p" + "".join(f", {TYPES[k]} {n}" for n, k in self.takes.items()) + ")"


def parts_of(path, text, words):
    """The parts of one template."""
    parts, at = [], 0
    text = re.sub(r"\n[ \t]+", "\n", text)
    for m in TOKEN.finditer(text):
        before = text[at:m.start()]
        at = m.end()
        if m[1].startswith("part "):
            if parts:
                parts[-1].write(before.rstrip("\n") + "\n")
                parts[-1].end()
            elif before.strip():
                raise Wrong(f"{path}: the first line is no {{{{part …}}}}")
            parts.append(Part(path, text.count("\n", 0, at) + 1, m[1][5:]))
            at += text[at:at + 1] == "\n"
        elif not parts:
            raise Wrong(f"{path}: the first line is no {{{{part …}}}}")
        else:
            parts[-1].write(before)
            parts[-1].token(m[1], words)
    if not parts and text.strip():
        raise Wrong(f"{path}: the first line is no {{{{part …}}}}")
    if parts:
        parts[-1].write(text[at:])
        parts[-1].end()
    return parts


def small(css):
    """Without comments and blanks that say nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,>]) ?", r"\1", css).replace(": ", ":").replace(";}", "}").strip()


def read(files):
    """(catalogues by language, parts, style)"""
    of = {os.path.basename(p)[:-3]: catalogue(p) for p in files if p.endswith(".po")}
    if set(of) != set(LANGUAGES):
        raise Wrong(f"the catalogues are {sorted(of)}, and not {LANGUAGES}")
    same(of)
    parts, style = [], ""
    for path in files:
        text = open(path, encoding="utf-8").read() if not path.endswith(".po") else ""
        if path.endswith(".html"):
            parts += parts_of(path, text, of[LANGUAGES[0]])
        elif path.endswith(".css"):
            style = small(text)
    return of, parts, style


def make(header, source, files):
    of, parts, style = read(files)
    keys = sorted(of[LANGUAGES[0]])
    with open(header, "w", encoding="utf-8") as out:
        out.write('// Made by tools/pages.py of pages/ and po/.\n#pragma once\n\n#include "ui/web/page.h"\n\nenum word {\n')
        out.writelines(f"\tWORD_{k.upper()}, // {of[LANGUAGES[0]][k].splitlines()[0]}\n" for k in keys)
        out.write("\tWORD_COUNT,\n};\n\nextern const struct str page_style;\n\n")
        out.writelines(f"{p.head()};\n" for p in parts)
    with open(source, "w", encoding="utf-8") as out:
        out.write('// Made by tools/pages.py of pages/ and po/.\n#include "ui/web/pages.gen.h"\n\n')
        out.write("const struct str page_words[][PAGE_LANGUAGES] = {\n")
        for k in keys:
            texts = ", ".join("{ %s, %d }" % (quote(of[x][k]), len(of[x][k].encode())) for x in LANGUAGES)
            out.write(f"\t[WORD_{k.upper()}] = {{ {texts} }},\n")
        out.write(f"}};\n\nconst struct str page_style = {{ {quote(style)}, {len(style.encode())} }};\n")
        for p in parts:
            out.write(f"\n{p.head()}\n{{\n" + "".join(f"\t{s}\n" for s in p.steps) + "}\n")


def unused(tree):
    """Words that no template and no unit names."""
    of, _, _ = read(sources(tree))
    text = "".join(open(p, encoding="utf-8").read() for p in glob.glob(f"{tree}/pages/*.html") + glob.glob(f"{tree}/src/ui/web/*.[ch]"))
    return [k for k in of[LANGUAGES[0]] if f"{{{{t:{k}}}}}" not in text and not re.search(rf"\bWORD_{k.upper()}\b", text)]


def sources(tree):
    return sorted(glob.glob(f"{tree}/pages/*.html") + glob.glob(f"{tree}/pages/*.css") + glob.glob(f"{tree}/po/*.po"))


def main():
    if sys.argv[1] == "--check":
        left = unused(sys.argv[2])
        print("".join(f"the word '{k}' is used by nothing\n" for k in left), end="")
        return 1 if left else 0
    make(sys.argv[1], sys.argv[2], sys.argv[3:])
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Wrong as why:
        sys.exit(str(why))
