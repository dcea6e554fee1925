#include "model/notice/letter_words.h"

#include "base/time.h"
#include "base/utf8.h"
#include "base/zone.h"
#include "codec/text/prose_word.h"

#include <assert.h>

#define X(id, en, nl) { en, nl },
static const char *const words[LETTER_WORDS_COUNT][2] = { LETTER_WORDS(X) };
#undef X
#define X(id, word) word,
static const char *const variables[LETTER_VARIABLES_COUNT] = { LETTER_VARIABLES(X) };
#undef X

// What is so with one, and with several of them.
static const struct {
	const char *one[2], *more[2];
} classes[ISSUE_CLASS_COUNT] = {
	[CLASS_EXPOSED] = { { "1 of your systems can be taken over now",
			      "1 systeem van u kan nu worden overgenomen" },
			    { "# of your systems can be taken over now",
			      "# systemen van u kunnen nu worden overgenomen" } },
	[CLASS_VULNERABLE] = { { "1 of your systems can be taken over now",
				 "1 systeem van u kan nu worden overgenomen" },
			       { "# of your systems can be taken over now",
				 "# systemen van u kunnen nu worden overgenomen" } },
	[CLASS_INFECTED] = { { "1 of your systems is infected", "1 systeem van u is besmet" },
			     { "# of your systems are infected", "# systemen van u zijn besmet" } },
	[CLASS_ATTACKING] = { { "1 of your systems attacks others",
				"1 systeem van u valt anderen aan" },
			      { "# of your systems attack others",
				"# systemen van u vallen anderen aan" } },
	[CLASS_COMPROMISED] = { { "1 of your systems has been broken into",
				  "in 1 systeem van u is ingebroken" },
				{ "# of your systems have been broken into",
				  "in # systemen van u is ingebroken" } },
	[CLASS_ABUSED] = { { "1 of your systems is being misused",
			     "1 systeem van u wordt misbruikt" },
			   { "# of your systems are being misused",
			     "# systemen van u worden misbruikt" } },
	[CLASS_LEAKED] = { { "accounts of yours are in the hands of thieves",
			     "accounts van u zijn in handen van dieven" },
			   { "accounts of yours are in the hands of thieves, from # leaks",
			     "accounts van u zijn in handen van dieven, uit # lekken" } },
	[CLASS_LEAK_SITE] = { { "extortionists name your organisation",
				"afpersers noemen uw organisatie" },
			      { "extortionists name your organisation, # times",
				"afpersers noemen uw organisatie, # keer" } },
	[CLASS_ATTACKED] = { { "1 of your systems is under attack",
			       "1 systeem van u wordt aangevallen" },
			     { "# of your systems are under attack",
			       "# systemen van u worden aangevallen" } },
	[CLASS_LISTED] = { { "1 of your systems is on a list of bad ones",
			     "1 systeem van u staat op een lijst van kwaadaardige" },
			   { "# of your systems are on lists of bad ones",
			     "# systemen van u staan op lijsten van kwaadaardige" } },
};

static const char *const acts[ISSUE_CLASS_COUNT][2] = {
	[CLASS_EXPOSED] = { "close it off from the internet, or let only known addresses in.",
			    "sluit het af voor het internet, of laat alleen bekende adressen "
			    "toe." },
	[CLASS_VULNERABLE] = { "install the latest version; until then, close it off from the "
			       "internet.",
			       "installeer de nieuwste versie; sluit het tot dan af voor het "
			       "internet." },
	[CLASS_INFECTED] = { "take it off the network, but leave it on, and find out what it is.",
			     "haal het van het netwerk, maar laat het aan, en zoek uit wat het "
			     "is." },
	[CLASS_ATTACKING] = { "take it off the network, and find out who uses it.",
			      "haal het van het netwerk, en zoek uit wie het gebruikt." },
	[CLASS_COMPROMISED] = { "cut it off, keep its logs, and call us before you clean it.",
				"koppel het los, bewaar de logboeken, en bel ons voor u het "
				"opschoont." },
	[CLASS_ABUSED] = { "take down what does not belong there, and find out how it came.",
			   "haal weg wat er niet hoort, en zoek uit hoe het er kwam." },
	[CLASS_LEAKED] = { "have these accounts choose new passwords, and end their sessions.",
			   "laat deze accounts een nieuw wachtwoord kiezen, en beëindig hun "
			   "sessies." },
	[CLASS_LEAK_SITE] = { "call us before you answer anybody.",
			      "bel ons voordat u iemand antwoordt." },
	[CLASS_ATTACKED] = { "tell your provider, and let it filter the traffic.",
			     "meld het uw provider, en laat die het verkeer filteren." },
	[CLASS_LISTED] = { "find out why it is on the list; have it taken off when that is solved.",
			   "zoek uit waarom het op de lijst staat; laat het eraf halen als dat is "
			   "opgelost." },
};

