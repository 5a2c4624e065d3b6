/* SPDX-License-Identifier: MIT */
/*
 * tree.h - the files that the style test looks at.
 *
 * Layer: check. May include: base.
 */
#ifndef CHECK_TREE_H
#define CHECK_TREE_H

#include <stddef.h>

/* The three strings are @length bytes long, terminated, and have the same line ends. */
struct file {
	const char *path; /* relative to the root */
	char *bytes;      /* as read */
	char *code;       /* C with comments and the contents of literals blanked */
	char *literals;   /* the contents of literals, all else blanked */
	size_t length;
};

/**
 * tree_walk() - call @look for every regular file below @root, in the order of the paths.
 *
 * Left out are build/ and .git, and what editors and language servers cache.
 *
 * Return: the number of files, or -1 if @root or a file cannot be read.
 */
int tree_walk(const char *root, void (*look)(const struct file *file));

/**
 * tree_read() - the text of one more file.
 * @path: relative to the root of the tree_walk() that is under way
 *
 * Return: owned by the caller, or NULL if there is no such file.
 */
char *tree_read(const char *path, size_t *length);

#endif
