#include "daemon/calendar_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "daemon/descriptor.h"
#include "daemon/invitations.h"

namespace leadmail::daemon {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLeads = 5000;
constexpr std::chrono::days kPast{30};
constexpr mode_t kMode = 0640;

Error trouble(const fs::path& path) { return {Next::retry, path.string() + ": " + std::strerror(errno)}; }

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

/// Temporary file, fsync, rename: who reads it sees the old one or the new one.
Result<void> replace(const fs::path& path, const std::string& text) {
  const auto temporary = path.string() + ".new";
  Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kMode));
  if (file.get() < 0 || ::fchmod(file.get(), kMode) != 0) return trouble(temporary);
  for (std::size_t written = 0; written < text.size();) {
    const auto count = ::write(file.get(), text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return trouble(temporary);
    written += static_cast<std::size_t>(count);
  }
  if (::fsync(file.get()) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0) return trouble(temporary);
  return {};
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
    if (auto done = replace(path, text); !done) return done;
  }
  remove_others(folder, rules);
  seen = std::move(news);
  return {};
}

}  // namespace leadmail::daemon
