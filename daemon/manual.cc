#include "daemon/manual.h"

#include "daemon/options.h"

namespace leadmail::daemon {
namespace {

std::string sentence(std::string_view text) {
  std::string out{text};
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 0x20);
  if (!out.empty() && out.back() != '.') out += '.';
  return roff(out) + "\n";
}

std::string spaced(std::string_view choices) {
  std::string text;
  for (const char c : choices) text += c == '|' ? std::string{", "} : std::string{c};
  return text;
}

std::string entry(const Option& option) {
  std::string out = ".TP\n.BR " + roff(option.key) + "\n" + sentence(option.text);
  out += sentence(option.choices.empty() ? std::string{name(option.type)} : "one of " + spaced(option.choices));
  if (option.use == Use::required) out += "It must be set.\n";
  if (option.use == Use::later) out += "This version does nothing with it.\n";
  if (!option.default_value.empty()) out += ".br\nDefault: " + roff(option.default_value) + "\n";
  if (!option.example.empty()) out += ".br\nExample: " + roff(option.example) + "\n";
  return out;
}

std::string heading(const Section& section) {
  const auto title = section.is_list ? "[[" + std::string{section.name} + "]]" : "[" + std::string{section.name} + "]";
  return ".SS " + roff(title) + "\n" + sentence(section.text);
}

constexpr std::string_view kHead =
    R"(.TH LEADMAIL.TOML 5 "" "Leadmail" "File formats"
.SH NAME
leadmail.toml \- configuration of leadmaild
.SH DESCRIPTION
.I /etc/leadmail/leadmail.toml
and the files
.I conf.d/*.toml
beside it are TOML 1.0 and are read as one.
A section in double brackets may stand several times.
An unknown section or key is an error; so is a secret that others may read.
.B leadmail check
names every error with its line, and what may have been meant.
After a change,
.B systemctl reload leadmaild
takes it up, or keeps the old one and says why.
.PP
Paths are taken from the folder of the file in which they stand.
.SH SECTIONS
)";

constexpr std::string_view kFoot =
    R"(.SH FILES
.TP
.I /usr/share/doc/leadmail/examples/leadmail.toml
every section and key with its text, to copy from;
.B leadmail check \-\-example
prints the same.
.SH SEE ALSO
.BR leadmaild (8),
.BR leadmail (1)
)";

}  // namespace

std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\n') {
      out += ' ';
    } else {
      if (out.empty() && (c == '.' || c == '\'')) out += "\\&";
      out += c;
    }
  }
  return out;
}

std::string config_manual() {
  std::string page{kHead};
  for (const auto& section : sections()) {
    page += heading(section);
    for (const auto& option : options_of(section.name)) {
      if (option.type != OptionType::table && option.type != OptionType::tables) page += entry(option);
    }
  }
  return page += kFoot;
}

}  // namespace leadmail::daemon
