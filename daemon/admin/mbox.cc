#include "daemon/admin/mbox.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "mail/message/parse.h"

namespace leadmail::daemon::admin {
namespace {

/// "Sat Nov 21 10:00:00 2026", in UTC. RFC 4155 Appendix A
std::string asctime_of(Time time) {
  using namespace std::chrono;
  static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  return fmt::format("{} {} {:2} {:02}:{:02}:{:02} {}", kDays.at(weekday{day}.c_encoding()),
                     kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     static_cast<int>(date.year()));
}

/// The writer, as far as a separator can hold him.
std::string sender_of(std::string_view raw) {
  const auto identity = mail::message::read_identity(raw);
  std::string address = identity.from.empty() ? std::string{} : identity.from.front().address;
  const bool is_plain = !address.empty() && address.find_first_of(" \t\r\n") == std::string::npos;
  return is_plain ? address : "MAILER-DAEMON";
}

bool needs_quote(std::string_view line) {
  const auto begin = line.find_first_not_of('>');
  return begin != std::string_view::npos && line.substr(begin).starts_with("From ");
}

}  // namespace

std::string mbox_entry(std::string_view raw, Time received) {
  std::string entry = "From " + sender_of(raw) + " " + asctime_of(received) + "\n";
  entry.reserve(entry.size() + raw.size() + 16);
  while (!raw.empty()) {
    const auto end = std::min(raw.find('\n'), raw.size() - 1) + 1;
    const auto line = raw.substr(0, end);
    if (needs_quote(line)) entry += '>';
    entry += line;
    raw.remove_prefix(end);
  }
  if (!entry.ends_with('\n')) entry += '\n';
  return entry + "\n";
}

}  // namespace leadmail::daemon::admin
