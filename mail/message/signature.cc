#include "mail/message/signature.h"

#include <libpsl.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/base/free_mail.h"
#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/fold.h"
#include "mail/message/phone_number.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/signature_block.h"
#include "mail/message/signature_words.h"
#include "mail/message/text_lines.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kLines = 40;
constexpr std::size_t kLineBytes = 300;
constexpr double kSureName = 0.5;

std::string_view cut(string_view text) { return utf8_prefix(text, kLineBytes); }

// A whole word (or words) in the text, whatever the case.
bool has_word(string_view text, string_view word) {
  for (std::size_t at = 0; at + word.size() <= text.size(); ++at) {
    if (!starts_with_fold(text.substr(at), word)) continue;
    const auto joins = [](char c) { return ascii::is_alnum(c) || ascii::is_8bit(c); };
    const bool wide = ascii::is_8bit(word.front()) && ascii::is_8bit(word.back());
    const bool before = at == 0 || !joins(text[at - 1]) || wide;
    const auto end = at + word.size();
    if (before && (end == text.size() || !joins(text[end]) || !joins(word.back()) || wide)) return true;
  }
  return false;
}

template <std::size_t N>
bool has_any_word(string_view written, const std::array<string_view, N>& words) {
  const auto text = fold_case(written);  // capitals beyond ASCII
  return std::any_of(words.begin(), words.end(), [&](string_view word) { return has_word(text, word); });
}

// The name of the organisation in a domain: "acme" of "mail.acme.co.uk"; "" for free mail providers.
std::string domain_name(string_view address) {
  const auto at = address.rfind('@');
  if (at == string_view::npos) return {};
  const auto domain = ascii::lower(address.substr(at + 1));
  const char* registrable = psl_registrable_domain(psl_builtin(), domain.c_str());
  const std::string own = registrable == nullptr ? domain : registrable;
  auto label = is_free_mail_domain(own) ? std::string{} : own.substr(0, own.find('.'));
  std::erase(label, '-');
  return label;
}

bool is_digit(char c) { return ascii::is_digit(c); }

/// What stands before a number. Words are compared folded, the single letters as they are.
struct PhoneLabel {
  string_view word;
  string_view kind;
};
// clang-format off
constexpr auto kPhoneLabels = std::to_array<PhoneLabel>({
    {"fax", "fax"}, {"telefax", "fax"}, {"传真", "fax"}, {"傳真", "fax"}, {"факс", "fax"},
    {"mob", "mobile"}, {"mobile", "mobile"}, {"mobil", "mobile"}, {"mobiltelefon", "mobile"}, {"cell", "mobile"}, {"cel", "mobile"}, {"celular", "mobile"}, {"cellulare", "mobile"},
    {"handy", "mobile"}, {"movil", "mobile"}, {"portable", "mobile"}, {"port", "mobile"}, {"gsm", "mobile"}, {"whatsapp", "mobile"}, {"wa", "mobile"}, {"tlm", "mobile"},
    {"telm", "mobile"}, {"telemovel", "mobile"}, {"kom", "mobile"}, {"komorka", "mobile"}, {"моб", "mobile"}, {"мобильныи", "mobile"}, {"di dong", "mobile"}, {"didong", "mobile"},
    {"zalo", "mobile"}, {"dd", "mobile"}, {"手机", "mobile"}, {"手機", "mobile"}, {"携帯", "mobile"}, {"matkapuhelin", "mobile"}, {"m", "mobile"}, {"c", "mobile"},
    {"κιν", "mobile"}, {"κινητο", "mobile"}, {"hp", "mobile"}, {"h/p", "mobile"}, {"farsimi", "mobile"}, {"mobilais", "mobile"}, {"cep", "mobile"}, {"cep tel", "mobile"}, {"mobiili", "mobile"},
    {"natel", "mobile"}, {"mobilni", "mobile"}, {"휴대폰", "mobile"}, {"핸드폰", "mobile"}, {"มือถอ", "mobile"}, {"ponsel", "mobile"},
    {"τηλ", "phone"}, {"τηλεφωνο", "phone"}, {"simi", "phone"}, {"talr", "phone"}, {"talrunis", "phone"}, {"did", "phone"}, {"ddi", "phone"}, {"off", "phone"}, {"pbx", "phone"}, {"fono", "phone"},
    {"telp", "phone"}, {"bel", "phone"}, {"전화", "phone"}, {"โทร", "phone"}, {"هاتف", "phone"}, {"טל", "phone"}, {"conmutador", "phone"}, {"standard", "phone"},
    {"tel", "phone"}, {"tels", "phone"}, {"telf", "phone"}, {"telef", "phone"}, {"tfno", "phone"}, {"tlf", "phone"}, {"tlfn", "phone"}, {"telefon", "phone"}, {"telefono", "phone"},
    {"telefone", "phone"}, {"telephone", "phone"}, {"phone", "phone"}, {"ph", "phone"}, {"fon", "phone"}, {"puh", "phone"}, {"puhelin", "phone"}, {"office", "phone"}, {"direct", "phone"},
    {"durchwahl", "phone"}, {"zentrale", "phone"}, {"dt", "phone"}, {"sdt", "phone"}, {"dien thoai", "phone"}, {"hotline", "phone"}, {"тел", "phone"}, {"телефон", "phone"},
    {"电话", "phone"}, {"電話", "phone"}, {"t", "phone"}, {"p", "phone"}, {"o", "phone"}, {"d", "phone"}, {"f", "fax"},
});
// clang-format on

