#include "base/test.h"
#include "codec/text/reply.h"

enum { LIMIT = 1 << 20 };

TEST("reply: what is new, without quote and signature, in the languages around us")
{
	static const struct {
		const char *text, *new;
	} rows[] = {
		{ "OPGELOST\n\nOp ma 2 mrt 2026 schreef Z-CERT:\n> Kritiek\n", "OPGELOST" },
		{ "FIXED F-1\r\n\r\nOn Mon, 2 Mar 2026, Z-CERT wrote:\r\n> x\r\n", "FIXED F-1" },
		{ "Done\n-- \nJ. Doe\nCISO\n", "Done" },
		{ "Ja\n\n-----Oorspronkelijk bericht-----\nVan: x\nOPGELOST\n", "Ja" },
		{ "Ja\n\nVan: Z-CERT\nVerzonden: maandag\nAan: x\nOnderwerp: y\n\nOPGELOST\n",
		  "Ja" },
		{ "Ja\nVerstuurd vanaf mijn iPhone\n", "Ja" },
		{ "> quoted\nnot ours\n> more\nfixed\n", "not ours\nfixed" },
		{ "On Monday we fixed it.\n", "On Monday we fixed it." },
		{ "On Mon, Mar 2, 2026 at 10:00 AM Z-CERT\n<cert@z.example> wrote:\n> x\n", "" },
		{ "Seen\nOp ma 2 mrt 2026 schreef Z-CERT:\n\nFIXED\n",
		  "Seen" }, // whose word is it?
		{ "Op ma 2 mrt 2026 schreef Z-CERT:\n> x\nFIXED\n> y\n", "FIXED" },
		{ "Op 2 mrt. 2026 om 10:00 heeft Z-CERT\n<cert@z.example> het "
		  "volgende\ngeschreven:\n>x",
		  "" },
		{ "Ja\nLe lun. 2 mars 2026 à 10:00, Z-CERT a écrit\xc2\xa0:\n> x\n", "Ja" },
		{ "Ja\nAm 02.03.26 um 10:00 schrieb Z-CERT:\n> x\n", "Ja" },
		{ "Ja\n2026-03-02 10:00 GMT+01:00 Z-CERT <cert@z.example>:\n> x\n", "Ja" },
		{ "Ja\nVon: Z\nGesendet: Montag\nAn: x\nBetreff: y\nFIXED\n", "Ja" },
		{ "Ja\nDe : Z\nEnvoyé : lundi\nÀ : x\nObjet : y\nFIXED\n", "Ja" },
		{ "Ja\nVerstuurd vanaf Outlook voor iOS<https://aka.example/x>\nFIXED\n", "Ja" },
		{ "Verstuurd vanaf mijn bureau, dus traag\n",
		  "Verstuurd vanaf mijn bureau, dus traag" },
		{ "Van: het hoofd\nklopt dit?\n", "Van: het hoofd\nklopt dit?" },
		{ "Ja\n----------\n", "Ja" },
		{ "Ja\n________________________________\nVan: x\n", "Ja" },
		{ "John wrote:\nFIXED\n", "John wrote:\nFIXED" },
		{ "", "" },
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++)
		CHECK(str_eq(reply_new(str_of(rows[i].text), &a), str_of(rows[i].new)));
}
