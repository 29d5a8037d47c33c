#include "mail/message/dsn.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "mail/message/address.h"
#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/dsn_json.h"
#include "mail/message/dsn_notice.h"
#include "mail/message/dsn_text.h"
#include "mail/message/parse.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/reply_text.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kParts = 100;
constexpr std::size_t kRecipients = 100;
constexpr std::size_t kDiagnostic = 500;
constexpr std::size_t kReport = 256 * 1024;  // bytes of one report part

struct ReportField {
  std::string name;  // lower case
  std::string value;
};

// The groups of fields of a delivery-status part, parted by blank lines. RFC 3464 §2.1
std::vector<std::vector<ReportField>> read_groups(string_view text) {
  std::vector<std::vector<ReportField>> groups(1);
  text = text.substr(0, kReport);
  while (!text.empty() && groups.size() <= kRecipients + 1) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(text.size(), end + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (ascii::trim(line).empty()) {
      if (!groups.back().empty()) groups.emplace_back();
      continue;
    }
    if ((line.front() == ' ' || line.front() == '\t') && !groups.back().empty()) {
      auto& value = groups.back().back().value;
      if (value.size() < 4 * kDiagnostic) value += ' ' + std::string(ascii::trim(line));
      continue;
    }
    const auto colon = line.find(':');
    if (colon == string_view::npos || colon == 0) continue;
    groups.back().push_back(
        {ascii::lower(ascii::trim(line.substr(0, colon))), std::string(ascii::trim(line.substr(colon + 1)))});
  }
  return groups;
}

string_view value_of(const std::vector<ReportField>& group, string_view name) {
  const auto found =
      std::find_if(group.begin(), group.end(), [&](const ReportField& field) { return field.name == name; });
  return found == group.end() ? string_view{} : string_view(found->value);
}

// "rfc822; ann@example.com", "<ann@example.com>", "RFC822;ann@example.com (expanded …)". RFC 3464 §2.3.2
std::string typed_address(string_view value) {
  if (const auto semicolon = value.find(';'); semicolon != string_view::npos) value.remove_prefix(semicolon + 1);
  const auto list = read_addresses(value, 1);
  if (list.addresses.empty()) return {};
  const auto& address = list.addresses.front().address;
  const auto at = address.rfind('@');
  return at == std::string::npos || at == 0 || at + 1 == address.size() ? std::string{} : address;
}

std::string shortened(string_view text) { return std::string(utf8_prefix(text, kDiagnostic)); }

// "smtp; 550 5.1.1 …" without its type.
string_view diagnostic_text(string_view value) {
  const auto semicolon = value.find(';');
  constexpr std::size_t kLongestType = 20;
  const bool typed = semicolon < kLongestType && value.substr(0, semicolon).find(' ') == string_view::npos;
  return ascii::trim(typed ? value.substr(semicolon + 1) : value);
}

// The code that says most: a Status of 5.0.0 only repeats the class.
std::string best_status(string_view field, string_view diagnostic) {
  const auto status = find_status(ascii::trim(field));
  const auto detail = find_status(diagnostic);
  if (status_worth(detail) > status_worth(status) && status_worth(detail) > 1) return detail;
  if (!status.empty()) return status;
  const auto success = ascii::trim(field).substr(0, 5);
  return success.starts_with("2.") ? std::string(success) : detail;
}

using Addresses = std::vector<std::string>;

bool holds(const Addresses& addresses, const std::string& address) {
  return std::find(addresses.begin(), addresses.end(), ascii::lower(address)) != addresses.end();
}

bool is_internet_address(string_view address) {
  const auto at = address.rfind('@');
  return at != string_view::npos && address.find('.', at) != string_view::npos;
}

// Whom a group speaks of, and the alias that we wrote to where one stands between. RFC 3464 §2.3.1
void name_recipient(const std::vector<ReportField>& group, const Addresses& written_to, Bounce::Recipient& recipient) {
  auto final = typed_address(value_of(group, "final-recipient"));
  auto original = typed_address(value_of(group, "original-recipient"));
  if (final.empty()) final = std::exchange(original, {});
  if (final.empty()) final = typed_address(value_of(group, "x-actual-recipient"));
  if (!original.empty() && !is_internet_address(final)) final = std::exchange(original, {});
  if (original != final && holds(written_to, original) && !holds(written_to, final))
    recipient.written_to = std::move(original);
  recipient.address = std::move(final);
}

