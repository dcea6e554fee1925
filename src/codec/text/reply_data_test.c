// Replies that others collected, in ../shared/data/mail-replies: what is new in them, as their
// expectations say (zapier/expected.json; talon's readme). Where the folder is absent it is skipped.
// What they call a signature without a mark ("Stavros, via mobile") is not looked for here.
#include "base/test.h"
#include "codec/mail/mime_read.h"
#include "codec/text/reply.h"

#define DATA "../shared/data/mail-replies/"

enum { MOST = 1 << 20, LIMIT = 64 << 20 };

static bool read_file(const char *name, struct arena *a, struct str *out)
{
	FILE *f = fopen(str_z(a, arena_fmt(a, DATA "%s", name)), "rb");
	char *text;

	if (f == NULL) {
		test_skip("the shared data are not there");
		return false;
	}
	text = arena_new(a, char, MOST);
	*out = (struct str){ text, fread(text, 1, MOST, f) };
	fclose(f);
	return true;
}

// Blanks and ends of lines as one blank.
static struct str one_line(struct str s, struct arena *a)
{
	char *out = arena_new(a, char, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool blank = str_has(S(" \t\r\n"), s.p[i]);

		if (!blank || (n > 0 && out[n - 1] != ' '))
			out[n++] = blank ? ' ' : s.p[i];
	}
	return str_trim((struct str){ out, n });
}

static bool is_new(const char *name, struct str text, const char *new, struct arena *a)
{
	struct str got = one_line(reply_new(text, a), a);

	if (!str_eq(got, str_of(new)))
		printf("#   %s: «" STR_FMT "»\n", name, STR_ARG(str_first(got, 200)));
	return str_eq(got, str_of(new));
}

TEST("reply: texts of zapier, whole")
{
	static const struct {
		const char *name, *new;
	} rows[] = {
		{ "email_gmail", "This is a test for inbox replying to a github message." },
		{ "email_2_1", "Outlook with a reply" },
		{ "email_2_2", "Outlook with a reply directly above line" },
		{ "email_headers_no_delimiter", "And another reply!" },
		{ "correct_sig", "this is an email with a correct -- signature." },
		{ "email_iPhone", "Here is another email" },
		{ "email_BlackBerry", "Here is another email" },
		{ "email_multi_word_sent_from_my_mobile_device", "Here is another email" },
		{ "email_sent_from_my_not_signature",
		  "Here is another email Sent from my desk, is much easier then my mobile phone." },
		{ "email_1_7", ":+1:" },
		{ "email_1_4", "Awesome! I haven't had another problem with it." },
		{ "email_1_8", "I will reply under this one and under this." },
		{ "email_bullets", "test 2 this should list second and have spaces and retain this "
				   "formatting - how about bullets - and another" },
		{ "pathological", "I think you're onto something. I will try to fix the problem as "
				  "soon as I get back to a computer." },
		{ "email_1_3", "Oh thanks. Having the function would be great. -Abhishek Kona" },
	};
	autoarena a = { 0 };
	unsigned wrong = 0;

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct str text;

		if (!read_file(str_z(&a, arena_fmt(&a, "zapier/%s.txt", rows[i].name)), &a, &text))
			return;
		wrong += !is_new(rows[i].name, text, rows[i].new, &a);
	}
	printf("#   %zu of %zu are as they say\n", COUNTOF(rows) - wrong, COUNTOF(rows));
	CHECK(wrong == 0);
}

