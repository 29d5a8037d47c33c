// The one thread that writes the book, so that a slow disk never stops the event loop. Jobs that wait share one
// transaction, a savepoint each, and so one fsync; a lone job commits at once. Jobs run in the order they were given.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "core/base/histogram.h"
#include "core/base/result.h"
#include "core/store/book.h"

namespace leadmail::store {

/// Work on the book, and who is told how it ended.
struct Job {
  /// Runs on the writer's thread; an Error undoes what it wrote and nothing else. It may run in a transaction that is
  /// rolled back as a whole, so it keeps nothing from it but through `done`.
  std::function<Result<void>(Transaction&)> work{};
  /// Called once on the writer's thread, after the commit is on disk or with the reason why nothing was written: retry
  /// when the disk is full, stop when the file can't be trusted any more. May be empty.
  std::function<void(Result<void>)> done{};
  /// In place of `work`: upkeep of the file that can't be part of a transaction. It runs alone, in its turn.
  std::function<Result<void>(Book&)> upkeep{};
  std::size_t bytes = 0;  ///< what it keeps in memory while it waits; for queued_bytes()
};

class Writer {
 public:
  /// `fatal` is called at most once, on the writer's thread, when a write or fsync failed: from then on every job ends
  /// with that error and nothing is written any more. The caller ends the process.
  Writer(std::unique_ptr<Book> book, std::function<void(const Error&)> fatal);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  /// Drains.
  ~Writer();

  /// Never blocks; to bound the queue is the caller's business. After stop() the job ends with a retry error at once,
  /// on the caller's thread.
  void submit(Job job);
  /// Bytes of the jobs that were submitted and are not done.
  [[nodiscard]] std::size_t queued_bytes() const { return queued_bytes_; }
  [[nodiscard]] std::size_t queued_jobs() const;
  /// How long commits took, the sync of the disk included; a batch of jobs is one.
  [[nodiscard]] Histogram::Figures commits() const { return commits_.figures(); }
  /// Does what was submitted, then closes the book. Returns when all of it is done; not from a job.
  void stop();
  /// After stop(): why the book can't be trusted any more, if that is so.
  [[nodiscard]] const std::optional<Error>& failure() const { return failed_; }
  [[nodiscard]] const std::string& instance() const { return instance_; }

 private:
  void run();
  std::vector<Job> next_batch();
  std::vector<Result<void>> write(std::vector<Job>& batch);
  void finish(std::vector<Job>& batch, std::vector<Result<void>> results);
  void fail(const Error& error);

  std::unique_ptr<Book> book_;
  std::function<void(const Error&)> fatal_;
  std::string instance_;
  std::optional<Error> failed_{};  ///< only of the thread
  mutable std::mutex mutex_{};
  std::condition_variable wake_{};
  std::deque<Job> jobs_{};
  bool stopping_ = false;
  std::atomic<std::size_t> queued_bytes_ = 0;
  Histogram commits_{};
  std::thread thread_{};
};

}  // namespace leadmail::store