Bounce::Recipient read_recipient(const std::vector<ReportField>& group, const Addresses& written_to) {
  Bounce::Recipient recipient;
  name_recipient(group, written_to, recipient);
  const auto diagnostic = diagnostic_text(value_of(group, "diagnostic-code"));
  const auto action = ascii::lower(value_of(group, "action"));
  recipient.action = action.substr(0, action.find_first_of(" (;,"));
  if (recipient.action == "fail" || recipient.action == "failure") recipient.action = "failed";
  if (recipient.action == "deliverable") recipient.action = "delivered";  // Postfix, sendmail -bv
  recipient.status = best_status(value_of(group, "status"), diagnostic);
  recipient.diagnostic = shortened(diagnostic);
  return recipient;
}

void read_status_part(string_view text, const Addresses& written_to, Bounce& bounce) {
  for (const auto& group : read_groups(text)) {
    auto recipient = read_recipient(group, written_to);
    const bool named = !value_of(group, "final-recipient").empty() || !value_of(group, "original-recipient").empty() ||
                       !value_of(group, "action").empty();
    if (!named || bounce.recipients.size() >= kRecipients) continue;
    bounce.recipients.push_back(std::move(recipient));
  }
}

bool is_original(string_view type) {
  return type == "message/rfc822" || type == "text/rfc822-headers" || type == "message/rfc822-headers" ||
         type == "message/global";
}

std::vector<std::string> failed_recipients(const Header& header) {
  std::vector<std::string> addresses;
  for (const auto value : header.all("X-Failed-Recipients")) {
    for (const auto& address : read_addresses(value, kRecipients).addresses)
      if (address.address.find('@') != std::string::npos) addresses.push_back(ascii::lower(address.address));
  }
  return addresses;
}

bool is_status(string_view type) {
  return type == "message/delivery-status" || type == "message/global-delivery-status";
}

// What the notice says in words: its plain text, else what its HTML shows.
std::string prose_of(std::span<const ReportPart> parts, bool nested) {
  std::string text;
  std::string html;
  for (const auto& part : parts) {
    if (part.nested != nested || is_original(part.type) || is_status(part.type) || part.type == "text/calendar")
      continue;
    auto& target = part.type == "text/html" ? html : text;
    if (target.size() < kReport) (target += part.text.substr(0, kReport)) += '\n';
  }
  return ascii::trim(text).empty() && !html.empty() ? html_to_text(html) : text;
}

// Where the fields of a delivery status stand in a text that is no part of its own.
std::size_t status_fields_in(string_view text) {
  for (const auto mark : {string_view("\nFinal-Recipient:"), string_view("\nfinal-recipient:")}) {
    if (const auto at = text.find(mark); at != string_view::npos) {
      const auto group = text.rfind("\n\n", at);
      return group == string_view::npos ? at : group;
    }
  }
  return string_view::npos;
}

// The original's Message-ID: from its copy, else from the prose, else from the fields by which the notice answers it.
std::string original_id(const Identity& identity, std::span<const ReportPart> parts, string_view prose) {
  for (const auto& part : parts) {
    if (!is_original(part.type)) continue;
    const auto copy = part.text.substr(0, kReport);
    // A gateway may enclose another's notice: the original is the one below its fields.
    if (const auto inner = status_fields_in(copy); inner != string_view::npos)
      if (auto id = find_original_id(copy.substr(inner)); !id.empty()) return id;
    if (auto id = read_identity(copy).message_id; !id.empty()) return id;
    if (auto id = find_original_id(copy); !id.empty()) return id;
  }
  for (const auto& part : parts) {
    if (part.type == "message/delivery-status")
      if (auto id = find_original_id(part.text.substr(0, kReport)); !id.empty()) return id;
  }
  if (const auto inner = status_fields_in(prose); inner != string_view::npos)
    if (auto id = find_original_id(prose.substr(inner)); !id.empty()) return id;
  for (const auto name : {string_view("X-Original-Message-ID"), string_view("X-MS-Exchange-Original-Message-ID")}) {
    if (const auto value = identity.header.first(name)) {
      return std::string(ascii::trim(value->substr(0, 998)).substr(value->starts_with('<') ? 1 : 0))
          .substr(0, value->find('>') - 1);
    }
  }
  if (auto id = find_original_id(prose); !id.empty()) return id;
  if (!identity.in_reply_to.empty()) return identity.in_reply_to.front();
  return identity.references.empty() ? std::string{} : identity.references.back();
}

