#include "daemon/mail_html.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace leadmail::daemon {
namespace {

// Each look once: inline for the programs that drop <style>, with a class for dark mode (frame.html).
constexpr std::string_view kHeading =
    "class=\"lm-text\" style=\"margin:0 0 16px;font-size:20px;line-height:1.3;font-weight:bold;color:#17212b\"";
constexpr std::string_view kSection =
    "class=\"lm-text lm-line\" style=\"margin:24px 0 8px;padding-top:16px;border-top:1px solid #dde3e9;font-size:17px;"
    "line-height:1.3;font-weight:bold;color:#17212b\"";
constexpr std::string_view kParagraph = "class=\"lm-text\" style=\"margin:0 0 14px;color:#17212b\"";
constexpr std::string_view kFine =
    "class=\"lm-grey lm-line\" style=\"margin:18px 0 0;padding-top:12px;border-top:1px solid #dde3e9;font-size:13px;"
    "line-height:1.5;color:#586573\"";
constexpr std::string_view kTable =
    "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
    "style=\"width:100%;border-collapse:collapse\">\n";
constexpr std::string_view kGap =
    "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>"
    "<td height=\"14\" style=\"height:14px;font-size:0;line-height:0\">&nbsp;</td></tr></table>\n";
constexpr std::string_view kBreakable = "word-break:break-word;overflow-wrap:anywhere";

std::string_view next_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::string paragraph_tag(std::string_view look) { return fmt::format("<p {}>", look); }

/// Whose words a text is made of.
enum class Words {
  anybodys,  ///< no line of them shall be a command when the mail is answered
  the_reps,  ///< to a prospect: as they are
};

/// Text as paragraphs and lines; what is quoted in it is set off.
class TextWriter {
 public:
  explicit TextWriter(std::string_view look, Words words = Words::anybodys) : look_(look), words_(words) {}

  std::string write(std::string_view text) {
    while (!text.empty()) add(next_line(text));
    close_paragraph();
    if (in_quote_) body_ += "</blockquote>\n";
    return std::move(body_);
  }

 private:
  void close_paragraph() {
    if (in_paragraph_) body_ += "</p>\n";
    in_paragraph_ = false;
  }

  void add(std::string_view line) {
    const bool quoted = line.starts_with('>');
    if (quoted != in_quote_) {
      close_paragraph();
      body_ += quoted
                   ? "<blockquote style=\"margin:8px 0;padding:4px 12px;border-left:3px solid #b8c4d0;color:#333\">\n"
                   : "</blockquote>\n";
      in_quote_ = quoted;
    }
    if (quoted) line.remove_prefix(line.starts_with("> ") ? 2 : 1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
      close_paragraph();
      return;
    }
    body_ += in_paragraph_ ? "<br>\n" : paragraph_tag(look_);
    in_paragraph_ = true;
    const bool is_command = line[line.find_first_not_of(" \t")] == '#';
    if (is_command && words_ == Words::anybodys) body_ += "- ";
    body_ += escape_html(line);
  }

