#include "daemon/filing.h"

#include <memory>

#include "daemon/log.h"
#include "daemon/mailbox_intake.h"

namespace leadmail::daemon {

namespace imap = mail::imap;
using imap::awaitable;
using imap::Chore;

namespace {

constexpr int kAtOnce = 200;

static_assert(static_cast<int>(Chore::Step::copied) == static_cast<int>(store::Filing::Step::copied));

store::Filing to_filing(const Chore& chore) {
  return {.folder = chore.folder,
          .uid_validity = chore.uid_validity,
          .uid = chore.uid,
          .target = chore.target,
          .message_id = chore.message_id,
          .step = static_cast<store::Filing::Step>(chore.step)};
}

Chore to_chore(store::Filing filing) {
  return {.folder = std::move(filing.folder),
          .uid_validity = filing.uid_validity,
          .uid = filing.uid,
          .target = std::move(filing.target),
          .message_id = std::move(filing.message_id),
          .step = static_cast<Chore::Step>(filing.step)};
}

}  // namespace

MailboxChores::MailboxChores(Engine& engine, WatchBoard& board, std::string mailbox)
    : engine_(engine), board_(board), mailbox_(std::move(mailbox)) {}

awaitable<Result<std::vector<Chore>>> MailboxChores::next() {
  auto found = std::make_shared<std::vector<Chore>>();
  std::function<Result<void>(store::Transaction&)> work = [this,
                                                           found](store::Transaction& transaction) -> Result<void> {
    found->clear();
    auto filings = transaction.filings(mailbox_, kAtOnce);
    if (!filings) return std::move(filings.error());
    for (auto& filing : *filings) found->push_back(to_chore(std::move(filing)));
    return {};
  };
  auto looked = co_await commit(engine_, std::move(work));
  if (!looked) co_return std::move(looked.error());
  co_return std::move(*found);
}

awaitable<Result<void>> MailboxChores::step(Chore chore, Chore::Step step) {
  std::function<Result<void>(store::Transaction&)> work = [this, chore, step](store::Transaction& transaction) {
    return transaction.filing_step(mailbox_, to_filing(chore), static_cast<store::Filing::Step>(step));
  };
  co_return co_await commit(engine_, std::move(work));
}

awaitable<Result<void>> MailboxChores::done(std::vector<Chore> chores) {
  std::function<Result<void>(store::Transaction&)> work = [this,
                                                           chores](store::Transaction& transaction) -> Result<void> {
    for (const auto& chore : chores) {
      if (auto gone = transaction.filing_done(mailbox_, to_filing(chore)); !gone) return gone;
    }
    return {};
  };
  log("filed", std::to_string(chores.size()) + " mails put away", {{"MAILBOX", mailbox_}});
  co_return co_await commit(engine_, std::move(work));
}

void MailboxChores::report(const std::string& trouble) {
  board_.put_filing(mailbox_, trouble);
  if (trouble == told_) return;
  told_ = trouble;
  if (trouble.empty()) {
    log("filing-again", "mail is put away again", {{"MAILBOX", mailbox_}});
  } else {
    log("filing-trouble", trouble, {{"MAILBOX", mailbox_}});
  }
}

}  // namespace leadmail::daemon
