// The words of letters: one table of templates, English and Dutch beside each other, and the
// variables that may stand in them. A test holds that both know the same ones. Private to
// model/notice/letter*.c.
#pragma once

#include "model/notice/letter.h"

// clang-format off
#define LETTER_VARIABLES(X)                                                                          \
	X(VAR_COUNT, "count") X(VAR_MORE, "more") X(VAR_OPEN, "open") X(VAR_WHAT, "what")                \
	X(VAR_WHERE, "where") X(VAR_WHEN, "when") X(VAR_DO, "do") X(VAR_SINCE, "since")                  \
	X(VAR_OTHERS, "others") X(VAR_PHONE, "phone") X(VAR_MAIL, "mail") X(VAR_PORTAL, "portal")        \
	X(VAR_ID, "id") X(VAR_MEMBER, "member") X(VAR_TEAM, "team") X(VAR_ROUND, "round")                \
	X(VAR_UNTIL, "until") X(VAR_REF, "ref") X(VAR_SEVERITY, "severity") X(VAR_DAYS, "days")          \
	X(VAR_KEY, "key") X(VAR_ASSET, "asset") X(VAR_WHY, "why") X(VAR_CARE, "care") X(VAR_WHO, "who")

#define LETTER_WORDS(X)                                                                              \
	/* subjects, behind the id */                                                                    \
	X(SUBJECT_CRITICAL, "Critical: answer before {until}", "Kritiek: antwoord vóór {until}")         \
	X(SUBJECT_DIGEST_ONE, "1 warning, {severity}", "1 waarschuwing, {severity}")                     \
	X(SUBJECT_DIGEST, "{count} warnings, highest: {severity}", "{count} waarschuwingen, hoogste: {severity}") \
	X(SUBJECT_REMINDER, "Reminder {round}: no answer yet", "Herinnering {round}: nog geen antwoord") \
	X(SUBJECT_STILL, "Still seen after \"fixed\"", "Nog gezien na \"opgelost\"")                     \
	X(SUBJECT_CLOSED, "Closed", "Gesloten")                                                          \
	X(SUBJECT_CORRECTION, "Correction: our warning was wrong", "Correctie: onze waarschuwing klopte niet") \
	X(SUBJECT_TEAM_KEY, "From {until} on we sign our mail by another key", "Vanaf {until} ondertekenen wij onze mail met een andere sleutel") \
	X(SUBJECT_KEY, "Your key for our mail ends on {until}", "Uw sleutel voor onze mail verloopt op {until}") \
	X(SUBJECT_RECEIPT, "Answer received", "Uw antwoord is ontvangen")                                \
	X(SUBJECT_STATEMENT_ONE, "Statement {round}: 1 message", "Weekoverzicht {round}: 1 bericht")     \
	X(SUBJECT_STATEMENT, "Statement {round}: {count} messages", "Weekoverzicht {round}: {count} berichten") \
	X(SUBJECT_TEST, "Test: does this reach you?", "Test: bereikt dit u?")                            \
	X(SUBJECT_ALERT, "Alert", "Alarmbericht")                                                        \
	X(SUBJECT_NEUTRAL, "We cannot mail you safely", "Wij kunnen u niet veilig mailen")               \
	X(SUBJECT_REF, " (your ref {ref})", " (uw ref {ref})")                                           \
	/* the first line */                                                                             \
	X(LINE1_CRITICAL, "CRITICAL – {what}", "KRITIEK – {what}")                                       \
	X(LINE1_HIGH_ONE, "; 1 other warning is high.", "; 1 andere melding is hoog.")                   \
	X(LINE1_HIGH, "; {more} other warnings are high.", "; {more} andere meldingen zijn hoog.")       \
	X(LINE1_DIGEST_ONE, "{severity} – 1 warning.", "{severity} – 1 waarschuwing.")                   \
	X(LINE1_DIGEST, "{severity} – {count} warnings: {more} new, {open} still open.", "{severity} – {count} waarschuwingen: {more} nieuw, {open} nog open.") \
	X(LINE1_DIGEST_NEW, "{severity} – {count} new warnings.", "{severity} – {count} nieuwe waarschuwingen.") \
	X(LINE1_OLDEST, " The oldest is open since {since}.", " De oudste staat open sinds {since}.")    \
	X(LINE1_REMINDER_ONE, "REMINDER {round} – 1 warning has no answer yet, open for {days}.", "HERINNERING {round} – 1 waarschuwing heeft nog geen antwoord, {days} open.") \
	X(LINE1_REMINDER, "REMINDER {round} – {count} warnings have no answer yet, the oldest open for {days}.", "HERINNERING {round} – {count} waarschuwingen hebben nog geen antwoord, de oudste {days} open.") \
	X(LINE1_STILL_ONE, "STILL SEEN – 1 warning that you called fixed was seen again after that.", "NOG GEZIEN – 1 waarschuwing die u opgelost noemde, is daarna weer gezien.") \
	X(LINE1_STILL, "STILL SEEN – {count} warnings that you called fixed were seen again after that.", "NOG GEZIEN – {count} waarschuwingen die u opgelost noemde, zijn daarna weer gezien.") \
	X(LINE1_CLOSED_ONE, "CLOSED – 1 warning is over. There is nothing that you must do.", "GESLOTEN – 1 waarschuwing is voorbij. U hoeft niets te doen.") \
	X(LINE1_CLOSED, "CLOSED – {count} warnings are over. There is nothing that you must do.", "GESLOTEN – {count} waarschuwingen zijn voorbij. U hoeft niets te doen.") \
	X(LINE1_CORRECTION_ONE, "CORRECTION – 1 warning of ours was wrong. There is nothing that you must do, and we are sorry.", "CORRECTIE – 1 waarschuwing van ons klopte niet. U hoeft niets te doen; het spijt ons.") \
	X(LINE1_CORRECTION, "CORRECTION – {count} warnings of ours were wrong. There is nothing that you must do, and we are sorry.", "CORRECTIE – {count} waarschuwingen van ons klopten niet. U hoeft niets te doen; het spijt ons.") \
	X(LINE1_NEUTRAL, "We have a message for you that we cannot send by plain mail.", "Wij hebben een bericht voor u dat wij niet per gewone mail kunnen sturen.") \
	/* the labels of the other four, and what stands behind them */                                  \
	X(LABEL_WHAT, "What", "Wat")                                                                     \
	X(LABEL_DO, "Do now", "Doe nu")                                                                  \
	X(LABEL_WHY, "Why", "Waarom")                                                                    \
	X(LABEL_ANSWER, "Answer", "Antwoord")                                                            \
	X(LINE2, "{what}, {where}, seen {when}.", "{what}, {where}, gezien {when}.")                     \
	X(LINE2_BEGAN, "{what}, {where}, last seen {when}.", "{what}, {where}, voor het laatst gezien {when}.") \
	X(LINE4_EXPLOITED, "attackers use it since {since} (KEV).", "wordt sinds {since} misbruikt (KEV).") \
	X(LINE4_FRESH, "it is critical, it is surely yours, and it was seen within 48 hours.", "het is kritiek, het is zeker van u, en het is binnen 48 uur gezien.") \
	X(LINE4_CARE, "care depends on it: {care}.", "zorg hangt ervan af: {care}.")                     \
	X(LINE4_OTHERS, " {others} other care organisations have the same.", " {others} andere zorginstellingen hebben hetzelfde.") \
	X(LINE4_PLAIN, "it can harm you or others, and it can be prevented.", "het kan u of anderen schaden, en dat is te voorkomen.") \
	X(LINE4_NEXT, "who does not answer is asked again, then the next contact, and then we call.", "wie niet antwoordt, vragen wij opnieuw, daarna de volgende contactpersoon, en dan bellen wij.") \
	X(LINE5_PORTAL, "{portal} or reply to this mail", "{portal} of beantwoord deze mail")            \
	X(LINE5_REPLY, "reply to this mail", "beantwoord deze mail")                                     \
	X(LINE5_PHONE, " – or call {phone} (day and night).", " – of bel {phone} (dag en nacht).")       \
	X(LINE5_CODE, " Code for that page: {key}.", " Code voor die pagina: {key}.")                    \
	X(LINE5_END, ".", ".")                                                                           \
	/* each finding */                                                                               \
	X(FINDING_HOST, "Name", "Naam")                                                                  \
	X(FINDING_FIRST, "First seen", "Eerst gezien")                                                   \
	X(FINDING_LAST, "Last seen", "Laatst gezien")                                                    \
	X(FINDING_BY, "Seen by", "Gezien door")                                                          \
	X(FINDING_ASSET, "Because it is yours", "Want dit is van u")                                     \
	X(FINDING_CARE, "Care", "Zorg")                                                                  \
	X(FINDING_CVES, "Vulnerabilities", "Kwetsbaarheden")                                             \
	X(FINDING_ENDED, "Over since it", "Voorbij want")                                                \
	X(FINDING_UNTRUE, "Note", "Let op")                                                              \
	X(FINDING_UNTRUE_SAYS, "you called it fixed; it was seen after that.", "u noemde het opgelost; daarna is het weer gezien.") \
	X(FINDING_LATER_SAYS, "we found this afterwards, in what we had kept, when this became known to be yours.", \
	  "wij vonden dit achteraf, in wat wij bewaarden, toen bekend werd dat dit van u is.") \
	X(FINDING_OPEN_SAYS, "we told you of it before.", "wij meldden dit eerder.")                     \
	X(PART_MEANS, "What it means", "Wat het betekent")                                               \
	X(PART_MINE, "Is it really yours?", "Is het echt van u?")                                        \
	X(PART_CHECK, "Check it yourself", "Controleer het zelf")                                        \
	X(PART_FIX, "Solve it", "Los het op")                                                            \
	X(PART_CARE, "How urgent for care", "Hoe dringend voor de zorg")                                 \
	X(FINDINGS_MORE, "{more} more stand in the table that comes with this mail.", "Nog {more} staan in de tabel bij deze mail.") \
	/* the end */                                                                                    \
	X(END_ABOUT, "About this message", "Over dit bericht")                                           \
	X(END_WHY, "You get this because {member} is a member of {team}, what was seen is yours, and you are {why}.", "U krijgt dit omdat {member} deelnemer is van {team}, wat gezien is van u is, en u {why} bent.") \
	X(END_WHY_ALERT, "You get this because {member} is a member of {team}, and you are {why}.", "U krijgt dit omdat {member} deelnemer is van {team}, en u {why} bent.") \
	X(END_UNTIL, "We ask for your answer before {until}. Without one we ask again, then your next contact, and then we call.", "Wij vragen uw antwoord vóór {until}. Komt dat niet, dan vragen wij het opnieuw, daarna aan uw volgende contactpersoon, en dan bellen wij.") \
	X(END_LATER, "An answer is welcome; without one we ask again after some time.", "Een antwoord is welkom; komt dat niet, dan vragen wij het na enige tijd opnieuw.") \
	X(END_HOW, "Answer in your own words: solved, working on it until a day, a false alarm, not ours, or accepted and why. Say the number {id}.", "Antwoord in uw eigen woorden: opgelost, bezig tot een dag, vals alarm, niet van ons, of geaccepteerd en waarom. Noem het nummer {id}.") \
	X(END_CLEAR, "TLP:CLEAR: you may pass this on to anybody.", "TLP:CLEAR: u mag dit aan iedereen doorgeven.") \
	X(END_GREEN, "TLP:GREEN: within your community, not in public.", "TLP:GREEN: binnen uw sector, niet in het openbaar.") \
	X(END_AMBER, "TLP:AMBER: within your organisation and to your clients, who need it to protect themselves.", "TLP:AMBER: binnen uw organisatie en aan uw klanten, voor wie het nodig is om zich te beschermen.") \
	X(END_STRICT, "TLP:AMBER+STRICT: within your own organisation only.", "TLP:AMBER+STRICT: alleen binnen uw eigen organisatie.") \
	X(END_RED, "TLP:RED: for you alone.", "TLP:RED: voor u alleen.")                                 \
	X(END_LEGAL, "This is not a notification that the law may ask of you (NIS2, GDPR): that remains your own.", "Dit is geen melding die de wet van u kan vragen (NIS2, AVG): die blijft van uzelf.") \
	X(END_CARE, "{team} takes care with what it says, and takes no responsibility for mistakes, for what it left out, or for harm that comes of using it.", "{team} bereidt zijn berichten zorgvuldig voor, en is niet aansprakelijk voor fouten, voor wat ontbreekt, of voor schade door het gebruik ervan.") \
	X(END_TEAM, "Team", "Team")                                                                      \
	X(END_MAIL, "Mail", "Mail")                                                                      \
	X(END_PHONE, "Telephone", "Telefoon")                                                            \
	X(END_KEY, "OpenPGP key", "OpenPGP-sleutel")                                                     \
	X(END_NUMBER, "Number", "Nummer")                                                                \
	/* a key of its reader's */                                                                      \
	X(KEY_ENDS, "The key with which we mail you safely ends on {until}.", "De sleutel waarmee wij u veilig mailen, verloopt op {until}.") \
	X(KEY_ENDED, "The key with which we mailed you safely ended on {until}. What is sensitive we cannot mail you any more.", "De sleutel waarmee wij u veilig mailden, is op {until} verlopen. Wat gevoelig is, kunnen wij u niet meer mailen.") \
	X(KEY_REVOKED, "The key with which we mailed you safely was revoked by its owner. What is sensitive we cannot mail you any more.", "De sleutel waarmee wij u veilig mailden, is door de eigenaar ingetrokken. Wat gevoelig is, kunnen wij u niet meer mailen.") \
	X(KEY_LABEL, "Key", "Sleutel")                                                                   \
	X(KEY_KEY, "{key}", "{key}")                                                                     \
	X(KEY_MEND_BEFORE, "After that we cannot mail you what is sensitive. There are two ways to prevent it:", "Daarna kunnen wij u niet mailen wat gevoelig is. U kunt dat op twee manieren voorkomen:") \
	X(KEY_MEND, "There are two ways to mend it:", "U kunt dat op twee manieren herstellen:")          \
	X(KEY_SEND, "Reply to this mail with your new public key, or with this one and a new end. We call you to be sure that it is yours.", "Beantwoord deze mail met uw nieuwe publieke sleutel, of met deze met een nieuwe einddatum. Wij bellen u om zeker te weten dat hij van u is.") \
	X(KEY_CALL, "Or call {phone} (day and night), and say the number {id}.", "Of bel {phone} (dag en nacht), en noem het nummer {id}.") \
	X(KEY_ASK, "Or reply when and where we can call you, and say the number {id}.", "Of antwoord wanneer en waar wij u kunnen bellen, en noem het nummer {id}.") \
	/* our own key */                                                                                \
	X(TEAM_KEY_LEAD, "Each year we take a new OpenPGP key. From {until} on our mail is signed by it; you can encrypt to it now. What is encrypted to the one before we go on reading.", "Elk jaar nemen wij een nieuwe OpenPGP-sleutel. Vanaf {until} is onze mail daarmee ondertekend; versleutelen kan nu al. Wat met de vorige is versleuteld, blijven wij lezen.") \
	X(TEAM_KEY_NEW, "New key", "Nieuwe sleutel")                                                     \
	X(TEAM_KEY_FORMER, "The one before", "De vorige")                                                \
	X(TEAM_KEY_MASTER, "Master key", "Hoofdsleutel")                                                 \
	X(TEAM_KEY_TAKE, "The key is attached. It is certified by the keys above, so that who trusts one of those can see that it is ours; so does the attached statement, which has our signatures.", "De sleutel is bijgevoegd. Hij is ondertekend met de sleutels hierboven, zodat wie een daarvan vertrouwt, kan zien dat hij van ons is; ook de bijgevoegde verklaring heeft onze handtekeningen.") \
	X(TEAM_KEY_CALL, "In doubt? Call {phone} (day and night), and let us read the fingerprint to you.", "Twijfelt u? Bel {phone} (dag en nacht), en laat ons de vingerafdruk voorlezen.") \
	X(TEAM_KEY_ASK, "In doubt? Reply when and where we can call you to read you the fingerprint.", "Twijfelt u? Antwoord wanneer en waar wij u kunnen bellen om de vingerafdruk voor te lezen.") \
	/* a statement of a week */                                                                      \
	X(STATEMENT_LEAD, "In week {round} we sent you these {count}:", "In week {round} stuurden wij u deze {count}:") \
	X(STATEMENT_NONE, "In week {round} we sent you nothing.", "In week {round} stuurden wij u niets.") \
	X(STATEMENT_TOLD, "{id}: {what}, {when}.", "{id}: {what}, {when}.")                              \
	X(STATEMENT_LOST, "{id}: {what}, {when}. It did not arrive by mail.", "{id}: {what}, {when}. Per mail kwam dit niet aan.") \
	X(STATEMENT_COVERED, "You were covered. Feeds that we read: {more}; objects of yours that we watched: {open}.", "U was gedekt. Feeds die wij lazen: {more}; objecten van u die wij bewaakten: {open}.") \
	X(STATEMENT_CLEAN, " Nothing is open.", " Er staat niets open.")                                \
	X(STATEMENT_OPEN, " Open now: {others}.", " Nu open: {others}.")                                \
	X(STATEMENT_MISSING, "Do you miss one of these in your mailbox, or is an object not yours? Reply to this mail", "Mist u een van deze in uw postbus, of is een object niet van u? Beantwoord deze mail") \
	/* a contact test */                                                                             \
	X(TEST_LEAD, "This is a test: once a quarter we ask whether our warnings reach you. Nothing is wrong.", "Dit is een test: eens per kwartaal vragen wij of onze waarschuwingen u bereiken. Er is niets aan de hand.") \
	X(TEST_LINK, "Say that it does: {portal} or reply to this mail", "Zeg dat het zo is: {portal} of beantwoord deze mail") \
	X(TEST_REPLY, "Say that it does: reply to this mail", "Zeg dat het zo is: beantwoord deze mail") \
	X(TEST_MEND, "Should they go to somebody else, or to another address? Then write that in your reply.", "Moeten ze naar iemand anders, of naar een ander adres? Schrijf dat dan in uw antwoord.") \
	/* a receipt of answers */                                                                       \
	X(RECEIPT_LEAD, "We have an answer of yours. This is what we recorded:", "Wij hebben een antwoord van u. Dit hebben wij vastgelegd:") \
	X(RECEIPT_TAKEN, "{id}: {what}{until}, by {who}.", "{id}: {what}{until}, door {who}.")            \
	X(RECEIPT_UNTIL, " until {until}", " tot {until}")                                               \
	X(RECEIPT_WEAK, "{id}: {what}{until}, by {who}. By mail without a signature that we know this counts as \"seen\": confirm it by the link in our warning, sign your mail, or call us.", "{id}: {what}{until}, door {who}. Per mail zonder een handtekening die wij kennen telt dit als \"gezien\": bevestig het via de link in onze waarschuwing, onderteken uw mail, of bel ons.") \
	X(RECEIPT_LATE, "{id}: {what}{until}, by {who}. It changed nothing: this is over already, or cannot be answered so.", "{id}: {what}{until}, door {who}. Er is niets veranderd: dit is al voorbij, of kan niet zo beantwoord worden.") \
	X(RECEIPT_UNDO, "Is something wrong? Take it back: {portal}", "Klopt er iets niet? Neem het terug: {portal}") \
	X(RECEIPT_REPLY, "Is something wrong? Reply to this mail", "Klopt er iets niet? Beantwoord deze mail") \
	X(RECEIPT_NEXT, "What you call fixed is closed when it is not seen any more. Your word alone closes nothing.", "Wat u opgelost noemt, wordt gesloten als het niet meer gezien wordt. Uw woord alleen sluit niets.") \
	/* a message that may not be read on its way */                                                  \
	X(NEUTRAL_WHY, "It has details that nobody may read on their way, and we have no key of yours that we may use, or your mail server cannot be reached safely.", "Er staan details in die onderweg niemand mag lezen, en wij hebben geen sleutel van u die wij mogen gebruiken, of uw mailserver is niet veilig te bereiken.") \
	X(NEUTRAL_NOW, "Call us to hear it now, and say the number {id}.", "Bel ons om het nu te horen, en noem het nummer {id}.") \
	X(NEUTRAL_REPLY, "Reply to this mail, and we tell you how you can hear it; say the number {id}.", "Beantwoord deze mail, dan zeggen wij hoe u het kunt horen; noem het nummer {id}.") \
	X(NEUTRAL_MEND, "So that we can mail you next time: send us your OpenPGP key or S/MIME certificate. We call you back to be sure that it is yours.", "Zodat wij u de volgende keer kunnen mailen: stuur ons uw OpenPGP-sleutel of S/MIME-certificaat. Wij bellen u terug om zeker te weten dat hij van u is.")