  std::string_view look_;
  Words words_;
  std::string body_{};
  bool in_quote_ = false;
  bool in_paragraph_ = false;
};

std::string boxed(std::string_view classes, std::string_view style, const std::string& content) {
  return fmt::format("{}<tr><td class=\"{}\" dir=\"auto\" style=\"{};{}\">\n{}</td></tr></table>\n{}", kTable, classes,
                     style, kBreakable, content, kGap);
}

std::string quote_html(std::string_view text) {
  const auto content = TextWriter("class=\"lm-text\" style=\"margin:0 0 10px;color:#17212b\"").write(text);
  return boxed("lm-quote", "padding:14px 16px 4px;background:#f4f6f8;border-left:4px solid #9db2c7", content);
}

std::string warning_html(std::string_view text) {
  const auto content = TextWriter("class=\"lm-warn\" style=\"margin:0 0 10px;color:#5b4300\"").write(text);
  return boxed("lm-warn", "padding:12px 16px 2px;background:#fff4d6;border-left:4px solid #d99a00", content);
}

std::string cell(std::string_view text) { return escape_html_lines(without_command_lines(text)); }

std::string fact_html(const std::vector<std::string>& row) {
  return fmt::format(
      "<tr><td class=\"lm-grey lm-line\" width=\"32%\" valign=\"top\" style=\"width:32%;padding:7px 10px 7px 0;"
      "border-bottom:1px solid #e8ecf0;color:#586573\">{}:</td>\n"
      "<td class=\"lm-text lm-line\" valign=\"top\" style=\"padding:7px 0;border-bottom:1px solid #e8ecf0;"
      "color:#17212b;{}\">{}</td></tr>\n",
      cell(row[0]), kBreakable, cell(row[1]));
}

std::string change_html(const std::vector<std::string>& row) {
  return fmt::format(
      "<tr><td class=\"lm-line\" style=\"padding:9px 0;border-bottom:1px solid #e8ecf0;{}\">"
      "<span class=\"lm-grey\" style=\"font-size:13px;color:#586573\">{}:</span><br>\n"
      "<span class=\"lm-grey\" style=\"color:#586573\">{}</span> "
      "<span class=\"lm-grey\" style=\"color:#586573\">→</span> "
      "<strong class=\"lm-text\" style=\"color:#17212b\">{}</strong></td></tr>\n",
      kBreakable, cell(row[0]), cell(row[1]), cell(row[2]));
}

std::string item_html(const std::vector<std::string>& item, const LinkMaker& link) {
  std::string title = cell(item[0]);
  if (!item[1].empty() && link) {
    title = fmt::format("<a class=\"lm-link\" href=\"{}\" style=\"color:#1a5a9e;text-decoration:underline\">{}</a>",
                        escape_html(link(item[1])), title);
  }
  std::string more;
  for (std::size_t i = 2; i < item.size(); ++i) {
    more +=
        fmt::format("<br>\n<span class=\"lm-grey\" style=\"font-size:14px;color:#586573\">{}</span>", cell(item[i]));
  }
  return fmt::format(
      "<tr><td class=\"lm-text lm-line\" style=\"padding:10px 0;border-bottom:1px solid #e8ecf0;color:#17212b;{}\">"
      "<strong>{}</strong>{}</td></tr>\n",
      kBreakable, title, more);
}

int percent_of(const std::string& text) {
  int share = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') break;
    share = std::min(share * 10 + (c - '0'), 100);
  }
  return share;
}

/// A row of the chart: two cells whose widths are the share and the rest. No image: Gmail and Outlook hide those.
std::string bar_html(const std::vector<std::string>& row) {
  const int share = percent_of(row[1]);
  const auto part = [](int width, std::string_view look) {
    return width == 0 ? std::string()
                      : fmt::format(
                            "<td width=\"{0}%\" height=\"12\" {1}width:{0}%;height:12px;font-size:0;"
                            "line-height:0\">&nbsp;</td>",
                            width, look);
  };
  return fmt::format(
      "<tr><td class=\"lm-text\" style=\"padding:6px 0 8px;color:#17212b;{}\">{}: <strong>{}</strong>\n"
      "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
      "style=\"width:100%;border-collapse:collapse;margin-top:3px\"><tr>{}{}</tr></table></td></tr>\n",
      kBreakable, cell(row[0]), cell(row[2]),
      part(share, "class=\"lm-bar\" bgcolor=\"#2f6fb3\" style=\"background:#2f6fb3;"),
      part(100 - share, "class=\"lm-rest\" bgcolor=\"#e8ecf0\" style=\"background:#e8ecf0;"));
}

/// Outlook ignores the padding of links, so the cell carries its share of it; elsewhere the whole button can be tapped.
std::string button_html(const std::vector<std::string>& row, const LinkMaker& link, bool is_first) {
  const auto colours = is_first ? std::array<std::string_view, 3>{"lm-main", "#1a5a9e", "#ffffff"}
                                : std::array<std::string_view, 3>{"lm-more", "#e9f0f8", "#1a4f8a"};
  return fmt::format(
      "<div class=\"lm-button\" style=\"display:inline-block;margin:0 8px 8px 0;vertical-align:top\">"
      "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" class=\"lm-button-table\"><tr>"
      "<td align=\"center\" bgcolor=\"{1}\" class=\"{0}\" style=\"background:{1};border-radius:6px;"
      "mso-padding-alt:11px 16px\">"
      "<a class=\"{0}\" href=\"{3}\" style=\"display:block;padding:12px 16px;font-size:15px;line-height:20px;"
      "font-weight:bold;color:{2};text-decoration:none\">{4}</a></td></tr></table></div>\n",
      colours[0], colours[1], colours[2], escape_html(link(row[1])), escape_html(row[0]));
}

