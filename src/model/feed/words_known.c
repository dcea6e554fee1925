#include "model/feed/words_known.h"

#define W(word)                        \
	{                              \
		word, sizeof(word) - 1 \
	}

// clang-format off
static const struct str types[] = {
	W("spam"), W("harmful-speech"), W("violence"),
	W("infected-system"), W("c2-server"), W("malware-distribution"), W("malware-configuration"),
	W("scanner"), W("sniffing"), W("social-engineering"),
	W("ids-alert"), W("brute-force"), W("exploit"),
	W("privileged-account-compromise"), W("unprivileged-account-compromise"),
	W("application-compromise"), W("system-compromise"), W("burglary"),
	W("dos"), W("ddos"), W("misconfiguration"), W("sabotage"), W("outage"),
	W("unauthorised-information-access"), W("unauthorised-information-modification"),
	W("data-loss"), W("data-leak"),
	W("unauthorised-use-of-resources"), W("copyright"), W("masquerade"), W("phishing"),
	W("weak-crypto"), W("ddos-amplifier"), W("potentially-unwanted-accessible"),
	W("information-disclosure"), W("vulnerable-system"),
	W("other"), W("undetermined"), W("test"),
	W("blacklist"), W("blocklist"), W("dga-domain"), W("malware"), W("proxy"), W("tor"), // IntelMQ's
};
static const struct str taxonomies[] = {
	W("abusive-content"), W("malicious-code"), W("information-gathering"), W("intrusion-attempts"),
	W("intrusions"), W("availability"), W("information-content-security"), W("fraud"),
	W("vulnerable"), W("other"), W("test"),
};
static const struct str registries[] = {
	W("AFRINIC"), W("APNIC"), W("ARIN"), W("LACNIC"), W("RIPE"),
};
static const struct str labels[] = {
	W("CLEAR"), W("WHITE"), W("GREEN"), W("AMBER"), W("AMBER+STRICT"), W("RED"),
};
static const struct str transports[] = {
	W("ip"), W("icmp"), W("igmp"), W("ggp"), W("ipencap"), W("st2"), W("tcp"), W("cbt"),
	W("egp"), W("igp"), W("bbn-rcc"), W("nvp"), W("nvp-ii"), W("pup"), W("argus"), W("emcon"),
	W("xnet"), W("chaos"), W("udp"), W("mux"), W("dcn"), W("hmp"), W("prm"), W("xns-idp"),
	W("trunk-1"), W("trunk-2"), W("leaf-1"), W("leaf-2"), W("rdp"), W("irtp"), W("iso-tp4"),
	W("netblt"), W("mfe-nsp"), W("merit-inp"), W("sep"), W("3pc"), W("idpr"), W("xtp"), W("ddp"),
	W("idpr-cmtp"), W("tp++"), W("il"), W("ipv6"), W("sdrp"), W("ipv6-route"), W("ipv6-frag"),
	W("idrp"), W("rsvp"), W("gre"), W("mhrp"), W("bna"), W("esp"), W("ah"), W("i-nlsp"),
	W("swipe"), W("narp"), W("mobile"), W("tlsp"), W("skip"), W("ipv6-icmp"), W("ipv6-nonxt"),
	W("ipv6-opts"), W("cftp"), W("sat-expak"), W("kryptolan"), W("rvd"), W("ippc"), W("sat-mon"),
	W("visa"), W("ipcv"), W("cpnx"), W("cphb"), W("wsn"), W("pvp"), W("br-sat-mon"), W("sun-nd"),
	W("wb-mon"), W("wb-expak"), W("iso-ip"), W("vmtp"), W("secure-vmtp"), W("vines"), W("ttp"),
	W("nsfnet-igp"), W("dgp"), W("tcf"), W("eigrp"), W("ospf"), W("sprite-rpc"), W("larp"),
	W("mtp"), W("ax.25"), W("ipip"), W("micp"), W("scc-sp"), W("etherip"), W("encap"), W("gmtp"),
	W("ifmp"), W("pnni"), W("pim"), W("aris"), W("scps"), W("qnx"), W("a/n"), W("ipcomp"),
	W("snp"), W("compaq-peer"), W("ipx-in-ip"), W("vrrp"), W("pgm"), W("l2tp"), W("ddx"),
	W("iatp"), W("st"), W("srp"), W("uti"), W("smp"), W("sm"), W("ptp"), W("isis"), W("fire"),
	W("crtp"), W("crdup"), W("sscopmce"), W("iplt"), W("sps"), W("pipe"), W("sctp"), W("fc"),
	W("divert"),
};
static const struct {
	const struct str *at;
	size_t n;
} lists[KNOWN_WORDS] = {
	[KNOWN_TYPE] = { types, COUNTOF(types) },
	[KNOWN_TAXONOMY] = { taxonomies, COUNTOF(taxonomies) },
	[KNOWN_REGISTRY] = { registries, COUNTOF(registries) },
	[KNOWN_TLP] = { labels, COUNTOF(labels) },
	[KNOWN_TRANSPORT] = { transports, COUNTOF(transports) },
};

// Names of before RSIT, and of other tools.
static const struct {
	enum known_words list;
	struct str was, is;
} others[] = {
	{ KNOWN_TYPE, W("unknown"), W("undetermined") },
	{ KNOWN_TYPE, W("c&c"), W("c2-server") },
	{ KNOWN_TYPE, W("c2server"), W("c2-server") },
	{ KNOWN_TYPE, W("leak"), W("data-leak") },
	{ KNOWN_TYPE, W("ransomware"), W("infected-system") },
	{ KNOWN_TYPE, W("vulnerable-service"), W("vulnerable-system") },
	{ KNOWN_TYPE, W("vulnerable-client"), W("vulnerable-system") },
	{ KNOWN_TYPE, W("backdoor"), W("system-compromise") },
	{ KNOWN_TYPE, W("compromised"), W("system-compromise") },
	{ KNOWN_TYPE, W("defacement"), W("unauthorised-information-modification") },
	{ KNOWN_TYPE, W("unauthorized-command"), W("system-compromise") },
	{ KNOWN_TYPE, W("unauthorized-login"), W("system-compromise") },
	{ KNOWN_TYPE, W("unauthorized-use-of-resources"), W("unauthorised-use-of-resources") },
	{ KNOWN_TYPE, W("dropzone"), W("other") },
	{ KNOWN_REGISTRY, W("RIPE-NCC"), W("RIPE") },
	{ KNOWN_REGISTRY, W("RIPENCC"), W("RIPE") },
	{ KNOWN_TLP, W("YELLOW"), W("AMBER") },
};
// clang-format on

// The same but for case, and for a blank or "_" where the word has a dash.
static bool means(struct str text, struct str word)
{
	if (text.n != word.n)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i] == ' ' || text.p[i] == '_' ? '-' : ascii_lower(text.p[i]);

		if (c != ascii_lower(word.p[i]))
			return false;
	}
	return true;
}

bool known_word(enum known_words list, struct str text, struct str *out)
{
	text = str_trim(text);
	if (list == KNOWN_TLP && str_eq_nocase(str_first(text, 3), S("tlp"))) {
		str_skip(&text, 3);
		if (text.n > 0 && (text.p[0] == ':' || text.p[0] == ' '))
			str_skip(&text, 1);
	}
	for (size_t i = 0; i < lists[list].n; i++)
		if (means(text, lists[list].at[i])) {
			*out = lists[list].at[i];
			return true;
		}
	for (size_t i = 0; i < COUNTOF(others); i++)
		if (others[i].list == list && means(text, others[i].was)) {
			*out = others[i].is;
			return true;
		}
	return false;
}
