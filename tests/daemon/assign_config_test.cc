// Who gets a lead, from the words of the config to the owner in the book: each way of choosing over a real database.
#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "core/base/time.h"
#include "core/leads/zone.h"
#include "core/store/book.h"
#include "daemon/config.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kCompany = R"(
[company]
timezone = "America/Mexico_City"
[[mailbox]]
name = "sales"
address = "sales@acme.example"
imap = "imaps://imap.acme.example"
smtp = "smtps://smtp.acme.example"
credential = "sales"
trusted_authserv = ["mx.acme.example"]
)";

/// An address of a domain that nobody else has.
std::string at_home(const std::string& name) { return name + "@" + name + ".example"; }

/// Mails are of no interest here.
class NoMail : public store::Composer {
 public:
  Result<store::Outgoing> compose(const leads::Letter& letter, const leads::Lead*) override {
    store::Outgoing outgoing;
    outgoing.message_id = std::to_string(++mails_) + "@acme.example";
    outgoing.rcpt_to = {letter.to_user.empty() ? "it@acme.example" : letter.to_user + "@acme.example"};
    outgoing.bytes = "x";
    return outgoing;
  }

 private:
  int mails_ = 0;
};

class AssignByConfig : public testing::Test {
 protected:
  void use(std::string_view lines) {
    auto loaded = read_config(std::string(kCompany) + std::string(lines), "/etc/leadmail/t.toml");
    std::string errors;
    for (const auto& error : loaded.errors) errors += to_string(error) + "\n";
    ASSERT_TRUE(loaded.config) << errors;
    rules_ = std::move(loaded.config->rules);
    if (!book_) book_ = std::move(*store::Book::open(folder_->path("book.db")));
  }

  /// A first mail of that person; who has the lead after it.
  std::string owner_of_mail(const std::string& address, std::map<std::string, std::string> form = {}) {
    leads::Inquiry mail;
    ++count_;
    mail.mailbox = "sales";
    mail.fingerprint = "f" + std::to_string(count_);
    mail.message_id = mail.fingerprint + "@far.example";
    mail.received = now_;
    mail.from = {"Somebody " + std::to_string(count_), address};
    mail.from_is_plain = true;
    mail.to = {{"", "sales@acme.example"}};
    mail.subject = mail.subject_key = "case " + std::to_string(count_);
    mail.text = mail.reply = "How much?";
    mail.form = {form.begin(), form.end()};
    const auto lead = take(mail);
    return lead ? std::string(read(*lead).owner()) : "no lead";
  }

  void command(LeadId lead, const std::string& user, const std::string& words) {
    leads::CommandAnswer answer;
    auto transaction = std::move(*book_->begin());
    const auto decision = leads::decide_commands(read(lead, *transaction), user, words, rules_, now_, "test", answer);
    ASSERT_EQ(answer.refused, "");
    ASSERT_TRUE(transaction->apply(decision, now_, composer_));
    ASSERT_TRUE(transaction->commit());
  }

  /// Another book, the same morning.
  void start_anew() {
    book_.reset();
    folder_ = std::make_unique<tests::Folder>();
    count_ = 0;
    now_ = kMorning;
  }

  [[nodiscard]] LeadId last() const { return last_; }
  leads::Lead read(LeadId id) {
    auto transaction = std::move(*book_->begin());
    return read(id, *transaction);
  }
  void say_away(const std::string& user, std::chrono::days length) {
    leads::Decision decision;
    const auto today = leads::day_of(now_, rules_.timezone);
    decision.effects = {leads::MarkAway{
        .user = user, .from = today, .until = std::chrono::year_month_day{std::chrono::sys_days{today} + length}}};
    auto transaction = std::move(*book_->begin());
    ASSERT_TRUE(transaction->apply(decision, now_, composer_));
    ASSERT_TRUE(transaction->commit());
  }

  inline static const Time kMorning = *parse_rfc3339("2026-11-24T16:00:00Z");  // Tuesday, ten o'clock
  Time now_ = kMorning;
  leads::Rules rules_{};

