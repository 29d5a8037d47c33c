#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "core/leads/address.h"
#include "core/store/fold.h"
#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

/// Draws events as they may happen to a lead, and now and then as they should not.
class EventMaker {
 public:
  leads::Event draw(const leads::Lead& lead) {
    leads::Event event = an_event(static_cast<leads::EventType>(below(11)), {});
    event.at = kNow + seconds{below(1000)};
    event.text = words();
    for (int i = below(4); i >= 0; --i) event.changes.push_back(leads::change(lead, field(), value()));
    return event;
  }
  int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random_); }

 private:
  std::string field() {
    static constexpr const char* kFields[] = {"status",
                                              "owner",
                                              "owed",
                                              "next.at",
                                              "next.by",
                                              "tags",
                                              "company",
                                              "name",
                                              "contact.1.emails",
                                              "contact.2.emails",
                                              "contact.2.name",
                                              "phones",
                                              "contact.x.emails",
                                              "custom \"field\"\n",
                                              "señal"};
    return kFields[below(std::size(kFields))];
  }
  std::string value() {
    static constexpr const char* kValues[] = {"",
                                              "",
                                              "lead",
                                              "open",
                                              "replied",
                                              "converted",
                                              "do-not-contact",
                                              "nonsense",
                                              "ana",
                                              "luis",
                                              "Eva",
                                              "yes",
                                              "1800000500",
                                              "99999999999999999999",
                                              "-1",
                                              "Feria\nvip",
                                              "VIP\n\nferia",
                                              "a@x.example\nb@x.example",
                                              "B@x.example",
                                              "c@y.example",
                                              "Máquina \"única\" \\ 東京",
                                              "\x01\t\x7f",
                                              "a@x.example\nA@X.example"};
    return kValues[below(std::size(kValues))];
  }
  std::string words() { return std::string("palabra") + std::to_string(below(50)); }

  std::mt19937 random_{4711};
};

struct FoldPropertyTest : testing::Test {
  static constexpr int kLeads = 100;
  static constexpr int kEventsARound = 85;

  /// 21,250 events, or as many as LEADMAIL_EVENTS says: a million take a minute of an optimised build.
  static int rounds() {
    const char* wanted = std::getenv("LEADMAIL_EVENTS");  // NOLINT(concurrency-mt-unsafe): one thread
    return wanted == nullptr ? 250 : std::max(1, std::atoi(wanted) / kEventsARound + 1);
  }

  void apply(std::vector<leads::Effect> effects) {
    auto transaction = begin(*book);
    auto applied = transaction->apply(only(std::move(effects)), kNow, composer);
    ASSERT_TRUE(applied) << applied.error().what;
    ASSERT_TRUE(transaction->commit());
  }

  /// Several events of many leads in one decision, the model beside it.
  void run() {
    for (int i = 0; i < kLeads; ++i) {
      auto event = an_event(leads::EventType::captured, {{"status", "", "lead"}});
      apply({leads::OpenLead{"sales"}, leads::Record{{}, event}});
      auto& lead = model[LeadId{i + 1}];
      lead.id = LeadId{i + 1};
      leads::fold(lead, event);
    }
    for (int round = 0, all = rounds(); round < all; ++round) {
      std::vector<leads::Effect> effects;
      for (int i = 0; i < kEventsARound; ++i) {
        auto& lead = model[LeadId{maker.below(kLeads) + 1}];
        const auto event = maker.draw(lead);
        leads::fold(lead, event);
        effects.emplace_back(leads::Record{{lead.id}, event});
        ++events;
      }
      apply(std::move(effects));
    }
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
  PlainComposer composer{};
  EventMaker maker{};
  std::map<LeadId, leads::Lead> model{};
  int events = 0;
};

/// What the tables beside the leads have to say, worked out from the leads alone.
struct Expected {
  std::set<std::string> addresses{};
  std::set<std::string> tags{};
  std::map<std::string, int> counts{};

  explicit Expected(const std::map<LeadId, leads::Lead>& model) {
    for (const auto& [id, lead] : model) {
      for (const auto& email : lead.emails()) addresses.insert(leads::to_lower(email) + " " + to_string(id));
      for (const auto& tag : leads::lines_of(lead.value("tags")))
        tags.insert(fold_for_search(tag) + " " + to_string(id));
      ++counts[std::string(lead.owner()) + " " + std::string(leads::name(lead.status()))];
    }
  }
};

std::string joined(const std::set<std::string>& entries) {
  std::string text;
  for (const auto& entry : entries) text += (text.empty() ? "" : "; ") + entry;
  return text;
}

TEST_F(FoldPropertyTest, TheRowIsTheSumOfItsEvents) {
  run();
  ASSERT_GE(events, std::min(20'000, rounds() * kEventsARound));
  const auto reader = open_reader(path);
  for (const auto& [id, lead] : model) {
    const auto row = **reader->lead(id);
    EXPECT_EQ(row.values, lead.values) << to_string(id);
    EXPECT_EQ(row.created, lead.created);
    EXPECT_EQ((*reader->lead_at(id, Time::max()))->values, lead.values);
    std::optional<std::int64_t> next;
    if (lead.next()) next = to_unix(lead.next()->at);
    EXPECT_EQ(
        ask(path,
            "SELECT status || ' ' || owner || ' ' || owed || ' ' || coalesce(next_at, '-') FROM lead WHERE id = " +
                std::to_string(id.value)),
        std::string(leads::name(lead.status())) + " " + std::string(lead.owner()) + " " + (lead.owed() ? "1 " : "0 ") +
            (next ? std::to_string(*next) : "-"));
  }

  // The past is what its events up to then add up to, in the order in which they were recorded.
  for (const auto offset : {0, 1, 250, 999}) {
    const Time then = kNow + seconds{offset};
    for (const auto& [id, lead] : model) {
      leads::Lead past{.id = id};
      const auto timeline = *reader->timeline(id);
      for (const auto& event : timeline) {
        if (event.at <= then) leads::fold(past, event);
      }
      const auto shown = *reader->lead_at(id, then);
      ASSERT_EQ(shown ? shown->values : past.values, past.values) << to_string(id) << " at +" << offset;
    }
  }

  const Expected expected(model);
  EXPECT_EQ(ask(path, "SELECT address || ' L-' || lead FROM contact_address ORDER BY 1"), joined(expected.addresses));
  EXPECT_EQ(ask(path, "SELECT tag || ' L-' || lead FROM lead_tag ORDER BY 1"), joined(expected.tags));
  std::set<std::string> counts;
  for (const auto& [who, count] : expected.counts) counts.insert(who + " " + std::to_string(count));
  EXPECT_EQ(ask(path, "SELECT owner || ' ' || status || ' ' || leads FROM lead_count WHERE leads <> 0 ORDER BY 1"),
            joined(counts));
  EXPECT_EQ(ask(path, "PRAGMA integrity_check"), "ok");
}

}  // namespace
}  // namespace leadmail::store::tests
