/* SPDX-License-Identifier: MIT */
/*
 * cxx_threads.h - std::thread and std::condition_variable on simulated CPUs (libstdc++).
 *
 * For unchanged code: with the folder baton/dropin/threads in front of the other include paths
 * its `#include <thread>`, `<condition_variable>` and `<future>` find this file, too. The members
 * below are in the library of C++, which would call the C library's functions, unseen; where a
 * program has its own, those are taken. All else, std::mutex among it, is in headers, and calls
 * what stands in for POSIX's functions there.
 *
 * Each is one call of what <baton/pthread.h> has for the same, and says what may happen. Outside
 * a simulated CPU that is the C library's function.
 *
 * Layer: public. May include: baton/pthread.h.
 */
#ifndef BATON_DROPIN_CXX_THREADS_H
#define BATON_DROPIN_CXX_THREADS_H

#include <condition_variable>
#include <system_error>
#include <thread>

#include "baton/pthread.h"

#ifdef __GLIBCXX__

namespace std
{

/* Many files may have them. */
#define BATON_MEMBER_ __attribute__((weak))

BATON_MEMBER_ void thread::_M_start_thread(_State_ptr state, void (*)())
{
	void *(*run)(void *) = [](void *arg) -> void * {
		_State_ptr own(static_cast<_State *>(arg));

		own->_M_run();
		return nullptr;
	};
	const int error = baton_thread_create(BATON_OWN("std::thread"), &_M_id._M_thread, nullptr,
					      run, state.get());

	if (error)
		throw system_error(error, generic_category());
	(void)state.release();
}

BATON_MEMBER_ void thread::join()
{
	const int error = joinable() ? baton_thread_join(BATON_OWN("std::thread::join()"),
							 _M_id._M_thread, nullptr) :
				       EINVAL;

	if (error)
		throw system_error(error, generic_category());
	_M_id = id();
}

BATON_MEMBER_ void thread::detach()
{
	const int error = joinable() ? baton_thread_detach(_M_id._M_thread) : EINVAL;

	if (error)
		throw system_error(error, generic_category());
	_M_id = id();
}

BATON_MEMBER_ void condition_variable::wait(unique_lock<mutex> &lock)
{
	(void)baton_cond_wait(BATON_OWN("std::condition_variable::wait()"), native_handle(),
			      lock.mutex()->native_handle());
}

BATON_MEMBER_ void condition_variable::notify_one() noexcept
{
	(void)baton_cond_signal(BATON_OWN("std::condition_variable::notify_one()"),
				native_handle());
}

BATON_MEMBER_ void condition_variable::notify_all() noexcept
{
	(void)baton_cond_broadcast(BATON_OWN("std::condition_variable::notify_all()"),
				   native_handle());
}

#undef BATON_MEMBER_

} // namespace std

#endif

#endif
