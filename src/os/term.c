#include "os/term.h"

#include "base/str.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool term_is(int fd)
{
	return isatty(fd) == 1;
}

unsigned term_width(int fd)
{
	struct winsize size = { 0 };
	uint64_t said = 0;

	if (!str_to_uint(str_of(getenv("COLUMNS")), TERM_MOST, &said) &&
	    ioctl(fd, TIOCGWINSZ, &size) == 0)
		said = size.ws_col;
	if (said == 0)
		return TERM_WIDTH;
	if (said < TERM_LEAST)
		return TERM_LEAST;
	return said > TERM_MOST ? TERM_MOST : (unsigned)said;
}

bool term_colour(int fd)
{
	const char *no = getenv("NO_COLOR");

	return term_is(fd) && (no == NULL || no[0] == '\0');
}
