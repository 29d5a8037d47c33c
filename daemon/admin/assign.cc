// `leadmail assign simulate`: who would have got the leads of past mail.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"
#include "daemon/admin/past_mail.h"

namespace leadmail::daemon::admin {
namespace {

/// Past mail under the config in force, one after the other, in a book that is thrown away.
class Assigning {
 public:
  explicit Assigning(Desk& desk) : desk_(desk) {}

  Result<void> open() {
    auto config = desk_.config();
    if (auto signed_as = add_keys(config); !signed_as) return signed_as;
    if (folder_.path().empty()) return Error{Next::give_up, "no room for a temporary folder"};
    reader_ = std::make_unique<PastMailReader>(config);
    auto simulation = Simulation::open(std::move(config), folder_.path());
    if (!simulation) return std::move(simulation.error());
    simulation_ = std::move(*simulation);
    return {};
  }

  Result<void> take(PastMail mail, bool tells) {
    if (auto read = reader_->read(mail); !read) return read;
    auto fate = simulation_->take(mail);
    if (!fate) return std::move(fate.error());
    if (tells && fate->assignment) tell(mail, *fate);
    return {};
  }

  /// How many leads each user would have, and how many by which rule.
  void tell_totals() {
    if (desk_.is_json()) {
      for (const auto& [user, leads] : totals_) {
        desk_.print_json(
            Json{{"user", user.empty() ? Json(nullptr) : Json(user)}, {"leads", leads.all}, {"rules", leads.rules}});
      }
      return;
    }
    if (!table_.empty()) desk_.print(table_.text(desk_.terminal()) + "\n");
    Table totals({"USER", "LEADS", "BY"});
    for (const auto& [user, leads] : totals_) {
      std::string rules;
      for (const auto& [rule, count] : leads.rules)
        rules += fmt::format("{}{} {}", rules.empty() ? "" : ", ", rule, count);
      totals.add({{user.empty() ? "nobody" : user}, {std::to_string(leads.all)}, {rules}});
    }
    if (!totals.empty()) desk_.print(totals.text(desk_.terminal()));
    desk_.remark(std::to_string(assigned_) + " leads would be assigned");
  }

 private:
  struct Total {
    int all = 0;
    std::map<std::string, int> rules{};
  };

  void tell(const PastMail& mail, const Fate& fate) {
    ++assigned_;
    const auto& assignment = *fate.assignment;
    auto& total = totals_[assignment.user];
    ++total.all;
    ++total.rules[assignment.cause];
    const auto& identity = mail.message.identity;
    const auto from = identity.from.empty() ? std::string() : identity.from.front().address;
    if (desk_.is_json()) {
      const auto text = [](const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); };
      desk_.print_json(Json{{"message_id", identity.message_id},
                            {"at", time_json(mail.taken)},
                            {"from", from},
                            {"subject", identity.subject},
                            {"lead", text(fate.lead)},
                            {"user", text(assignment.user)},
                            {"offered", text(assignment.offered)},
                            {"cause", assignment.cause},
                            {"reason", assignment.reason}});
      return;
    }
    table_.add({{time_text(mail.taken, desk_.place())},
                {assignment.user.empty() ? "team " + assignment.offered : assignment.user},
                {from},
                {identity.subject},
                {assignment.reason}});
  }

  Desk& desk_;
  Scratch folder_{};
  std::unique_ptr<PastMailReader> reader_{};
  std::unique_ptr<Simulation> simulation_{};
  Table table_{{"AT", "GETS IT", "FROM", "SUBJECT", "WHY"}};
  std::map<std::string, Total> totals_{};
  int assigned_ = 0;
};

}  // namespace

int run_assign(Desk& desk, const AssignArguments& arguments) {
  if (!desk.open_book()) return desk.status();
  Assigning assigning(desk);
  if (auto opened = assigning.open(); !opened) return desk.fail(opened.error());
  const auto since = desk.now() - std::chrono::days{arguments.days};
  // Older mail is taken too, for shares, turns and who had whom before; it is only not told of.
  const auto done = visit_past(desk, [&](PastMail mail) {
    const bool tells = arguments.days == 0 || mail.taken >= since;
    return assigning.take(std::move(mail), tells);
  });
  if (!done) return desk.fail(done.error());
  assigning.tell_totals();
  return desk.status();
}

}  // namespace leadmail::daemon::admin
