#include "mail/worker/nursery.h"

#include <poll.h>
#include <sched.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <string>

#include "mail/worker/confinement.h"

namespace leadmail::mail::worker {
namespace {

constexpr int kSocket = 0;
/// Far more than a busy machine needs to load a program.
constexpr int kPatienceMs = 20'000;

/// Descriptors from `first` on stay behind: the nursery has one, its socket. A sanitizer also needs somewhere to report
/// to.
#ifdef LEADMAIL_SANITIZED
constexpr int kFirstClosed = 3;
#else
constexpr int kFirstClosed = 1;
#endif

Error trouble(const char* what, int why) { return {Next::retry, std::string(what) + ": " + std::strerror(why)}; }

/// One byte with a descriptor beside it. unix(7), SCM_RIGHTS
struct Parcel {
  char byte = 'w';
  iovec bytes{&byte, 1};
  alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};

  Parcel() {
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    message.msg_control = room;
    message.msg_controllen = sizeof room;
  }
};

bool send_descriptor(int socket, int descriptor) {
  Parcel parcel;
  cmsghdr* const head = CMSG_FIRSTHDR(&parcel.message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(sizeof descriptor);
  std::memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
  ssize_t sent = 0;
  do sent = sendmsg(socket, &parcel.message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent == 1;
}

/// -1: there will be none.
int receive_descriptor(int socket) {
  Parcel parcel;
  ssize_t got = 0;
  do got = recvmsg(socket, &parcel.message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  const cmsghdr* const head = got == 1 ? CMSG_FIRSTHDR(&parcel.message) : nullptr;
  if (head == nullptr || head->cmsg_type != SCM_RIGHTS) return -1;
  int descriptor = -1;
  std::memcpy(&descriptor, CMSG_DATA(head), sizeof descriptor);
  return descriptor;
}

/// As fork(2), but the copy is a child of our parent's. clone(2), CLONE_PARENT. Only safe in a process of one thread.
pid_t fork_for_parent() { return static_cast<pid_t>(syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0)); }

}  // namespace

Nursery::Nursery() { (void)start(); }

Nursery::~Nursery() { end(); }

Result<pid_t> Nursery::worker(int socket) {
  const std::lock_guard lock(mutex_);
  if (pid_ > 0) {
    if (auto made = ask(socket)) return made;
    end();  // it died, or says nothing
  }
  if (auto started = start(); !started) return std::move(started.error());
  auto made = ask(socket);
  if (!made) end();
  return made;
}

Result<void> Nursery::start() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return trouble("socketpair", errno);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], kSocket);
  posix_spawn_file_actions_addclosefrom_np(&actions, kFirstClosed);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
  char self[] = "/proc/self/exe";
  char flag[] = "--worker";
  char* const arguments[] = {self, flag, nullptr};
  char* const environment[] = {nullptr};
  const int failed = posix_spawn(&pid_, self, &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  close(ends[1]);
  if (failed != 0) {
    pid_ = -1;
    close(ends[0]);
    return trouble("starting the parsers' nursery", failed);
  }
  socket_ = ends[0];
  return {};
}

void Nursery::end() {
  if (pid_ <= 0) return;
  close(socket_);
  kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {}
  pid_ = socket_ = -1;
}

Result<pid_t> Nursery::ask(int socket) {
  if (!send_descriptor(socket_, socket)) return trouble("asking for a parser worker", errno);
  pollfd answer{socket_, POLLIN, 0};
  int ready = 0;
  do ready = poll(&answer, 1, kPatienceMs);
  while (ready < 0 && errno == EINTR);
  pid_t pid = -1;
  if (ready <= 0 || recv(socket_, &pid, sizeof pid, 0) != sizeof pid) {
    return Error{Next::retry, "starting a parser worker: the nursery does not answer"};
  }
  if (pid < 0) return trouble("starting a parser worker", -pid);
  return pid;
}

int nursery_main(Work work, bool confined) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NAME, "nursery");
  if (confined && !confine_nursery()) return 3;
  for (;;) {
    const int socket = receive_descriptor(kSocket);
    if (socket < 0) return 0;
    const pid_t made = fork_for_parent();
    if (made == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      prctl(PR_SET_NAME, "worker");
      if (dup2(socket, kSocket) != kSocket) return 3;
      close(socket);
      return work();
    }
    close(socket);
    const pid_t answer = made > 0 ? made : -errno;
    if (send(kSocket, &answer, sizeof answer, MSG_NOSIGNAL) != sizeof answer) return 0;
  }
}

}  // namespace leadmail::mail::worker
