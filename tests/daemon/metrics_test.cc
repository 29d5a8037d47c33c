#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <set>

#include "daemon/exposition.h"
#include "daemon/log.h"
#include "daemon/metrics_page.h"
#include "tests/daemon/fixtures/prometheus_text.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using testing::IsEmpty;
using tests::Folder;
using tests::read_page;

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct MetricsTest : testing::Test {
  MetricsTest() {
    Config config;
    config.store_path = folder.path("leadmail.db");
    config.keys_path = folder.path("keys");
    MailboxConfig sales;
    sales.name = "sales";
    config.mailboxes.push_back(sales);
    auto opened = Engine::open(config, from_unix(1'800'000'000));
    EXPECT_TRUE(opened) << opened.error().what;
    engine = std::move(*opened);
    page = std::make_unique<MetricsPage>(*engine, board, senders);
  }

  void watch(mail::imap::MailboxState::Health health) {
    mail::imap::MailboxState state;
    state.mailbox = "sales";
    state.folder = "INBOX";
    state.health = health;
    state.last_look = from_unix(1'799'999'990);
    board.put(state);
  }

  Folder folder{};
  WatchBoard board{};
  SenderBoard senders{};
  std::unique_ptr<Engine> engine{};
  std::unique_ptr<MetricsPage> page{};
};

TEST_F(MetricsTest, ThePageIsRightAsPrometheusReadsIt) {
  watch(mail::imap::MailboxState::Health::ok);
  SenderBoard::Row row;
  row.mailbox = "sales";
  senders.put(row);
  engine->meters().message("sales", "lead", "person");
  engine->meters().send("sales", "ack", "delivered");
  engine->meters().intake().note(std::chrono::milliseconds{12});
  log(Level::warning, "imap-trouble", "for the count");
  const auto read = read_page(page->text());
  EXPECT_THAT(read.faults, IsEmpty());
  // Of what the book counts there are figures from the beginning; only a mailbox without mail, or without a token, has
  // none yet.
  const std::set<std::string> later{"leadmail_login_needs_person",
                                    "leadmail_login_token_expiry_timestamp_seconds",
                                    "leadmail_login_expiry_timestamp_seconds",
                                    "leadmail_login_secret_expiry_timestamp_seconds",
                                    "leadmail_login_tokens_total",
                                    "leadmail_ledger_messages",
                                    "leadmail_quarantined_messages",
                                    "leadmail_held_messages",
                                    "leadmail_mailbox_filing_messages",
                                    "leadmail_mailbox_last_message_timestamp_seconds"};
  for (const auto& family : metric_families()) {
    EXPECT_EQ(read.families.contains(std::string(family.name)), !later.contains(std::string(family.name)))
        << family.name;
  }
  EXPECT_EQ(read.value("leadmail_build_info", {{"version", LEADMAIL_VERSION}}), 1);
  EXPECT_EQ(read.value("leadmail_mailbox_up", {{"mailbox", "sales"}, {"folder", "INBOX"}}), 1);
  EXPECT_EQ(read.value("leadmail_mailbox_last_poll_timestamp_seconds", {{"mailbox", "sales"}, {"folder", "INBOX"}}),
            1'799'999'990);
  EXPECT_EQ(read.value("leadmail_messages_total", {{"mailbox", "sales"}, {"outcome", "lead"}, {"kind", "person"}}), 1);
  EXPECT_EQ(read.value("leadmail_sends_total", {{"mailbox", "sales"}, {"kind", "ack"}, {"state", "delivered"}}), 1);
  EXPECT_EQ(read.value("leadmail_leads", {{"status", "lost-quotation"}}), 0);
  EXPECT_EQ(read.value("leadmail_outbox_recipients", {{"state", "sending-final"}}), 0);
  EXPECT_GE(read.value("leadmail_log_records_total", {{"level", "warning"}, {"id", "imap-trouble"}}), 1);
  EXPECT_GE(read.value("leadmail_store_database_bytes"), 4096);
  EXPECT_GT(read.value("leadmail_store_disk_free_bytes"), 0);
  EXPECT_GT(read.value("leadmail_process_resident_memory_bytes"), 1e6);
  EXPECT_GT(read.value("leadmail_process_open_fds"), 3);
}

TEST_F(MetricsTest, AMailboxThatCantBeReadIsDown) {
  watch(mail::imap::MailboxState::Health::auth_failed);
  EXPECT_EQ(read_page(page->text()).value("leadmail_mailbox_up", {{"mailbox", "sales"}, {"folder", "INBOX"}}), 0);
}

TEST_F(MetricsTest, AnAccountThatWaitsIsDownUntilItsPauseIsOver) {
  SenderBoard::Row row;
  row.mailbox = "sales";
  row.paused_until = engine->now() + seconds{1};
  row.storms = {{"x.example", engine->now() + seconds{5}}, {"past.example", engine->now() - seconds{5}}};
  senders.put(row);
  const auto read = read_page(page->text());
  EXPECT_EQ(read.value("leadmail_smtp_up", {{"mailbox", "sales"}}), 0);
  EXPECT_EQ(read.value("leadmail_smtp_stopped_domains", {{"mailbox", "sales"}}), 1) << "and which is said to nobody";
  row.paused_until = engine->now();
  senders.put(row);
  EXPECT_EQ(read_page(page->text()).value("leadmail_smtp_up", {{"mailbox", "sales"}}), 1);
}

TEST_F(MetricsTest, ARefusedConfigShowsUntilOneIsAccepted) {
  EXPECT_EQ(read_page(page->text()).value("leadmail_config_last_reload_successful"), 1);
  engine->meters().reload(false, engine->now() + seconds{1});
  EXPECT_EQ(read_page(page->text()).value("leadmail_config_last_reload_successful"), 0);
  EXPECT_EQ(read_page(page->text()).value("leadmail_config_last_reload_success_timestamp_seconds"), 1'800'000'000);
  engine->meters().reload(true, engine->now() + seconds{2});
  const auto read = read_page(page->text());
  EXPECT_EQ(read.value("leadmail_config_last_reload_successful"), 1);
  EXPECT_EQ(read.value("leadmail_config_last_reload_success_timestamp_seconds"), 1'800'000'002);
  EXPECT_EQ(read.value("leadmail_config_reloads_total", {{"result", "refused"}}), 1);
}

TEST_F(MetricsTest, TheFileIsThereWholeAndForEverybody) {
  const auto path = folder.path("leadmail.prom");
  folder.write("leadmail.prom.new", "left behind by a crash", 0600);
  ASSERT_TRUE(write_metrics_file(path, "first\n"));
  ASSERT_TRUE(write_metrics_file(path, "second\n"));
  EXPECT_EQ(content(path), "second\n");
  struct stat found {};
  ASSERT_EQ(::stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0644U);
  EXPECT_FALSE(std::filesystem::exists(path + ".new"));
  const auto nowhere = write_metrics_file(folder.path("none/leadmail.prom"), "x");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().next, Next::retry);
}

TEST(Exposition, EscapesWhatWouldEndALabelOrALine) {
  Exposition page;
  page.add("leadmail_mailbox_lag_messages", {{"mailbox", "a\"b\\c\nd"}, {"folder", "Señales/{x}=1,"}}, 2);
  const auto read = read_page(page.text());
  EXPECT_THAT(read.faults, IsEmpty());
  EXPECT_EQ(read.value("leadmail_mailbox_lag_messages", {{"mailbox", "a\"b\\c\nd"}, {"folder", "Señales/{x}=1,"}}), 2);
}

TEST(Exposition, WritesNumbersAsTheyAre) {
  Exposition page;
  page.add("leadmail_figures_seconds", 0.000125);
  page.add("leadmail_store_disk_free_bytes", 123456789012345.0);
  page.add("leadmail_smtp_failures", {{"mailbox", "x"}}, -1.0 / 0.0);
  EXPECT_EQ(read_page(page.text()).value("leadmail_figures_seconds"), 0.000125);
  EXPECT_THAT(page.text(), testing::HasSubstr("leadmail_store_disk_free_bytes 123456789012345\n"));
  EXPECT_THAT(page.text(), testing::HasSubstr("{mailbox=\"x\"} -Inf\n"));
}

TEST(Exposition, BucketsHoldWhatIsBelowThem) {
  Histogram took;
  took.note(std::chrono::microseconds{500});
  took.note(std::chrono::milliseconds{3});
  took.note(std::chrono::minutes{1});
  took.note(std::chrono::milliseconds{-3});  // the clock went back
  Exposition page;
  page.add("leadmail_parse_seconds", took.figures());
  const auto read = read_page(page.text());
  EXPECT_THAT(read.faults, IsEmpty());
  const auto& samples = read.families.at("leadmail_parse_seconds").samples;
  const auto bucket = [&](const std::string& le) {
    for (const auto& sample : samples) {
      if (sample.labels.contains("le") && sample.labels.at("le") == le) return sample.value;
    }
    return std::nan("");
  };
  EXPECT_EQ(bucket("0.0005"), 2);
  EXPECT_EQ(bucket("0.0025"), 2);
  EXPECT_EQ(bucket("0.005"), 3);
  EXPECT_EQ(bucket("10"), 3);
  EXPECT_EQ(bucket("+Inf"), 4);
}

TEST(MetricFamilies, StandOnceHaveAPrefixAUnitAndASentence) {
  std::set<std::string_view> seen;
  for (const auto& family : metric_families()) {
    EXPECT_TRUE(seen.insert(family.name).second) << family.name;
    EXPECT_TRUE(family.name.starts_with("leadmail_")) << family.name;
    EXPECT_EQ(family.type == MetricType::counter, family.name.ends_with("_total")) << family.name;
    if (family.type == MetricType::histogram) {
      EXPECT_TRUE(family.name.ends_with("_seconds")) << family.name;
    }
    EXPECT_FALSE(family.help.empty() || family.help.ends_with('.')) << family.name;
    EXPECT_EQ(family.name.find("milli"), std::string_view::npos) << family.name;
  }
}

// When this fails, the table was changed: `leadmail manual metrics > docs/metrics.md`.
TEST(MetricFamilies, AreWhatTheManualShows) { EXPECT_EQ(content("docs/metrics.md"), metrics_manual()); }

/// The names of ours that stand in a text.
std::set<std::string> names_in(const std::string& text) {
  std::set<std::string> names;
  for (auto at = text.find("leadmail_"); at != std::string::npos; at = text.find("leadmail_", at + 1)) {
    const auto end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at);
    names.insert(text.substr(at, end - at));
  }
  return names;
}

TEST(MetricFamilies, OfTheAlarmsAndTheDashboardThereIsEveryOne) {
  std::set<std::string> known;
  for (const auto& family : metric_families()) {
    known.emplace(family.name);
    if (family.type != MetricType::histogram) continue;
    for (const char* part : {"_bucket", "_sum", "_count"}) known.insert(std::string(family.name) + part);
  }
  for (const char* file : {"config/prometheus/leadmail.rules.yml", "config/grafana/leadmail.json"}) {
    const auto names = names_in(content(file));
    EXPECT_GT(names.size(), 10U) << file;
    for (const auto& name : names) EXPECT_TRUE(known.contains(name)) << file << ": " << name;
  }
}

TEST(StrictReader, FindsFaults) {
  EXPECT_THAT(read_page("a 1").faults, testing::Not(IsEmpty())) << "no end";
  for (const char* page :
       {"# HELP a b\n# TYPE a gauge\na 1\na 1\n", "# HELP a b\n# TYPE a gauge\nb 1\n",
        "# HELP a b\n# TYPE a gauge\na{x=\"\\q\"} 1\n", "# HELP a b\n# TYPE a gauge\na{x=\"1\" } 1\n",
        "# HELP a b\n# TYPE a gauge\na  1\n", "# HELP a b\na 1\n", "# TYPE a gauge\na 1\n",
        "# HELP a b\n# TYPE a gauge\n# HELP a b\n# TYPE a gauge\na 1\n", "# HELP a b\n# TYPE a counter\na 1\n",
        "# HELP a b\n# TYPE a gauge\na one\n",
        "# HELP a b\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n"}) {
    EXPECT_THAT(read_page(page).faults, testing::Not(IsEmpty())) << page;
  }
}

}  // namespace
}  // namespace leadmail::daemon
