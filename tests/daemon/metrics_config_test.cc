#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/config.h"

namespace leadmail::daemon {
namespace {

using testing::HasSubstr;

Loaded with_metrics(const std::string& lines) {
  return read_config(
      "[[mailbox]]\nname = \"sales\"\naddress = \"sales@acme.example\"\nimap = \"imaps://imap.acme.example\"\n"
      "smtp = \"smtps://smtp.acme.example\"\ncredential = \"sales\"\ntrusted_authserv = [\"mx.acme.example\"]\n"
      "[[user]]\nid = \"ana\"\naddress = \"ana@acme.example\"\n[metrics]\n" +
          lines,
      "/etc/leadmail/t.toml");
}

TEST(MetricsConfig, IsOffByDefault) {
  const auto loaded = with_metrics("");
  ASSERT_TRUE(loaded.config);
  EXPECT_EQ(loaded.config->metrics, MetricsConfig{});
}

TEST(MetricsConfig, TakesAnAddressAndAFile) {
  auto loaded = with_metrics("listen = \"127.0.0.1:9464\"\nfile = \"figures/leadmail.prom\"\n");
  ASSERT_TRUE(loaded.config);
  EXPECT_EQ(loaded.config->metrics, (MetricsConfig{"127.0.0.1", 9464, "/etc/leadmail/figures/leadmail.prom"}));
  loaded = with_metrics("listen = \"[::1]:9464\"\n");
  ASSERT_TRUE(loaded.config);
  EXPECT_EQ(loaded.config->metrics.address, "::1");
}

TEST(MetricsConfig, RefusesWhatIsNoAddressOfOneNetwork) {
  for (const char* listen : {"9464", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "localhost:9464", "::1:9464",
                             "[127.0.0.1]:9464", "127.0.0.1:9464x", ":9464", "[]:9464"}) {
    const auto loaded = with_metrics("listen = \"" + std::string(listen) + "\"\n");
    EXPECT_FALSE(loaded.config) << listen;
  }
  for (const char* listen : {"0.0.0.0:9464", "[::]:9464", "[0:0::0]:9464"}) {
    const auto loaded = with_metrics("listen = \"" + std::string(listen) + "\"\n");
    ASSERT_FALSE(loaded.config) << listen;
    EXPECT_THAT(to_string(loaded.errors.front()), HasSubstr("every network")) << listen;
  }
}

TEST(MetricsConfig, RefusesAFileThatTheNodeExporterWouldNotRead) {
  EXPECT_FALSE(with_metrics("file = \"/var/lib/prometheus/node-exporter/leadmail.txt\"\n").config);
}

}  // namespace
}  // namespace leadmail::daemon
