#include "core/leads/token.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <initializer_list>
#include <limits>
#include <span>

#include "core/leads/address.h"
#include "core/leads/base32.h"
#include "core/leads/keyed_hash.h"

namespace leadmail::leads {
namespace {

// What a token carries in clear: key, purpose, day (two bytes), lead (four), then the signature.
constexpr std::size_t kClear = 8;
constexpr std::size_t kSignature = 12;
constexpr std::size_t kTokenBytes = kClear + kSignature;
static_assert(kTokenBytes * 8 == kTokenLength * 5, "no bits are left over, so each token has one spelling");

using Bytes = std::vector<std::uint8_t>;

/// HMAC-SHA-256 over the fields, each with its length before it, so that no two lists look the same.
KeyedHash sign(const TokenKeys::Key& key, std::initializer_list<std::string_view> fields) {
  std::string data;
  for (const auto field : fields) {
    data += std::to_string(field.size());
    data += ':';
    data += field;
  }
  return keyed_hash(key.secret, data);
}

std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

KeyedHash sign_token(const TokenKeys::Key& key, std::span<const std::uint8_t> clear, std::string_view user,
                     std::string_view mailbox) {
  return sign(key, {"token", as_text(clear), to_lower(user), mailbox});
}

Bytes clear_part(const Token& token, std::uint8_t key, Time now) {
  assert(token.lead.value >= 0 && token.lead.value <= std::numeric_limits<std::uint32_t>::max());
  const auto day = static_cast<std::uint16_t>(std::chrono::floor<std::chrono::days>(now).time_since_epoch().count());
  const auto lead = static_cast<std::uint32_t>(token.lead.value);
  return {key,
          static_cast<std::uint8_t>(token.purpose),
          static_cast<std::uint8_t>(day >> 8),
          static_cast<std::uint8_t>(day),
          static_cast<std::uint8_t>(lead >> 24),
          static_cast<std::uint8_t>(lead >> 16),
          static_cast<std::uint8_t>(lead >> 8),
          static_cast<std::uint8_t>(lead)};
}

/// Made today or within its life; a day ahead is a clock that was put back.
bool is_alive(std::uint16_t day, Time now) {
  const auto age = std::chrono::floor<std::chrono::days>(now).time_since_epoch() - std::chrono::days{day};
  return age >= std::chrono::days{-1} && age <= kTokenLife;
}

std::span<const TokenKeys::Key> valid_keys(const TokenKeys& keys) {
  return std::span(keys.keys).first(std::min(kValidKeys, keys.keys.size()));
}

std::string hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const auto byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15U];
  }
  return text;
}

std::string check_letters(LeadId lead, const TokenKeys::Key& key) {
  const auto digest = sign(key, {"subject", std::to_string(lead.value)});
  return to_base32(std::span(digest).first(5)).substr(0, 4);
}

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// Calls `each` with every word of letters and digits that has the shape of a token.
template <typename Each>
void for_each_token_word(std::string_view text, Each each) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && is_alphanumeric(text[i])) continue;
    const auto word = text.substr(begin, i - begin);
    if (word.size() == kTokenLength && std::ranges::all_of(word, is_base32)) each(to_lower(word));
    begin = i + 1;
  }
}

struct Tag {
  LeadId lead{};
  std::string_view rest{};
};

/// Reads "L-123-rest" in brackets; nothing for any other word.
std::optional<Tag> read_tag(std::string_view word) {
  if (word.size() < 5 || (word[0] != 'L' && word[0] != 'l') || word[1] != '-') return std::nullopt;
  word.remove_prefix(2);
  Tag tag;
  const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), tag.lead.value);
  const auto used = static_cast<std::size_t>(end - word.data());
  if (failed != std::errc{} || used >= word.size() || word[used] != '-' || tag.lead.value <= 0) return std::nullopt;
  tag.rest = word.substr(used + 1);
  return tag;
}

}  // namespace

std::string make_token(const Token& token, const TokenKeys& keys, Time now) {
  if (keys.keys.empty()) return {};
  const auto& key = keys.keys.front();
  auto bytes = clear_part(token, key.id, now);
  const auto digest = sign_token(key, bytes, token.user, token.mailbox);
  bytes.insert(bytes.end(), digest.begin(), digest.begin() + kSignature);
  return to_base32(bytes);
}

std::optional<Token> verify_token(std::string_view text, std::string_view user, std::string_view mailbox,
                                  const TokenKeys& keys, Time now) {
  if (text.size() != kTokenLength) return std::nullopt;
  const auto bytes = from_base32(text);
  if (!bytes) return std::nullopt;
  const auto& b = *bytes;
  const auto clear = std::span(b).first(kClear);
  const auto day = static_cast<std::uint16_t>(b[2] << 8 | b[3]);
  const auto lead = static_cast<std::int64_t>(b[4]) << 24 | b[5] << 16 | b[6] << 8 | b[7];
  if (b[1] < static_cast<std::uint8_t>(Purpose::conversation) || b[1] > static_cast<std::uint8_t>(Purpose::circular))
    return std::nullopt;
  if (!is_alive(day, now) && b[1] != static_cast<std::uint8_t>(Purpose::unsubscribe)) return std::nullopt;
  for (const auto& key : valid_keys(keys)) {
    if (key.id != b[0]) continue;
    const auto digest = sign_token(key, clear, user, mailbox);
    if (CRYPTO_memcmp(digest.data(), b.data() + kClear, kSignature) != 0) continue;
    return Token{static_cast<Purpose>(b[1]), LeadId{lead}, std::string(user), std::string(mailbox)};
  }
  return std::nullopt;
}

