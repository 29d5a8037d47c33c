#include "daemon/calendar_files.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "daemon/invitations.h"
#include "daemon/whole_file.h"

namespace leadmail::daemon {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLeads = 5000;
constexpr std::chrono::days kPast{30};
constexpr mode_t kMode = 0640;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

/// Calendars that we wrote once for somebody who is no user any more.
void remove_others(const fs::path& folder, const leads::Rules& rules) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const auto& path = entry.path();
    if (path.extension() != ".ics" || rules.user(path.stem().string()) != nullptr) continue;
    if (content_of(path).find("PRODID:-//Leadmail//") != std::string::npos) fs::remove(path, error);
  }
}

}  // namespace

Result<void> write_calendars(Engine& engine, CalendarNews& seen) {
  const auto settings = engine.settings();
  if (settings->config.calendar_folder.empty()) return {};
  CalendarNews news{.day = std::chrono::floor<std::chrono::days>(engine.now()), .settings = settings};
  const auto looked = engine.write([&](store::Transaction& transaction) -> Result<void> {
    auto newest = transaction.newest_event();
    if (!newest) return std::move(newest.error());
    news.event = *newest;
    return {};
  });
  if (!looked) return looked;
  if (news.event == seen.event && news.day == seen.day && news.settings == seen.settings) return {};
  const fs::path folder(settings->config.calendar_folder);
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return Error{Next::retry, folder.string() + ": " + error.message()};
  const auto& rules = settings->config.rules;
  const Time now = engine.now();
  for (const auto& user : rules.users) {
    std::vector<leads::Lead> leads;
    const auto read = engine.write([&](store::Transaction& transaction) -> Result<void> {
      auto found = transaction.leads_in_calendar(user.id, now - kPast, kMostLeads);
      if (!found) return std::move(found.error());
      leads = std::move(*found);
      return {};
    });
    if (!read) return read;
    const auto path = folder / (user.id + ".ics");
    const auto text = user_calendar(user, leads, rules, now);
    if (content_of(path) == text) continue;
    if (auto done = write_whole_file(path.string(), text, kMode); !done) return done;
  }
  remove_others(folder, rules);
  seen = std::move(news);
  return {};
}

}  // namespace leadmail::daemon
