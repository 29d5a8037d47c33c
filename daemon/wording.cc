#include "daemon/wording.h"

#include <fmt/format.h>
#include <unicode/calendar.h>
#include <unicode/locid.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <filesystem>
#include <fstream>
#include <kainjow/mustache.hpp>
#include <sstream>

#include "core/leads/zone.h"

namespace leadmail {
extern const std::map<std::string_view, std::string_view> kTemplates;
}

namespace leadmail::daemon {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::string_view kSubject = "Subject: ";
constexpr std::uintmax_t kLargestTemplate = 256 * 1024;
constexpr std::size_t kMostQuoted = 20'000;

std::string as_is(const std::string& text) { return text; }

mustache::mustache compile(std::string_view text) {
  mustache::mustache compiled{std::string(text)};
  compiled.set_custom_escape(as_is);
  return compiled;
}

Result<void> check(std::string_view text) {
  if (!text.starts_with(kSubject)) return Error{Next::give_up, "the first line is no \"Subject: …\""};
  const auto compiled = compile(text);
  if (!compiled.is_valid()) return Error{Next::give_up, compiled.error_message()};
  return {};
}

mustache::data to_data(const Words& words) {
  mustache::data data;
  for (const auto& [name, value] : words.values) {
    if (!value.empty()) data.set(name, value);
  }
  for (const auto& [name, entries] : words.lists) {
    mustache::data list{mustache::data::type::list};
    for (const auto& entry : entries) {
      mustache::data item;
      for (const auto& [key, value] : entry) item.set(key, value);
      list << item;
    }
    data.set(name, list);
  }
  return data;
}

/// One line, without the spaces that an empty value leaves at its ends.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) line += (c == '\n' || c == '\r' || c == '\t') ? ' ' : c;
  const auto first = line.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return line.substr(first, line.find_last_not_of(' ') - first + 1);
}

/// At most one empty line in a row, none at the ends.
std::string tidy(std::string_view text) {
  std::string out;
  bool gap = false;
  for (const auto& line : [&] {
         std::vector<std::string_view> lines;
         while (!text.empty()) {
           const auto end = text.find('\n');
           lines.push_back(text.substr(0, end));
           text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
         }
         return lines;
       }()) {
    if (line.find_first_not_of(" \r") == std::string_view::npos) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += '\n';
    gap = false;
    out.append(line.substr(0, line.find_last_not_of("\r") + 1));
    out += '\n';
  }
  return out;
}

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      out += fmt::format("%{:02X}", byte);
    }
  }
  return out;
}

/// The text as paragraphs and lines; what is quoted in it is set off.
std::string paragraphs(std::string_view text) {
  std::string body;
  bool in_quote = false;
  bool in_paragraph = false;
  const auto close_paragraph = [&] {
    if (in_paragraph) body += "</p>\n";
    in_paragraph = false;
  };
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const bool quoted = line.starts_with('>');
    if (quoted != in_quote) {
      close_paragraph();
      body += quoted ? "<blockquote style=\"margin:8px 0;padding:4px 12px;border-left:3px solid #b8c4d0;color:#333\">\n"
                     : "</blockquote>\n";
      in_quote = quoted;
    }
    if (quoted) line.remove_prefix(line.starts_with("> ") ? 2 : 1);
    if (line.empty()) {
      close_paragraph();
      continue;
    }
    body += in_paragraph ? "<br>\n" : "<p style=\"margin:8px 0\">";
    in_paragraph = true;
    body += escape_html(line);
  }
  close_paragraph();
  if (in_quote) body += "</blockquote>\n";
  return body;
}

std::string page(const std::string& body) {
  return "<!DOCTYPE html>\n<html><body "
         "style=\"font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.4;color:#111\">\n" +
         body + "</body></html>\n";
}

/// At most so many bytes, cut at a character's end.
std::string_view shortened(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xc0U) == 0x80U) --max_bytes;
  return text.substr(0, max_bytes);
}

}  // namespace

Result<Wording> Wording::load(const std::string& folder) {
  Wording wording;
  for (const auto& [name, text] : kTemplates) {
    wording.templates_.emplace(name, text);
    if (folder.empty()) continue;
    const std::filesystem::path path = std::filesystem::path(folder) / name;
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) continue;
    if (std::filesystem::file_size(path, error) > kLargestTemplate)
      return Error{Next::give_up, path.string() + ": larger than 256 KiB"};
    std::ifstream file(path, std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    if (auto ok = check(content.str()); !ok) return std::move(ok.error()).in(path.string());
    wording.templates_[std::string(name)] = content.str();
  }
  return wording;
}

