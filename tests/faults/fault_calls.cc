// Runs a program and counts the system calls by which it changes anything outside itself, over all its threads and
// processes; at the one asked for it kills the program before the call is carried out, or lets the call fail.
//
//   fault_calls [--calls changing|all] [--only NAME] [--kill N | --stop N | --fail N] [--report FILE] -- PROGRAM
//   [ARGUMENT...]
//
//   --calls   `changing`: writes, sends, syncs, and whatever makes, moves or removes files; `all`: reads, opens, memory
//             and new processes too
//   --only    counts calls of that name alone
//   --kill N  SIGKILL for the program as the Nth call begins. What it was before call N+1 is what it is after call N.
//   --stop N  SIGTERM for the program as the Nth call begins, which is carried out. A SIGTERM for fault_calls itself is
//             passed on, so that a program that makes fewer calls and waits can be ended.
//   --fail N  the Nth call fails without being carried out, with an error that it can really have; which one depends on
//             N, so that a sweep meets them all. --error NAME takes that one instead.
//   --report  a JSON object: how many calls there were, the one that was struck with the file it was about, and how
//   many
//             seconds the program lived after that
//
// The exit status is that of the program; 128 and the signal's number when a signal ended it. A seccomp filter with a
// listener sees every call of every thread exactly once (seccomp_unotify(2)), also those that the C library makes
// inside itself; strace counts per thread, and a preloaded library sees no more than the library's outside.
#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

enum class Set { changing, all };

struct Call {
  const char* name;
  Set set;
  int descriptor;             // which argument names the file or connection; -1: none
  std::array<int, 3> errors;  // what it can fail with; the rest is 0
};

// Not among them: epoll_ctl. Boost.Asio does not look whether it worked when a loop is made; a loop that never wakes up
// is what the watchdog of systemd is for.
// connect comes before its socket is used, so that a refusal is no error of the program's own doing.
constexpr Call kCalls[] = {
    {"write", Set::changing, 0, {EIO, ENOSPC, EINTR}},
    {"pwrite64", Set::changing, 0, {EIO, ENOSPC, EINTR}},
    {"writev", Set::changing, 0, {EIO, ENOSPC, EINTR}},
    {"pwritev", Set::changing, 0, {EIO, ENOSPC, EINTR}},
    {"sendto", Set::changing, 0, {ECONNRESET, ENOBUFS, EINTR}},
    {"sendmsg", Set::changing, 0, {ECONNRESET, ENOBUFS, EINTR}},
    {"sendmmsg", Set::changing, 0, {ECONNRESET, ENOBUFS, EINTR}},
    {"fsync", Set::changing, 0, {EIO, ENOSPC, EIO}},
    {"fdatasync", Set::changing, 0, {EIO, ENOSPC, EIO}},
    {"ftruncate", Set::changing, 0, {EIO, ENOSPC, EINTR}},
    {"fallocate", Set::changing, 0, {EIO, ENOSPC, EINTR}},
    {"unlink", Set::changing, -1, {EIO, EACCES, EROFS}},
    {"unlinkat", Set::changing, -1, {EIO, EACCES, EROFS}},
    {"rename", Set::changing, -1, {EIO, ENOSPC, EACCES}},
    {"renameat", Set::changing, -1, {EIO, ENOSPC, EACCES}},
    {"renameat2", Set::changing, -1, {EIO, ENOSPC, EACCES}},
    {"link", Set::changing, -1, {EIO, ENOSPC, EACCES}},
    {"linkat", Set::changing, -1, {EIO, ENOSPC, EACCES}},
    {"mkdir", Set::changing, -1, {EIO, ENOSPC, EACCES}},
    {"mkdirat", Set::changing, -1, {EIO, ENOSPC, EACCES}},
    {"rmdir", Set::changing, -1, {EIO, EACCES, EROFS}},
    {"chmod", Set::changing, -1, {EIO, EPERM, EROFS}},
    {"fchmod", Set::changing, 0, {EIO, EPERM, EROFS}},
    {"fchown", Set::changing, 0, {EIO, EPERM, EROFS}},
    {"connect", Set::changing, 0, {ECONNREFUSED, ENETUNREACH, EINTR}},
    {"bind", Set::changing, 0, {EADDRINUSE, EACCES, ENOMEM}},
    {"openat", Set::all, -1, {EMFILE, ENFILE, EIO}},  // those that may create a file are counted with the others
    {"read", Set::all, 0, {EIO, EINTR, EIO}},
    {"pread64", Set::all, 0, {EIO, EINTR, EIO}},
    {"readv", Set::all, 0, {EIO, EINTR, EIO}},
    {"recvfrom", Set::all, 0, {ECONNRESET, EINTR, ENOMEM}},
    {"recvmsg", Set::all, 0, {ECONNRESET, EINTR, ENOMEM}},
    {"socket", Set::all, -1, {EMFILE, ENFILE, ENOBUFS}},
    {"socketpair", Set::all, -1, {EMFILE, ENFILE, ENOBUFS}},
    {"accept4", Set::all, 0, {EMFILE, ECONNABORTED, EINTR}},
    {"pipe2", Set::all, -1, {EMFILE, ENFILE, EMFILE}},
    {"eventfd2", Set::all, -1, {EMFILE, ENFILE, ENOMEM}},
    {"epoll_create1", Set::all, -1, {EMFILE, ENFILE, ENOMEM}},
    {"timerfd_create", Set::all, -1, {EMFILE, ENFILE, ENOMEM}},
    {"memfd_create", Set::all, -1, {EMFILE, ENFILE, ENOMEM}},
    {"getdents64", Set::all, 0, {EIO, ENOMEM, EIO}},
    {"fcntl", Set::all, 0, {EINTR, ENOLCK, EINTR}},  // locks alone, see below
    {"mmap", Set::all, -1, {ENOMEM, EAGAIN, ENOMEM}},
    {"clone", Set::all, -1, {EAGAIN, ENOMEM, EAGAIN}},
    {"clone3", Set::all, -1, {EAGAIN, ENOMEM, EAGAIN}},
    {"vfork", Set::all, -1, {EAGAIN, ENOMEM, EAGAIN}},
    {"execve", Set::all, -1, {ENOMEM, EMFILE, EIO}},
};

