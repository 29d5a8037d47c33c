// Tokens, tags and marks out of hostile text, and genuine ones that were tampered with: none is ever accepted that was
// not made with the key.
//
// Also: core/leads/base32.cc
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/leads/address.h"
#include "core/leads/token.h"

using namespace leadmail;
using namespace leadmail::leads;

namespace {

const TokenKeys kKeys{{{1, std::string(32, 'k')}, {2, std::string(32, 'j')}}};
/// Nothing is made with these, so that no comparison tells the fuzzer of a genuine one.
const TokenKeys kUnused{{{1, std::string(32, 'u')}, {2, std::string(32, 'v')}}};
const Mailbox kMailbox{.name = "sales", .address = "sales@acme.example"};
const auto kNow = from_unix(1795532400);

/// The genuine text with octets of the input over it: the first says from where on.
std::string tampered(std::string genuine, std::string_view input) {
  if (input.empty()) return genuine;
  const auto at = static_cast<unsigned char>(input.front()) % (genuine.size() + 1);
  const auto octets = input.substr(1, genuine.size() - at);
  return genuine.replace(at, octets.size(), octets);
}

void look_for(const std::string& text) {
  Inquiry inquiry;
  inquiry.subject = text;
  inquiry.to = {{"", text}};
  inquiry.delivered_to = {text};
  inquiry.in_reply_to = {text};
  inquiry.references = {text};
  const auto found = find_tokens(inquiry);
  assert(found.size() <= 64);
  for (const auto& candidate : found) assert(!verify_token(candidate.text, "ana", "sales", kUnused, kNow));
  assert(!verify_token(text, "", "sales", kUnused, kNow));
  assert(!verify_instance_mark(text, text, kUnused));
  (void)lead_in_subject(text, kUnused);  // twenty bits only: that one may be guessed
}

/// A genuine one. Comparing tells the fuzzer of each, so that it tries them where another belongs.
struct Genuine {
  Token token;
  std::string text;
};

std::vector<Genuine> genuine_ones() {
  std::vector<Genuine> made;
  for (const auto purpose : {Purpose::conversation, Purpose::reply, Purpose::unsubscribe, Purpose::circular}) {
    Token token{purpose, LeadId{4711}, purpose == Purpose::reply ? "ana" : "", "sales"};
    auto text = make_token(token, kKeys, kNow - std::chrono::days{60});
    made.push_back({std::move(token), std::move(text)});
  }
  return made;
}

void tamper(std::string_view input) {
  static const auto kGenuine = genuine_ones();
  for (const auto& [token, genuine] : kGenuine) {
    const auto changed = tampered(genuine, input);
    const auto is_it = [&](const Genuine& one) {
      return one.token.user == token.user && one.text == to_lower(changed);
    };
    const auto same = std::ranges::find_if(kGenuine, is_it);
    const auto read = verify_token(changed, token.user, "sales", kKeys, kNow);
    assert(read.has_value() == (same != kGenuine.end()));
    assert(!read || (read->purpose == same->token.purpose && read->lead == token.lead));
    assert(!verify_token(changed, "luis", "sales", kKeys, kNow));
    assert(!verify_token(changed, token.user, "other", kKeys, kNow));
    const auto later = verify_token(changed, token.user, "sales", kKeys, kNow + std::chrono::days{31});
    assert(!later || later->purpose == Purpose::unsubscribe);
    Inquiry inquiry;
    inquiry.to = {{"", tampered(reply_address(kMailbox, genuine), input)}};
    inquiry.subject = tampered(action_tag(LeadId{4711}, genuine), input);
    inquiry.in_reply_to = {tampered(make_message_id(genuine, "cause", kMailbox, kKeys), input)};
    assert(find_tokens(inquiry).size() <= 64);
  }
  const auto mark = make_instance_mark("a@acme.example", kKeys);
  const auto changed = tampered(mark, input);
  assert(verify_instance_mark(changed, "a@acme.example", kKeys) == (to_lower(changed) == mark));
  assert(!verify_instance_mark(changed, "b@acme.example", kKeys));
  (void)lead_in_subject(tampered(subject_tag(LeadId{4711}, kKeys), input), kKeys);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  look_for(std::string(input));
  tamper(input);
  return 0;
}