TEST("reply: texts of zapier, what is in them and what is not")
{
	static const struct {
		const char *name, *has, *lacks;
	} rows[] = {
		{ "email_1_1", "Hi folks", "riak-users" },
		{ "email_1_2", "Hi,\n", "On Tue" },
		{ "email_1_2", "You can list the keys", "riak-users" },
		{ "email_1_5", "- This is the fourth bullet point", ">" },
		{ "email_1_5", "for a while.", ">" },
		{ "email_1_6", "I get proper rendering", "On Dec" },
		{ "email_one_is_not_on", "One outstanding question I had:", "On Oct" },
		{ "greedy_on", "On your remote host you can run:", "On 9 Jan" },
		{ "greedy_on", "telnet 127.0.0.1", "odd issue" },
		{ "email_sig_delimiter_in_middle_of_line", "fix -- this is not", ">" },
		{ "email_sig_delimiter_in_middle_of_line", "kthxbai", ">" },
	};
	autoarena a = { 0 };

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct str text, new;

		if (!read_file(str_z(&a, arena_fmt(&a, "zapier/%s.txt", rows[i].name)), &a, &text))
			return;
		new = reply_new(text, &a);
		if (!str_contains(new, str_of(rows[i].has)) ||
		    str_contains(new, str_of(rows[i].lacks)))
			printf("#   %s: «" STR_FMT "»\n", rows[i].name, STR_ARG(new));
		CHECK(str_contains(new, str_of(rows[i].has)) &&
		      !str_contains(new, str_of(rows[i].lacks)));
	}
}

static struct str part_of(struct str mail, struct str type, struct arena *a)
{
	struct mime_parts parts;

	mime_parts(mail, a, &parts);
	LIST_EACH (const struct mime_part, p, &parts.at)
		if (str_eq(p->type, type))
			return p->bytes;
	return (struct str){ 0 };
}

TEST("reply: mails of talon, as text and as HTML")
{
	static const char *const names[] = { "android", "aol",     "apple_mail",  "apple_mail_2",
					     "comcast", "gmail",   "hotmail",     "iphone",
					     "outlook", "sparrow", "thunderbird", "yahoo" };
	static const char outlook[] = "Allo! Follow up MIME!"; // its text part says another thing
	autoarena a = { 0 };
	unsigned wrong = 0, count = 0;

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(names); i++) {
		struct str mail, html;
		const char *name =
			str_z(&a, arena_fmt(&a, "talon/standard_replies/%s.eml", names[i]));

		if (!read_file(name, &a, &mail))
			return;
		wrong += !is_new(name, part_of(mail, S("text/plain"), &a), "Hello", &a);
		html = part_of(mail, S("text/html"), &a);
		if (html.n > 0)
			wrong += !is_new(name, reply_html(html, &a),
					 strcmp(names[i], "outlook") == 0 ? outlook : "Hello", &a);
		count += html.n > 0 ? 2 : 1;
	}
	printf("#   %u of %u are as they say\n", count - wrong, count);
	CHECK(wrong == 0);
}

TEST("reply: HTML of talon")
{
	static const struct {
		const char *name, *new;
	} rows[] = {
		{ "html_replies/gmail", "Hi. I am fine. Thanks, Alex" },
		{ "html_replies/hotmail", "Hi. I am fine. Thanks, Alex" },
		{ "html_replies/mail_ru", "Hi. I am fine. Thanks, Alex" },
		{ "html_replies/ms_outlook_2003", "Hi. I am fine. Thanks, Alex" },
		{ "html_replies/ms_outlook_2010", "Hi. I am fine. Thanks, Alex" },
		{ "html_replies/thunderbird", "Hi. I am fine. Thanks, Alex" },
		{ "html_replies/windows_mail", "Hi. I am fine. Thanks, Alex" },
		{ "OLK_SRC_BODY_SECTION", "Reply" },
		{ "reply-separated-by-hr", "Hi there Bob" },
	};
	autoarena a = { 0 };
	unsigned wrong = 0;

	arena_init(&a, LIMIT);
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct str html;

		if (!read_file(str_z(&a, arena_fmt(&a, "talon/%s.html", rows[i].name)), &a, &html))
			return;
		wrong += !is_new(rows[i].name, reply_html(html, &a), rows[i].new, &a);
	}
	printf("#   %zu of %zu are as they say\n", COUNTOF(rows) - wrong, COUNTOF(rows));
	CHECK(wrong == 0);
}