constexpr std::pair<const char*, int> kErrors[] = {{"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EINTR", EINTR},
                                                   {"EMFILE", EMFILE}, {"ENOMEM", ENOMEM}, {"EAGAIN", EAGAIN}};

struct Options {
  Set calls = Set::changing;
  std::uint64_t kill = 0, stop = 0, fail = 0;
  int error = 0;
  std::string only;
  std::string report;
  std::vector<char*> program;
};

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "fault_calls: %s: %s\n", what, std::strerror(errno));
  std::_Exit(125);
}

std::optional<Options> options_of(std::span<char*> words) {
  Options options;
  const auto number = [](std::string_view text, std::uint64_t& value) {
    return std::from_chars(text.begin(), text.end(), value).ec == std::errc{} && value > 0;
  };
  for (std::size_t i = 0; i < words.size(); i += 2) {
    const std::string_view word = words[i];
    if (word == "--") {
      options.program.assign(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
      options.program.push_back(nullptr);
      break;
    }
    if (i + 1 == words.size()) return std::nullopt;
    const std::string_view value = words[i + 1];
    if (word == "--calls" && (value == "all" || value == "changing")) {
      options.calls = value == "all" ? Set::all : Set::changing;
    } else if (word == "--only") {
      options.only = value;
    } else if (word == "--report") {
      options.report = value;
    } else if (word == "--error") {
      for (const auto& [name, error] : kErrors) options.error = value == name ? error : options.error;
      if (options.error == 0) return std::nullopt;
    } else if (!(word == "--kill" && number(value, options.kill)) &&
               !(word == "--stop" && number(value, options.stop)) &&
               !(word == "--fail" && number(value, options.fail))) {
      return std::nullopt;
    }
  }
  if (options.program.size() < 2) return std::nullopt;
  return options;
}

void add(scmp_filter_ctx filter, const char* name, std::initializer_list<scmp_arg_cmp> arguments) {
  const int number = seccomp_syscall_resolve_name(name);
  if (number < 0) return;  // not on this architecture
  const std::vector<scmp_arg_cmp> list(arguments);
  if (seccomp_rule_add_array(filter, SCMP_ACT_NOTIFY, number, static_cast<unsigned>(list.size()), list.data()) != 0) {
    give_up(name);
  }
}

/// The filter for the calls asked for, in force for this process and all it starts. Returns the listener.
int listen_to_calls(Set calls) {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr) give_up("seccomp_init");
  for (const auto& call : kCalls) {
    const std::string_view name = call.name;
    if (name == "openat" && calls == Set::changing) {
      add(filter, call.name, {SCMP_A2(SCMP_CMP_MASKED_EQ, O_CREAT, O_CREAT)});
    } else if (name == "fcntl" && calls == Set::all) {
      for (const int lock : {F_SETLK, F_SETLKW, F_GETLK, F_OFD_SETLK}) {
        add(filter, call.name, {SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(lock))});
      }
    } else if (name == "mmap" &&
               calls == Set::all) {  // files only: memory itself is what the allocation tests take away
      add(filter, call.name, {SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, 0)});
    } else if (call.set == Set::changing || calls == Set::all) {
      add(filter, call.name, {});
    }
  }
  if (seccomp_load(filter) != 0) give_up("seccomp_load");
  const int listener = seccomp_notify_fd(filter);
  if (listener < 0) give_up("seccomp_notify_fd");
  return listener;
}

