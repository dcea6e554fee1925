// What this machine is called.
#pragma once

enum { MACHINE_NAME = 65 };

void machine_name(
	char out[MACHINE_NAME]); // letters, digits, '-', '.', '_'; "machine" where it has none
