"""Which feed file carries which parser of the peers.

A row is (feed, type); type None: the feed has none, or the name of the report's file tells it. A parser
without a row is looked for by its own name ("spamhaus.parser_drop" and "spamhaus.drop": spamhaus-drop)."""

INTELMQ = {
    "abusech.parser_feodotracker": ("abuse-ch-feodotracker", None),
    "abusech.parser_ip": ("abuse-ch-feodotracker-csv", None),
    "alienvault.parser": ("alienvault-reputation", None),
    "alienvault.parser_otx": ("alienvault-otx", None),
    "blocklistde.parser": ("blocklist-de", None),
    "blueliv": ("blueliv", None),
    "blueliv.parser_crimeserver": ("blueliv", None),
    "calidog.parser_certstream": ("calidog-certstream", None),
    "cert_eu.parser_csv": ("cert-eu", None),
    "ci_army.parser": ("ci-army", None),
    "cleanmx": ("cleanmx", None),
    "cleanmx.parser": ("cleanmx", None),
    "cymru": ("cymru-bogons", None),
    "cymru.parser_full_bogons": ("cymru-bogons", None),
    "cymru.parser_cap_program": ("cymru-cap", None),
    "cznic.parser_haas": ("cznic-haas", None),
    "cznic.parser_proki": ("cznic-proki", None),
    "danger_rulez.parser": ("danger-rulez", None),
    "dataplane.parser": ("dataplane", None),
    "dshield.parser_asn": ("dshield-asn", None),
    "dshield.parser_block": ("dshield-block", None),
    "dshield.parser_domain": ("dshield-domain", None),
    "dyn.parser": ("dyn-ponmocup", None),
    "eset.parser": ("eset-eti", None),
    "fireeye.parser": ("fireeye", None),
    "fraunhofer.parser_dga": ("fraunhofer-dga", None),
    "github_feed.parser": ("github-ioc", None),
    "hibp.parser_callback": ("hibp", None),
    "json.parser": ("intelmq", None),
    "malwarepatrol": ("malwarepatrol", None),
    "malwarepatrol.parser_dansguardian": ("malwarepatrol", None),
    "malwareurl.parser": ("malwareurl", None),
    "mcafee.parser_atd": ("mcafee-atd", None),
    "microsoft.parser_bingmurls": ("microsoft-bing", None),
    "microsoft.parser_ctip": ("microsoft-ctip", None),
    "misp.parser": ("misp-attributes", None),
    "n6.parser_n6stomp": ("n6", None),
    "openphish.parser": ("openphish", None),
    "openphish.parser_commercial": ("openphish-premium", None),
    "phishtank.parser": ("phishtank", None),
    "shadowserver.parser": ("shadowserver", None),
    "shodan.parser": ("shodan", None),
    "spamhaus.parser_cert": ("spamhaus-cert", None),
    "spamhaus.parser_drop": ("spamhaus-drop-text", None),
    "surbl.parser": ("surbl", None),
    "threatminer.parser": ("threatminer", None),
    "turris.parser": ("turris", None),
    "twitter.parser": ("twitter", None),
    "vxvault.parser": ("vxvault", None),
    "zoneh.parser": ("zone-h", None),
}

N6 = {
    "abuse-ch.feodotracker": ("abuse-ch-feodotracker-csv", None),
    "abuse-ch.ssl-blacklist": ("abuse-ch-sslbl", None),
    "abuse-ch.ssl-blacklist-dyre": ("abuse-ch-sslbl", None),
    "abuse-ch.urlhaus-payloads-urls": ("abuse-ch-urlhaus-payloads", None),
    "abuse-ch.urlhaus-urls": ("abuse-ch-urlhaus-api", None),
    "abuse-ch.threatfox": ("abuse-ch-threatfox", None),
    "cert-pl.shield": ("cert-pl-warnings", "csv"),
    "cesnet-cz.warden": ("cesnet-warden", None),
    "greensnow-co.list-txt": ("greensnow", None),
    "malwarepatrol.malurl": ("malwarepatrol", None),
    "openphish.web": ("openphish", None),
    "openphish.web-bl": ("openphish", None),
    "sblam.spam": ("sblam", None),
    "spamhaus.bots": ("spamhaus-cert", None),
    "spamhaus.drop": ("spamhaus-drop-text", None),
    "spamhaus.edrop": ("spamhaus-drop-text", None),
    "stopforum.spam": ("stopforumspam", None),
    "testsource.misp": ("misp-events", None),
    "turris-cz.greylist-csv": ("turris", None),
    "withaname.ddosia": ("ddosia", None),
    "zoneh.rss": ("zone-h-rss", None),
}

# n6's name of a report of Shadowserver -> the publisher's own, where it is not scan_ and that name
SHADOWSERVER = {
    "bgp": "scan_bgp", "bruteforce": "honeypot_brute_force", "compromised-website": "compromised_website",
    "darknet": "event4_honeypot_darknet", "device-info": "device_id", "flash": "scan_adobe_flash",
    "ldap": "scan_ldap_udp", "ddos-middlebox": "scan_ddos_middlebox", "modbus": "scan_ics",
    "natpmp": "scan_nat_pmp", "netis": "scan_netis_router", "ntp-monitor": "scan_ntpmonitor",
    "ntp-version": "scan_ntp", "open-resolver": "scan_dns", "sandbox-url": "sandbox_url",
    "sinkhole": "event4_sinkhole", "sinkhole-http": "event4_sinkhole_http", "smtp": "scan_smtp_vulnerable",
    "ssl-poodle": "scan_ssl", "ssl-freak": "scan_ssl_freak", "ws-discovery": "scan_ws_discovery",
}


def split(parser):
    """"spamhaus.parser_drop" -> spamhaus, drop"""
    provider, _, rest = parser.partition(".")
    return provider.replace("_", "-"), rest.replace("parser_", "").replace("parser", "").replace("_", "-")


def feed_for(parser, n6, known):
    """(feed, type), or None where no feed file carries it. `known`: the names of feed files."""
    if n6 and parser.startswith("dataplane."):
        return "dataplane", split(parser)[1]
    if n6 and parser.startswith("shadowserver."):
        name = split(parser)[1]
        return "shadowserver", SHADOWSERVER.get(name, "scan_" + name.replace("-", "_"))
    row = (N6 if n6 else INTELMQ).get(parser)
    if row is None:
        provider, rest = split(parser)
        row = (f"{provider}-{rest}" if rest else provider, None)
    return row if row[0] in known else None