std::string link_text(const std::string& path) {
  std::array<char, 512> text{};
  const auto length = ::readlink(path.c_str(), text.data(), text.size());
  return length > 0 ? std::string(text.data(), static_cast<std::size_t>(length)) : std::string();
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
  }
  return out + '"';
}

struct Seen {
  std::uint64_t calls = 0;
  std::map<std::string, std::uint64_t> by_name;
  std::string struck;  // JSON
  std::chrono::steady_clock::time_point struck_at;
};

const Call* call_of(int number) {
  static const auto table = [] {
    std::map<int, const Call*> found;
    for (const auto& call : kCalls) found.emplace(seccomp_syscall_resolve_name(call.name), &call);
    return found;
  }();
  const auto found = table.find(number);
  return found == table.end() ? nullptr : found->second;
}

void write_report(const std::string& path, const Seen& seen, int status) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "w"), &std::fclose);
  if (file == nullptr) give_up(path.c_str());
  std::string by_name;
  for (const auto& [name, count] : seen.by_name) {
    by_name += (by_name.empty() ? "" : ", ") + quoted(name) + ": " + std::to_string(count);
  }
  const std::chrono::duration<double> after = std::chrono::steady_clock::now() - seen.struck_at;
  std::fprintf(file.get(), "{\"calls\": %ju, \"by_name\": {%s}, \"struck\": %s, \"seconds\": %.3f, \"status\": %d}\n",
               static_cast<std::uintmax_t>(seen.calls), by_name.c_str(),
               seen.struck.empty() ? "null" : seen.struck.c_str(), seen.struck.empty() ? 0.0 : after.count(), status);
}

class Watcher {
 public:
  Watcher(int listener, pid_t child, const Options& options) : listener_(listener), child_(child), options_(options) {
    if (seccomp_notify_alloc(&request_, &response_) != 0) give_up("seccomp_notify_alloc");
  }
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;
  ~Watcher() { seccomp_notify_free(request_, response_); }

  /// Until every process with the filter has ended.
  const Seen& run() {
    pollfd ready{listener_, POLLIN, 0};
    while (::poll(&ready, 1, -1) > 0 || errno == EINTR) {
      if ((ready.revents & POLLIN) != 0) {
        take();
      } else if ((ready.revents & (POLLHUP | POLLERR)) != 0) {
        break;
      }
    }
    return seen_;
  }

