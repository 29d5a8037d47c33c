// Listing and fetching: the part of Session that moves mail.
#include <algorithm>
#include <map>
#include <utility>

#include "mail/imap/command.h"
#include "mail/imap/session.h"

namespace leadmail::mail::imap {
namespace {

constexpr std::size_t kMostListed = 200'000;
constexpr std::size_t kMostAnswers = 2'000'000;
constexpr std::uint64_t kSmallLiterals = 1U << 20U;
/// Some servers take no longer command lines.
constexpr std::size_t kSetOctets = 900;

/// Each UID once, with its size if any line told it; at most the lowest 200,000.
void tidy(Listing& listing) {
  auto& all = listing.messages;
  std::stable_sort(all.begin(), all.end(),
                   [](const Listed& a, const Listed& b) { return a.uid != b.uid ? a.uid < b.uid : a.size > b.size; });
  const auto last =
      std::unique(all.begin(), all.end(), [](const Listed& a, const Listed& b) { return a.uid == b.uid; });
  all.erase(last, all.end());
  if (all.size() <= kMostListed) return;
  all.resize(kMostListed);
  listing.more = true;
}

/// Is this all of the message, or of its beginning where only that was asked for? Of another part nobody has asked.
bool is_body(const Section& section, bool head_only) {
  if (!section.value) return false;
  if (head_only) return section.name == "HEADER" || (section.name.empty() && section.origin.value_or(0) == 0);
  return section.name.empty() && !section.origin;
}

/// The body in what one FETCH command brought, if it is there; moved out of `sections`.
std::optional<std::string> body_of(std::vector<Section>& sections, bool head_only) {
  std::optional<std::string> body;
  for (Section& section : sections) {
    if (!is_body(section, head_only)) continue;
    // Of a head, whichever holds more: a header may be longer than the octets asked for.
    if (!body || section.value->size() > body->size()) body = std::move(section.value);
  }
  return body;
}

/// A part that ends before the octets asked for are full ends where the message does, unless the server has told of a
/// larger one. RFC 3501 §6.4.5
bool is_whole(const std::vector<Section>& sections, std::size_t head, std::uint64_t told) {
  return std::any_of(sections.begin(), sections.end(), [&](const Section& section) {
    return section.name.empty() && is_body(section, true) && section.value->size() < head &&
           section.value->size() >= told;
  });
}

void merge(Fetch& from, Fetched& into, std::vector<Section>& sections) {
  if (from.internal_date) into.internal_date = from.internal_date;
  if (from.size) into.size = from.size;
  for (Section& section : from.sections) sections.push_back(std::move(section));
}

}  // namespace

awaitable<Result<Status>> Session::list_set(std::string set, Tell tell, Listing& into) {
  const OnData on_data = [&](Response& response) {
    const auto* fetch = std::get_if<Fetch>(&response);
    if (fetch == nullptr || !fetch->uid) return false;
    into.messages.push_back({*fetch->uid, fetch->internal_date.value_or(Time{}), fetch->size.value_or(0)});
    if (into.messages.size() >= 2 * kMostListed) tidy(into);
    return true;
  };
  const std::string tag = next_tag();
  const std::string items = tell == Tell::sizes ? " (UID INTERNALDATE RFC822.SIZE)" : " (UID INTERNALDATE)";
  auto said = co_await say(tag + " UID FETCH " + set + items + "\r\n");
  if (!said) co_return std::move(said.error());
  co_return co_await finish(tag, std::nullopt, on_data);
}

awaitable<Result<Listing>> Session::list(std::uint32_t from, std::vector<std::uint32_t> also, Tell tell) {
  std::sort(also.begin(), also.end());
  std::vector<std::string> sets = uid_sets(also, kSetOctets);
  if (from > 0) sets.push_back(std::to_string(from) + ":*");
  if (from > 0) expect_nothing_new();

  Listing listing;
  for (std::string& set : sets) {
    auto status = co_await list_set(std::move(set), tell, listing);
    if (!status) co_return std::move(status.error());
    if (status->kind != Status::Kind::ok) co_return refused("UID FETCH", *status);
  }
  // `from:*` names the highest message even when it lies below. RFC 3501 §6.4.8. Others come unasked.
  std::erase_if(listing.messages, [&](const Listed& listed) {
    return (from == 0 || listed.uid < from) && !std::binary_search(also.begin(), also.end(), listed.uid);
  });
  tidy(listing);
  co_return listing;
}

/// The commands of one fetch() that are on the way, and what came for them.
struct Session::Flight {
  struct Command {
    std::string tag{};
    Fetched fetched{};
    std::vector<Section> sections{};
    std::uint64_t told = 0;  ///< octets of the message, by what the server said
    std::uint64_t cost = 0;  ///< of them, those that are asked for

    /// What it brought, as what it is; `head` is how many octets of a head were asked for.
    void take_body(std::size_t head) {
      const bool whole = !fetched.head_only || is_whole(sections, head, told);
      fetched.raw = body_of(sections, fetched.head_only);
      fetched.head_only = !whole;
    }
  };

  std::vector<Wanted> all{};
  std::size_t sent = 0;           ///< how many of `all`
  std::vector<Command> on_way{};  ///< in the order in which they were sent
  std::uint64_t on_way_octets = 0;
  std::uint64_t held_octets = 0;  ///< received and not yet handed over