/// The kind that the words before a number say; "" when they say nothing of the sort.
string_view labelled_kind(string_view before) {
  constexpr std::size_t kFar = 24;
  if (before.size() > kFar) before.remove_prefix(before.size() - kFar);
  while (!before.empty() && (static_cast<unsigned char>(before.front()) & 0xC0) == 0x80) before.remove_prefix(1);
  auto folded = fold_plain(before);
  while (!folded.empty() && string_view(" :.()|-").find(folded.back()) != string_view::npos) folded.pop_back();
  string_view kind;
  std::size_t longest = 0;
  for (const auto& [word, meaning] : kPhoneLabels) {
    if (word.size() <= longest || !folded.ends_with(word)) continue;
    const auto start = folded.size() - word.size();
    const bool apart = start == 0 || ascii::is_8bit(word.front()) ||
                       (!ascii::is_alnum(folded[start - 1]) && !ascii::is_8bit(folded[start - 1]));
    if (apart) longest = word.size(), kind = meaning;
  }
  return kind;
}

// The numbers of a line: 7 to 15 digits with what people put between them. ITU-T E.164 §6
void read_phones(string_view line, string_view region, std::vector<Phone>& phones) {
  constexpr std::size_t kPhones = 10;
  for (std::size_t i = 0; i < line.size() && phones.size() < kPhones;) {
    const bool starts = is_digit(line[i]) ||
                        (line[i] == '+' && i + 1 < line.size() &&
                         (is_digit(line[i + 1]) || line[i + 1] == '(' || line[i + 1] == ' ')) ||
                        (line[i] == '(' && i + 1 < line.size() && (is_digit(line[i + 1]) || line[i + 1] == '+'));
    const bool joined = i > 0 && (ascii::is_alpha(line[i - 1]) || line[i - 1] == '@' || line[i - 1] == '/' ||
                                  line[i - 1] == '.' || line[i - 1] == '_');
    if (!starts || joined) {
      ++i;
      continue;
    }
    auto end = i;
    std::size_t digits = 0, last = i;
    while (end < line.size() && (is_digit(line[end]) || string_view("+()-./ \t").find(line[end]) != string_view::npos ||
                                 line.substr(end).starts_with("\u2011") || line.substr(end).starts_with("\u2013") ||
                                 line.substr(end).starts_with("\u00a0"))) {
      if (is_digit(line[end])) ++digits, last = end + 1;
      if (line[end] == '+' && end > i && digits > 0) break;  // the next number
      // Three blanks or " / " part two numbers.
      if (line.substr(end).starts_with(" / ") && digits >= 7) break;
      end += ascii::is_8bit(line[end]) ? (line.substr(end).starts_with("\u00a0") ? 2 : 3) : 1;
    }
    const auto written = line.substr(i, last - i);
    const bool word_follows =
        last < line.size() && (ascii::is_alpha(line[last]) && line[last] != 'x' && line[last] != 'e');
    // A date or a postal code is no number: with neither a plus nor a label beside it, ten digits are the least.
    const bool dated = has_date(written) && written.find('+') == string_view::npos && digits <= 8;
    const auto before = line.substr(0, i);
    const auto kind = labelled_kind(before);
    const bool labelled = !kind.empty() || trim_blank(before).ends_with(':') || trim_blank(before).ends_with('.') ||
                          has_contact(std::string(trim_blank(before)) + ':');
    constexpr std::size_t kUnlabelled = 9;
    if (digits >= 7 && digits <= 15 && !word_follows && !dated &&
        (labelled || written.starts_with('+') || written.starts_with('(') || digits >= kUnlabelled)) {
      phones.push_back({std::string(trim_blank(written)), to_e164(written, region),
                        kind.empty() ? std::string("phone") : std::string(kind)});
    }
    i = std::max(end, i + 1);
  }
}

