/* SPDX-License-Identifier: MIT */
/*
 * page.c - what stands around the content of a page.
 *
 * The policy in its head forbids all that it does not carry itself: whatever a string of a
 * scenario would load or run, a browser does not.
 */
#include "reports/html/html.h"

void html_begin(const char *title, struct text *out)
{
	text_add(out, "<!DOCTYPE html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
		      "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; "
		      "style-src 'nonce-baton'; script-src 'nonce-baton'\">\n"
		      "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
		      "<title>");
	html_text(title, out);
	text_add(out, "</title>\n<style nonce=baton>\n");
	text_add(out, html_style);
	text_add(out, "</style>\n<script nonce=baton>document.documentElement.className = 'js';"
		      "</script>\n</head>\n<body>\n");
}

void html_end(struct text *out)
{
	text_add(out, "<script nonce=baton>\n");
	text_add(out, html_script);
	text_add(out, "</script>\n</body>\n</html>\n");
}
