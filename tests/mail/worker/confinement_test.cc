#include "mail/worker/confinement.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <functional>

namespace leadmail::mail::worker {
namespace {

/// What became of a process that was confined so and tried `attempt`: "exit N", or "killed by N".
std::string confined(const std::function<int()>& attempt, Result<void> (*by)() = &confine) {
  const pid_t child = fork();
  if (child == 0) {
    if (!by()) _exit(99);
    _exit(attempt());
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) return "killed by " + std::string(strsignal(WTERMSIG(status)));
  return "exit " + std::to_string(WEXITSTATUS(status));
}

const std::string kKilled = "killed by Bad system call";

TEST(Confinement, LetsAWorkerThinkAndAnswer) {
  EXPECT_EQ(confined([] {
              std::string text(1 << 20, 'x');
              return text.size() == 1 << 20 ? 0 : 1;
            }),
            "exit 0");
}

TEST(Confinement, RefusesToOpenAnyFile) {
  EXPECT_EQ(confined([] { return open("/etc/passwd", O_RDONLY | O_CLOEXEC) == -1 && errno == EACCES ? 0 : 1; }),
            "exit 0");
  EXPECT_EQ(confined([] {
              return open("/tmp/worker", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) == -1 && errno == EACCES ? 0 : 1;
            }),
            "exit 0");
}

TEST(Confinement, KillsAWorkerThatWantsASocket) {
  EXPECT_EQ(confined([] { return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 1 : 0; }), kKilled);
  EXPECT_EQ(confined([] { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? 1 : 0; }), kKilled);
}

TEST(Confinement, KillsAWorkerThatWantsAProcess) {
  EXPECT_EQ(confined([] { return fork() >= 0 ? 1 : 0; }), kKilled);
  EXPECT_EQ(confined([] {
              char name[] = "/bin/true";
              char* arguments[] = {name, nullptr};
              return execv(name, arguments);
            }),
            kKilled);
}

TEST(Confinement, KillsAWorkerThatReachesForOthers) {
  EXPECT_EQ(confined([] { return kill(getppid(), SIGTERM) == 0 ? 1 : 0; }), kKilled);
  EXPECT_EQ(confined([] { return ptrace(PTRACE_ATTACH, 1, nullptr, nullptr) == 0 ? 1 : 0; }), kKilled);
  EXPECT_EQ(confined([] { return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); }), kKilled);
}

TEST(Confinement, KillsAWorkerThatWantsExecutableMemory) {
  EXPECT_EQ(confined([] {
              return mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                             MAP_FAILED
                         ? 0
                         : 1;
            }),
            kKilled);
}

TEST(Confinement, LeavesTheNurseryNothingButToCopyItself) {
  EXPECT_EQ(confined([] { return open("/etc/passwd", O_RDONLY | O_CLOEXEC) == -1 && errno == EACCES ? 0 : 1; },
                     &confine_nursery),
            "exit 0");
  EXPECT_EQ(confined([] { return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 1 : 0; }, &confine_nursery), kKilled);
  EXPECT_EQ(confined([] { return kill(getppid(), SIGTERM) == 0 ? 1 : 0; }, &confine_nursery), kKilled);
  EXPECT_EQ(confined(
                [] {
                  char name[] = "/bin/true";
                  char* arguments[] = {name, nullptr};
                  return execv(name, arguments);
                },
                &confine_nursery),
            kKilled);
  EXPECT_EQ(confined([] { return static_cast<int>(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0)); },
                     &confine_nursery),
            kKilled)
      << "a copy with a namespace of its own";
  EXPECT_EQ(confined(
                [] {
                  const auto copy = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
                  if (copy == 0) _exit(0);
                  return copy > 0 ? 0 : 1;
                },
                &confine_nursery),
            "exit 0");
}

TEST(Confinement, ACopyOfTheNurseryGivesTheRestUp) {
  EXPECT_EQ(confined(
                [] {
                  if (!confine()) return 1;
                  return static_cast<int>(syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0));
                },
                &confine_nursery),
            kKilled);
}

/// What it may use of a resource, as the confined process itself sees it.
int is_limited(__rlimit_resource resource) {
  rlimit limits{};
  return getrlimit(resource, &limits) == 0 && limits.rlim_cur != RLIM_INFINITY ? 0 : 1;
}

// getrlimit(2) is no call of a worker's: only a sanitizer may make it. So the limit shows in what it forbids.
TEST(Confinement, LimitsMemoryUnlessASanitizerNeedsIt) {
  const auto takes_two_gibibytes = [] {
    void* const memory = mmap(nullptr, std::size_t{2} << 30U, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? 0 : 1;
  };
#ifdef LEADMAIL_SANITIZED
  EXPECT_EQ(confined(takes_two_gibibytes), "exit 1");
  EXPECT_EQ(confined([] { return is_limited(RLIMIT_NOFILE) + is_limited(RLIMIT_CORE) + is_limited(RLIMIT_FSIZE); }),
            "exit 0")
      << "nothing but the address space is lifted";
#else
  EXPECT_EQ(confined(takes_two_gibibytes), "exit 0");
  EXPECT_EQ(confined([] { return is_limited(RLIMIT_NOFILE); }), kKilled);
#endif
}

}  // namespace
}  // namespace leadmail::mail::worker
