// The words of our mails: mustache templates (logic-less, so that none can loop for ever), built in for en, es and vi,
// and overridable file by file. A template is a line "Subject: …", an empty line, and the text. Values are inserted as
// they are.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"

namespace leadmail::daemon {

/// What a template may name. A list is a section {{#name}}…{{/name}} whose entries have values of their own.
struct Words {
  using Entry = std::map<std::string, std::string>;
  Entry values{};
  std::map<std::string, std::vector<Entry>> lists{};
};

struct Rendered {
  std::string subject{};  ///< one line
  std::string text{};     ///< ends with one line feed; at most one empty line in a row
};

class Wording {
 public:
  /// The built-in templates, and those of `folder`/LANG/NAME.txt over them where they exist. Error (give_up): a
  /// template that is none, with its file name.
  static Result<Wording> load(const std::string& folder);

  /// The template `name` in `language`, or in English where there is none. Never fails: a name that does not exist is
  /// our own bug.
  [[nodiscard]] Rendered render(std::string_view name, std::string_view language, const Words& words) const;

 private:
  std::map<std::string, std::string, std::less<>> templates_{};  // "en/ack.txt" -> text
};

/// "Thu 3 Dec 2026, 10:00" in the language's own words, in that zone.
std::string spell_time(Time time, std::string_view zone, std::string_view language);

/// One tap for the reader: a mailto: link with subject and body already written. RFC 6068 §2
struct Action {
  std::string label{};
  std::string command{};  ///< "#next tomorrow 10:00"
};
std::string mailto(std::string_view address, std::string_view subject, std::string_view body);

/// The text as an HTML mail that needs nothing from outside: paragraphs, quoted lines set off, and the actions as
/// buttons.
std::string to_html(std::string_view text, const std::vector<std::pair<std::string, std::string>>& buttons);

/// An answer as an HTML mail: the text, its images (cid, file name) where "[cid:…]" or "[image: name]" marks their
/// place and else below it, and the mail that is answered under the line that says whose it is, as Gmail writes it, for
/// most programs know that. Nothing of it is fetched from outside.
std::string answer_html(std::string_view text, const std::vector<std::pair<std::string, std::string>>& images,
                        std::string_view attribution, std::string_view quoted);

/// Each line with "> " before it, so that no line of a prospect's text begins with '#'; at most `max_bytes` of it.
std::string quote_lines(std::string_view text, std::size_t max_bytes = 20'000);

}  // namespace leadmail::daemon