 private:
  static leads::Lead read(LeadId id, store::Transaction& transaction) {
    auto lead = transaction.lead(id);
    EXPECT_TRUE(lead && *lead);
    return lead && *lead ? **lead : leads::Lead{};
  }

  std::optional<LeadId> take(const leads::Inquiry& mail) {
    auto transaction = std::move(*book_->begin());
    const auto known = transaction->snapshot(leads::query(mail, rules_, now_), now_);
    EXPECT_TRUE(known);
    const auto decision = leads::decide(mail, *known, rules_, now_);
    const store::Incoming incoming{.place = {.mailbox = "sales", .file = mail.fingerprint},
                                   .seen = now_,
                                   .inquiry = &mail,
                                   .raw = "From: x\r\n\r\nx\r\n"};
    const auto applied = transaction->apply(decision, incoming, composer_);
    EXPECT_TRUE(applied) << applied.error().what;
    EXPECT_TRUE(transaction->commit());
    if (applied && applied->lead) last_ = *applied->lead;
    return applied ? applied->lead : std::nullopt;
  }

  std::unique_ptr<tests::Folder> folder_ = std::make_unique<tests::Folder>();
  std::unique_ptr<store::Book> book_{};
  NoMail composer_{};
  LeadId last_{};
  int count_ = 0;
};

constexpr std::string_view kThree = R"(
[[user]]
id = "ana"
address = "ana@acme.example"
[[user]]
id = "luis"
address = "luis@acme.example"
[[user]]
id = "eva"
address = "eva@acme.example"
)";

TEST_F(AssignByConfig, TheNearestBranchByDistanceGetsWhatLiesInNoTerritory) {
  use(std::string(kThree) + R"(
[[team]]
id = "south"
members = ["ana"]
[[team]]
id = "north"
members = ["luis"]
[[branch]]
id = "cdmx"
team = "south"
latitude = 19.43
longitude = -99.13
territory = { country = "MX", postal_prefix = ["01"] }
[[branch]]
id = "monterrey"
team = "north"
latitude = 25.67
longitude = -100.31
[[assign]]
name = "by place"
to = { branch = true }
)");
  int n = 0;
  const auto at = [&](const std::string& latitude, const std::string& longitude, const std::string& code = {}) {
    std::map<std::string, std::string> labels{{"Country", "MX"}, {"Latitude", latitude}, {"Longitude", longitude}};
    if (!code.empty()) labels["postal_code"] = code;
    return owner_of_mail(at_home("b" + std::to_string(n++)), std::move(labels));
  };
  EXPECT_EQ(at("25.42", "-101.00"), "luis") << "Saltillo is near Monterrey";
  EXPECT_EQ(at("19.04", "-98.20"), "ana") << "Puebla is near Mexico City";
  EXPECT_EQ(at("25.42", "-101.00", "01230"), "ana") << "a territory comes before any distance";
}

TEST_F(AssignByConfig, NobodyAboveHisCapacityAndNobodyWhoTakesNone) {
  use(R"(
[[user]]
id = "ana"
address = "ana@acme.example"
capacity = 2
[[user]]
id = "luis"
address = "luis@acme.example"
[[user]]
id = "eva"
address = "eva@acme.example"
takes_leads = false
[[assign]]
name = "all"
to = { round_robin = ["ana", "luis", "eva"] }
)");
  std::map<std::string, int> given;
  for (int i = 0; i < 9; ++i) ++given[owner_of_mail(at_home("p" + std::to_string(i)))];
  EXPECT_EQ(given, (std::map<std::string, int>{{"ana", 2}, {"luis", 7}}));
}