// Whom the returned copy is addressed to.
Addresses written_to(std::span<const ReportPart> parts) {
  for (const auto& part : parts)
    if (is_original(part.type)) return addressees(part.text.substr(0, kReport));
  return {};
}

// Fields of a delivery status inside prose or inside the enclosed original: a damaged report, or one that a gateway
// wrapped.
void read_loose_status(std::span<const ReportPart> parts, string_view prose, Bounce& bounce) {
  if (const auto at = status_fields_in(prose); at != string_view::npos) read_status_part(prose.substr(at), {}, bounce);
  for (const auto& part : parts) {
    if (!bounce.recipients.empty()) return;
    const auto copy = part.text.substr(0, kReport);
    if (const auto at = is_original(part.type) ? status_fields_in(copy) : string_view::npos; at != string_view::npos)
      read_status_part(copy.substr(at), {}, bounce);
  }
}

// Who failed: by the fields, else by the prose, else by X-Failed-Recipients. What fields without an address told is
// kept.
void name_recipients(Bounce& bounce, const std::vector<Bounce::Recipient>& told,
                     const std::vector<std::string>& failed) {
  Bounce::Recipient nameless;
  for (const auto& recipient : bounce.recipients)
    if (recipient.address.empty() && nameless.action.empty()) nameless = recipient;
  std::erase_if(bounce.recipients, [](const Bounce::Recipient& recipient) { return recipient.address.empty(); });
  if (!bounce.recipients.empty()) return;
  bounce.recipients = told;
  // The header's list is a machine's; of the prose's addresses those that it holds failed.
  const auto listed = [&](const Bounce::Recipient& recipient) { return holds(failed, recipient.address); };
  if (std::any_of(told.begin(), told.end(), listed))
    std::erase_if(bounce.recipients, [&](const auto& recipient) { return !listed(recipient); });
  if (told.empty())
    for (const auto& address : failed) bounce.recipients.push_back({.address = address});
  if (bounce.recipients.empty() && !nameless.action.empty()) bounce.recipients.push_back(nameless);
  for (auto& recipient : bounce.recipients) {
    if (recipient.status.empty()) recipient.status = nameless.status;
    if (recipient.diagnostic.empty()) recipient.diagnostic = nameless.diagnostic;
    if (!nameless.action.empty()) recipient.action = nameless.action;
  }
}

// Nobody is named: the copy of the original says whom it was for.
void add_recipient_of_copy(std::span<const ReportPart> parts, string_view prose, Bounce& bounce) {
  for (const auto& part : parts) {
    if (!is_original(part.type)) continue;
    const auto original = read_identity(part.text.substr(0, kReport));
    if (original.to.empty()) continue;
    bounce.recipients.push_back({.address = original.to.front().address, .diagnostic = shortened(ascii::trim(prose))});
    return;
  }
  if (auto address = find_original_recipient(prose); !address.empty())
    bounce.recipients.push_back({.address = std::move(address), .diagnostic = shortened(ascii::trim(prose))});
}