std::vector<std::string> read_emails(string_view line) {
  std::vector<std::string> emails;
  for (auto at = line.find('@'); at != string_view::npos; at = line.find('@', at + 1)) {
    auto begin = at, end = at + 1;
    const auto local = [](char c) { return ascii::is_alnum(c) || string_view("._%+-").find(c) != string_view::npos; };
    while (begin > 0 && local(line[begin - 1])) --begin;
    while (end < line.size() && (ascii::is_alnum(line[end]) || line[end] == '.' || line[end] == '-')) ++end;
    while (end > at + 1 && (line[end - 1] == '.' || line[end - 1] == '-')) --end;
    const auto domain = line.substr(at + 1, end - at - 1);
    if (begin < at && domain.find('.') != string_view::npos)
      emails.push_back(std::string(line.substr(begin, at - begin)) + '@' + ascii::lower(domain));
  }
  return emails;
}

// "https://www.acme.example/x" or "www.acme.example" or a bare "acme.example" after a label.
std::string read_website(string_view line) {
  for (const auto start : {string_view("https://"), string_view("http://"), string_view("www.")}) {
    for (std::size_t at = 0; at + start.size() < line.size(); ++at) {
      if (!starts_with_fold(line.substr(at), start)) continue;
      auto end = at;
      while (end < line.size() && !ascii::is_space(line[end]) &&
             string_view("<>()|\",;").find(line[end]) == string_view::npos)
        ++end;
      while (end > at && (line[end - 1] == '.' || line[end - 1] == '/')) --end;
      return std::string(line.substr(at, end - at));
    }
  }
  return {};
}

std::vector<std::string> words_of(string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (ascii::is_alnum(c) || ascii::is_8bit(c) || c == '\'') {
      word += ascii::lower(c);
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

// Two to four Chinese or Korean characters alone: a family name and a given one.
bool is_eastern_name(string_view line) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < line.size(); i += 3) {
    // U+4E00 to U+9FFF, U+AC00 to U+D7A3
    const auto lead = static_cast<unsigned char>(line[i]);
    if (i + 3 > line.size() || lead < 0xE4 || lead > 0xED) return false;
    ++characters;
  }
  return characters >= 2 && characters <= 4;
}

// How much a line looks like the writer's name, 0 to 1.
double name_likeness(string_view line, const Address& from) {
  constexpr std::size_t kWords = 5;
  const auto words = words_of(line);
  if (words.empty() || words.size() > kWords || has_contact(line)) return 0;
  if (std::any_of(line.begin(), line.end(), [](char c) { return is_digit(c) || c == ':' || c == '?' || c == '!'; }))
    return 0;
  const auto known = words_of(from.name);
  const auto local = ascii::lower(from.address.substr(0, from.address.find('@')));
  std::size_t common = 0, in_address = 0;
  bool is_address = false;
  for (const auto& word : words) {
    common += std::find(known.begin(), known.end(), word) != known.end();
    const auto plain = fold_plain(word);
    in_address += plain.size() > 2 && local.find(plain) != std::string::npos;
    is_address = is_address || plain == local;
  }
  if (common == words.size() || (common >= 2)) return 0.95;
  if (common > 0 || in_address == words.size()) return 0.85;
  if (is_address && words.size() >= 2) return 0.9;
  if (in_address > 0) return 0.75;
  if (is_eastern_name(line)) return 0.6;
  const bool capital = ascii::upper(line.front()) == line.front() && ascii::is_alpha(line.front());
  return words.size() >= 2 && (capital || ascii::is_8bit(line.front())) ? 0.5 : 0.3;
}

