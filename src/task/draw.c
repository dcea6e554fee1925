#include "task/draw.h"

#include "codec/text/id.h"
#include "os/random.h"

uint32_t draw_number(struct draw *d)
{
	for (;;) {
		uint32_t n;

		if (d->left == 0) {
			random_fill(d->number, sizeof d->number);
			d->left = DRAW_AHEAD;
		}
		n = d->number[--d->left];
		if (n < UINT32_MAX / ID_COUNT * ID_COUNT) // what lies above is drawn again
			return n % ID_COUNT;
	}
}
