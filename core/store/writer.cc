#include "core/store/writer.h"

#include <chrono>
#include <vector>

#include "core/base/guarded.h"

namespace leadmail::store {
namespace {

constexpr std::size_t kMostJobs = 100;
constexpr std::size_t kMostBytes = std::size_t{8} * 1024 * 1024;

}  // namespace

Writer::Writer(std::unique_ptr<Book> book, std::function<void(const Error&)> fatal)
    : book_(std::move(book)), fatal_(std::move(fatal)), instance_(book_->instance()), thread_([this] { run(); }) {}

Writer::~Writer() { stop(); }

void Writer::submit(Job job) {
  {
    const std::lock_guard guard(mutex_);
    if (!stopping_) {
      queued_bytes_ += job.bytes;
      jobs_.push_back(std::move(job));
      wake_.notify_one();
      return;
    }
  }
  if (job.done) job.done(Error{Next::retry, "the book is being closed"});
}

std::size_t Writer::queued_jobs() const {
  const std::lock_guard guard(mutex_);
  return jobs_.size();
}

void Writer::stop() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
    wake_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void Writer::run() {
  while (true) {
    auto batch = next_batch();
    if (batch.empty()) break;
    finish(batch, write(batch));
    if (failed_ || queued_jobs() > 0) continue;
    // Only now: nobody waits for it. A disk that is full will be met by the next job.
    if (auto done = book_->tidy(); !done && done.error().next == Next::stop) fail(done.error());
  }
  if (failed_) {
    book_->leave();
  } else if (auto closed = book_->close(); !closed) {
    fail(closed.error());
  }
  book_.reset();
}

std::vector<Job> Writer::next_batch() {
  std::unique_lock guard(mutex_);
  wake_.wait(guard, [this] { return stopping_ || !jobs_.empty(); });
  std::vector<Job> batch;
  std::size_t bytes = 0;
  const auto stands_alone = [&] { return jobs_.front().upkeep || (!batch.empty() && batch.front().upkeep); };
  while (!jobs_.empty() && batch.size() < kMostJobs && (batch.empty() || !stands_alone()) &&
         (batch.empty() || bytes + jobs_.front().bytes <= kMostBytes)) {
    bytes += jobs_.front().bytes;
    batch.push_back(std::move(jobs_.front()));
    jobs_.pop_front();
  }
  return batch;
}

/// How each job ended. When the transaction can't be committed, none of them was written.
std::vector<Result<void>> Writer::write(std::vector<Job>& batch) {
  const auto all = [&](const Error& error) { return std::vector<Result<void>>(batch.size(), Result<void>(error)); };
  if (failed_) return all(*failed_);
  if (batch.front().upkeep) return {run_guarded([&] { return batch.front().upkeep(*book_); })};
  auto transaction = book_->begin();
  if (!transaction) return all(transaction.error());

  std::vector<Result<void>> results;
  for (const auto& job : batch) {
    results.push_back((*transaction)->savepoint([&] { return run_guarded([&] { return job.work(**transaction); }); }));
    if (!results.back() && results.back().error().next == Next::stop) return all(results.back().error());
  }
  const auto began = std::chrono::steady_clock::now();
  auto committed = (*transaction)->commit();
  commits_.note(std::chrono::steady_clock::now() - began);
  if (committed) return results;
  for (auto& result : results) {
    if (result) result = committed.error();
  }
  return results;
}

void Writer::finish(std::vector<Job>& batch, std::vector<Result<void>> results) {
  std::optional<Error> fatal;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!results[i] && results[i].error().next == Next::stop) fatal = results[i].error();
    queued_bytes_ -= batch[i].bytes;
    if (batch[i].done) batch[i].done(std::move(results[i]));
  }
  if (fatal && !failed_) fail(*fatal);
}

void Writer::fail(const Error& error) {
  failed_ = error;
  if (fatal_) fatal_(error);
}

}  // namespace leadmail::store