static const char *const whys[DELIVERY_WHY_COUNT][2] = {
	[TO_FIRST] = { "its contact for warnings", "daar de contactpersoon voor waarschuwingen" },
	[TO_ALSO] = { "somebody who asked to be told too", "iemand die het ook wil horen" },
	[TO_NEXT] = { "its next contact, since the first one did not answer or could not be "
		      "reached",
		      "daar de volgende contactpersoon, omdat de eerste niet antwoordde of niet te "
		      "bereiken was" },
	[TO_SUPPLIER] = { "its supplier, by a mandate", "daar leverancier, met een mandaat" },
	[TO_SPOKEN] = { "the one to whom we spoke", "degene die wij spraken" },
	[TO_NOBODY] = { "its contact", "daar de contactpersoon" },
	[TO_MACHINE] = { "one of its machines", "een machine daarvan" },
	[TO_SILENT] = { "its contact", "daar de contactpersoon" },
	[TO_OWNER] = { "the owner of the key", "de eigenaar van de sleutel" },
	[TO_ANSWERS] = { "one of those who answer for it",
			 "een van degenen die daarvoor antwoorden" },
	[TO_WITHHELD] = { "its contact", "daar de contactpersoon" },
	[TO_TESTED] = { "one of its contacts", "daar een van de contactpersonen" },
	[TO_SEALED] = { "one of those whose mail we sign and encrypt",
			"een van degenen wier mail wij ondertekenen en versleutelen" },
};

static const char *const kinds[MESSAGE_KIND_COUNT][2] = {
	[MESSAGE_CRITICAL] = { "critical warning", "kritieke waarschuwing" },
	[MESSAGE_DIGEST] = { "warnings", "waarschuwingen" },
	[MESSAGE_REMINDER] = { "reminder", "herinnering" },
	[MESSAGE_STILL_SEEN] = { "still seen", "nog gezien" },
	[MESSAGE_CLOSED] = { "closed", "gesloten" },
	[MESSAGE_CORRECTION] = { "correction", "correctie" },
	[MESSAGE_ALERT] = { "alert", "alarmbericht" },
	[MESSAGE_KEY] = { "about your key", "over uw sleutel" },
	[MESSAGE_RECEIPT] = { "receipt of an answer", "ontvangst van een antwoord" },
	[MESSAGE_STATEMENT] = { "statement", "weekoverzicht" },
	[MESSAGE_TEST] = { "contact test", "contacttest" },
	[MESSAGE_TEAM_KEY] = { "about our key", "over onze sleutel" },
};

const char *letter_kind_en(enum message_kind kind)
{
	assert(kind < MESSAGE_KIND_COUNT);
	return kinds[kind][0];
}

const char *letter_kind_nl(enum message_kind kind)
{
	assert(kind < MESSAGE_KIND_COUNT);
	return kinds[kind][1];
}

struct str letter_template(enum letter_word w, bool dutch)
{
	assert(w < LETTER_WORDS_COUNT);
	return str_of(words[w][dutch]);
}

struct str letter_variable(enum letter_variable v)
{
	assert(v < LETTER_VARIABLES_COUNT);
	return str_of(variables[v]);
}

struct str letter_word(enum letter_word w, bool dutch)
{
	return letter_template(w, dutch);
}

// The next piece of a template: our own words, and the variable behind them (COUNT: none).
static struct str piece(struct str *rest, enum letter_variable *v)
{
	struct str own = str_cut(rest, '{'), name;

