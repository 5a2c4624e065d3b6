/* SPDX-License-Identifier: MIT */
/*
 * tls_exit.c - C++'s thread-local objects are destroyed at the end of the CPU that has made them.
 *
 * This definition wins over that of C++'s library, which would do so at the end of the OS thread.
 */
#include "base/vec.h"
#include "engine/sim_state.h"
#include "engine/tls.h"

struct object {
	void (*destroy)(void *object);
	void *address;
	int cpu;
	unsigned long execution;
};

static VEC(struct object) objects;

/* The C library's; registers for the OS thread. */
int __cxa_thread_atexit_impl(void (*destroy)(void *object), void *address, void *library)
	__attribute__((weak));

/* By g++ and clang++, where an object is made (Itanium C++ ABI). Seen from outside of the library,
 * too: baton/decl.h. */
BATON_BEGIN
int __cxa_thread_atexit(void (*destroy)(void *object), void *address, void *library);
int __cxa_thread_atexit(void (*destroy)(void *object), void *address, void *library)
{
	const struct object object = { destroy, address, baton_cpu(), sim_execution };

	if (!sim.current)
		return __cxa_thread_atexit_impl ?
			       __cxa_thread_atexit_impl(destroy, address, library) :
			       -1;
	if (objects.count && objects.items[0].execution != sim_execution)
		objects.count = 0;
	vec_push(&objects, object);
	return 0;
}
BATON_END

/* The youngest object of this CPU. Return: false if it has none. */
static bool take_object(struct object *object)
{
	for (size_t i = objects.count; i--;) {
		*object = objects.items[i];
		if (object->cpu != baton_cpu() || object->execution != sim_execution)
			continue;
		for (objects.count--; i < objects.count; i++)
			objects.items[i] = objects.items[i + 1];
		return true;
	}
	return false;
}

void tls_end_thread(void)
{
	struct object object;

	while (objects.count && take_object(&object))
		object.destroy(object.address);
}
