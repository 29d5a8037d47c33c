#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/leads/address.h"
#include "daemon/admin/commands.h"
#include "daemon/config_read.h"
#include "daemon/options.h"

namespace leadmail::daemon::admin {
namespace {

/// Prints leads as they come: JSON at once, a table when all widths are known.
class LeadPrinter {
 public:
  LeadPrinter(Desk& desk, std::size_t limit) : desk_(desk), limit_(limit), place_(desk.place()) {}

  bool operator()(const leads::Lead& lead) {
    ++count_;
    if (desk_.is_json()) {
      desk_.print_json(lead_line_json(lead));
    } else {
      add_to(table_, lead, place_, desk_.now());
    }
    return limit_ == 0 || count_ < limit_;
  }

  int finish(const Result<void>& result) {
    if (!result) return desk_.fail(result.error());
    if (!table_.empty()) desk_.print(table_.text(desk_.terminal()));
    if (count_ == 0) desk_.remark("no leads");
    return fine;
  }

 private:
  Desk& desk_;
  std::size_t limit_;
  Place place_;
  Table table_ = lead_table();
  std::size_t count_ = 0;
};

/// Users of the config, and those who left it and may own leads still.
bool is_owner(Desk& desk, const std::string& id) {
  if (desk.config().rules.user(id) != nullptr) return true;
  store::ListFilter theirs;
  theirs.owner = id;
  bool owns = false;
  const auto looked = desk.book().list(theirs, [&owns](const leads::Lead&) {
    owns = true;
    return false;
  });
  return owns || !looked;  // a book that can't be read says so itself
}

std::string no_such_owner(const Desk& desk, const std::string& asked) {
  constexpr std::size_t kMostNamed = 20;
  const auto known = names_of(desk.config().rules.users, &leads::User::id);
  const auto close = nearest(asked, known);
  std::string text = "there is no user '" + asked + "'";
  if (!close.empty()) return text + " (did you mean '" + close + "'?)";
  for (std::size_t i = 0; i < std::min(known.size(), kMostNamed); ++i) text += (i == 0 ? "; users: " : ", ") + known[i];
  return known.size() > kMostNamed ? text + " and " + std::to_string(known.size() - kMostNamed) + " more" : text;
}

}  // namespace

int run_list(Desk& desk, const ListArguments& arguments) {
  store::ListFilter filter;
  if (!arguments.status.empty()) {
    filter.status = leads::status_named(leads::to_lower(arguments.status));
    if (!filter.status) return desk.fail("there is no status '" + arguments.status + "'", usage);
  }
  if (!desk.open_book()) return desk.status();
  if (!arguments.owner.empty()) {
    filter.owner = leads::to_lower(arguments.owner);
    if (!is_owner(desk, *filter.owner)) return desk.fail(no_such_owner(desk, arguments.owner), usage);
  }
  if (arguments.due) filter.due_by = desk.now();
  filter.owed = arguments.owed;
  filter.tag = arguments.tag;
  LeadPrinter printer(desk, arguments.limit);
  return printer.finish(desk.book().list(filter, std::ref(printer)));
}

int run_find(Desk& desk, const FindArguments& arguments) {
  if (!desk.open_book()) return desk.status();
  std::string text;
  for (const auto& word : arguments.words) text += word + " ";
  LeadPrinter printer(desk, arguments.limit);
  return printer.finish(desk.book().find(text, std::ref(printer)));
}

}  // namespace leadmail::daemon::admin