// Prose beside the fields fills what they leave open, for the same address.
void complete(Bounce& bounce, const std::vector<Bounce::Recipient>& told, string_view prose) {
  constexpr std::size_t kBeginning = 4096;
  const bool single = bounce.recipients.size() == 1;
  for (auto& recipient : bounce.recipients) {
    const auto better = [&](const std::string& status) {
      if (status_worth(status) > status_worth(recipient.status)) recipient.status = status;
    };
    for (const auto& other : told) {
      if (!ascii::same(other.address, recipient.address)) continue;
      better(other.status);
      if (recipient.diagnostic.empty()) recipient.diagnostic = other.diagnostic;
    }
    if (single && !recipient.status.starts_with("2.")) better(find_status(prose.substr(0, kBeginning)));
  }
}

// What happened, where no field says so.
string_view told_action(string_view subject, string_view prose) {
  constexpr auto kArrived = std::to_array<string_view>(
      {"successfully delivered", "has been delivered to", "was delivered to the following", "delivery complete",
       "delivered successfully", "successfully relayed", "been relayed", "(success)", "(relay)"});
  constexpr auto kDelayed = std::to_array<string_view>({"will be retried",
                                                        "will continue to try",
                                                        "not yet been delivered",
                                                        "still being retried",
                                                        "do not need to resend",
                                                        "don't need to resend",
                                                        "warning message only",
                                                        "a warning only",
                                                        "delivery attempts will",
                                                        "will keep trying",
                                                        "will try again",
                                                        "still trying",
                                                        "continue to be made",
                                                        "been delayed",
                                                        "is delayed",
                                                        "delayed by",
                                                        "has not been delivered yet",
                                                        "not been able to deliver your message yet",
                                                        "will be notified if",
                                                        "no action is required",
                                                        "temporary delivery problem",
                                                        "wird weiterhin versucht",
                                                        "verzögert",
                                                        "a été retardée",
                                                        "continuará intentando"});
  const auto opening = prose.substr(0, 4096);
  const auto says = [&](string_view words) { return contains_fold(opening, words) || contains_fold(subject, words); };
  if (std::any_of(kDelayed.begin(), kDelayed.end(), says) || contains_fold(subject, "delay") ||
      starts_with_fold(subject, "warning: "))
    return "delayed";
  return std::any_of(kArrived.begin(), kArrived.end(), says) && !says_undelivered(opening) ? "delivered" : "failed";
}

void settle_actions(Bounce& bounce, string_view subject, string_view prose) {
  const auto told = told_action(subject, prose);
  for (auto& recipient : bounce.recipients) {
    if (recipient.action.empty()) recipient.action = recipient.status.starts_with("2.") ? "delivered" : told;
  }
}

// The fields of a report: its own, or those that a gateway's mail encloses. A person's mail that encloses a report
// passes it on.
void read_status_parts(std::span<const ReportPart> parts, bool nested, const Addresses& written_to, Bounce& bounce) {
  for (const auto& part : parts)
    if (is_status(part.type) && part.nested == nested) read_status_part(part.text, written_to, bounce);
}

// A mailbox that refuses by its owner's filter or for its quota answers as if it had shown the mail and deleted it: the
// words tell. RFC 5429 §2.2.1
std::optional<Bounce> read_refusal(const Identity& identity, std::span<const ReportPart> parts) {
  const auto prose = prose_of(parts, false);
  const auto submitted = identity.header.first("Auto-Submitted");
  const bool refused = (submitted && contains_fold(*submitted, "rejected")) ||
                       contains_fold(prose.substr(0, 2000), "was automatically rejected") ||
                       contains_fold(prose.substr(0, 2000), "was refused by the recipient");
  if (!refused) return std::nullopt;
  Bounce bounce;
  for (const auto& part : parts) {
    if (part.type != "message/disposition-notification" || part.nested || !bounce.recipients.empty()) continue;
    for (const auto& group : read_groups(part.text)) {
      auto recipient = read_recipient(group, written_to(parts));
      if (recipient.address.empty() || !contains_fold(value_of(group, "disposition"), "deleted")) continue;
      recipient.action = "failed";
      recipient.diagnostic = shortened(ascii::trim(prose));
      if (recipient.status.empty()) recipient.status = find_status(recipient.diagnostic);
      bounce.recipients.push_back(std::move(recipient));
      break;
    }
  }
  if (bounce.recipients.empty()) return std::nullopt;
  bounce.original_message_id = original_id(identity, parts, prose);
  return bounce;
}

