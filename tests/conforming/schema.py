"""Shadowserver's cases show the mapping of 2023; the publisher's schema of today is the rule.

A difference is by design where the schema says what we have: the field is a constant of another value, comes
from another column or by another converter, or is not there any more (or was not there yet)."""
import csv
import io
import json

from .compare import same


class Schema:
    def __init__(self, path):
        with open(path, encoding="utf-8") as source:
            self.reports = {k: v for k, v in json.load(source).items() if not k.startswith("_")}

    def fields(self, report):
        """key -> [(column, converter or None)], of today"""
        out = {}
        for field in self.reports[report]["required_fields"] + self.reports[report]["optional_fields"]:
            key, column = field[0], field[1]
            key = key + column if key == "extra." else key
            out.setdefault(key, []).append((column, field[2] if len(field) > 2 else None))
        return out

    def by_design(self, report, row, key, want, have):
        """Does today's schema give what we have, and not what the case has?"""
        if report not in self.reports:
            return False
        constant = self.reports[report]["constant_fields"].get(key)
        if constant is not None and key not in self.fields(report):
            return same(key, constant, have) and not same(key, constant, want)
        sources = self.fields(report).get(key)
        if sources is None:  # not of today: gone, or kept under the column's own name
            return have is None or self.kept(report, row, key, want, have)
        values = [row.get(column, "") for column, _ in sources]
        if have is None:  # the column is not in this old report, is blank, or its converter takes it for none
            return all(not v or converter is not None for v, (_, converter) in zip(values, sources))
        if constant is not None and same(key, constant, have):
            return True
        texts = have if isinstance(have, list) else [have]
        return all(any(self.holds(v, t) for v in values) for t in texts)

    def kept(self, report, row, key, want, have):
        """extra. and the name of a column that the schema does not name, or whose value does not fit its field."""
        column = key[len("extra."):] if key.startswith("extra.") else None
        if column not in row:
            return False
        named = {c for sources in self.fields(report).values() for c, _ in sources}
        return self.holds(row[column], have) and (column not in named or want is None)

    @staticmethod
    def holds(value, have):
        """Is what we have made of this text?"""
        text = str(have).lower()
        if isinstance(have, bool):
            return True
        if isinstance(have, (int, float)):
            try:
                return float(value) == float(have)
            except (TypeError, ValueError):
                return False
        value = (value or "").lower().strip()
        return text in value or value.replace(" ", "") == text.replace(" ", "")


def rows(data):
    """The rows that have as many columns as the header; None for one that has not, which waker refuses."""
    table = list(csv.reader(io.StringIO(data.decode("utf-8", "replace"))))
    table = [row for row in table if row]
    return [dict(zip(table[0], row)) if len(row) == len(table[0]) else None for row in table[1:]]
