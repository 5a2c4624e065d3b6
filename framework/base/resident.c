/* SPDX-License-Identifier: MIT */
#include "base/resident.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* "total resident ...", in pages. Not kept open: a child would read of its parent. */
static uint64_t read_pages(void)
{
	char line[128] = "";
	int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	const char *space;

	if (file < 0)
		return 0;
	if (read(file, line, sizeof(line) - 1) < 0)
		*line = '\0';
	close(file);
	space = strchr(line, ' ');
	return space ? strtoull(space, NULL, 10) : 0;
}

uint64_t resident_bytes(void)
{
	uint64_t pages = read_pages();
	struct rusage usage;

	if (pages)
		return pages * (uint64_t)sysconf(_SC_PAGESIZE);
	return getrusage(RUSAGE_SELF, &usage) ? 0 : (uint64_t)usage.ru_maxrss * 1024;
}