string_view without_label(string_view line) {
  constexpr string_view kWide = "：";
  if (const auto wide = line.substr(0, 24).find(kWide); wide != string_view::npos)
    return trim_blank(line.substr(wide + kWide.size()));
  const auto colon = line.substr(0, 24).find(':');
  return colon == string_view::npos || line.substr(colon).starts_with("://") ? line
                                                                             : trim_blank(line.substr(colon + 1));
}

// The pieces of "Jane Roe | Head of Sales | Acme Inc".
std::vector<string_view> pieces_of(string_view line) {
  std::vector<string_view> pieces{line};
  for (const auto mark : {string_view(" | "), string_view(" · "), string_view(" • "), string_view(" – "),
                          string_view(" — "), string_view(" - "), string_view(", "), string_view(" @ ")}) {
    std::vector<string_view> finer;
    for (auto piece : pieces) {
      for (auto at = piece.find(mark); at != string_view::npos; at = piece.find(mark)) {
        // "Acme, Inc." is one piece.
        if (mark == ", " && has_any_word(piece.substr(at + 2, 8), kCompanyForms)) break;
        finer.push_back(trim_blank(piece.substr(0, at)));
        piece.remove_prefix(at + mark.size());
      }
      finer.push_back(trim_blank(piece));
    }
    pieces = std::move(finer);
  }
  std::erase_if(pieces, [](string_view piece) { return piece.empty(); });
  return pieces;
}

void keep_better(Guess& known, string_view value, double confidence) {
  if (confidence > known.confidence) known = {std::string(value), confidence};
}

/// "Grant & Sons" as domains spell it.
std::string spelled_out(string_view piece) {
  std::string text;
  for (const char c : piece) text += c == '&' ? std::string(" and ") : std::string(1, c);
  return text;
}

double company_likeness(string_view piece, const std::string& domain) {
  constexpr std::size_t kWords = 8;
  const bool is_host = word_count(piece) == 1 && piece.find('.') < piece.size() - 1;
  if (word_count(piece) > kWords || has_contact(piece) || is_host) return 0;
  std::string joined;
  for (const auto& word : words_of(spelled_out(piece))) joined += word;
  const bool of_domain =
      !domain.empty() && domain.size() > 2 &&
      (joined.find(domain) != std::string::npos || (joined.size() > 3 && domain.find(joined) != std::string::npos));
  const auto folded = fold_case(piece);
  const bool form =
      has_any_word(piece, kCompanyForms) ||
      std::any_of(kCompanyHeads.begin(), kCompanyHeads.end(), [&](string_view h) { return folded.starts_with(h); }) ||
      std::any_of(kCompanyEnds.begin(), kCompanyEnds.end(), [&](string_view end) { return folded.ends_with(end); });
  if (of_domain) return form ? 0.95 : 0.85;
  return form ? 0.8 : 0;
}

bool is_address_line(string_view line) {
  const bool digits = std::any_of(line.begin(), line.end(), is_digit);
  if (!digits || has_address(line) || contains_fold(line, "http") || contains_fold(line, "www.")) return false;
  return std::any_of(kStreets.begin(), kStreets.end(), [&](string_view word) { return contains_fold(line, word); });
}

/// Where the numbers of a signature are from: as its address says, else as the writer's domain does, else `fallback`.
string_view region_of(const std::vector<Line>& lines, const Address& from, string_view fallback) {
  std::size_t read = 0;
  for (const auto& line : lines) {
    if (line.blank || line.quoted) continue;
    if (++read > kLines) break;
    if (const auto region = region_of_postal_address(cut(line.body)); !region.empty()) return region;
  }
  const auto region = region_of_domain(from.address);
  return region.empty() ? fallback : region;
}

/// Some words, no sentence: what could be printed under a name.
bool may_be_title(string_view piece) {
  constexpr std::size_t kWords = 6, kBytes = 80;
  return word_count(piece) <= kWords && piece.size() <= kBytes &&
         std::none_of(piece.begin(), piece.end(),
                      [](char c) { return is_digit(c) || c == '!' || c == '?' || c == ':'; }) &&
         !piece.ends_with('.');
}

