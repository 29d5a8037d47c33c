// After the commit: what the book says is to be done to mail of one mailbox on the server, for the filer.
#pragma once

#include <string>

#include "daemon/engine.h"
#include "daemon/watch_board.h"
#include "mail/imap/filer.h"

namespace leadmail::daemon {

class MailboxChores : public mail::imap::Chores {
 public:
  /// All references outlive it.
  MailboxChores(Engine& engine, WatchBoard& board, std::string mailbox);

  mail::imap::awaitable<Result<std::vector<mail::imap::Chore>>> next() override;
  mail::imap::awaitable<Result<void>> step(mail::imap::Chore chore, mail::imap::Chore::Step step) override;
  mail::imap::awaitable<Result<void>> done(std::vector<mail::imap::Chore> chores) override;
  void report(const std::string& trouble) override;

 private:
  Engine& engine_;
  WatchBoard& board_;
  const std::string mailbox_;
  std::string told_{};
};

}  // namespace leadmail::daemon
