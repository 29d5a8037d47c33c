#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"

namespace leadmail::daemon::admin {
namespace {

/// One page as people read it.
void tell(Desk& desk, const Json& page, bool is_dry) {
  for (const auto& mail : page.value("mails", Json::array())) {
    const auto line = mail.value("lead", "") + "  " + mail.value("address", "");
    if (desk.is_json()) {
      desk.print_json(Json{{"lead", mail.value("lead", "")}, {"address", mail.value("address", "")}, {"why", nullptr}});
    } else {
      desk.remark(shown(line));
    }
  }
  for (const auto& left : page.value("left_out", Json::array())) {
    if (desk.is_json()) {
      desk.print_json(Json{{"lead", left.value("lead", "")}, {"address", nullptr}, {"why", left.value("why", "")}});
    } else if (is_dry) {
      desk.remark(shown(left.value("lead", "") + "  not: " + left.value("why", "")));
    }
  }
}

}  // namespace

int run_newsletter(Desk& desk, const NewsletterArguments& arguments) {
  if (!desk.read_config()) return desk.status();
  std::int64_t after = 0;
  std::int64_t queued = 0;
  std::size_t left_out = 0;
  for (bool more = true; more;) {
    const auto page = desk.change(Json{{"action", "newsletter"},
                                       {"template", arguments.template_name},
                                       {"to", arguments.to},
                                       {"campaign", arguments.campaign},
                                       {"as", arguments.as},
                                       {"dry_run", arguments.dry_run},
                                       {"after", after},
                                       {"queued", queued}});
    if (!page) return desk.fail(page.error());
    if (!page->value("ok", false)) return desk.fail(page->value("error", "refused"));
    tell(desk, *page, arguments.dry_run);
    queued += static_cast<std::int64_t>(page->value("mails", Json::array()).size());
    left_out += page->value("left_out", Json::array()).size();
    after = page->value("after", after);
    more = page->value("more", false);
  }
  desk.remark(std::to_string(queued) + (arguments.dry_run ? " would get it, " : " mails queued, ") +
              std::to_string(left_out) + " left out");
  return fine;
}

}  // namespace leadmail::daemon::admin
