#include <algorithm>

#include "mail/message/address.h"
#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/date.h"
#include "mail/message/encoded_word.h"
#include "mail/message/message_ids.h"
#include "mail/message/parameter.h"
#include "mail/message/parse.h"
#include "mail/message/sha256.h"

namespace leadmail::mail::message {
namespace {

/// Reads fields of addresses until the message's share of them is used up.
class AddressReader {
 public:
  AddressReader(const Header& header, std::size_t limit, std::string_view charset)
      : header_(header), left_(limit), charset_(charset) {}

  std::vector<Address> all(std::string_view name) {
    std::vector<Address> result;
    for (const auto value : header_.all(name)) {
      auto list = read_addresses(value, left_, charset_);
      left_ -= list.addresses.size();
      std::erase_if(list.addresses, [](const Address& address) { return address.address.empty(); });
      std::move(list.addresses.begin(), list.addresses.end(), std::back_inserter(result));
    }
    return result;
  }

 private:
  const Header& header_;
  std::size_t left_;
  std::string_view charset_;
};

/// Raw bytes in the header are in no declared charset; mostly in that of the body.
std::string body_charset(const Header& header, const Limits& limits) {
  const auto type = header.first("Content-Type");
  return type ? std::string(read_parameters(*type, limits.parameters).get("charset")) : std::string{};
}

/// One field, one mailbox, nothing in it that had to be guessed. Anything else gives no identity.
bool is_plain(const AddressList& list) {
  return list.addresses.size() == 1 && !list.has_group && !list.has_encoded_address && !list.is_damaged &&
         !list.is_truncated;
}

/// "<@relay.example:ana@acme.example>": programs differ about whose address that is. RFC 5322 §4.4
bool has_route(std::string_view field) {
  for (auto at = field.find('<'); at != std::string_view::npos; at = field.find('<', at + 1)) {
    const auto next = field.find_first_not_of(" \t\r\n", at + 1);
    if (next != std::string_view::npos && field[next] == '@') return true;
  }
  return false;
}

void read_from(const Header& header, const Limits& limits, std::string_view charset, Identity& identity) {
  const auto fields = header.all("From");
  identity.from_fields = fields.size();
  for (const auto value : fields) {
    if (identity.from.size() >= limits.addresses) break;
    auto list = read_addresses(value, limits.addresses - identity.from.size(), charset);
    identity.from_is_plain = fields.size() == 1 && is_plain(list) && !has_route(value);
    std::move(list.addresses.begin(), list.addresses.end(), std::back_inserter(identity.from));
  }
}

std::vector<std::string> read_delivered_to(const Header& header) {
  std::vector<std::string> result;
  for (const std::string_view name :
       {"Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To"}) {
    for (const auto value : header.all(name)) {
      for (const auto& address : read_addresses(value, 10).addresses) {
        auto text = ascii::lower(address.address);
        const bool known = std::find(result.begin(), result.end(), text) != result.end();
        if (!known && result.size() < 50) result.push_back(std::move(text));
      }
    }
  }
  return result;
}

std::string read_return_path(const Header& header) {
  const auto value = header.first("Return-Path");
  if (!value) return {};
  auto list = read_addresses(*value, 1);
  if (!list.addresses.empty()) return ascii::lower(list.addresses.front().address);
  return value->find("<") != std::string_view::npos ? "<>" : "";
}

/// In-Reply-To and References may be written twice by gateways; their ids count once each.
std::vector<std::string> ids_of(const Header& header, std::string_view name, std::size_t limit) {
  std::vector<std::string> result;
  auto values = header.all(name);
  values.resize(std::min<std::size_t>(values.size(), 5));
  for (const auto value : values) {
    auto ids = read_message_ids(value, limit);
    if (result.empty()) {
      result = std::move(ids);
    } else {
      for (auto& id : ids) {
        if (result.size() < limit && std::find(result.begin(), result.end(), id) == result.end())
          result.push_back(std::move(id));
      }
    }
  }
  return result;
}

}  // namespace

Identity read_identity(std::string_view raw, const Limits& limits) {
  Identity identity{.header = read_header(raw, limits)};
  const Header& header = identity.header;
  const std::string charset = body_charset(header, limits);
  read_from(header, limits, charset, identity);

  AddressReader addresses(header, limits.addresses, charset);
  if (auto sender = addresses.all("Sender"); !sender.empty()) identity.sender = std::move(sender.front());
  identity.reply_to = addresses.all("Reply-To");
  identity.to = addresses.all("To");
  identity.cc = addresses.all("Cc");
  identity.delivered_to = read_delivered_to(header);

  if (const auto subject = header.first("Subject")) identity.subject = decode_words(*subject, charset);
  if (const auto value = header.first("Date")) {
    if (const auto date = read_date(*value)) {
      identity.date = date->time;
      identity.date_offset = date->offset;
    }
  }
  if (const auto value = header.first("Message-ID")) identity.message_id = read_message_id(*value);
  identity.in_reply_to = ids_of(header, "In-Reply-To", limits.message_ids);
  identity.references = ids_of(header, "References", limits.message_ids);
  for (const auto value : header.all("Authentication-Results")) identity.authentication_results.emplace_back(value);
  identity.received = header.all("Received").size();
  identity.return_path = read_return_path(header);
  return identity;
}

std::string fingerprint(const Identity& identity, std::string_view raw) {
  Sha256 hash;
  const auto add = [&](std::string_view text) {
    hash.add(text);
    hash.add(std::string_view("\0", 1));
  };
  add(identity.message_id);
  add(identity.date ? std::to_string(to_unix(*identity.date)) : std::string{});
  add(identity.from.empty() ? std::string{} : ascii::lower(identity.from.front().address));
  add(sha256_hex(raw.substr(std::min(identity.header.body_offset, raw.size()))));
  return hash.hex();
}

}  // namespace leadmail::mail::message
