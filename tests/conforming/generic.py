"""The options of IntelMQ's generic parsers as a feed file."""
import json


class NotCarried(Exception):
    """The options ask for what a feed file does not say."""


HEAD = """[feed]
name = generic
provider = any
role = context
presence = report

[format]
"""
KNOWN = {"columns", "delimiter", "type", "default_url_protocol", "skip_header", "time_format", "type_translation",
         "data_type", "default_fields", "compose_fields", "column_regex_search", "filter_text", "filter_type",
         "columns_required", "ignore_values", "skip_table_head", "skip_head", "attribute_name", "attribute_value",
         "html_parser", "keys", "kv_separator", "pair_separator", "strip_quotes", "splitlines"}
TIMES = {"timestamp": "| epoch", "epoch_millis": "| epoch", "windows_nt": "| filetime"}


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n") + '"'


# What a guess of the peer's reads, beside what waker reads by itself.
GUESSED = ("%d/%b/%Y:%H:%M:%S %z", "%m-%d-%Y", "%d-%m-%Y", "%m/%d/%Y", "%d/%m/%Y", "%a, %d %b %Y %H:%M:%S %z",
           "%d %b %Y %H:%M:%S")


def time_converter(form):
    if not form:
        return "".join(f"| time {quoted(f)}" for f in GUESSED)
    if "|" in form:
        return "| time " + quoted(form.split("|", 1)[1])
    if form not in TIMES:
        raise NotCarried(f"time_format {form}")
    return TIMES[form]


def listed(value):
    return [v.strip() for v in value.split(",")] if isinstance(value, str) else list(value)


def converters(key, options):
    """What stands behind the field's name."""
    out = ""
    if key == "time.source":
        out += time_converter(options.get("time_format"))
    if key.endswith(".url"):
        out += "| scheme " + options.get("default_url_protocol", "http://").split(":")[0]
    if key == "classification.type" and options.get("type_translation"):
        out += "| table type"
    types = options.get("data_type") or "{}"
    types = json.loads(types) if isinstance(types, str) else types
    if types.get(key) == "json":
        out += "| json"
    search = (options.get("column_regex_search") or {}).get(key)
    if search == "[0-9]+":
        out += '| trim "ASasN "'
    elif search:
        raise NotCarried(f"column_regex_search {search}")
    return out


def column_lines(options):
    """[columns] by place; the same name with two keys: the second where the first does not fit."""
    ignored = listed(options.get("ignore_values") or [])
    for place, keys in enumerate(listed(options["columns"])):
        name = f"c{place}"
        keys = keys.split("|")
        if keys == ["__IGNORE__"] or keys == [""]:
            yield f"{name} = none"
            continue
        none = f"| none {quoted(ignored[place])} " if place < len(ignored) and ignored[place] else ""
        for key in keys:
            rule = ""
            if len(keys) > 1 and key.endswith(".network"):
                rule = f' if {name} contains "/"'
            fitting = " | fitting" if len(keys) > 1 or not required(options, place) else ""
            yield f"{name} = {key}{rule} {none}| none - {converters(key, options)}{fitting}"


def required(options, place):
    """columns_required: what does not fit an optional column is left out."""
    wanted = options.get("columns_required") or []
    return wanted[place] if place < len(wanted) else True


def set_lines(options):
    if options.get("type"):
        yield f"classification.type = {options['type']}"
    for key, value in (options.get("default_fields") or {}).items():
        yield f"{key} = {value}"


def table_lines(options):
    rows = options.get("type_translation") or {}
    rows = json.loads(rows) if isinstance(rows, str) else rows
    return [f"{quoted(a)} = {b}" for a, b in rows.items()]