// What may be a service's JSON.
string_view first_text(std::span<const ReportPart> parts) {
  for (const auto& part : parts)
    if (part.type == "text/plain" && !part.nested) return part.text;
  return {};
}

std::vector<std::string> told_ones(const Identity& identity) {
  std::vector<std::string> addresses;
  addresses.reserve(identity.to.size() + identity.from.size());
  for (const auto& address : identity.to) addresses.push_back(ascii::lower(address.address));
  for (const auto& address : identity.from) addresses.push_back(ascii::lower(address.address));
  return addresses;
}

// Whether to look any further. Ordinary mail ends here.
bool may_be_notice(const Identity& identity, std::span<const ReportPart> parts) {
  return speaker_of(identity) != Speaker::anybody || is_bounce_subject(identity.subject) ||
         says_undelivered(identity.subject) || identity.header.has("X-Failed-Recipients") ||
         std::any_of(parts.begin(), parts.end(), [](const ReportPart& part) { return is_status(part.type); });
}

/// A complaint names the mail that it is about, and nobody whom that mail did not reach. RFC 5965 §2
std::optional<Bounce> read_complaint(const Identity& identity, std::span<const ReportPart> parts) {
  Bounce complaint;
  complaint.original_message_id = original_id(identity, parts, {});
  if (complaint.original_message_id.empty()) return std::nullopt;
  return complaint;
}

}  // namespace

std::optional<Bounce> read_bounce(const Identity& identity, const ReportSource& source) {
  const auto parts = source.parts.first(std::min(source.parts.size(), kParts));
  // A report of another kind, abuse or a receipt, holds no delivery status. RFC 6522 §3
  if (source.report_type == "feedback-report") return read_complaint(identity, parts);
  if (source.report_type == "disposition-notification") return read_refusal(identity, parts);
  if (auto told = read_service_notice(first_text(parts)); told.event == ServiceEvent::bounce)
    return std::move(told.bounce);
  if (source.report_type != "delivery-status" && !may_be_notice(identity, parts)) return std::nullopt;

  Bounce bounce;
  const bool by_machine = speaker_of(identity) >= Speaker::relay;
  const auto addressed = written_to(parts);
  read_status_parts(parts, false, addressed, bounce);
  if (bounce.recipients.empty() && by_machine) read_status_parts(parts, true, addressed, bounce);
  const bool passed_on = !by_machine && source.report_type.empty() && answers_bounce_subject(identity.subject);
  const bool reported = (!bounce.recipients.empty() && !passed_on) || source.report_type == "delivery-status";
  const auto failed = failed_recipients(identity.header);
  auto prose = prose_of(parts, false);
  const bool encloses =
      std::any_of(parts.begin(), parts.end(), [](const ReportPart& part) { return is_original(part.type); });
  const auto told_to = told_ones(identity);
  if (!reported && failed.empty() &&
      !is_notice(identity, {.prose = prose, .told_ones = told_to, .encloses_copy = encloses}))
    return std::nullopt;
  if (bounce.recipients.empty()) read_loose_status(parts, prose, bounce);

  const auto told = read_bounce_text(prose, told_to, addressed);
  name_recipients(bounce, told, failed);

  bounce.original_message_id = original_id(identity, parts, prose);
  const bool unnamed = bounce.recipients.size() == 1 && bounce.recipients.front().address.empty();
  if (bounce.recipients.empty() || unnamed) add_recipient_of_copy(parts, prose, bounce);
  if (unnamed && bounce.recipients.size() == 2)
    bounce.recipients.front().address = std::move(bounce.recipients.back().address), bounce.recipients.pop_back();
  const bool announced = is_bounce_subject(identity.subject);
  if (bounce.recipients.empty() && !reported && !announced) return std::nullopt;
  complete(bounce, told, prose);
  settle_actions(bounce, identity.subject, prose);
  return bounce;
}

}  // namespace leadmail::mail::message