  Command* by_uid(std::uint32_t uid) {
    const auto found = std::find_if(on_way.begin(), on_way.end(), [&](auto& c) { return c.fetched.uid == uid; });
    return found == on_way.end() ? nullptr : &*found;
  }
  Command* by_tag(std::string_view tag) {
    const auto found = std::find_if(on_way.begin(), on_way.end(), [&](auto& c) { return c.tag == tag; });
    return found == on_way.end() ? nullptr : &*found;
  }
};

// Fills the window with commands, in one packet.
awaitable<Result<void>> Session::send_more(Flight& flight) {
  std::string commands;
  while (flight.sent < flight.all.size() && flight.on_way.size() < options_.window_messages) {
    const Wanted& wanted = flight.all[flight.sent];
    const std::uint64_t cost = wanted.head_only ? options_.head : wanted.listed.size;
    if (!flight.on_way.empty() && flight.on_way_octets + cost > options_.window_bytes) break;
    Flight::Command command{.tag = next_tag(), .told = wanted.listed.size, .cost = cost};
    command.fetched.uid = wanted.listed.uid;
    command.fetched.head_only = wanted.head_only;
    commands += command.tag + " UID FETCH " + std::to_string(wanted.listed.uid) + " (UID INTERNALDATE ";
    commands += wanted.head_only ? "BODY.PEEK[HEADER] BODY.PEEK[]<0." + std::to_string(options_.head) + ">)\r\n"
                                 : "BODY.PEEK[])\r\n";
    flight.on_way_octets += cost;
    flight.on_way.push_back(std::move(command));
    ++flight.sent;
  }
  if (commands.empty()) co_return Result<void>{};
  co_return co_await say(std::move(commands));
}

awaitable<Result<void>> Session::fetch(std::vector<Wanted> messages, Taker take) {
  Flight flight{.all = std::move(messages)};
  std::size_t unasked = 0;
  broken_at_.reset();
  for (;;) {
    auto sent = co_await send_more(flight);
    if (!sent) co_return std::move(sent.error());
    if (flight.on_way.empty()) break;

    reader_.allow_literals(options_.max_message);
    auto response = co_await hear(std::nullopt);
    reader_.allow_literals(kSmallLiterals);
    if (!response) {
      broken_at_ = flight.on_way.front().fetched.uid;
      co_return std::move(response.error());
    }
    if (auto* fetch = std::get_if<Fetch>(&*response); fetch != nullptr && fetch->uid) {
      if (auto* command = flight.by_uid(*fetch->uid)) {
        for (const Section& section : fetch->sections) flight.held_octets += section.value ? section.value->size() : 0;
        merge(*fetch, command->fetched, command->sections);
        if (flight.held_octets > options_.max_message + options_.window_bytes)
          co_return fail("more bodies than asked for");
        continue;
      }
    }
    auto* status = std::get_if<Status>(&*response);
    auto* done = status == nullptr || status->tag.empty() ? nullptr : flight.by_tag(status->tag);
    if (done == nullptr) {
      if (++unasked > kMostAnswers) co_return fail("the server talks without end");
      continue;
    }
    const Diagnosis why = diagnose(status->words(), Moment::in_session);
    if (status->kind != Status::Kind::ok && (why.trouble == Trouble::throttle || why.trouble == Trouble::capacity)) {
      co_return refused("UID FETCH", *status);
    }
    Flight::Command command = std::move(*done);
    flight.on_way.erase(flight.on_way.begin() + (done - flight.on_way.data()));
    flight.on_way_octets -= command.cost;
    for (const Section& section : command.sections) flight.held_octets -= section.value ? section.value->size() : 0;
    // A refusal after the literal takes back what was said.
    if (status->kind == Status::Kind::ok) command.take_body(options_.head);
    if (!command.fetched.raw) command.fetched.why = status->words();
    auto taken = co_await take(std::move(command.fetched));
    if (!taken) co_return std::move(taken.error());
  }
  co_return Result<void>{};
}

awaitable<Result<bool>> Session::leave_idle_and_fetch(std::uint32_t cursor, Taker take) {
  const std::string idle = std::exchange(idle_tag_, {});
  const std::string tag = next_tag();
  expect_nothing_new();
  auto said = co_await say("DONE\r\n" + tag + " UID FETCH " + std::to_string(cursor + 1) +
                           ":* (UID INTERNALDATE RFC822.SIZE BODY.PEEK[])\r\n");
  if (!said) co_return std::move(said.error());
  const net::Instant deadline = soon();
  auto left = co_await finish(idle, deadline, {});
  if (!left) co_return std::move(left.error());

  std::set<std::uint32_t> taken_uids;
  std::set<std::uint32_t> without_body;
  for (std::size_t heard = 0; heard < kMostAnswers; ++heard) {
    reader_.allow_literals(options_.max_message);
    auto response = co_await hear(std::nullopt);
    reader_.allow_literals(kSmallLiterals);
    if (!response) co_return std::move(response.error());
    if (auto* status = std::get_if<Status>(&*response); status != nullptr && status->tag == tag) {
      co_return status->kind == Status::Kind::ok&& without_body.empty() && !exists_changed_;
    }
    auto* fetch = std::get_if<Fetch>(&*response);
    if (fetch == nullptr || fetch->uid.value_or(0) <= cursor || taken_uids.contains(*fetch->uid)) continue;
    Fetched fetched{.uid = *fetch->uid};
    std::vector<Section> sections;
    merge(*fetch, fetched, sections);
    fetched.raw = body_of(sections, false);
    without_body.insert(fetched.uid);
    if (!fetched.raw) continue;
    without_body.erase(fetched.uid);
    taken_uids.insert(fetched.uid);
    auto taken = co_await take(std::move(fetched));
    if (!taken) co_return std::move(taken.error());
  }
  co_return fail("the server talks without end");
}

}  // namespace leadmail::mail::imap
