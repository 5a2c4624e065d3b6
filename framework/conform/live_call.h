/* SPDX-License-Identifier: MIT */
/*
 * live_call.h - how the processes of a script are told what to do, and answer.
 *
 * Each has a socket of its own, whose other end only the front has: a process that dies is
 * noticed at once, and all of them are when the front does. One call, one reply: the next
 * operation begins when the one before has ended.
 *
 * Layer: conform. May include: conform, base.
 */
#ifndef CONFORM_LIVE_CALL_H
#define CONFORM_LIVE_CALL_H

#include "conform/stall.h"

#define LIVE_TEXT_SIZE 256 /* bytes of a reply's text, with its end */

enum live_verb {
	LIVE_DO,    /* the operation */
	LIVE_STALL, /* the operation is held, and others run meanwhile */
	LIVE_OPEN,  /* the host makes what scripts need; replies with what is missing */
	LIVE_BEGIN, /* the host starts A */
	LIVE_END,   /* the host ends all processes of the script */
	LIVE_CLOSE, /* the host undoes what it made, and ends */
};

struct live_call {
	enum live_verb verb;
	struct conform_op op;   /* of LIVE_DO; of LIVE_STALL, without arguments */
	unsigned int meanwhile; /* of LIVE_STALL: index into stall_meanwhiles */
};

struct live_reply {
	long result; /* as struct conform_op's seen */
	char text[LIVE_TEXT_SIZE];
};

/* A pair of ends. Return: 0 or -errno. */
int live_call_pair(int ends[2]);

/**
 * live_call_send() - send a call, and with it a descriptor.
 * @passed: the receiver gets a copy of it; -1: none
 *
 * Return: 0, or -errno: -EPIPE if nobody is there.
 */
int live_call_send(int to, const struct live_call *call, int passed);

/**
 * live_call_receive() - wait for a call.
 * @passed: what came with it, to be closed; -1: nothing did
 *
 * Return: 0, or -1 if nobody is there any more.
 */
int live_call_receive(int from, struct live_call *call, int *passed);

/* Send @reply. Return: 0, or -1 if nobody is there any more. */
int live_call_reply(int to, const struct live_reply *reply);

/**
 * live_call_wait() - wait for the reply.
 * @milliseconds: not longer than this
 *
 * Return: 0, -ETIMEDOUT, or -EPIPE if the process has ended.
 */
int live_call_wait(int from, struct live_reply *reply, int milliseconds);

#endif