// clang-format on
#define X(id, word) id,
enum letter_variable { LETTER_VARIABLES(X) LETTER_VARIABLES_COUNT };
#undef X
#define X(id, en, nl) WORD_##id,
enum letter_word { LETTER_WORDS(X) LETTER_WORDS_COUNT };
#undef X

struct letter_values { // of variables; one that a template names and is not set is a mistake
	struct str of[LETTER_VARIABLES_COUNT];
};

// The template, and the name of a variable; for the test.
struct str letter_template(enum letter_word w, bool dutch);
struct str letter_variable(enum letter_variable v);

// A word without variables.
struct str letter_word(enum letter_word w, bool dutch);
// Into the block that is open: values stand in it as foreign words, but VAR_PORTAL is a link.
void letter_say(struct prose *p, enum letter_word w, bool dutch, const struct letter_values *v);
// On one line, values without what is no letter of a line; at most LETTER_LINE bytes.
enum { LETTER_LINE = 400 };
struct str letter_line(enum letter_word w, bool dutch, const struct letter_values *v,
		       struct arena *a);

// "three of your systems can be taken over now", by the class of the worst.
struct str letter_can(enum issue_class class, int64_t count, bool dutch, struct arena *a);
// What to do now, where no advice says it better.
struct str letter_do(enum issue_class class, bool dutch);
// "the first contact for warnings", as in "you are …".
struct str letter_why(enum delivery_why why, bool dutch);

// What a kind of message is called in a list of them.
const char *letter_kind_en(enum message_kind kind);
const char *letter_kind_nl(enum message_kind kind);
