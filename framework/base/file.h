/* SPDX-License-Identifier: MIT */
/*
 * file.h - whole files: read at once, and replaced at once.
 *
 * Whoever looks at a file that is written here, at any moment and after any kill, finds what
 * it was before or what it is to be: the text is written under another name beside it
 * ("PATH.new"), brought to the disk, and then given its name. Of several who write the same
 * file, one comes after the other.
 *
 * Layer: base. May include: base/err.h.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/err.h"

/**
 * file_read() - append what is in a file.
 * @bytes_max: a longer one is an error; after an error some of it may have been appended
 *
 * Return: 0; EFBIG if there are more bytes than @bytes_max, else the errno of what failed.
 */
int file_read(const char *path, size_t bytes_max, struct text *bytes);

/* The same, of what is open already, up to its end. */
int file_read_from(int from, size_t bytes_max, struct text *bytes);

/**
 * file_replace() - make @text the content of a file, which need not be there yet.
 *
 * A link is followed, and a file keeps its permissions. After an error the file is as before.
 *
 * Return: 0; -1 with "cannot write 'PATH': REASON" in @err.
 */
int file_replace(const char *path, const struct text *text, struct err *err);

/* Make the folder of @path, and those that it is in. Return: 0, or -1 with an error. */
int file_make_folders(const char *path, struct err *err);

#endif