std::string buttons_html(const Block& block, const LinkMaker& link) {
  if (!link) {
    std::string lines;
    for (const auto& row : block.rows) lines += row[0] + ": " + row[1] + "\n";
    return TextWriter(kParagraph).write(lines);
  }
  std::string body = "<div style=\"margin:4px 0 0\">\n";
  for (std::size_t i = 0; i < block.rows.size(); ++i) body += button_html(block.rows[i], link, i == 0);
  return body + "</div>\n";
}

std::string row_html(BlockKind kind, const std::vector<std::string>& row, const LinkMaker& link) {
  switch (kind) {
    case BlockKind::facts: return fact_html(row);
    case BlockKind::changes: return change_html(row);
    case BlockKind::items: return item_html(row, link);
    case BlockKind::bars: return bar_html(row);
    default: return {};
  }
}

std::string block_html(const Block& block, const LinkMaker& link) {
  const auto& text = block.rows.front().front();
  switch (block.kind) {
    case BlockKind::heading: return fmt::format("<h1 {}>{}</h1>\n", kHeading, cell(text));
    case BlockKind::section: return fmt::format("<h2 {}>{}</h2>\n", kSection, cell(text));
    case BlockKind::paragraph: return TextWriter(kParagraph).write(text);
    case BlockKind::fine: return TextWriter(kFine).write(text);
    case BlockKind::warning: return warning_html(text);
    case BlockKind::quote: return quote_html(text);
    case BlockKind::buttons: return buttons_html(block, link);
    case BlockKind::facts:
    case BlockKind::changes:
    case BlockKind::items:
    case BlockKind::bars: break;
  }
  std::string rows;
  for (const auto& row : block.rows) rows += row_html(block.kind, row, link);
  return fmt::format("{}{}</table>\n{}", kTable, rows, kGap);
}

constexpr std::size_t kShortEnough = 200;
constexpr std::string_view kCut = "[…]";

/// Half of its text. False: there is nothing to take away.
bool halve_text(std::string& text) {
  if (text.size() <= kShortEnough) return false;
  text = std::string(shortened(text, text.size() / 2)) + "\n" + std::string(kCut);
  return true;
}

/// The first half of its rows, or of the longest cell of its only one.
bool halve(Block& block) {
  if (block.kind == BlockKind::buttons || block.kind == BlockKind::bars) return false;
  if (block.rows.size() == 1) return halve_text(*std::ranges::max_element(block.rows.front(), {}, &std::string::size));
  block.rows.resize(block.rows.size() / 2);
  auto& last = block.rows.back();
  if (block.kind == BlockKind::items) {
    last.emplace_back(kCut);
  } else {
    last.back().append(" ").append(kCut);
  }
  return true;
}

constexpr std::size_t kMostQuoted = 20'000;

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string escape_html_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (!out.empty()) out += "<br>";
    out += escape_html(next_line(text));
  }
  return out;
}

std::string to_html(const Document& document, const LinkMaker& link) {
  std::string html;
  for (const auto& block : document) html += block_html(block, link);
  return html;
}

void shorten(Document& document, const LinkMaker& link, std::size_t most) {
  std::vector<std::size_t> sizes;
  std::size_t whole = 0;
  for (const auto& block : document) whole += sizes.emplace_back(block_html(block, link).size());
  while (whole > most) {
    const auto longest = static_cast<std::size_t>(std::ranges::max_element(sizes) - sizes.begin());
    if (!halve(document[longest])) return;
    whole -= sizes[longest];
    sizes[longest] = block_html(document[longest], link).size();
    whole += sizes[longest];
  }
}

std::string answer_html(std::string_view text, const std::vector<std::pair<std::string, std::string>>& images,
                        std::string_view attribution, std::string_view quoted) {
  constexpr std::string_view kLook = "style=\"margin:8px 0\"";
  std::string body = TextWriter(kLook, Words::the_reps).write(text);
  for (const auto& [cid, name] : images) {
    const auto image = fmt::format("<img src=\"cid:{}\" alt=\"{}\">", escape_html(cid), escape_html(name));
    const std::array<std::string, 2> marks{"[cid:" + escape_html(cid) + "]", "[image: " + escape_html(name) + "]"};
    const auto* const mark =
        std::ranges::find_if(marks, [&](const std::string& one) { return body.find(one) != std::string::npos; });
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
        escape_html(attribution), TextWriter(kLook, Words::the_reps).write(shortened(quoted, kMostQuoted)));
  }
  return "<!DOCTYPE html>\n<html><body "
         "style=\"font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.4;color:#111\">\n" +
         body + "</body></html>\n";
}

}  // namespace leadmail::daemon
