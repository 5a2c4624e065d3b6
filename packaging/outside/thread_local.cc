/* SPDX-License-Identifier: MIT */
/* Thread-local objects of C++: each thread makes its own, and has destroyed it when it is joined. */
#include <pthread.h>

#include <baton/pthread.h>
#include <baton/report.h>
#include <string>

namespace
{

int made, destroyed;

struct Log {
	Log()
	{
		made++;
	}
	Log(const Log &) = delete;
	Log &operator=(const Log &) = delete;
	~Log()
	{
		BATON_ASSERT(text.size() == 40);
		destroyed++;
	}

	std::string text;
};

thread_local Log log;

void *write_log(void *)
{
	for (int i = 0; i < 2; i++) {
		baton_access(BATON_HERE("step"), &made, BATON_RMW);
		log.text += std::string(20, 'x');
	}
	return nullptr;
}

void run(void *)
{
	pthread_t threads[2];

	made = destroyed = 0;
	for (pthread_t &thread : threads)
		pthread_create(&thread, nullptr, write_log, nullptr);
	for (pthread_t &thread : threads)
		pthread_join(thread, nullptr);
	BATON_ASSERT(made == 2 && destroyed == 2);
}

} // namespace

int main()
{
	static baton_threads threads;

	return baton_main(baton_threads_init(&threads, "thread_local", run, nullptr, 2), nullptr);
}
