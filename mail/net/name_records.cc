#include "mail/net/name_records.h"

#include <arpa/nameser.h>
#include <netinet/in.h>
#include <resolv.h>

#include <algorithm>
#include <array>
#include <optional>

namespace leadmail::mail::net {
namespace {

constexpr int kMostRecords = 32;
constexpr std::size_t kMostBytes = 65535;

struct MailHost {
  std::uint16_t preference = 0;
  std::string host{};
};

/// The name at `at` inside the answer; nothing when it is damaged or holds what no host name has.
std::optional<std::string> name_at(const ns_msg& message, const unsigned char* at) {
  std::array<char, NS_MAXDNAME> text{};
  if (ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), at, text.data(), text.size()) < 0) {
    return std::nullopt;
  }
  std::string name{text.data()};
  if (name.ends_with('.')) name.pop_back();
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 0x20);
    const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    if (!fits) return std::nullopt;
  }
  return name;
}

/// Calls `take` with each record of this type in the answer section.
template <typename Take>
void each_record(std::span<const unsigned char> answer, int type, Take take) {
  if (answer.size() > kMostBytes) return;
  ns_msg message{};
  if (ns_initparse(answer.data(), static_cast<int>(answer.size()), &message) < 0) return;
  const int count = std::min<int>(ns_msg_count(message, ns_s_an), 4 * kMostRecords);
  int taken = 0;
  for (int i = 0; i < count && taken < kMostRecords; ++i) {
    ns_rr record{};
    if (ns_parserr(&message, ns_s_an, i, &record) < 0) return;
    if (ns_rr_type(record) != type || ns_rr_class(record) != ns_c_in) continue;
    ++taken;
    take(message, std::span<const unsigned char>(ns_rr_rdata(record), ns_rr_rdlen(record)));
  }
}

std::uint16_t number_at(std::span<const unsigned char> data, std::size_t at) {
  return static_cast<std::uint16_t>(data[at] << 8U | data[at + 1]);
}

/// The answer to one question; empty when there is none.
std::vector<unsigned char> ask(const std::string& name, int type) {
  struct __res_state state {};
  if (res_ninit(&state) != 0) return {};
  state.retrans = 2;  // seconds, per server and try
  state.retry = 2;
  std::vector<unsigned char> answer(kMostBytes);
  const int size = res_nquery(&state, name.c_str(), ns_c_in, type, answer.data(), static_cast<int>(answer.size()));
  res_nclose(&state);
  answer.resize(size < 0 ? 0 : std::min(static_cast<std::size_t>(size), answer.size()));
  return answer;
}

}  // namespace

std::vector<ServiceRecord> service_records_in(std::span<const unsigned char> answer) {
  std::vector<ServiceRecord> found;
  each_record(answer, ns_t_srv, [&](const ns_msg& message, std::span<const unsigned char> data) {
    if (data.size() < 7) return;
    auto host = name_at(message, data.data() + 6);
    if (!host) return;
    found.push_back({number_at(data, 0), number_at(data, 2), number_at(data, 4), std::move(*host)});
  });
  std::ranges::stable_sort(found, [](const ServiceRecord& a, const ServiceRecord& b) {
    return a.priority != b.priority ? a.priority < b.priority : a.weight > b.weight;
  });
  return found;
}

std::vector<std::string> mail_hosts_in(std::span<const unsigned char> answer) {
  std::vector<MailHost> found;
  each_record(answer, ns_t_mx, [&](const ns_msg& message, std::span<const unsigned char> data) {
    if (data.size() < 3) return;
    auto host = name_at(message, data.data() + 2);
    if (host && !host->empty()) found.push_back({number_at(data, 0), std::move(*host)});
  });
  std::ranges::stable_sort(found, {}, &MailHost::preference);
  std::vector<std::string> hosts;
  hosts.reserve(found.size());
  for (auto& one : found) hosts.push_back(std::move(one.host));
  return hosts;
}

std::vector<ServiceRecord> find_service(std::string_view service, std::string_view domain) {
  return service_records_in(ask(std::string{service} + "." + std::string{domain}, ns_t_srv));
}

std::vector<std::string> find_mail_hosts(std::string_view domain) {
  return mail_hosts_in(ask(std::string{domain}, ns_t_mx));
}

}  // namespace leadmail::mail::net