TEST_F(AssignByConfig, WhoKnowsTheDomainComesFirst) {
  use(R"(
[[user]]
id = "ana"
address = "ana@acme.example"
[[user]]
id = "luis"
address = "luis@acme.example"
domains = ["Big.example"]
[[assign]]
name = "all"
to = { round_robin = ["ana", "luis"] }
)");
  EXPECT_EQ(owner_of_mail("a@big.example"), "luis");
  EXPECT_EQ(owner_of_mail("b@mail.big.example"), "luis");
  EXPECT_EQ(owner_of_mail("a@notbig.example"), "ana");
}

TEST_F(AssignByConfig, AQuotaIsOfAMonthOfTheCompanysCalendarAndTheNextRuleHasTheRest) {
  use(std::string(kThree) + R"(
[[assign]]
name = "quota"
priority = 1
to = { quota = { ana = 2, luis = 1 } }
hours = "ignore"
[[assign]]
name = "rest"
priority = 9
to = { user = "eva" }
)");
  int n = 0;
  const auto next = [&] { return owner_of_mail(at_home("q" + std::to_string(n++))); };
  std::map<std::string, int> given;
  now_ = *parse_rfc3339("2026-11-30T20:00:00Z");
  for (int i = 0; i < 3; ++i) ++given[next()];
  EXPECT_EQ(given, (std::map<std::string, int>{{"ana", 2}, {"luis", 1}}));
  now_ = *parse_rfc3339("2026-12-01T05:59:00Z");
  EXPECT_EQ(next(), "eva") << "one minute before midnight in Mexico, though December has begun elsewhere";
  now_ = *parse_rfc3339("2026-12-01T06:00:00Z");
  EXPECT_NE(next(), "eva") << "a new month";
}

TEST_F(AssignByConfig, AFormerCustomerComesBackToWhoSoldToHim) {
  use(std::string(kThree) + R"(
[[assign]]
name = "customers"
priority = 1
to = { sticky = "customer" }
[[assign]]
name = "others"
priority = 9
to = { user = "eva" }
)");
  EXPECT_EQ(owner_of_mail("maria@buyer.example"), "eva");
  const auto bought = last();
  EXPECT_EQ(owner_of_mail("pedro@other.example"), "eva");
  const auto talked = last();
  for (const auto lead : {bought, talked}) command(lead, "admin", "#assign luis");
  command(bought, "luis", "#customer");
  EXPECT_EQ(owner_of_mail("maria@buyer.example"), "luis");
  EXPECT_EQ(owner_of_mail("jose@buyer.example"), "luis") << "a colleague";
  EXPECT_EQ(owner_of_mail("rosa@other.example"), "eva") << "they have bought nothing";
}

TEST_F(AssignByConfig, WhoSaysByMailThatHeIsAwayGetsNothingUntilHeIsBack) {
  use(std::string(kThree) + R"(
[[assign]]
name = "all"
to = { weighted = { ana = 5, luis = 1 } }
)");
  say_away("ana", std::chrono::days{2});
  int n = 0;
  const auto next = [&] { return owner_of_mail(at_home("w" + std::to_string(n++))); };
  for (int i = 0; i < 6; ++i) EXPECT_EQ(next(), "luis");
  now_ += 72h;
  std::map<std::string, int> given;
  for (int i = 0; i < 6; ++i) ++given[next()];
  EXPECT_EQ(given, (std::map<std::string, int>{{"ana", 5}, {"luis", 1}}));
}

TEST_F(AssignByConfig, TheSameMailsUnderTheSameConfigComeToTheSamePeople) {
  const auto weeks = [&] {
    std::vector<std::string> got;
    for (int i = 0; i < 40; ++i) {
      now_ += 7h;
      if (i == 13) say_away("luis", std::chrono::days{3});
      got.push_back(owner_of_mail(at_home("s" + std::to_string(i))));
    }
    return got;
  };
  const auto config = std::string(kThree) + R"(
[[assign]]
name = "all"
to = { weighted = { ana = 3, luis = 2, eva = 1 } }
)";
  use(config);
  const auto first = weeks();
  start_anew();
  use(config);
  EXPECT_EQ(weeks(), first);
}

}  // namespace
}  // namespace leadmail::daemon