	*v = LETTER_VARIABLES_COUNT;
	if (rest->p == NULL || rest->n == 0)
		return own;
	name = str_cut(rest, '}');
	for (unsigned i = 0; i < LETTER_VARIABLES_COUNT; i++)
		if (str_eq(name, str_of(variables[i])))
			*v = (enum letter_variable)i;
	assert(*v < LETTER_VARIABLES_COUNT);
	return own;
}

void letter_say(struct prose *p, enum letter_word w, bool dutch, const struct letter_values *v)
{
	struct str rest = letter_template(w, dutch);

	while (rest.n > 0) {
		enum letter_variable var;
		struct str own = piece(&rest, &var);

		if (own.n > 0)
			prose_text(p, own);
		if (var == LETTER_VARIABLES_COUNT)
			continue;
		assert(v != NULL && v->of[var].p != NULL);
		if (var == VAR_PORTAL)
			prose_link(p, (struct str){ 0 }, v->of[var]);
		else
			prose_foreign(p, PROSE_TEXT, v->of[var]);
	}
}

static void put_clean(struct buf *b, struct str s)
{
	while (s.n > 0 && b->n + 4 < b->cap) {
		uint32_t c = prose_char(&s);
		char text[4];

		buf_add(b, text, utf8_write(c == '\n' ? ' ' : c, text));
	}
}

struct str letter_line(enum letter_word w, bool dutch, const struct letter_values *v,
		       struct arena *a)
{
	struct str rest = letter_template(w, dutch);
	char room[LETTER_LINE];
	struct buf b = BUF_ON(room);

	while (rest.n > 0) {
		enum letter_variable var;

		put_clean(&b, piece(&rest, &var));
		if (var != LETTER_VARIABLES_COUNT)
			put_clean(&b, v->of[var]);
	}
	return arena_str(a, buf_view(&b));
}

struct str letter_can(enum issue_class class, int64_t count, bool dutch, struct arena *a)
{
	struct str rest, head;

	assert(class < ISSUE_CLASS_COUNT);
	if (count == 1)
		return str_of(classes[class].one[dutch]);
	rest = str_of(classes[class].more[dutch]);
	head = str_cut(&rest, '#');
	return arena_fmt(a, STR_FMT "%lld" STR_FMT, STR_ARG(head), (long long)count, STR_ARG(rest));
}

struct str letter_do(enum issue_class class, bool dutch)
{
	assert(class < ISSUE_CLASS_COUNT);
	return str_of(acts[class][dutch]);
}

struct str letter_why(enum delivery_why why, bool dutch)
{
	assert(why < DELIVERY_WHY_COUNT);
	return str_of(whys[why][dutch]);
}

struct str letter_day(int64_t t, struct arena *a)
{
	char day[TIME_TEXT];

	time_write(t, day);
	return arena_fmt(a, "%.10s", day);
}

struct str letter_time(int64_t t, bool dutch, bool zone, char room[LETTER_TIME])
{
	static const char *const days[2][7] = {
		{ "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" },
		{ "zo", "ma", "di", "wo", "do", "vr", "za" },
	};
	static const char *const months[2][12] = {
		{ "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
		  "Dec" },
		{ "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov",
		  "dec" },
	};
	int64_t ahead = zone_ahead(t);
	struct buf b = { .p = room, .cap = LETTER_TIME };
	char text[TIME_TEXT];
	unsigned month, day;

	if (time_write(t + ahead, text) < 16) {
		buf_str(&b, S("?"));
		return buf_view(&b);
	}
	month = (unsigned)(text[5] - '0') * 10 + (unsigned)(text[6] - '0');
	day = (unsigned)(text[8] - '0') * 10 + (unsigned)(text[9] - '0');
	buf_fmt(&b, "%s %u %s %.5s", days[dutch][zone_weekday(t + ahead)], day,
		months[dutch][month - 1], text + 11);
	if (zone)
		buf_fmt(&b, " (%s)", ahead == 2 * TIME_HOUR ? "CEST" : "CET");
	return buf_view(&b);
}
