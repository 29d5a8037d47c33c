// A template as it stands in its file, before any value: its parts, its tags with their places, and what is wrong with
// it. It refuses what could put something unescaped, remote or executable into a mail.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/config.h"

namespace leadmail::daemon {

/// {{name}}, {{{name}}}, {{#name}}, {{^name}}, {{/name}}.
struct Tag {
  enum class Kind { value, raw, section, inverted, end };
  Kind kind = Kind::value;
  std::string name{};
  int line = 0;
  int column = 0;
  std::vector<std::string> within{};  ///< the sections it stands in, the outermost first
};

/// What may be named: values anywhere, and those of a list's entries inside of its section.
struct TemplateNames {
  std::set<std::string, std::less<>> values{};
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> lists{};
};

/// "Subject: …", further lines "Layout: plain" and "Needs: name, name", an empty line, the body.
struct TextTemplate {
  std::string subject{};
  std::string layout{"frame"};       ///< the HTML page around it
  std::vector<std::string> needs{};  ///< what a mail of this kind can't do without
  std::string body{};
  std::vector<Tag> tags{};
};

/// Reads it and appends what is wrong. Without its byte order mark and with "\n" as line ends.
TextTemplate read_text_template(const std::string& file, std::string_view bytes, std::vector<ConfigError>& errors);

struct HtmlTemplate {
  std::string page{};
  std::vector<Tag> tags{};
};

/// The same for a page. The only {{{raw}}} value is {{{content}}}, the mail's blocks; scripts, forms, and whatever is
/// fetched from outside are errors.
HtmlTemplate read_html_template(const std::string& file, std::string_view bytes, std::vector<ConfigError>& errors);

/// Appends an error for each tag that names nothing known, with what may have been meant.
void check_names(const std::string& file, const std::vector<Tag>& tags, const TemplateNames& known,
                 std::vector<ConfigError>& errors);

/// Appends an error for each needed name that no tag has.
void check_needs(const std::string& file, const std::vector<Tag>& tags, const std::vector<std::string>& needs,
                 std::vector<ConfigError>& errors);

}  // namespace leadmail::daemon
