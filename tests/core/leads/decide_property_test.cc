// What holds for every message, whatever it says: a few ten thousand random ones, the same every time.
#include <random>

#include "core/leads/address.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

const Rules kRules = rules();

/// Random mail from the people, texts and threads of the small world, and from strangers.
class RandomMail {
 public:
  explicit RandomMail(unsigned seed) : random_(seed) {}

  Inquiry inquiry() {
    auto mail = world::inquiry();
    mail.fingerprint = "f" + std::to_string(random_());
    mail.nature =
        one_of<Nature>({Nature::personal, Nature::personal, Nature::personal, Nature::form, Nature::auto_reply,
                        Nature::bounce, Nature::bulk, Nature::calendar, Nature::complaint, Nature::receipt});
    mail.from = {one_of<std::string>({"", "Ana", "María\r\nBcc: x@y.example"}), address()};
    mail.from_is_plain = chance(90);
    mail.authenticated = chance(40);
    mail.in_sent_folder = chance(10);
    mail.is_history = chance(15);
    mail.unreadable = chance(5);
    mail.null_return_path = chance(10);
    mail.hops = random_() % 60;
    mail.instance = chance(3) ? "mark" : "";
    mail.to = {{"", chance(50) ? "sales@acme.example" : "sales+" + token() + "@acme.example"}, {"", address()}};
    if (chance(30)) mail.cc = {{"C", address()}, {"D", address()}};
    if (chance(20)) mail.reply_to = {{"R", address()}};
    if (chance(40)) mail.in_reply_to = {token() + ".0123456789abcdef@acme.example"};
    if (chance(40)) mail.references = {"first@x.example", token() + ".0123456789abcdef@acme.example"};
    if (chance(20)) mail.forwarded_from = Person{"F", address()};
    if (chance(80)) mail.date = now() + hours(static_cast<int>(random_() % 400) - 300);
    mail.text = mail.reply = text();
    mail.command_text = chance(80) ? mail.reply : "";
    if (mail.nature == Nature::bounce) {
      mail.failed_message_id = token() + ".0123456789abcdef@acme.example";
      mail.failed = {{address(), "failed", "5.1.1", "gone"}};
    }
    return mail;
  }

  Snapshot snapshot(const Inquiry& mail) {
    Snapshot known;
    for (const auto id : query(mail, kRules, now()).leads) known.by_token.push_back(world::lead(id.value, status()));
    if (chance(40)) known.by_message_id = {Match{world::lead(8, status()), "first@x.example"}};
    if (chance(30)) known.by_message_id.push_back(Match{world::lead(9, status()), mail.failed_message_id});
    if (chance(30)) known.by_subject = {world::lead(10, status())};
    if (chance(30)) known.by_address = {world::lead(11, status()), world::lead(5, status())};
    known.acks_to_writer_today = chance(20) ? 1 : 0;
    return known;
  }

  bool chance(unsigned percent) { return random_() % 100 < percent; }
  Status status() { return static_cast<Status>(random_() % 9); }

 private:
  using hours = std::chrono::hours;

  template <typename T>
  T one_of(std::initializer_list<T> list) {
    return list.begin()[random_() % list.size()];
  }
  std::string address() {
    return one_of<std::string>({"maria@x.example", "jorge@x.example", "ana@acme.example", "luis@acme.example",
                                "sales@acme.example", "mallory@evil.example", "nora@gmail.com", "noreply@y.example", "",
                                "postmaster@x.example"});
  }
  std::string token() {
    return one_of<std::string>({token_for(""), token_for("ana"), token_for("luis"), std::string(32, 'a')});
  }
  std::string text() {
    return one_of<std::string>({"", "Hello", "#status converted", "#assign luis\n\nHello",
                                "#next tomorrow 10:00\n#note x", "#note", "#won", "Hello\n#note inside", "#next none",
                                "#help", "#stauts", "> #status lost"});
  }

  std::mt19937 random_;
};

bool is_automatic(const Inquiry& mail) { return mail.nature != Nature::personal && mail.nature != Nature::form; }

/// Who may cause a change by hand: a user, authenticated, alone in From.
bool is_trusted(const Inquiry& mail) {
  return kRules.user_with_address(mail.from.address) != nullptr && mail.authenticated && mail.from_is_plain;
}

TEST(Property, OfEveryDecision) {
  RandomMail world(20261124);
  for (int i = 0; i < 20000; ++i) {
    const auto mail = world.inquiry();
    const auto known = world.snapshot(mail);
    const auto decision = decide(mail, known, kRules, now());
    const auto words = describe(decision);
    SCOPED_TRACE(words + " | from " + mail.from.address + " | " + mail.text);

    ASSERT_FALSE(decision.reason.empty());
    ASSERT_FALSE(decision.evidence.empty());
    const bool opens = words.starts_with("open lead");
    ASSERT_EQ(opens, words.find("open lead") != std::string::npos) << "first of all, and once";
    ASSERT_EQ(opens, decision.lead && !decision.lead->id);

    for (const auto& one : letters(decision)) {
      ASSERT_FALSE(mail.is_history);
      ASSERT_FALSE(one.cause.empty());
      ASSERT_FALSE(is_automatic(mail) && !one.to.empty()) << "automatic mail answers nobody outside";
      ASSERT_EQ(one.kind == LetterKind::ack || one.kind == LetterKind::answer, !one.to.empty());
      ASSERT_TRUE(one.kind != LetterKind::answer || is_trusted(mail));
      ASSERT_TRUE(one.to_user.empty() || kRules.user(one.to_user) != nullptr);
      for (const auto& person : one.to) {
        ASSERT_EQ(kRules.user_with_address(person.address), nullptr);
        ASSERT_EQ(kRules.mailbox_with_address(person.address), nullptr);
        ASSERT_FALSE(person.address.empty());
      }
    }

    if (opens || !decision.lead) continue;
    for (const auto& before : {known.by_token, known.by_address, known.by_subject}) {
      for (const auto& lead : before) {
        if (lead.id != decision.lead->id) continue;
        const auto changed = after(lead, decision);
        ASSERT_TRUE(!is_automatic(mail) || changed.status() == lead.status());
        if (!is_trusted(mail)) {
          ASSERT_EQ(changed.owner(), lead.owner());
          ASSERT_EQ(changed.next().has_value(), lead.next().has_value());
          const bool is_reached = !is_set_by_mail(lead.status());
          ASSERT_TRUE(!is_reached || changed.status() == lead.status()) << "mail never lowers a status";
        }
      }
    }
  }
}

TEST(Property, TheSameMailAndBookGiveTheSameDecision) {
  RandomMail world(7);
  for (int i = 0; i < 2000; ++i) {
    const auto mail = world.inquiry();
    const auto known = world.snapshot(mail);
    ASSERT_EQ(describe(decide(mail, known, kRules, now())), describe(decide(mail, known, kRules, now())));
  }
}

}  // namespace
}  // namespace leadmail::leads
