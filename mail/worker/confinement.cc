#include "mail/worker/confinement.h"

#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>

namespace leadmail::mail::worker {
namespace {

#ifdef LEADMAIL_SANITIZED
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

/// Room for a message of the largest size we take whole, its parts and its text.
constexpr rlim_t kAddressSpace = rlim_t{1} << 30;
constexpr rlim_t kCpuSeconds = 600;  // over the worker's whole life; one message is watched by the pool's deadline

Error refused(const char* what) { return {Next::stop, std::string(what) + ": " + std::strerror(errno)}; }

Result<void> limit(__rlimit_resource resource, rlim_t value, const char* what) {
  const rlimit both{value, value};
  if (setrlimit(resource, &both) != 0) return refused(what);
  return {};
}

/// A nursery has its own descriptor and that of the worker to be.
enum class Role { worker, nursery };

Result<void> limit_resources(Role role) {
  if (auto done = limit(RLIMIT_CORE, 0, "RLIMIT_CORE"); !done) return done;
  if (auto done = limit(RLIMIT_FSIZE, 0, "RLIMIT_FSIZE"); !done) return done;
  if (auto done = limit(RLIMIT_CPU, kCpuSeconds, "RLIMIT_CPU"); !done) return done;
  // The check of dynamic types asks a pipe whether memory can be read.
  const rlim_t files = kSanitized ? 12 : role == Role::nursery ? 2 : 1;
  if (auto done = limit(RLIMIT_NOFILE, files, "RLIMIT_NOFILE"); !done) return done;
  // The sanitizers reserve terabytes of address space for their shadow.
  if (!kSanitized) return limit(RLIMIT_AS, kAddressSpace, "RLIMIT_AS");
  return {};
}

constexpr int kAllowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(recvfrom),
    SCMP_SYS(sendto),
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getrandom),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(exit_group),
    SCMP_SYS(exit),
    SCMP_SYS(gettid),
    SCMP_SYS(getpid),
    SCMP_SYS(restart_syscall),
};

/// Beside these a nursery may only copy itself. Its copies give all of it up before they read a byte.
constexpr int kForNursery[] = {
    SCMP_SYS(recvmsg), SCMP_SYS(dup2),      SCMP_SYS(dup3),      SCMP_SYS(close),  SCMP_SYS(prctl),
    SCMP_SYS(seccomp), SCMP_SYS(setrlimit), SCMP_SYS(prlimit64), SCMP_SYS(tgkill),
};

constexpr int kForSanitizers[] = {
    SCMP_SYS(sigaltstack),       SCMP_SYS(sched_yield), SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),   SCMP_SYS(getrlimit),   SCMP_SYS(prlimit64),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(pipe2),       SCMP_SYS(close),
};

/// Asked for by libraries that can do without: locale and converter files, terminal checks.
constexpr int kRefusedKindly[] = {
    SCMP_SYS(open),  SCMP_SYS(openat),     SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(stat),       SCMP_SYS(lstat),
    SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(statx),  SCMP_SYS(readlink),  SCMP_SYS(readlinkat), SCMP_SYS(ioctl),
};

/// Memory, but never executable memory.
int allow_without_exec(scmp_filter_ctx filter, int call) {
  return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

/// abort() sends itself a signal; nobody else may be sent one.
int allow_signal_to_self(scmp_filter_ctx filter) {
  return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                          SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid())));
}

/// A copy of the process, which is no thread and has no namespace of its own.
int allow_copies(scmp_filter_ctx filter) {
  return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_EQ, CLONE_PARENT | SIGCHLD));
}

Result<void> filter_calls(Role role) {
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> owner(seccomp_init(SCMP_ACT_KILL_PROCESS), seccomp_release);
  scmp_filter_ctx filter = owner.get();
  if (filter == nullptr) return Error{Next::stop, "seccomp_init failed"};
  int failed = 0;
  for (const int call : kAllowed) failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
  if (kSanitized) {
    for (const int call : kForSanitizers) failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
  }
  if (role == Role::nursery) {
    for (const int call : kForNursery) failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
    failed |= allow_copies(filter);
  } else {
    failed |= allow_signal_to_self(filter);
  }
  for (const int call : kRefusedKindly) failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0);
  failed |= allow_without_exec(filter, SCMP_SYS(mmap));
  failed |= allow_without_exec(filter, SCMP_SYS(mprotect));
  if (failed != 0) return Error{Next::stop, "seccomp rules refused"};
  if (const int status = seccomp_load(filter); status != 0) {
    errno = -status;
    return refused("seccomp_load");
  }
  return {};
}

Result<void> confine_as(Role role) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused("PR_SET_NO_NEW_PRIVS");
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return refused("PR_SET_DUMPABLE");
  if (auto done = limit_resources(role); !done) return done;
  return filter_calls(role);
}

}  // namespace

Result<void> confine() { return confine_as(Role::worker); }

Result<void> confine_nursery() { return confine_as(Role::nursery); }

}  // namespace leadmail::mail::worker
