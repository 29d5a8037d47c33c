// The words of our mails: mustache templates (logic-less, so that none can loop for ever), built in for en, es and vi,
// and overridable file by file. LANG/NAME.txt holds subject and blocks (daemon/document.h), of which both the text and
// the HTML of a mail are made; LANG/NAME.html may replace the HTML, and LANG/frame.html or LANG/plain.html what stands
// around it. Values are text wherever they are inserted: never a tag, a block, a header field or markup.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/leads/record.h"
#include "daemon/dates.h"
#include "daemon/mail_html.h"

namespace leadmail::daemon {

struct ConfigError;
struct Loaded;

/// What a template may name: "field.budget" is {{field.budget}}. A list is a section {{#name}}…{{/name}} whose entries
/// have values of their own.
struct Words {
  using Entry = std::map<std::string, std::string>;
  Entry values{};
  std::map<std::string, std::vector<Entry>> lists{};
};

struct Rendered {
  std::string subject{};    ///< one line
  std::string text{};       ///< ends with one line feed; no line begins with '#'
  std::string html{};       ///< says the same; below the size at which Gmail cuts
  std::string own_words{};  ///< a line each: everything in it that is not quoted
};

class Wording {
 public:
  /// The built-in templates, and those of `folder` over them; the company's own newsletters, LANG/newsletter-NAME.txt,
  /// beside them. `fields`: what of a lead they may insert as {{field.NAME}}. Error (give_up): the first thing wrong
  /// with one of them, with file and line.
  static Result<Wording> load(const std::string& folder, const std::vector<std::string>& fields = {});

  /// Everything that is wrong with the templates of `folder`: bad tags, names that nothing has, what a mail can't do
  /// without, and in HTML whatever is remote or active. Warnings: files that belong to no mail.
  static std::vector<ConfigError> check(const std::string& folder, const std::vector<std::string>& fields = {});

  /// Whether there is such a template in that language, or in English.
  [[nodiscard]] bool has(std::string_view name, std::string_view language) const;

  /// The template `name` in `language`, or in English where there is none. `link` makes the links of buttons; without
  /// it they say what to write. Never fails: a name that does not exist is our own bug.
  [[nodiscard]] Rendered render(std::string_view name, std::string_view language, const Words& words,
                                const LinkMaker& link = {}) const;

  /// The mails that there are templates for, in their order.
  [[nodiscard]] static std::vector<std::string> names();

 private:
  struct Letter {
    std::string subject{};
    std::string body{};
    std::string layout{};
  };
  class Loader;

  [[nodiscard]] const std::string& page_for(std::string_view name, std::string_view language,
                                            const std::string& layout) const;

  std::map<std::string, Letter, std::less<>> letters_{};     // "en/ack"
  std::map<std::string, std::string, std::less<>> pages_{};  // "frame", "es/frame", "es/notice"
};

/// What of a lead templates may insert: everybody's fields and the company's own.
std::vector<std::string> template_fields(const leads::RecordSpec& record);

/// A config that was read, together with what is wrong with its templates: an error there leaves no config.
Loaded with_templates_checked(Loaded loaded);

/// One tap for the reader: a mailto: link with subject and body already written. RFC 6068 §2
std::string mailto(std::string_view address, std::string_view subject, std::string_view body);

/// At most `max_bytes` of somebody's text, with "[…]" on a line of its own where more was.
std::string excerpt(std::string_view text, std::size_t max_bytes = 20'000);

/// Each line with "> " before it, so that no line of a prospect's text begins with '#'; at most `max_bytes` of it.
std::string quote_lines(std::string_view text, std::size_t max_bytes = 20'000);

}  // namespace leadmail::daemon
