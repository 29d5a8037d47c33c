// Where workers come from. A worker has to be a process that holds nothing of the daemon's and has seen no mail; to
// exec one takes ten milliseconds, of which nine go into loading libraries and tables. So one process is exec'ed for
// all of them, with an empty environment and one descriptor: the nursery. It loads what workers need, confines itself,
// reads no mail ever, and on request makes a copy of itself that confines itself further and becomes a worker.
#pragma once

#include <sys/types.h>

#include <mutex>

#include "core/base/result.h"

namespace leadmail::mail::worker {

/// The daemon's side. Thread-safe. Workers and the nursery end with the thread that first made a Nursery's process,
/// which is that of the constructor unless the process had to be replaced. prctl(2), PR_SET_PDEATHSIG
class Nursery {
 public:
  Nursery();   ///< starts the process; where that fails, worker() tries again
  ~Nursery();  ///< kills it; workers live on
  Nursery(const Nursery&) = delete;
  Nursery& operator=(const Nursery&) = delete;

  /// A new worker that reads requests from `socket`, which the caller may close then. It is a child of this process: to
  /// be killed and waited for. A nursery that died is replaced. Error (retry): no process can be started.
  Result<pid_t> worker(int socket);

 private:
  Result<void> start();
  void end();
  Result<pid_t> ask(int socket);

  std::mutex mutex_{};
  pid_t pid_ = -1;
  int socket_ = -1;
};

/// What a worker does in a process of the nursery's: called in a copy of it, with the worker's socket as descriptor 0.
/// When it returns the worker ends with that status.
using Work = int (*)();

/// The nursery's side: makes workers as descriptor 0 asks, until it is closed. `confined` says whether it gives up what
/// confine_nursery() takes (confinement.h) first; only workers that a test has made up do not.
int nursery_main(Work work, bool confined = true);

}  // namespace leadmail::mail::worker
