#!/usr/bin/env python3
"""A manual page of our hand-written Markdown: man.py FILE.5.md writes roff to standard output.

The Markdown that it knows, and refuses everything else of: "# name(5): what it is" on line 1, "## a section",
paragraphs, "- " lists (a line that begins with blanks goes on), tables with | and ``` blocks; inside a line
`code`, *light* and **strong** words and [text](address)."""
import re
import sys


def roff(text):
    """One piece of a line, with its marks."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    parts = text.split("`")
    for i, part in enumerate(parts):
        if i % 2:
            parts[i] = rf"\fB{part}\fR"
        else:
            part = re.sub(r"\*\*([^*]+)\*\*", r"\\fB\1\\fR", part)
            parts[i] = re.sub(r"\*([^*\s][^*]*)\*", r"\\fI\1\\fR", part)
    text = "".join(parts)
    return "\\&" + text if text[:1] in (".", "'") else text


def cells(line):
    """The cells of a table's row; a | inside `code` is written \\|."""
    parts = re.split(r"(?<!\\)\|", line.strip().strip("|"))
    return [roff(part.strip().replace("\\|", "|")) for part in parts]


def table(lines):
    rows = [cells(line) for line in lines if not re.fullmatch(r"[\s|:-]+", line)]
    wide = max(len(row) for row in rows)
    yield ".TS"
    yield "tab(\x01);"
    yield " ".join(["lb"] * (wide - 1) + ["lbx"])
    yield " ".join(["l"] * (wide - 1) + ["lx"]) + "."
    for row in rows:
        yield "\x01".join("T{\n" + cell + "\nT}" for cell in row + [""] * (wide - len(row)))
    yield ".TE"


def page(text, name):
    lines = text.splitlines()
    title = re.fullmatch(r"# ([a-z.-]+)\((\d)\): (.+)", lines[0])
    if not title:
        sys.exit(f"{name}: line 1: wanted '# name(5): what it is'")
    yield "'\\\" t"
    yield f'.TH {title[1].upper()} {title[2]} "" waker'
    yield ".SH NAME"
    yield roff(f"{title[1]} ") + "\\- " + roff(title[3])
    yield ".SH DESCRIPTION"
    at = 1
    while at < len(lines):
        line = lines[at]
        if line.startswith("```"):
            yield ".PP\n.in +4\n.nf"
            at += 1
            while at < len(lines) and not lines[at].startswith("```"):
                plain = lines[at].replace("\\", "\\e").replace("-", "\\-")
                yield "\\&" + plain
                at += 1
            if at == len(lines):
                sys.exit(f"{name}: a ``` block never ends")
            yield ".fi\n.in"
        elif line.startswith("|"):
            first = at
            while at + 1 < len(lines) and lines[at + 1].startswith("|"):
                at += 1
            yield from table(lines[first:at + 1])
        elif re.match(r"###? ", line):
            yield (".SH " if line.startswith("## ") else ".SS ") + roff(line.lstrip("# "))
        elif line.startswith("#"):
            sys.exit(f"{name}: line {at + 1}: only ## and ### below the title")
        elif line.startswith("- "):
            yield ".IP \\(bu 2\n" + roff(line[2:])
        elif line.strip() == "":
            yield ".PP"
        else:
            yield roff(line.strip())
        at += 1


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as source:
        print("\n".join(page(source.read(), sys.argv[1])))
