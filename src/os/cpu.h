// What this processor can do, for code that has a faster twin.
#pragma once

#include <stdbool.h>

bool cpu_has_avx2(void); // with carry-less multiplication and BMI2, as all that have AVX2 do
