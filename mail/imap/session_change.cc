// The part of Session that changes mail: for the filer alone, on a connection of its own. No CLOSE, and no EXPUNGE that
// does not name its one message.
#include "mail/imap/command.h"
#include "mail/imap/session.h"

namespace leadmail::mail::imap {
namespace {

constexpr std::size_t kSetOctets = 900;

}  // namespace

awaitable<Result<std::optional<Opened>>> Session::select(std::string folder) {
  return open_folder("SELECT", std::move(folder));
}

awaitable<Result<void>> Session::add_flag(std::vector<std::uint32_t> uids, std::string flag) {
  for (const std::string& set : uid_sets(uids, kSetOctets)) {
    auto status = co_await command("UID STORE " + set + " +FLAGS.SILENT (" + flag + ")");
    if (!status) co_return std::move(status.error());
    if (status->kind != Status::Kind::ok) co_return refused("STORE", *status);
  }
  co_return Result<void>{};
}

awaitable<Result<bool>> Session::transfer(Transfer how, std::vector<std::uint32_t> uids, std::string folder) {
  const auto argument = folder_argument(folder);
  if (!argument) co_return fail("a folder name that no folder has: " + folder);
  const std::string verb = how == Transfer::move ? "MOVE" : "COPY";
  for (const std::string& set : uid_sets(uids, kSetOctets)) {
    const std::string tag = next_tag();
    auto said = co_await say(tag + " UID " + verb + " " + set + " " + *argument + "\r\n");
    if (!said) co_return std::move(said.error());
    auto status = co_await finish(tag, std::nullopt, {});
    if (!status) co_return std::move(status.error());
    if (status->kind == Status::Kind::no && status->code == "TRYCREATE") co_return false;
    if (status->kind != Status::Kind::ok) co_return refused(verb, *status);
  }
  co_return true;
}

awaitable<Result<void>> Session::create(std::string folder) {
  const auto argument = folder_argument(folder);
  if (!argument) co_return fail("a folder name that no folder has: " + folder);
  auto status = co_await command("CREATE " + *argument);
  if (!status) co_return std::move(status.error());
  const bool is_there = status->kind == Status::Kind::ok || status->code == "ALREADYEXISTS";
  if (!is_there) co_return refused("CREATE", *status);
  co_return Result<void>{};
}

awaitable<Result<bool>> Session::expunge_one(std::uint32_t uid) {
  auto status = co_await command("UID EXPUNGE " + std::to_string(uid));
  if (!status) co_return std::move(status.error());
  co_return status->kind == Status::Kind::ok;
}

}  // namespace leadmail::mail::imap
