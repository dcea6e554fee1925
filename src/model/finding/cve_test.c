#include "base/buf.h"
#include "base/test.h"
#include "model/finding/cve.h"

TEST("cve: each of a list, in one spelling, and nothing else that stands there")
{
	static const struct {
		const char *list, *has;
	} rows[] = {
		{ "CVE-2021-26855", "CVE-2021-26855 " },
		{ "exchange;cve-2021-26855;CVE-2022-41040", "CVE-2021-26855 CVE-2022-41040 " },
		{ " cve-2023-1234567890123456789 , Cve-2024-0001;",
		  "CVE-2023-1234567890123456789 CVE-2024-0001 " },
		{ "CVE-2023-12345678901234567890", "" },
		{ "CVE-2023-123;CVE-23-1234;CVE-2023;CVE;CVE-2023-12a4;XCVE-2023-1234", "" },
		{ "CVE-2023-1234-5", "" },
		{ "", "" },
		{ ";;,", "" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct str list = str_of(rows[i].list);
		char text[256], cve[CVE_TEXT];
		struct buf b = BUF_ON(text);

		while (cve_next(&list, cve)) {
			buf_str(&b, str_of(cve));
			buf_char(&b, ' ');
		}
		if (!str_eq(buf_view(&b), str_of(rows[i].has)))
			printf("# row %zu: %.*s\n", i, STR_ARG(buf_view(&b)));
		CHECK(str_eq(buf_view(&b), str_of(rows[i].has)));
	}
}