 private:
  void take() {
    *request_ = {};
    if (seccomp_notify_receive(listener_, request_) != 0) return;  // ended meanwhile
    const Call* call = call_of(request_->data.nr);
    if (call == nullptr) give_up("a call that nobody asked for");
    *response_ = {};
    response_->id = request_->id;
    response_->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    if (is_wake_up(*call) || (!options_.only.empty() && options_.only != call->name)) {
      seccomp_notify_respond(listener_, response_);
      return;
    }
    const auto number = ++seen_.calls;
    ++seen_.by_name[call->name];
    if (number == options_.kill) {
      note(*call, 0);
      ::kill(child_, SIGKILL);
      // Whoever made the call may be another process of the program's: it has to find its maker dead, not itself.
      if (is_child()) return;
    } else if (number == options_.stop) {
      note(*call, 0);
      ::kill(child_, SIGTERM);
    } else if (number == options_.fail) {
      const int error = options_.error != 0 ? options_.error : call->errors[number % call->errors.size()];
      note(*call, error);
      response_->flags = 0;
      response_->error = -error;
    }
    seccomp_notify_respond(listener_, response_);
  }

  [[nodiscard]] bool is_child() const {
    return !link_text("/proc/" + std::to_string(child_) + "/task/" + std::to_string(request_->pid) + "/exe").empty();
  }

  /// What the call is about: a path, "socket:[123]"; "" when no descriptor of it says.
  [[nodiscard]] std::string about(const Call& call) const {
    if (call.descriptor < 0) return "";
    const auto file = std::to_string(static_cast<int>(request_->data.args[call.descriptor]));
    return link_text("/proc/" + std::to_string(request_->pid) + "/fd/" + file);
  }

  /// A thread wakes another one by a counter in the kernel: no I/O, and it cannot fail.
  [[nodiscard]] bool is_wake_up(const Call& call) const {
    const std::string_view name = call.name;
    return (name == "write" || name == "read") && about(call) == "anon_inode:[eventfd]";
  }

  void note(const Call& call, int error) {
    seen_.struck = "{\"name\": " + quoted(call.name) + ", \"about\": " + quoted(about(call)) +
                   ", \"error\": " + quoted(error == 0 ? "" : strerrorname_np(error)) +
                   ", \"by\": " + quoted(is_child() ? "the program" : "a process of its own") + "}";
    seen_.struck_at = std::chrono::steady_clock::now();
    // Should the program not end any more, it is known what stopped it.
    if (!options_.report.empty()) write_report(options_.report, seen_, -1);
  }

  int listener_;
  pid_t child_;
  const Options& options_;
  seccomp_notif* request_ = nullptr;
  seccomp_notif_resp* response_ = nullptr;
  Seen seen_;
};

pid_t passed_on_to = 0;

}  // namespace

int main(int argc, char** argv) {
  const auto options = options_of(std::span(argv + 1, static_cast<std::size_t>(argc - 1)));
  if (!options) {
    std::fputs(
        "usage: fault_calls [--calls changing|all] [--only NAME] [--kill N | --stop N | --fail N [--error NAME]] "
        "[--report FILE] -- "
        "PROGRAM...\n",
        stderr);
    return 2;
  }
  // The child can hand its listener over by no call that the listener would see; so it leaves the number here.
  void* const page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) give_up("mmap");
  auto& number = *new (page) std::atomic<int>(-1);
  auto& may_go = *new (static_cast<char*>(page) + 64) std::atomic<bool>(false);

  const pid_t child = ::fork();
  if (child < 0) give_up("fork");
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    number = listen_to_calls(options->calls);
    while (!may_go) ::usleep(200);
    ::execvp(options->program[0], options->program.data());
    std::_Exit(127);
  }
  int ended = 0;
  while (number < 0) {
    if (::waitpid(child, &ended, WNOHANG) == child) return 125;
    ::usleep(200);
  }
  const int process = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  const int listener = static_cast<int>(::syscall(SYS_pidfd_getfd, process, number.load(), 0));
  if (listener < 0) give_up("pidfd_getfd");
  may_go = true;
  passed_on_to = child;
  std::signal(SIGTERM, [](int) { ::kill(passed_on_to, SIGTERM); });

  Watcher watcher(listener, child, *options);
  const auto& seen = watcher.run();
  if (::waitpid(child, &ended, 0) != child) give_up("waitpid");
  const int status = WIFSIGNALED(ended) ? 128 + WTERMSIG(ended) : WEXITSTATUS(ended);
  if (!options->report.empty()) write_report(options->report, seen, status);
  return status;
}