std::string reply_address(const Mailbox& mailbox, std::string_view token) {
  const auto local = local_part_of(mailbox.address);
  if (token.empty() || !mailbox.plus_addressing || local.size() + 1 + token.size() > 64) return mailbox.address;
  return std::string(local) + "+" + std::string(token) + "@" + domain_of(mailbox.address);
}

std::string make_message_id(std::string_view token, std::string_view cause, const Mailbox& mailbox,
                            const TokenKeys& keys) {
  const auto digest = sign(keys.keys.empty() ? TokenKeys::Key{} : keys.keys.front(), {"message-id", cause});
  return std::string(token) + "." + hex(std::span(digest).first(8)) + "@" + domain_of(mailbox.address);
}

std::string make_calendar_uid(std::string_view what, std::string_view cause, const Mailbox& mailbox,
                              const TokenKeys& keys) {
  const auto digest = sign(keys.keys.empty() ? TokenKeys::Key{} : keys.keys.front(), {"calendar", what, cause});
  return std::string(what) + "-" + to_base32(std::span(digest).first(20)).substr(0, 26) + "@" +
         to_lower(domain_of(mailbox.address));
}

std::string subject_tag(LeadId lead, const TokenKeys& keys) {
  if (keys.keys.empty()) return {};
  return "[" + to_string(lead) + "-" + check_letters(lead, keys.keys.front()) + "]";
}

std::string action_tag(LeadId lead, std::string_view token) {
  return "[" + to_string(lead) + "-" + std::string(token) + "]";
}

std::optional<LeadId> lead_in_subject(std::string_view subject, const TokenKeys& keys) {
  for (auto open = subject.rfind('['); open != std::string_view::npos; open = subject.rfind('[', open - 1)) {
    const auto close = subject.find(']', open);
    const auto tag =
        close == std::string_view::npos ? std::nullopt : read_tag(subject.substr(open + 1, close - open - 1));
    if (tag) {
      const auto letters = to_lower(tag->rest);
      const auto ours = [&](const TokenKeys::Key& key) { return letters == check_letters(tag->lead, key); };
      if (std::ranges::any_of(valid_keys(keys), ours)) return tag->lead;
    }
    if (open == 0) break;
  }
  return std::nullopt;
}

std::string make_nonce(std::string_view fingerprint, std::string_view user, const TokenKeys& keys) {
  if (keys.keys.empty()) return {};
  const auto digest = sign(keys.keys.front(), {"nonce", fingerprint, to_lower(user)});
  return to_base32(std::span(digest).first(10));
}

std::vector<std::string> nonce_marks(std::string_view nonce, const TokenKeys& keys) {
  std::vector<std::string> marks;
  for (const auto& key : valid_keys(keys)) marks.push_back(hex(sign(key, {"nonce mark", to_lower(nonce)})));
  return marks;
}

std::string make_instance_mark(std::string_view message_id, const TokenKeys& keys) {
  if (keys.keys.empty()) return {};
  const auto& key = keys.keys.front();
  const auto digest = sign(key, {"instance", message_id});
  Bytes bytes{key.id};
  bytes.insert(bytes.end(), digest.begin(), digest.begin() + 19);
  return to_base32(bytes);
}

bool verify_instance_mark(std::string_view mark, std::string_view message_id, const TokenKeys& keys) {
  if (mark.size() != kTokenLength || message_id.empty()) return false;
  const auto bytes = from_base32(mark);
  if (!bytes) return false;
  return std::ranges::any_of(valid_keys(keys), [&](const TokenKeys::Key& key) {
    if (key.id != bytes->front()) return false;
    const auto digest = sign(key, {"instance", message_id});
    return CRYPTO_memcmp(digest.data(), bytes->data() + 1, 19) == 0;
  });
}

std::vector<TokenCandidate> find_tokens(const Inquiry& inquiry) {
  constexpr std::size_t kMost = 64;
  std::vector<TokenCandidate> found;
  const auto look = [&](std::string_view text, std::string_view where) {
    for_each_token_word(text, [&](std::string word) {
      if (found.size() >= kMost || std::ranges::find(found, word, &TokenCandidate::text) != found.end()) return;
      found.push_back({std::move(word), std::string(where)});
    });
  };
  for (const auto& address : inquiry.delivered_to) look(tag_of(address), "recipient");
  for (const auto& person : inquiry.to) look(tag_of(person.address), "recipient");
  for (const auto& person : inquiry.cc) look(tag_of(person.address), "recipient");
  for (const auto& id : inquiry.in_reply_to) look(id, "in-reply-to");
  for (auto id = inquiry.references.rbegin(); id != inquiry.references.rend(); ++id) look(*id, "references");
  if (const auto open = inquiry.subject.rfind('['); open != std::string::npos) {
    look(std::string_view(inquiry.subject).substr(open), "subject");
  }
  return found;
}

std::optional<std::string> token_in(std::string_view text) {
  std::optional<std::string> first;
  for_each_token_word(text, [&](std::string word) {
    if (!first) first = std::move(word);
  });
  return first;
}

}  // namespace leadmail::leads
