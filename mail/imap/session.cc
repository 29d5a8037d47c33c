#include "mail/imap/session.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "mail/imap/command.h"

namespace leadmail::mail::imap {
namespace {

constexpr std::size_t kRoom = 65536;
/// Responses to one command that nobody asked for; a folder of 50,000 may well tell all its flags at once.
constexpr std::size_t kMostUnasked = 100'000;
constexpr std::size_t kMostAsked = 2'000'000;
/// Slower than this, a connection is dead.
constexpr std::uint64_t kOctetsPerSecond = 4096;
/// A server that is there says goodbye at once; where there is none, a stop must not wait for it.
constexpr std::chrono::seconds kFarewell{1};

template <typename Number>
Number number_or_zero(std::string_view digits) {
  Number value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc{} && end == digits.data() + digits.size() ? value : 0;
}

/// A refusal that says the folder is not there, and not that the server is in trouble.
bool means_absent(const Status& status) {
  const bool code_fits =
      status.code.empty() || status.code == "NONEXISTENT" || status.code == "TRYCREATE" || status.code == "CANNOT";
  return status.kind == Status::Kind::no && code_fits &&
         diagnose(status.words(), Moment::in_session).trouble == Trouble::transient;
}

}  // namespace

Session::Session(std::unique_ptr<net::Connection> connection, net::Clock& clock, SessionOptions options)
    : connection_(std::move(connection)), clock_(clock), options_(options), room_(kRoom) {}

Session::~Session() = default;

bool Session::can(std::string_view capability) const { return capabilities_.contains(capability); }

void Session::abort() { connection_->close(); }

void Session::wake() {
  hurried_until_ = clock_.instant() + kFarewell;
  connection_->wake();
}

Error Session::fail(std::string what, const Diagnosis& why) {
  diagnosis_ = why;
  return {Next::retry, std::move(what)};
}

Error Session::refused(std::string_view command, const Status& status) {
  const std::string words = status.words();
  const auto verb = command.substr(0, command.find_first_of(" \r"));
  return fail(std::string(verb) + ": " + words, diagnose(words, Moment::in_session));
}

// What every response may tell, whatever was asked. An Error when there is no use going on.
std::optional<Error> Session::take_note(const Response& response) {
  if (const auto* count = std::get_if<Count>(&response)) {
    if (count->of == Count::Of::expunge && exists_ > 0) --exists_;
    listed_at_ = std::min(listed_at_, exists_);
    // In IDLE each EXISTS is news. Elsewhere some servers repeat the number with every answer.
    if (count->of == Count::Of::exists && (count->number != exists_ || !idle_tag_.empty())) {
      exists_ = count->number;
      exists_changed_ = true;
      rung_at_ = clock_.now();
      rung_instant_ = clock_.instant();
    }
  } else if (const auto* offered = std::get_if<Capabilities>(&response)) {
    capabilities_ = {offered->names.begin(), offered->names.end()};
  } else if (const auto* status = std::get_if<Status>(&response); status != nullptr && status->tag.empty()) {
    if (status->kind == Status::Kind::bye) {
      const std::string words = status->words();
      return fail("the server ended the session: " + words, diagnose(words, Moment::in_session));
    }
    if (status->code == "UIDVALIDITY" && uid_validity_ != 0 &&
        number_or_zero<std::uint32_t>(status->arguments) != uid_validity_) {
      return fail("UIDVALIDITY changed while the folder was open");
    }
  }
  return std::nullopt;
}

awaitable<Result<void>> Session::say(std::string bytes) {
  const net::Instant deadline = clock_.instant() + options_.silence;
  auto written = co_await connection_->write(bytes, deadline);
  if (!written) co_return fail(std::move(written.error().what));
  co_return Result<void>{};
}

// Reads once into the reader. An Error when the stream has ended.
awaitable<Result<net::Received>> Session::fill(net::Instant deadline) {
  auto received = co_await connection_->read(room_, deadline);
  if (!received) co_return fail(std::move(received.error().what));
  if (received->by == net::Received::By::closed) co_return fail("the server closed the connection");
  if (received->by == net::Received::By::bytes) reader_.feed({room_.data(), received->size});
  co_return received;
}

// The next response, noted. Without a deadline: no silence that is too long, and no slow drip.
awaitable<Result<Response>> Session::hear(std::optional<net::Instant> deadline) {
  const net::Instant started = clock_.instant();
  for (;;) {
    auto next = reader_.next();
    if (!next) co_return fail(std::move(next.error().what));
    if (*next) {
      if (auto over = take_note(**next)) co_return *std::move(over);
      co_return **std::move(next);
    }
    net::Instant until{};
    if (deadline) {
      until = *deadline;
    } else {
      const auto fair = std::chrono::seconds(reader_.literal_octets() / kOctetsPerSecond);
      until = std::min(clock_.instant() + options_.silence, started + options_.silence + fair);
    }
    if (hurried_until_) until = std::min(until, *hurried_until_);
    auto received = co_await fill(until);
    if (!received) co_return std::move(received.error());
    if (received->by == net::Received::By::deadline) co_return fail("the server did not answer in time");
  }
}

// Everything up to the tagged answer. Answers to other tags and a `+` out of turn are passed over.
awaitable<Result<Status>> Session::finish(std::string tag, std::optional<net::Instant> deadline, OnData on_data) {
  std::size_t asked = 0;
  std::size_t unasked = 0;
  for (;;) {
    auto response = co_await hear(deadline);
    if (!response) co_return std::move(response.error());
    if (auto* status = std::get_if<Status>(&*response); status != nullptr && status->tag == tag) {
      co_return std::move(*status);
    }
    const bool wanted = on_data && on_data(*response);
    ++(wanted ? asked : unasked);
    if (asked > kMostAsked || unasked > kMostUnasked) co_return fail("the server talks without end");
  }
}

awaitable<Result<Status>> Session::command(std::string text, OnData on_data) {
  const std::string tag = next_tag();
  auto said = co_await say(tag + " " + text + "\r\n");
  if (!said) co_return std::move(said.error());
  const net::Instant deadline = soon();
  co_return co_await finish(tag, deadline, std::move(on_data));
}

awaitable<Result<void>> Session::start() {
  const std::string noop = next_tag();
  const std::string capability = next_tag();
  auto said = co_await say(noop + " NOOP\r\n" + capability + " CAPABILITY\r\n");
  if (!said) co_return std::move(said.error());
  const net::Instant deadline = soon();
  auto greeted = co_await finish(noop, deadline, {});
  if (!greeted) co_return std::move(greeted.error());
  auto told = co_await finish(capability, deadline, {});
  if (!told) co_return std::move(told.error());
  if (can("ID")) {
    // Never empty: 163.com lets nobody read who does not say who he is.
    auto status = co_await command("ID (\"name\" \"leadmail\" \"version\" \"" LEADMAIL_VERSION "\")");
    if (!status) co_return std::move(status.error());
  }
  co_return Result<void>{};
}

awaitable<Result<std::optional<Opened>>> Session::examine(std::string folder) {
  return open_folder("EXAMINE", std::move(folder));
}

awaitable<Result<std::optional<Opened>>> Session::open_folder(std::string verb, std::string folder) {
  const auto argument = folder_argument(folder);
  if (!argument) co_return std::optional<Opened>{};
  Opened opened{.folder = folder};
  const OnData on_data = [&](Response& response) {
    if (const auto* count = std::get_if<Count>(&response); count && count->of == Count::Of::exists) {
      opened.exists = count->number;
    }
    const auto* status = std::get_if<Status>(&response);
    if (status == nullptr) return false;
    if (status->code == "UIDVALIDITY") opened.uid_validity = number_or_zero<std::uint32_t>(status->arguments);
    if (status->code == "UIDNEXT") opened.uid_next = number_or_zero<std::uint32_t>(status->arguments);
    if (status->code == "HIGHESTMODSEQ") opened.highest_modseq = number_or_zero<std::uint64_t>(status->arguments);
    return false;
  };
  uid_validity_ = 0;
  exists_ = 0;
  const bool condstore = verb == "EXAMINE" && can("CONDSTORE") && !condstore_refused_;
  auto status = co_await command(verb + " " + *argument + (condstore ? " (CONDSTORE)" : ""), on_data);
  if (status && status->kind == Status::Kind::bad && condstore) {
    condstore_refused_ = true;
    status = co_await command(verb + " " + *argument, on_data);
  }
  if (!status) co_return std::move(status.error());
  if (means_absent(*status)) co_return std::optional<Opened>{};
  if (status->kind != Status::Kind::ok) co_return refused(verb, *status);
  expect_nothing_new();
  if (opened.uid_next == 0) {
    auto found = co_await find_uid_next(opened);
    if (!found) co_return std::move(found.error());
  }
  uid_validity_ = opened.uid_validity;
  co_return std::optional<Opened>(std::move(opened));
}

// Some servers (163.com, Winmail) don't tell UIDNEXT.
awaitable<Result<void>> Session::find_uid_next(Opened& opened) {
  opened.uid_next = 1;
  if (opened.exists == 0) co_return Result<void>{};
  const OnData on_data = [&](Response& response) {
    const auto* fetch = std::get_if<Fetch>(&response);
    if (fetch == nullptr || !fetch->uid) return false;
    opened.uid_next = std::max(opened.uid_next, *fetch->uid + (*fetch->uid < UINT32_MAX ? 1 : 0));
    return true;
  };
  auto status = co_await command("UID FETCH * (UID)", on_data);
  if (!status) co_return std::move(status.error());
  if (status->kind != Status::Kind::ok) opened.uid_next = 0;
  co_return Result<void>{};
}

void Session::expect_nothing_new() {
  exists_changed_ = false;
  listed_at_ = exists_;
}

awaitable<Result<void>> Session::noop() {
  auto status = co_await command("NOOP");
  if (!status) co_return std::move(status.error());
  if (status->kind == Status::Kind::bad) co_return refused("NOOP", *status);
  co_return Result<void>{};
}

awaitable<Result<std::vector<Folder>>> Session::folders() {
  constexpr std::size_t kMostFolders = 10'000;
  std::vector<Folder> found;
  const OnData on_data = [&](Response& response) {
    auto* entry = std::get_if<ListEntry>(&response);
    if (entry == nullptr || found.size() == kMostFolders) return false;
    found.push_back({from_modified_utf7(entry->name), std::move(entry->attributes), entry->delimiter});
    return true;
  };
  std::string ask = "LIST \"\" \"*\"";
  if (can("SPECIAL-USE") && can("LIST-EXTENDED")) {
    ask += " RETURN (SPECIAL-USE)";
  } else if (can("XLIST") && !can("SPECIAL-USE")) {
    ask = "XLIST \"\" \"*\"";
  }
  auto status = co_await command(ask, on_data);
  if (status && status->kind != Status::Kind::ok) {
    found.clear();  // ProtonMail Bridge says BAD to what it offers
    status = co_await command("LIST \"\" \"*\"", on_data);
  }
  if (!status) co_return std::move(status.error());
  if (status->kind != Status::Kind::ok) co_return refused("LIST", *status);
  co_return found;
}

awaitable<Result<std::vector<std::uint32_t>>> Session::search_message_id(std::string message_id) {
  const auto argument = quoted(message_id);
  if (!argument || argument->size() > 900) {
    co_return Error{Next::give_up, "a Message-ID that cannot be searched for"};
  }
  std::vector<std::uint32_t> uids;
  const OnData on_data = [&](Response& response) {
    const auto* search = std::get_if<Search>(&response);
    if (search == nullptr) return false;
    uids.insert(uids.end(), search->numbers.begin(), search->numbers.end());
    return true;
  };
  const std::string tag = next_tag();
  auto said = co_await say(tag + " UID SEARCH HEADER Message-ID " + *argument + "\r\n");
  if (!said) co_return std::move(said.error());
  auto status = co_await finish(tag, std::nullopt, on_data);
  if (!status) co_return std::move(status.error());
  if (status->kind != Status::Kind::ok) co_return refused("SEARCH", *status);
  co_return uids;
}

// True: the server said `+`. False: it answered `tag` instead, with `refusal`.
awaitable<Result<bool>> Session::continued(std::string tag, Status& refusal) {
  const net::Instant deadline = soon();
  for (std::size_t heard = 0; heard < kMostUnasked; ++heard) {
    auto response = co_await hear(deadline);
    if (!response) co_return std::move(response.error());
    if (std::holds_alternative<Continuation>(*response)) co_return true;
    if (auto* status = std::get_if<Status>(&*response); status != nullptr && status->tag == tag) {
      refusal = std::move(*status);
      co_return false;
    }
  }
  co_return fail("the server talks without end");
}

awaitable<Result<Appended>> Session::append(std::string folder, std::string message) {
  const auto argument = folder_argument(folder);
  if (!argument) co_return Error{Next::give_up, "APPEND: a folder name that no folder has"};
  const std::string tag = next_tag();
  auto said = co_await say(tag + " APPEND " + *argument + " (\\Seen) {" + std::to_string(message.size()) + "}\r\n");
  if (!said) co_return std::move(said.error());
  Status refusal;
  auto invited = co_await continued(tag, refusal);
  if (!invited) co_return std::move(invited.error());
  if (!*invited) co_return refused("APPEND", refusal);

  auto sent = co_await say(std::move(message) + "\r\n");
  if (!sent) co_return std::move(sent.error());
  auto status = co_await finish(tag, std::nullopt, {});
  if (!status) co_return std::move(status.error());
  if (status->kind != Status::Kind::ok) co_return refused("APPEND", *status);
  Appended place;
  if (status->code == "APPENDUID") {
    const std::string_view arguments = status->arguments;
    const auto space = std::min(arguments.find(' '), arguments.size());
    place.uid_validity = number_or_zero<std::uint32_t>(arguments.substr(0, space));
    place.uid = number_or_zero<std::uint32_t>(arguments.substr(std::min(space + 1, arguments.size())));
  }
  co_return place;
}

awaitable<Result<bool>> Session::enter_idle() {
  if (!can("IDLE") || idle_refused_) co_return false;
  const std::string tag = next_tag();
  auto said = co_await say(tag + " IDLE\r\n");
  if (!said) co_return std::move(said.error());
  Status refusal;
  auto invited = co_await continued(tag, refusal);
  if (!invited) co_return std::move(invited.error());
  idle_refused_ = !*invited;
  if (*invited) idle_tag_ = tag;
  co_return *invited;
}

awaitable<Result<Session::Heard>> Session::listen(net::Instant until) {
  for (std::size_t heard = 0; heard < kMostUnasked;) {
    if (exists_changed_) co_return Heard::exists;
    if (hurried_until_) co_return Heard::woken;
    auto next = reader_.next();
    if (!next) co_return fail(std::move(next.error().what));
    if (*next) {
      ++heard;
      if (auto over = take_note(**next)) co_return *std::move(over);
      const auto* status = std::get_if<Status>(&**next);
      if (status != nullptr && status->tag == idle_tag_) co_return fail("the server ended IDLE: " + status->words());
      continue;
    }
    auto received = co_await fill(until);
    if (!received) co_return std::move(received.error());
    if (received->by == net::Received::By::deadline) co_return Heard::deadline;
    if (received->by == net::Received::By::woken) co_return Heard::woken;
  }
  co_return fail("the server talks without end");
}

awaitable<Result<void>> Session::leave_idle() {
  const std::string tag = std::exchange(idle_tag_, {});
  auto said = co_await say("DONE\r\n");
  if (!said) co_return std::move(said.error());
  const net::Instant deadline = soon();
  auto status = co_await finish(tag, deadline, {});
  if (!status) co_return std::move(status.error());
  co_return Result<void>{};
}

awaitable<void> Session::logout() {
  const net::Instant deadline = clock_.instant() + kFarewell;
  const std::string tag = next_tag();
  const std::string farewell = (idle_tag_.empty() ? "" : "DONE\r\n") + tag + " LOGOUT\r\n";
  auto written = co_await connection_->write(farewell, deadline);
  // BYE ends this as an Error, and so does everything that is wrong: we go either way.
  if (written) (void)co_await finish(tag, deadline, {});
  connection_->close();
}

}  // namespace leadmail::mail::imap
