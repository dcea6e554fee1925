// The compiler attributes that we use, under one name each.
#pragma once

#define MUST_USE           __attribute__((warn_unused_result))
#define PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define UNUSED             __attribute__((unused))
#define CLEANUP(fn)        __attribute__((cleanup(fn)))
#define COUNTOF(a)         (sizeof(a) / sizeof((a)[0]))
#define LIKELY(x)          __builtin_expect(!!(x), 1)
#define UNLIKELY(x)        __builtin_expect(!!(x), 0)

// Give the value away and leave the empty value behind.
#define TAKE(lv, empty)               \
	({                            \
		typeof(lv) t_ = (lv); \
		(lv) = (empty);       \
		t_;                   \
	})
