#include "mail/message/authentication_results.h"

#include <libpsl.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "mail/message/ascii.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kFieldBytes = 16 * 1024;
constexpr std::size_t kResults = 64;
constexpr std::size_t kProperties = 64;
constexpr std::size_t kFields = 50;  // A-R fields looked at; nobody needs more
constexpr int kCommentDepth = 20;

// Walks a structured value: tokens, quoted strings, comments. RFC 8601 §2.2, RFC 5322 §3.2.2
class Cursor {
 public:
  explicit Cursor(string_view text) : rest_(text.substr(0, kFieldBytes)) {}

  /// Comments met since the last call, for those who look into them.
  std::string take_comments() { return std::exchange(comments_, {}); }

  bool skip_blanks() {
    while (!rest_.empty()) {
      if (ascii::is_space(rest_.front())) {
        rest_.remove_prefix(1);
      } else if (rest_.front() == '(') {
        if (!skip_comment()) return false;
      } else {
        break;
      }
    }
    return true;
  }
  bool take(char c) {
    if (!skip_blanks() || rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// A word up to a blank or one of `ends`; a quoted string without its quotes.
  std::optional<std::string> word(string_view ends) {
    if (!skip_blanks() || rest_.empty()) return std::nullopt;
    if (rest_.front() == '"') return quoted();
    std::size_t end = 0;
    while (end < rest_.size() && !ascii::is_space(rest_[end]) && rest_[end] != '(' &&
           ends.find(rest_[end]) == string_view::npos)
      ++end;
    if (end == 0) return std::nullopt;
    std::string result(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return result;
  }
  /// On to the next result; false at the end.
  bool next_result() {
    while (!rest_.empty() && rest_.front() != ';') {
      if (rest_.front() == '(') {
        if (!skip_comment()) return false;
      } else if (rest_.front() == '"') {
        if (!quoted()) return false;
      } else {
        rest_.remove_prefix(1);
      }
    }
    if (rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  [[nodiscard]] bool at_end() const { return rest_.empty() || rest_.front() == ';'; }

 private:
  bool skip_comment() {
    int depth = 0;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      if (rest_[i] == '\\') {
        ++i;
      } else if (rest_[i] == '(' && ++depth > kCommentDepth) {
        break;
      } else if (rest_[i] == ')' && --depth == 0) {
        (comments_ += rest_.substr(0, i + 1)) += ' ';
        rest_.remove_prefix(i + 1);
        return true;
      }
    }
    rest_ = {};  // an open comment swallows the rest, and no result with it
    return false;
  }
  std::optional<std::string> quoted() {
    std::string result;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '\\' && i + 1 < rest_.size()) {
        result += rest_[++i];
      } else if (rest_[i] == '"') {
        rest_.remove_prefix(i + 1);
        return result;
      } else {
        result += rest_[i];
      }
    }
    rest_ = {};
    return std::nullopt;
  }

  string_view rest_;
  std::string comments_;
};

// "l=123" as a word of a comment or a reason.
bool shows_length(string_view text) {
  for (std::size_t at = text.find("l="); at != string_view::npos; at = text.find("l=", at + 1)) {
    const bool apart = at == 0 || (!ascii::is_alnum(text[at - 1]) && text[at - 1] != '.' && text[at - 1] != '_' &&
                                   text[at - 1] != '-');
    if (apart && at + 2 < text.size() && ascii::is_digit(text[at + 2])) return true;
  }
  return false;
}

// method ["/" version] "=" result [reason] *(ptype.property "=" pvalue)
std::optional<AuthenticationResult> read_result(Cursor& cursor) {
  auto method = cursor.word("=;/");
  if (!method) return std::nullopt;
  if (cursor.take('/') && !cursor.word("=;")) return std::nullopt;
  if (!cursor.take('=')) return std::nullopt;
  auto verdict = cursor.word(";");
  if (!verdict) return std::nullopt;

  AuthenticationResult result{ascii::lower(*method), ascii::lower(*verdict), {}, {}, false};
  cursor.take_comments();
  while (cursor.skip_blanks() && !cursor.at_end() && result.properties.size() < kProperties) {
    auto name = cursor.word("=;");
    if (!name || !cursor.take('=')) break;
    auto value = cursor.word(";");
    if (!value) break;
    auto key = ascii::lower(*name);
    if (key == "reason") {
      result.reason = *value;
    } else {
      result.properties.emplace_back(std::move(key), std::move(*value));
    }
  }
  cursor.skip_blanks();
  result.partial_body = shows_length(cursor.take_comments()) || shows_length(result.reason) ||
                        !result.property("header.l").empty() || !result.property("body.l").empty();
  return result;
}

string_view domain_of(string_view value) {
  const auto at = value.rfind('@');
  return at == string_view::npos ? value : value.substr(at + 1);
}

// The registrable domain ("example.co.uk" of "mail.example.co.uk"); the domain itself where it has none.
std::string organisation(string_view domain) {
  const auto lower = ascii::lower(domain);
  const char* registrable = psl_registrable_domain(psl_builtin(), lower.c_str());
  return registrable == nullptr ? lower : registrable;
}

bool is_aligned(string_view domain, string_view from) {
  return !domain.empty() && !from.empty() && organisation(domain) == organisation(from);
}

// The host after "by" in a Received field, lower case. RFC 5321 §4.4
struct Hop {
  std::string from;
  std::string by;
  bool has_from = false;
  bool is_lmtp = false;  ///< handed to a mail store, not to another server. RFC 2033, RFC 3848
};
Hop read_hop(string_view value) {
  Hop hop;
  Cursor cursor(value);
  while (auto word = cursor.word(";")) {
    const auto lower = ascii::lower(*word);
    if (lower == "from") {
      hop.has_from = true;
      if (auto host = cursor.word(";")) hop.from = ascii::lower(*host);
    } else if (lower == "by") {
      if (auto host = cursor.word(";")) hop.by = ascii::lower(*host);
    } else if (lower == "with") {
      if (auto protocol = cursor.word(";")) hop.is_lmtp = ascii::lower(*protocol).starts_with("lmtp");
      break;
    }
  }
  return hop;
}

bool is_host_of(string_view host, string_view trusted) {
  return ascii::same(host, trusted) ||
         (host.size() > trusted.size() + 1 && host[host.size() - trusted.size() - 1] == '.' &&
          ascii::same(host.substr(host.size() - trusted.size()), trusted));
}

bool is_trusted_host(string_view host, std::span<const std::string> trusted) {
  return !host.empty() && std::any_of(trusted.begin(), trusted.end(),
                                      [&](const std::string& id) { return !id.empty() && is_host_of(host, id); });
}

// Google moves mail inside by hops that name no sender and an IPv6 address of its own; they hide nothing, for what
// stands below is judged by the next Received field.
bool is_inside_google(const Hop& hop, std::span<const std::string> trusted) {
  return !hop.has_from && hop.by.starts_with("2002:a") &&
         std::any_of(trusted.begin(), trusted.end(),
                     [](const std::string& id) { return is_host_of(id, "google.com"); });
}

// Our server handed the mail to its store: Dovecot's LMTP adds such a hop on top, under any name. An SMTP hop would
// prove nothing, for anybody may greet with our server's name.
bool is_delivery(const Hop& hop, std::span<const std::string> trusted) {
  return hop.is_lmtp && is_trusted_host(hop.from, trusted);
}

// The fields that our own server can have written, topmost first, and a note on each that was seen.
std::vector<AuthenticationResults> trusted_fields(const Header& header, std::span<const std::string> trusted,
                                                  std::vector<std::string>& seen) {
  std::vector<AuthenticationResults> fields;
  std::string last_hop;
  bool foreign = false;
  std::size_t looked_at = 0;
  for (const auto& field : header.fields) {
    if (ascii::same(field.name, "Received") && !foreign) {
      const auto hop = read_hop(field.value);
      if (is_inside_google(hop, trusted) || is_delivery(hop, trusted)) continue;
      // Once our server has testified, a further hop is none of ours, whatever name it bears.
      foreign = !fields.empty() || !is_trusted_host(hop.by, trusted);
      last_hop = hop.by;
    }
    if (!ascii::same(field.name, "Authentication-Results") || ++looked_at > kFields) continue;
    auto parsed = parse_authentication_results(field.value);
    // Microsoft 365 names no authserv-id: the hop above its field tells who wrote it.
    const bool named = !parsed.authserv_id.empty();
    const bool ours = named ? std::any_of(trusted.begin(), trusted.end(),
                                          [&](const std::string& id) { return ascii::same(id, parsed.authserv_id); })
                            : is_trusted_host(last_hop, trusted);
    const auto shown = "Authentication-Results of " + (named ? parsed.authserv_id : "an unnamed server");
    if (foreign) {
      seen.push_back(shown + ": below a foreign hop, may be forged");
    } else if (!ours) {
      seen.push_back(shown + ": not trusted");
    } else {
      std::string told;
      for (const auto& result : parsed.results) told += ' ' + result.method + '=' + result.result;
      seen.push_back(shown + ':' + told);
      fields.push_back(std::move(parsed));
    }
  }
  return fields;
}

// The results of one method. A field lower down never adds to what a higher one says about the same method: it may be
// the sender's own.
std::vector<const AuthenticationResult*> results_of(const std::vector<AuthenticationResults>& fields,
                                                    string_view method) {
  std::vector<const AuthenticationResult*> results;
  for (const auto& field : fields) {
    for (const auto& result : field.results)
      if (result.method == method) results.push_back(&result);
    if (!results.empty()) break;
  }
  return results;
}

struct DkimTags {
  std::string domain, selector;
  bool partial = false;
};

// The tags of a DKIM-Signature that matter here. RFC 6376 §3.5
DkimTags read_dkim(string_view value) {
  DkimTags tags;
  value = value.substr(0, kFieldBytes);
  while (!value.empty()) {
    const auto end = std::min(value.find(';'), value.size());
    const auto tag = value.substr(0, end);
    value.remove_prefix(std::min(value.size(), end + 1));
    const auto equals = tag.find('=');
    if (equals == string_view::npos) continue;
    const auto name = ascii::trim(tag.substr(0, equals));
    if (name == "d") tags.domain = ascii::lower(ascii::trim(tag.substr(equals + 1)));
    if (name == "s") tags.selector = ascii::lower(ascii::trim(tag.substr(equals + 1)));
    if (name == "l") tags.partial = true;
  }
  return tags;
}

// A signature over part of the body only lets anybody append to it; which of several was checked is not always told, so
// one such signature of the domain (and selector, where told) spoils the result. RFC 6376 §8.2
bool is_partial(const AuthenticationResult& result, const Header& header, string_view domain) {
  if (result.partial_body) return true;
  const auto selector = ascii::lower(result.property("header.s"));
  for (const auto value : header.all("DKIM-Signature")) {
    const auto tags = read_dkim(value);
    if (tags.partial && (ascii::same(tags.domain, domain) || is_aligned(tags.domain, domain)) &&
        (selector.empty() || tags.selector == selector))
      return true;
  }
  return false;
}

std::string describe(const AuthenticationResult& result, string_view property,
                     const std::vector<AuthenticationResults>& fields) {
  std::string by = fields.empty() ? "" : fields.front().authserv_id;
  return result.method + "=pass " + std::string(property) + '=' + std::string(result.property(property)) +
         (by.empty() ? "" : " by " + by);
}

std::optional<std::string> by_dkim(const Identity& identity, const std::vector<AuthenticationResults>& fields,
                                   string_view from_domain) {
  for (const auto* result : results_of(fields, "dkim")) {
    if (result->result != "pass") continue;
    const auto told = result->property("header.d").empty() ? "header.i" : "header.d";
    const auto domain = domain_of(result->property(told));
    if (is_aligned(domain, from_domain) && !is_partial(*result, identity.header, domain))
      return describe(*result, told, fields);
  }
  return std::nullopt;
}

// dmarc=pass may rest on a signature over part of the body; then something else has to be aligned.
bool rests_on_partial(const Identity& identity, const std::vector<AuthenticationResults>& fields,
                      string_view from_domain) {
  bool partial = false;
  for (const auto value : identity.header.all("DKIM-Signature")) {
    const auto tags = read_dkim(value);
    partial = partial || (tags.partial && is_aligned(tags.domain, from_domain));
  }
  if (!partial || by_dkim(identity, fields, from_domain)) return false;
  for (const auto* result : results_of(fields, "spf"))
    if (result->result == "pass" && is_aligned(domain_of(result->property("smtp.mailfrom")), from_domain)) return false;
  return true;
}

std::optional<std::string> by_dmarc(const Identity& identity, const std::vector<AuthenticationResults>& fields,
                                    string_view from_domain) {
  const auto results = results_of(fields, "dmarc");
  if (results.size() != 1 || results.front()->result != "pass") return std::nullopt;
  if (!ascii::same(domain_of(results.front()->property("header.from")), from_domain)) return std::nullopt;
  if (rests_on_partial(identity, fields, from_domain)) return std::nullopt;
  return describe(*results.front(), "header.from", fields);
}

std::optional<std::string> by_login(const std::vector<AuthenticationResults>& fields, string_view from,
                                    std::span<const std::string> logins) {
  const auto results = results_of(fields, "auth");
  if (results.size() != 1 || results.front()->result != "pass") return std::nullopt;
  const auto login = results.front()->property("smtp.auth");
  const bool mapped = ascii::same(login, from) ||
                      std::any_of(logins.begin(), logins.end(),
                                  [&](const std::string& name) { return !name.empty() && ascii::same(login, name); });
  if (login.empty() || !mapped) return std::nullopt;
  return describe(*results.front(), "smtp.auth", fields);
}

}  // namespace

string_view AuthenticationResult::property(string_view name) const {
  const auto found =
      std::find_if(properties.begin(), properties.end(), [&](const auto& entry) { return entry.first == name; });
  return found == properties.end() ? string_view{} : string_view(found->second);
}

AuthenticationResults parse_authentication_results(string_view value) {
  AuthenticationResults parsed;
  Cursor cursor(value);
  Cursor ahead = cursor;
  if (auto id = ahead.word(";=")) {
    // "spf=pass …" at once: no authserv-id
    if (!ahead.take('=')) {
      parsed.authserv_id = ascii::lower(*id);
      if (!cursor.next_result()) return parsed;
    }
  }
  do {
    if (parsed.results.size() >= kResults) break;
    if (auto result = read_result(cursor)) parsed.results.push_back(std::move(*result));
  } while (cursor.next_result());
  return parsed;
}

Authenticated authenticate(const Identity& identity, std::span<const std::string> trusted_authserv,
                           std::span<const std::string> logins) {
  Authenticated verdict;
  const auto fields = trusted_fields(identity.header, trusted_authserv, verdict.seen);
  if (!identity.from_is_plain || identity.from.size() != 1) {
    verdict.how = "From is not one plain mailbox";
    return verdict;
  }
  const auto& from = identity.from.front().address;
  const auto domain = domain_of(from);
  if (from.find('@') == std::string::npos || domain.empty()) {
    verdict.how = "From has no domain";
    return verdict;
  }
  for (const auto& found :
       {by_dmarc(identity, fields, domain), by_dkim(identity, fields, domain), by_login(fields, from, logins)}) {
    if (!found) continue;
    verdict.pass = true;
    verdict.how = *found;
    return verdict;
  }
  verdict.how = fields.empty() ? "no Authentication-Results of a trusted server"
                               : "no result that speaks for " + std::string(domain);
  return verdict;
}

}  // namespace leadmail::mail::message
