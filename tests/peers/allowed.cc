// The reviewed table: classes of differences between GMime's reading and ours, each with the reason why ours may stand.
// A class is told by what stands in the mail and in both readings; no mail is named.
#include <algorithm>
#include <array>
#include <string>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "tests/peers/compare.h"

namespace leadmail::peers {
namespace {

namespace message = mail::message;
namespace ascii = mail::message::ascii;

bool is_addresses(const Difference& difference) {
  return difference.field == "from" || difference.field == "to" || difference.field == "cc";
}
bool is_ids(const Difference& difference) {
  return difference.field == "message-id" || difference.field == "in-reply-to" || difference.field == "references";
}

bool has_defect(const Mail& mail, std::string_view defect) {
  const auto& defects = mail.ours.structure.defects;
  return std::find(defects.begin(), defects.end(), defect) != defects.end();
}

/// Only ASCII, so without what a wrong charset may turn into anything.
std::string ascii_of(std::string_view text) {
  std::string result;
  std::copy_if(text.begin(), text.end(), std::back_inserter(result), [](char c) { return !ascii::is_8bit(c); });
  return result;
}

std::string without(std::string_view text, char unwanted) {
  std::string result(text);
  std::erase(result, unwanted);
  return result;
}

std::string without_comments(std::string_view text) {
  std::string result;
  int depth = 0;
  for (const char c : text) {
    if (c == '(') ++depth;
    if (depth == 0) result += c;
    if (c == ')') --depth;
  }
  return result;
}

/// The addresses in <> of a list, those without "@" left out.
std::string addresses_of(std::string_view list) {
  std::string result;
  for (auto at = list.find('<'); at != std::string_view::npos; at = list.find('<', at + 1)) {
    const auto address = list.substr(at, list.find('>', at) - at + 1);
    if (address.find('@') != std::string_view::npos) result.append(address).append(" ");
  }
  return result;
}

/// Do the words of `some` stand in `all`, in that order? Opened messages are counted by what is in them.
bool is_part_of(std::string_view some, std::string_view all) {
  while (!some.empty()) {
    const auto word = some.substr(0, some.find(' '));
    some.remove_prefix(std::min(some.size(), word.size() + 1));
    if (word == "message/rfc822") continue;
    const auto at = all.find(word);
    if (at == std::string_view::npos) return false;
    all.remove_prefix(at + word.size());
  }
  return true;
}

struct Class {
  std::string_view reason;
  bool (*holds)(const Mail&, const Difference&);
};

constexpr auto kAllowed = std::to_array<Class>({
    {"lines end in CR alone, or a byte order mark stands first: GMime then finds no header, or not its first field",
     [](const Mail& mail, const Difference&) {
       return has_defect(mail, "lines end in CR alone") || mail.raw.starts_with("\xEF\xBB\xBF");
     }},
    {"GMime finds fewer addresses: it gives up where one stands without <>, or with blanks inside, or is none",
     [](const Mail&, const Difference& difference) {
       const auto theirs = addresses_of(difference.theirs);
       return is_addresses(difference) && theirs.size() < addresses_of(difference.ours).size() &&
              addresses_of(difference.ours).find(theirs) != std::string::npos;
     }},
    {"the same addresses: a comment or a word without address is a name for us, an address is no name, and GMime takes "
     "words without @ for addresses and loses the last letter of base64 without padding",
     [](const Mail&, const Difference& difference) {
       return is_addresses(difference) && addresses_of(difference.ours) == addresses_of(difference.theirs);
     }},
    {"two Subject fields: we take the first, which the sender's own program wrote",
     [](const Mail& mail, const Difference& difference) {
       return difference.field == "subject" && mail.ours.identity.header.all("Subject").size() > 1;
     }},
    {"letters cut in the middle, or without meaning in their charset: GMime leaves out what we show as replaced",
     [](const Mail&, const Difference& difference) {
       return difference.field == "subject" && difference.ours.find("\xEF\xBF\xBD") != std::string::npos;
     }},
    {"ids: GMime stops at one without a domain and at commas, cuts at a second @, keeps blanks and drops comments",
     [](const Mail&, const Difference& difference) {
       const auto plain = [](std::string_view ids) { return without(without_comments(ids), ' '); };
       return is_ids(difference) && plain(difference.ours).starts_with(plain(difference.theirs));
     }},
    {"a date of figures alone, or a damaged one: GMime guesses day, month and zone; the server's own date is better",
     [](const Mail&, const Difference& difference) { return difference.field == "date" && difference.ours == "none"; }},
    {"blanks and comments inside the time: GMime reads the day alone. RFC 5322 §4.3",
     [](const Mail& mail, const Difference& difference) {
       const auto date = mail.ours.identity.header.first("Date").value_or("");
       return difference.field == "date" && (date.find(" :") != date.npos || date.find('(') < date.find(':'));
     }},
    {"a file name in pieces of which the first says its charset without the mark for it: GMime shows it. RFC 2231 §4.1",
     [](const Mail&, const Difference& difference) {
       const auto quotes = difference.theirs.find("''");
       return difference.field == "file" && quotes != std::string::npos &&
              difference.theirs.substr(quotes + 2) == difference.ours;
     }},
    {"a file name that is not in its charset: GMime leaves bytes that are no UTF-8",
     [](const Mail&, const Difference& difference) {
       return difference.field == "file" && !message::is_valid_utf8(difference.theirs);
     }},
    {"what is in a message that is attached as a file stays in that file",
     [](const Mail& mail, const Difference& difference) {
       const auto& files = mail.ours.content.attachments;
       return difference.field == "attachment" && std::any_of(files.begin(), files.end(), [](const auto& file) {
                return file.content_type == "message/rfc822";
              });
     }},
    {"we find every part that GMime finds, and more: undeclared and missing boundaries, empty parts, messages that are "
     "encoded or have no header",
     [](const Mail&, const Difference& difference) {
       return difference.field == "parts" && is_part_of(difference.theirs, difference.ours);
     }},
    {"GMime gives text as a C string, which ends at NUL; and takes two bytes for the line break before a delimiter "
     "when the mail begins with CRLF",
     [](const Mail& mail, const Difference& difference) {
       const auto& part = mail.ours.structure.parts[difference.part];
       const bool nul = message::decode(part.body, part.encoding).find('\0') != std::string::npos;
       const bool cut =
           mail.raw.find("\r\n") != std::string_view::npos && difference.ours.size() == difference.theirs.size() + 1;
       return difference.field == "text" && (nul || cut) && difference.ours.starts_with(difference.theirs);
     }},
    {"a wrong or missing charset: GMime leaves out the bytes that mean nothing in it, we guess another",
     [](const Mail&, const Difference& difference) {
       return difference.field == "text" && ascii_of(difference.ours) == ascii_of(difference.theirs) &&
              difference.ours.size() > difference.theirs.size();
     }},
    {"blanks behind the = of a soft line break were added on the way; GMime keeps the =. RFC 2045 §6.7 (3)",
     [](const Mail& mail, const Difference& difference) {
       return difference.field == "text" &&
              mail.ours.structure.parts[difference.part].encoding == message::Encoding::quoted_printable &&
              without(difference.ours, '=') == without(difference.theirs, '=');
     }},
    {"words in or behind base64: GMime takes their letters for base64, we stop or leave them out",
     [](const Mail& mail, const Difference& difference) {
       const auto& part = mail.ours.structure.parts[difference.part];
       return (difference.field == "text" || difference.field == "file") &&
              part.encoding == message::Encoding::base64 &&
              !message::decode(part.body, part.encoding, [](std::string_view) {}).clean;
     }},
    {"no blank line ends the header, or one that is none: GMime takes the first lines of the text for fields",
     [](const Mail& mail, const Difference& difference) {
       return difference.field == "text" && difference.ours.ends_with(difference.theirs) &&
              (has_defect(mail, "a line of the header is no field") ||
               has_defect(mail, "no blank line behind the header") || mail.raw.find("\n \r\n") != mail.raw.npos);
     }},
    {"blank lines before the first field, which a transport put there: GMime takes the header for the text",
     [](const Mail& mail, const Difference& difference) {
       const auto& part = mail.ours.structure.parts[difference.part];
       return difference.field == "text" && ascii::is_space(part.raw.empty() ? 'x' : part.raw.front()) &&
              difference.theirs.ends_with(difference.ours);
     }},
    {"a boundary far longer than allowed (70): not used, the parts stay together as text. RFC 2046 §5.1.1",
     [](const Mail& mail, const Difference& difference) {
       return difference.field == "text" && has_defect(mail, "a boundary longer than allowed");
     }},
    {"raw bytes in a Subject, or an encoded word that ends inside a shift: GMime takes Latin letters or stops; we "
     "guess the "
     "alphabet, take the body's charset, read on",
     [](const Mail& mail, const Difference& difference) {
       const auto subject = mail.ours.identity.header.first("Subject").value_or("");
       return difference.field == "subject" &&
              (std::any_of(subject.begin(), subject.end(), ascii::is_8bit) ||
               (!difference.theirs.empty() && difference.ours.starts_with(difference.theirs)));
     }},
    {"a text without a charset, or with one that is not its own: we guess, or see that it is UTF-8",
     [](const Mail& mail, const Difference& difference) {
       const auto& defects = mail.ours.content.defects;
       const bool guessed =
           std::find(defects.begin(), defects.end(), "a text whose charset had to be guessed") != defects.end();
       const auto& part = mail.ours.structure.parts[difference.part];
       return difference.field == "text" &&
              (guessed || message::is_valid_utf8(message::decode(part.body, part.encoding))) &&
              std::any_of(difference.ours.begin(), difference.ours.end(), ascii::is_8bit);
     }},
    {"a file name whose pieces each say their charset, or with one but without its star: GMime shows the one and drops "
     "the "
     "other. RFC 2231 §4.1",
     [](const Mail&, const Difference& difference) {
       return difference.field == "file" &&
              (difference.theirs.starts_with(' ') || difference.theirs.find("utf-8''") != std::string::npos);
     }},
    {"S/MIME in one piece is opened, for what is in it is the mail. RFC 8551 §3.5.2",
     [](const Mail&, const Difference& difference) {
       return (difference.field == "parts" && difference.theirs.find("pkcs7-mime") != std::string::npos) ||
              (difference.field == "attachment" && difference.theirs.find("smime.p7m") != std::string::npos);
     }},
    {"armour of OpenPGP and files in uuencode are no words of the author. RFC 9580 §7",
     [](const Mail& mail, const Difference& difference) {
       return difference.field == "text" &&
              (difference.theirs.find("-----BEGINPGPSIGNEDMESSAGE-----") != std::string::npos ||
               mail.raw.find("\nbegin 6") != std::string_view::npos);
     }},
    {"lines of uuencode without a begin line: what they hold is kept, GMime decodes none of it",
     [](const Mail& mail, const Difference& difference) {
       return difference.field == "file" && mail.raw.find("x-uuencode") != std::string_view::npos &&
              mail.raw.find("\nbegin ") == std::string_view::npos;
     }},
    {"a soft line break whose CR was doubled on the way; GMime decodes nothing behind it",
     [](const Mail& mail, const Difference& difference) {
       return difference.field == "text" && mail.raw.find("=\r\r\n") != std::string_view::npos;
     }},
});

}  // namespace

std::string_view reason_of(const Mail& mail, const Difference& difference) {
  const auto* const found = std::find_if(kAllowed.begin(), kAllowed.end(),
                                         [&](const Class& allowed) { return allowed.holds(mail, difference); });
  return found == kAllowed.end() ? std::string_view{} : found->reason;
}

}  // namespace leadmail::peers