def csv_file(options):
    skip = options.get("skip_header") or 0
    form = ["kind = delimited", "separator = " + {"\t": "tab", " ": "space"}.get(options.get("delimiter", ","),
                                                                                options.get("delimiter", ",")),
            "header = no", "comment = #", "ragged = yes", f"skip = {int(skip)}"]
    columns = list(column_lines(options))
    for key, text in (options.get("compose_fields") or {}).items():
        for place in range(len(columns)):
            text = text.replace("{%d}" % place, "{c%d}" % place)
        columns.append(f"c0 = {key} | compose {quoted(text)}")
    return form, columns


def html_file(options):
    head = options.get("skip_table_head", options.get("skip_head", True))
    form = ["kind = html", "header = no", f"skip = {int(head)}"]
    if options.get("attribute_name"):
        form.append(f"table = {options['attribute_name']}={options['attribute_value']}")
    return form, list(column_lines(options))


def pairs_file(options):
    form = ["kind = key-value", "quote = " + ('"' if options.get("strip_quotes", True) else "none"),
            f"pair = {quoted(options.get('kv_separator', '='))}",
            f"between = {quoted(options.get('pair_separator', ' '))}"]
    columns = []
    for name, key in options["keys"].items():
        time = " | epoch" if key == "time.source" else ""
        columns.append(f"{name} = {key}{time}")
    return form, columns + ["* = none"]


# n6's word for a column -> ours; of the lists that its operators add by hand
BY_HAND = {"time": "time.source", "ip": "source.ip", "dip": "destination.ip", "fqdn": "destination.fqdn",
           "url": "source.url", "sport": "source.port", "dport": "destination.port", "proto": "protocol.transport",
           "name": "malware.name", "asn": "source.asn", "cc": "source.geolocation.cc", "md5": "malware.hash.md5",
           "sha1": "malware.hash.sha1", "email": "source.account", "target": "event_description.target"}
CATEGORY = {"bots": "infected-system", "cnc": "c2-server", "phish": "phishing", "malurl": "malware-distribution",
            "scanning": "scanner", "spam": "spam", "vulnerable": "vulnerable-system", "amplifier": "ddos-amplifier"}


def by_hand_file(parser, options):
    """"manual.pl": the list's head says how it is to be read."""
    meta = options["headers"]["meta"]
    info, base = meta["parsing_info"], meta["event_base"]
    form = ["kind = delimited", f"separator = {info['field_separator']}", f"comment = {info['comment_prefix']}",
            "header = no"]
    columns = []
    for column in info["column_spec"].split(","):
        if column != "-" and column not in BY_HAND:
            raise NotCarried(f"{parser}: column {column}")
        time = f" | time {quoted(info['time_format'])}" if column == "time" and info.get("time_format") else ""
        columns.append(f"{column} = {BY_HAND[column]}{time}" if column != "-" else "_ = none")
    if base["category"] not in CATEGORY:
        raise NotCarried(f"{parser}: category {base['category']}")
    return HEAD + "\n".join(form + ["", "[columns]"] + columns) + \
        f"\n\n[set]\nclassification.type = {CATEGORY[base['category']]}\n"


MAKERS = {"generic.parser_csv": csv_file, "html_table.parser": html_file, "key_value.parser": pairs_file}


def carries(parser):
    return parser in MAKERS or parser.startswith("manual.")


def feed_file(parser, options):
    """The feed file that does what these options ask for."""
    if parser.startswith("manual."):
        return by_hand_file(parser, options)
    unknown = sorted(set(options) - KNOWN)
    if unknown:
        raise NotCarried("option " + ", ".join(unknown))
    form, columns = MAKERS[parser](options)
    text = HEAD + "\n".join(form) + "\n\n[columns]\n" + "\n".join(columns) + "\n"
    fixed, table = list(set_lines(options)), table_lines(options)
    if fixed:
        text += "\n[set]\n" + "\n".join(fixed) + "\n"
    if table:
        text += "\n[table type]\n" + "\n".join(table) + "\n"
    return text


def kept(options, line):
    """filter_text: does a line of the input count at all?"""
    text = options.get("filter_text")
    if not text:
        return True
    return (text in line) == (options.get("filter_type", "whitelist") == "whitelist")