/// A line of numbers of the state's: a tax number or an entry in a register dials nobody.
bool is_registration(string_view line) {
  constexpr auto kWords = std::to_array<string_view>({
      "vat",
      "company no",
      "company number",
      "company reg",
      "registered",
      "reg. no",
      "ust-id",
      "ustid",
      "ust.-id",
      "steuernummer",
      "hrb",
      "amtsgericht",
      "handelsregister",
      "nif",
      "cif",
      "c.i.f",
      "n.i.f",
      "rfc",
      "siret",
      "siren",
      "rcs",
      "tva",
      "iban",
      "bic",
      "p.iva",
      "p. iva",
      "partita iva",
      "cod. fisc",
      "kvk",
      "btw",
      "nip",
      "regon",
      "krs",
      "ičo",
      "dič",
      "org.nr",
      "org nr",
      "cvr",
      "y-tunnus",
      "cnpj",
      "cuit",
      "nit",
      "ruc",
      "mst",
      "mã số thuế",
      "инн",
      "огрн",
      "abn",
      "acn",
      "gst",
      "gstin",
      "ein",
  });
  return has_any_word(utf8_prefix(line, 40), kWords);
}

}  // namespace

Signature read_signature(string_view text, const Address& from, string_view region) {
  Signature signature;
  const auto lines = read_lines(text);
  const auto home = region_of(lines, from, region);
  const auto domain = domain_name(from.address);
  std::set<std::string> seen;
  std::size_t read = 0;
  bool after_name = false;
  // What stands right below the name, and below that: a title and a company that no word of ours tells.
  string_view below_name, below_title;
  std::string address;
  for (const auto& line : lines) {
    if (line.blank || line.quoted) continue;
    if (++read > kLines) break;
    const auto body = cut(line.body);
    if (is_rule(body) || sign_off(body) != SignOff::none || is_mobile_footer(body)) continue;
    if (opens_disclaimer(body)) break;

    for (auto& email : read_emails(body))
      if (seen.insert(ascii::lower(email)).second) signature.emails.push_back(std::move(email));
    if (!is_registration(body)) read_phones(body, home, signature.phones);
    if (const auto site = read_website(body); !site.empty()) keep_better(signature.website, site, 0.9);
    if (is_address_line(body)) {
      if (!address.empty()) address += ", ";
      address += without_label(body);
      continue;
    }
    for (const auto raw : pieces_of(body)) {
      auto piece = raw;
      while (!piece.empty() && (piece.front() == '*' || piece.front() == '-' || piece.front() == '_'))
        piece = trim_blank(piece.substr(1));
      while (!piece.empty() && (piece.back() == '*' || piece.back() == '_' || piece.back() == ','))
        piece = trim_blank(piece.substr(0, piece.size() - 1));
      if (piece.empty() || has_contact(piece)) continue;
      const bool first = signature.name.value.empty();
      const auto likeness = name_likeness(piece, from);
      // A title may look like a name until the name comes.
      const bool sure = likeness >= 0.75 && likeness > signature.name.confidence;
      if (((first && likeness >= 0.5 && !has_any_word(piece, kTitles)) || sure) &&
          likeness >= company_likeness(piece, domain)) {
        keep_better(signature.name, piece, likeness);
        after_name = true;
        below_name = below_title = {};
        continue;
      }
      if (word_count(piece) <= 8 && signature.title.value.empty() && has_any_word(piece, kTitles) &&
          company_likeness(piece, domain) < 0.9) {
        keep_better(signature.title, piece, after_name ? 0.85 : 0.6);
        continue;
      }
      const auto company = company_likeness(piece, domain);
      keep_better(signature.company, without_label(piece), company);
      if (!after_name || company > 0 || !may_be_title(piece)) continue;
      if (below_name.empty()) {
        below_name = piece;
      } else if (below_title.empty()) {
        below_title = piece;
      }
    }
  }
  // One line between a name that is sure and a company, or the numbers, is what he does there.
  if (signature.title.value.empty() && signature.name.confidence >= kSureName && !below_name.empty()) {
    if (!signature.company.value.empty() || !below_title.empty()) keep_better(signature.title, below_name, 0.55);
    if (signature.company.value.empty() && !below_title.empty()) keep_better(signature.company, below_title, 0.45);
  } else if (signature.company.value.empty() && !signature.title.value.empty() && !below_name.empty()) {
    keep_better(signature.company, below_name, 0.45);
  }
  if (!address.empty()) signature.address = {address, 0.7};
  return signature;
}

}  // namespace leadmail::mail::message
