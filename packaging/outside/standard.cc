/* SPDX-License-Identifier: MIT */
/* C++'s own threads, mutexes and condition variables: two wait, and one is woken. */
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include <baton/pthread.h>
#include <baton/report.h>

namespace
{

class Gate
{
      public:
	explicit Gate(bool wakes_all) : wakes_all(wakes_all)
	{
	}

	void pass()
	{
		std::unique_lock<std::mutex> lock(mutex);

		condition.wait(lock, [this] { return open; });
	}

	void let_pass()
	{
		{
			const std::lock_guard<std::mutex> lock(mutex);

			open = true;
		}
		if (wakes_all)
			condition.notify_all();
		else
			condition.notify_one();
	}

      private:
	std::mutex mutex;
	std::condition_variable condition;
	const bool wakes_all;
	bool open = false;
};

void run(void *arg)
{
	Gate gate(arg != nullptr);
	std::vector<std::thread> threads;
	std::atomic<int> passed{ 0 };

	for (int i = 0; i < 2; i++)
		threads.emplace_back([&gate, &passed] {
			gate.pass();
			passed++;
		});
	gate.let_pass();
	for (std::thread &thread : threads)
		thread.join();
	BATON_ASSERT(passed == 2 && !threads[0].joinable());
}

int explore(const char *name, void *wakes_all)
{
	static baton_threads threads;

	return baton_main(baton_threads_init(&threads, name, run, wakes_all, 2), nullptr);
}

} // namespace

/* Waking both is right. */
int main()
{
	int yes = 1;

	return explore("notify_all", &yes) ? 2 : explore("notify_one", nullptr);
}
