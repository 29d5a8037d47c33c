#include "daemon/newsletter.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/leads/newsletter.h"
#include "daemon/letters.h"
#include "daemon/log.h"

namespace leadmail::daemon {
namespace {

using nlohmann::json;

constexpr int kPage = 200;

json refuse(std::string_view why) { return {{"ok", false}, {"error", why}}; }

/// Names of templates and campaigns become parts of file names and causes.
bool is_plain_name(std::string_view name) {
  constexpr std::size_t kLongest = 60;
  return !name.empty() && name.size() <= kLongest && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

/// One page of leads in one transaction.
class Page {
 public:
  Page(Engine& engine, const Settings& settings, leads::Newsletter newsletter, leads::Condition selection, bool dry_run)
      : engine_(engine),
        settings_(settings),
        newsletter_(std::move(newsletter)),
        selection_(std::move(selection)),
        dry_run_(dry_run) {}

  /// The answer, or why nothing of the page was done.
  Result<json> run(store::Transaction& transaction, LeadId after, std::int64_t queued) {
    auto leads = transaction.leads_after(after, kPage);
    if (!leads) return std::move(leads.error());
    json mails = json::array();
    json left_out = json::array();
    for (const auto& lead : *leads) {
      after = lead.id;
      if (!leads::is_selected(lead, selection_)) continue;
      auto why = look(transaction, lead);
      if (!why) return std::move(why.error());
      if (!why->empty()) {
        left_out.push_back({{"lead", to_string(lead.id)}, {"why", *why}});
        continue;
      }
      const auto to = leads::newsletter_recipient(lead);
      mails.push_back({{"lead", to_string(lead.id)}, {"address", to.address}});
      causes_.push_back(leads::newsletter_cause(newsletter_, to.address));
      if (dry_run_) continue;
      if (auto done = queue(transaction, lead, to, queued++); !done) return std::move(done.error());
    }
    return json{{"ok", true},
                {"mails", std::move(mails)},
                {"left_out", std::move(left_out)},
                {"after", after.value},
                {"more", static_cast<int>(leads->size()) == kPage}};
  }

 private:
  /// Why this lead gets none; empty when it does.
  Result<std::string> look(store::Transaction& transaction, const leads::Lead& lead) {
    if (auto why = leads::why_no_newsletter(lead); !why.empty()) return why;
    const auto address = leads::newsletter_recipient(lead).address;
    const auto cause = leads::newsletter_cause(newsletter_, address);
    auto has = transaction.has_cause(cause);
    if (!has) return std::move(has.error());
    if (*has || std::ranges::find(causes_, cause) != causes_.end()) return "has this campaign already: " + address;
    return transaction.why_not_write(leads::LetterKind::newsletter, lead.id, address);
  }

  Result<void> queue(store::Transaction& transaction, const leads::Lead& lead, const leads::Person& to,
                     std::int64_t before) {
    const Time now = engine_.now();
    const std::chrono::seconds wait{before * 60 / settings_.config.newsletter.mails_a_minute};
    const auto decision = leads::decide_newsletter(lead, to, newsletter_, now + wait, settings_.config.rules, now);
    LetterWriter letters(settings_, now);
    auto applied = transaction.apply(decision, now, letters);
    if (!applied) return std::move(applied.error()).in("newsletter to " + to_string(lead.id));
    return {};
  }

  Engine& engine_;
  const Settings& settings_;
  leads::Newsletter newsletter_;
  leads::Condition selection_;
  bool dry_run_;
  std::vector<std::string> causes_{};  // of this page
};

}  // namespace

json send_newsletter(Engine& engine, const json& request, const std::string& by) {
  auto settings = *engine.settings();
  const auto& config = settings.config;
  leads::Newsletter newsletter{.template_name = request.value("template", ""),
                               .campaign = request.value("campaign", ""),
                               .mailbox = config.newsletter.mailbox,
                               .by = by.empty() ? "admin" : by};
  if (newsletter.campaign.empty()) newsletter.campaign = newsletter.template_name;
  if (!is_plain_name(newsletter.template_name) || !is_plain_name(newsletter.campaign))
    return refuse("names of templates and campaigns are letters, digits, - and _, at most 60 of them");
  // A template that was written a minute ago counts.
  auto wording = Wording::load(config.templates_path, template_fields(config.rules.record));
  if (!wording) return refuse(wording.error().what);
  settings.wording = std::move(*wording);
  if (!settings.wording.has("newsletter-" + newsletter.template_name, config.rules.language)) {
    return refuse("there is no template " + config.templates_path + "/" + config.rules.language + "/newsletter-" +
                  newsletter.template_name + ".txt, nor an English one");
  }
  auto selection = leads::read_selection(request.value("to", ""), config.rules);
  if (!selection) return refuse(selection.error().what);

  const bool dry_run = request.value("dry_run", false);
  json answer;
  const auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
    Page page(engine, settings, newsletter, *selection, dry_run);
    auto made = page.run(transaction, LeadId{request.value("after", std::int64_t{0})},
                         request.value("queued", std::int64_t{0}));
    if (!made) return std::move(made.error());
    answer = std::move(*made);
    return {};
  });
  if (!done) return refuse(done.error().what);
  if (!dry_run && !answer["mails"].empty()) {
    log("newsletter-queued", newsletter.campaign + ": " + std::to_string(answer["mails"].size()) + " mails queued");
    engine.tell_news();
  }
  return answer;
}

}  // namespace leadmail::daemon
