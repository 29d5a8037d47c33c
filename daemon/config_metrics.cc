#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "daemon/config_check.h"
#include "daemon/config_read.h"

namespace leadmail::daemon {
namespace {

/// 0.0.0.0 or ::, however they are written.
bool is_every_address(const std::string& address) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  const int family = address.find(':') == std::string::npos ? AF_INET : AF_INET6;
  return ::inet_pton(family, address.c_str(), bytes.data()) == 1 &&
         std::ranges::all_of(bytes, [](unsigned char byte) { return byte == 0; });
}

/// "127.0.0.1:9464" or "[::1]:9464": numbers only, so that no name server decides where we listen.
bool read_listen(std::string_view text, MetricsConfig& metrics) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return false;
  auto address = text.substr(0, colon);
  const auto port = text.substr(colon + 1);
  const auto [end, failed] = std::from_chars(port.data(), port.data() + port.size(), metrics.port);
  if (failed != std::errc{} || end != port.data() + port.size() || metrics.port == 0) return false;
  const bool is_v6 = address.size() > 2 && address.front() == '[' && address.back() == ']';
  if (is_v6) address = address.substr(1, address.size() - 2);
  metrics.address = address;
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return ::inet_pton(is_v6 ? AF_INET6 : AF_INET, metrics.address.c_str(), bytes.data()) == 1;
}

}  // namespace

void read_metrics(const ConfigTree& tree, Config& config, ConfigReport& report) {
  static const Node kNone{};
  const auto* given = tree.root.find("metrics");
  const TableReader metrics("metrics", given == nullptr ? kNone : *given);
  if (metrics.has("file")) {
    config.metrics.file = absolute_path(metrics.text("file"), tree.files[metrics.place("file").file]);
    if (!config.metrics.file.ends_with(".prom")) {
      report.error(metrics.place("file"), "the node exporter reads files that end in .prom");
    }
  }
  if (!metrics.has("listen")) return;
  if (!read_listen(metrics.text("listen"), config.metrics)) {
    report.error(metrics.place("listen"), "an address in numbers and a port are wanted", "127.0.0.1:9464");
    config.metrics.address.clear();
  } else if (is_every_address(config.metrics.address)) {
    report.error(metrics.place("listen"), "that would be every network of this machine: name the one address");
  }
}

}  // namespace leadmail::daemon
