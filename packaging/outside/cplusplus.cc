/* SPDX-License-Identifier: MIT */
/* The race of explicit.c in C++, with what a program can read of the result. */
#include <baton/alloc.h>
#include <baton/explain.h>
#include <baton/pthread.h>
#include <baton/report.h>
#include <baton/tsan.h>

#include <cstdio>
#include <string>

namespace
{

class Account {
    public:
	/* In the class, so inline: its point is, too. */
	void deposit()
	{
		POINT("account/read");
		baton_access(BATON_HERE("read"), &balance, BATON_READ);
		const int was = balance;
		baton_access(BATON_HERE("write"), &balance, BATON_WRITE);
		balance = was + 1;
	}

	int balance = 0;
};

Account account;

void deposit(void *)
{
	account.deposit();
}

void open_account(void *)
{
	account = Account();
}

void check(void *)
{
	BATON_ASSERT(account.balance == 2);
}

} // namespace

int main()
{
	const baton_cpu_program cpus[] = { { "a", deposit, nullptr, -1 },
					   { "b", deposit, nullptr, -1 } };
	baton_program program = {};
	program.size = sizeof(program);
	program.name = "account";
	program.cpus = cpus;
	program.cpu_count = 2;
	program.setup = open_account;
	program.finally = check;

	baton_search search = baton_search_all();
	baton_result result;
	if (baton_explore(&program, &search, &result)) {
		std::fputs(result.finding, stderr);
		return 2;
	}
	std::printf("%s: %llu of %llu executions: %s, by %s\n",
		    baton_verdict_name(baton_verdict(&result)),
		    static_cast<unsigned long long>(result.findings),
		    static_cast<unsigned long long>(result.executions), result.kinds[0].name,
		    result.schedule);

	baton_explanation explanation;
	const int explained =
		baton_explain(&program, &search, result.schedule, nullptr, &explanation);
	std::fputs(explanation.report, stdout);
	baton_explanation_release(&explanation);
	baton_result_release(&result);
	return explained;
}