Rendered Wording::render(std::string_view name, std::string_view language, const Words& words) const {
  auto found = templates_.find(fmt::format("{}/{}.txt", language, name));
  if (found == templates_.end()) found = templates_.find(fmt::format("en/{}.txt", name));
  assert(found != templates_.end());
  const std::string_view text = found->second;
  const auto line_end = text.find('\n');
  const auto data = to_data(words);
  return {one_line(compile(text.substr(kSubject.size(), line_end - kSubject.size())).render(data)),
          tidy(compile(line_end == std::string_view::npos ? "" : text.substr(line_end + 1)).render(data))};
}

std::string spell_time(Time time, std::string_view zone, std::string_view language) {
  const auto local = leads::to_local(time, zone);
  UErrorCode status = U_ZERO_ERROR;
  icu::SimpleDateFormat format(icu::UnicodeString::fromUTF8("EEE d MMM y, HH:mm"),
                               icu::Locale(std::string(language).c_str()), status);
  if (U_FAILURE(status)) return to_rfc3339(time);
  format.adoptTimeZone(icu::TimeZone::getGMT()->clone());  // the zone was applied above, by the system's tzdata
  icu::UnicodeString spelled;
  format.format(static_cast<UDate>(local.time_since_epoch().count()) * 1000.0, spelled);
  std::string out;
  return spelled.toUTF8String(out);
}

std::string mailto(std::string_view address, std::string_view subject, std::string_view body) {
  std::string target;
  for (const char c : address) target += c == '@' ? "@" : percent_encode(std::string_view(&c, 1));
  return fmt::format("mailto:{}?subject={}&body={}", target, percent_encode(subject), percent_encode(body));
}

std::string to_html(std::string_view text, const std::vector<std::pair<std::string, std::string>>& buttons) {
  std::string body = paragraphs(text);
  if (!buttons.empty()) {
    body += "<table role=\"presentation\" cellspacing=\"0\" cellpadding=\"0\" border=\"0\"><tr>\n";
    for (const auto& [label, url] : buttons) {
      body += fmt::format(
          "<td style=\"padding:4px 8px 4px 0\"><a href=\"{}\" style=\"display:inline-block;padding:10px "
          "14px;background:#1f5fa8;"
          "color:#ffffff;text-decoration:none;border-radius:4px\">{}</a></td>\n",
          escape_html(url), escape_html(label));
    }
    body += "</tr></table>\n";
  }
  return page(body);
}

std::string answer_html(std::string_view text, const std::vector<std::pair<std::string, std::string>>& images,
                        std::string_view attribution, std::string_view quoted) {
  std::string body = paragraphs(text);
  for (const auto& [cid, name] : images) {
    const auto image = fmt::format("<img src=\"cid:{}\" alt=\"{}\">", escape_html(cid), escape_html(name));
    const std::array<std::string, 2> marks{"[cid:" + escape_html(cid) + "]", "[image: " + escape_html(name) + "]"};
    const auto mark = std::find_if(marks.begin(), marks.end(),
                                   [&](const std::string& one) { return body.find(one) != std::string::npos; });
    if (mark == marks.end()) {
      body += "<p style=\"margin:8px 0\">" + image + "</p>\n";
    } else {
      body.replace(body.find(*mark), mark->size(), image);
    }
  }
  if (!quoted.empty()) {
    body += fmt::format(
        "<div class=\"gmail_quote\"><div class=\"gmail_attr\">{}</div>\n<blockquote class=\"gmail_quote\" "
        "style=\"margin:0 0 0 8px;border-left:1px solid #ccc;padding-left:8px\">\n{}</blockquote></div>\n",
        escape_html(attribution), paragraphs(shortened(quoted, kMostQuoted)));
  }
  return page(body);
}

std::string quote_lines(std::string_view text, std::size_t max_bytes) {
  const bool cut = text.size() > max_bytes;
  text = shortened(text, max_bytes);
  std::string out;
  while (!text.empty()) {
    const auto end = text.find('\n');
    out += "> ";
    out.append(text.substr(0, end));
    out += '\n';
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (cut) out += "> […]\n";
  return out;
}

}  // namespace leadmail::daemon
