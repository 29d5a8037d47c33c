#include "core/leads/country.h"

#include <unicode/locdspnm.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <unordered_map>

#include "core/base/unicode.h"
#include "core/leads/address.h"
#include "core/leads/fold.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kLongest = 200;  // of a text that names a country

// Whose names of all countries are known, the ones that count more first: "Nigeri" is Niger in one language and Nigeria
// in another. The country's own languages stand between the first three and the others.
constexpr std::array<const char*, 3> kFirstLanguages{"en", "es", "vi"};
constexpr std::array<const char*, 34> kFurtherLanguages{
    "de", "fr", "pt", "pt_PT", "it", "nl", "pl", "ru", "uk", "tr", "ar", "zh", "zh_Hant", "ja", "ko", "hi", "id",
    "th", "sv", "da", "nb",    "fi", "cs", "sk", "hu", "ro", "el", "he", "bg", "hr",      "sr", "ca", "fa", "ms"};

struct Alias {
  std::string_view name;
  std::string_view code;
};

// What people write and no table of names has: short and former names, those of the United Nations, parts that are no
// country by themselves, and codes of everyday use.
constexpr auto kAliases = std::to_array<Alias>({
    {"UK", "GB"},
    {"Great Britain", "GB"},
    {"Britain", "GB"},
    {"England", "GB"},
    {"Scotland", "GB"},
    {"Wales", "GB"},
    {"Northern Ireland", "GB"},
    {"United Kingdom of Great Britain and Northern Ireland", "GB"},
    {"Gran Bretaña", "GB"},
    {"Inglaterra", "GB"},
    {"Escocia", "GB"},
    {"Anh", "GB"},
    {"Anh Quốc", "GB"},
    {"Großbritannien", "GB"},
    {"Vereinigtes Königreich", "GB"},
    {"Angleterre", "GB"},
    {"Grande-Bretagne", "GB"},
    {"United States of America", "US"},
    {"US of A", "US"},
    {"America", "US"},
    {"EEUU", "US"},
    {"EUA", "US"},
    {"Estados Unidos de América", "US"},
    {"Estados Unidos de Norteamérica", "US"},
    {"Mỹ", "US"},
    {"Vereinigte Staaten von Amerika", "US"},
    {"Etats-Unis d'Amérique", "US"},
    {"Méjico", "MX"},
    {"Estados Unidos Mexicanos", "MX"},
    {"United Mexican States", "MX"},
    {"República Mexicana", "MX"},
    {"Viet Nam", "VN"},
    {"Socialist Republic of Vietnam", "VN"},
    {"BRD", "DE"},
    {"Federal Republic of Germany", "DE"},
    {"Bundesrepublik Deutschland", "DE"},
    {"Holland", "NL"},
    {"Holanda", "NL"},
    {"Reino de España", "ES"},
    {"Kingdom of Spain", "ES"},
    {"Czech Republic", "CZ"},
    {"República Checa", "CZ"},
    {"Česká republika", "CZ"},
    {"Slovak Republic", "SK"},
    {"Republic of Ireland", "IE"},
    {"Eire", "IE"},
    {"Russian Federation", "RU"},
    {"Federación de Rusia", "RU"},
    {"Türkiye", "TR"},
    {"Turkey", "TR"},
    {"Turquía", "TR"},
    {"Republic of Türkiye", "TR"},
    {"Macedonia", "MK"},
    {"Moldova, Republic of", "MD"},
    {"Republic of Moldova", "MD"},
    {"Holy See", "VA"},
    {"Vatican", "VA"},
    {"Korea", "KR"},
    {"Republic of Korea", "KR"},
    {"Korea, Republic of", "KR"},
    {"Korea, South", "KR"},
    {"South Korea", "KR"},
    {"Corea", "KR"},
    {"Democratic People's Republic of Korea", "KP"},
    {"Korea, Democratic People's Republic of", "KP"},
    {"Korea, North", "KP"},
    {"China, People's Republic of", "CN"},
    {"People's Republic of China", "CN"},
    {"PRC", "CN"},
    {"P.R. China", "CN"},
    {"República Popular China", "CN"},
    {"Taiwan, Province of China", "TW"},
    {"Republic of China", "TW"},
    {"Taiwan, R.O.C.", "TW"},
    {"Hong Kong", "HK"},
    {"Hong Kong SAR", "HK"},
    {"Macau", "MO"},
    {"Macao", "MO"},
    {"ประเทศไทย", "TH"},
    {"Úc", "AU"},
    {"Ý", "IT"},
    {"Áo", "AT"},
    {"Bỉ", "BE"},
    {"Phần Lan", "FI"},
    {"Tây Ban Nha", "ES"},
    {"Hàn Quốc", "KR"},
    {"Triều Tiên", "KP"},
    {"Ba Tây", "BR"},
    {"Mễ Tây Cơ", "MX"},
    {"Tân Tây Lan", "NZ"},
    {"Iran, Islamic Republic of", "IR"},
    {"Islamic Republic of Iran", "IR"},
    {"Syrian Arab Republic", "SY"},
    {"Lao People's Democratic Republic", "LA"},
    {"Lao", "LA"},
    {"Brunei Darussalam", "BN"},
    {"Burma", "MM"},
    {"East Timor", "TL"},
    {"Palestine", "PS"},
    {"Palestina", "PS"},
    {"State of Palestine", "PS"},
    {"UAE", "AE"},
    {"EAU", "AE"},
    {"Emirates", "AE"},
    {"KSA", "SA"},
    {"Kingdom of Saudi Arabia", "SA"},
    {"Republic of Kosovo", "XK"},
    {"Tanzania, United Republic of", "TZ"},
    {"United Republic of Tanzania", "TZ"},
    {"Ivory Coast", "CI"},
    {"Côte d'Ivoire", "CI"},
    {"Costa de Marfil", "CI"},
    {"Cabo Verde", "CV"},
    {"Cape Verde", "CV"},
    {"Swaziland", "SZ"},
    {"Congo", "CG"},
    {"Republic of the Congo", "CG"},
    {"DRC", "CD"},
    {"DR Congo", "CD"},
    {"Democratic Republic of the Congo", "CD"},
    {"Congo, The Democratic Republic of the", "CD"},
    {"República Democrática del Congo", "CD"},
    {"RSA", "ZA"},
    {"Republic of South Africa", "ZA"},
    {"República Sudafricana", "ZA"},
    {"Bolivia, Plurinational State of", "BO"},
    {"Plurinational State of Bolivia", "BO"},
    {"Estado Plurinacional de Bolivia", "BO"},
    {"Venezuela, Bolivarian Republic of", "VE"},
    {"República Bolivariana de Venezuela", "VE"},
    {"República Argentina", "AR"},
    {"Republic of Colombia", "CO"},
    {"República de Colombia", "CO"},
    {"República del Perú", "PE"},
    {"República de Chile", "CL"},
    {"Brasil", "BR"},
    {"Rep. Dominicana", "DO"},
    {"Trinidad", "TT"},
    {"Micronesia, Federated States of", "FM"},
    {"Falkland Islands (Malvinas)", "FK"},
    {"Islas Malvinas", "FK"},
    {"Saint Vincent and the Grenadines", "VC"},
    {"Virgin Islands, U.S.", "VI"},
    {"Virgin Islands, British", "VG"},
});

std::string upper(std::string_view text) {
  std::string raised;
  for (const char c : text) raised += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return raised;
}

/// Letters, their marks and digits alone: "Côte d’Ivoire" and "cote d'ivoire" are one name. Flags and dots go.
std::string bare(std::string_view text) {
  const auto folded = fold(text);
  std::string kept;
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(folded.data());  // NOLINT: ICU counts in bytes
  const auto length = static_cast<std::int32_t>(folded.size());
  for (std::int32_t i = 0; i < length;) {
    const std::int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    if (c < 0 || ((U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK)) == 0) || c == 0xFE0F) continue;
    kept.append(folded, static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin));
  }
  return kept;
}

/// "U.K." -> "UK"; "" for what is no code: letters with accents are a name. ("Mỹ" is no "my".)
std::string as_code(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (c == '.' || c == ' ') continue;
    if (std::isalpha(static_cast<unsigned char>(c)) == 0 || letters.size() == 3) return {};
    letters += c;
  }
  return letters;
}

/// Of two letters. By themselves, for a config that says codes needs no names.
const std::set<std::string, std::less<>>& all_codes() {
  static const auto known = [] {
    std::set<std::string, std::less<>> codes{"XK"};  // Kosovo: not of ISO 3166-1, and used by everybody
    for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) codes.emplace(*code);
    return codes;
  }();
  return known;
}

class Countries {
 public:
  Countries() {
    for (const auto& code : all_codes()) add(code);
    for (const auto& alias : kAliases) names_.emplace(bare(alias.name), alias.code);
    for (const auto* language : kFirstLanguages) add_all_names(language);
    add_own_names();
    for (const auto* language : kFurtherLanguages) add_all_names(language);
  }

  /// For what is no code of two letters.
  [[nodiscard]] std::string find(std::string_view text) const {
    const auto code = as_code(text);
    // Small letters may be a name as well: "Nga" is Russia in Vietnamese, NGA is Nigeria.
    if (code.size() == 3 && code == upper(code)) {
      if (const auto found = alpha3_.find(code); found != alpha3_.end()) return found->second;
    }
    const auto name = bare(text);
    if (const auto known = names_.find(name); known != names_.end()) return known->second;
    if (to_lower(text.substr(0, 4)) == "the ") {
      if (const auto known = names_.find(name.substr(3)); known != names_.end()) return known->second;
    }
    const auto found = alpha3_.find(upper(code));
    return found == alpha3_.end() ? std::string{} : found->second;
  }

  [[nodiscard]] const std::vector<std::string>& english() const { return english_; }

 private:
  void add(const std::string& code) {
    const icu::Locale country("", code.c_str());
    codes_.emplace(code, country);
    if (const std::string_view three = country.getISO3Country(); three.size() == 3) alpha3_.emplace(three, code);
    icu::UnicodeString name;
    english_.push_back(utf8_of(country.getDisplayCountry(icu::Locale::getEnglish(), name)));
  }

  /// Some languages shorten a name to two letters, and then it is anybody's: "É.-U." is no EU.
  void add_name(std::string_view name, const std::string& code) {
    if (auto key = bare(name); key.size() > 2) names_.emplace(std::move(key), code);
  }

  void add_names(const icu::UnicodeString& written, const std::string& code) {
    const auto name = utf8_of(written);
    add_name(name, code);
    // "Myanmar (Burma)" is called either.
    add_name(std::string_view(name).substr(0, std::min(name.find(" ("), name.size())), code);
    // As Unicode shortens English names, and hardly anybody else does: "St. Vincent & Grenadines".
    auto full = name;
    if (const auto mark = full.find('&'); mark != std::string::npos) full.replace(mark, 1, "and");
    if (full.starts_with("St. ")) full.replace(0, 4, "Saint ");
    if (full != name) add_name(full, code);
  }

  void add_all_names(const char* language) {
    const icu::Locale speaker(language);
    UDisplayContext brief = UDISPCTX_LENGTH_SHORT;
    const std::unique_ptr<icu::LocaleDisplayNames> briefly(icu::LocaleDisplayNames::createInstance(speaker, &brief, 1));
    for (const auto& [code, country] : codes_) {
      icu::UnicodeString name;
      add_names(country.getDisplayCountry(speaker, name), code);
      // "Hong Kong", where the long name is "Hong Kong SAR China".
      if (briefly) add_names(briefly->regionDisplayName(code.c_str(), name), code);
    }
  }

  /// "Österreich", "Schweiz", "Suisse": what those who live there say.
  void add_own_names() {
    std::int32_t count = 0;
    const auto* const known = icu::Locale::getAvailableLocales(count);
    for (const auto& locale : std::span(known, static_cast<std::size_t>(std::max(count, 0)))) {
      if (!codes_.contains(locale.getCountry())) continue;
      icu::UnicodeString name;
      add_names(locale.getDisplayCountry(locale, name), locale.getCountry());
    }
  }

  std::map<std::string, icu::Locale> codes_{};
  std::unordered_map<std::string, std::string> alpha3_{};
  std::unordered_map<std::string, std::string> names_{};
  std::vector<std::string> english_{};
};

const Countries& countries() {
  static const Countries known;
  return known;
}

std::string find_country(std::string_view text) {
  const auto code = as_code(text);
  if (code.size() == 2) {
    if (auto known = upper(code); all_codes().contains(known)) return known;
  }
  return countries().find(text);
}

/// "Ciudad de México, México": the country stands last. Two letters there are as often a state: "San Francisco, CA".
std::string code_behind_comma(std::string_view text) {
  const auto comma = text.rfind(',');
  if (comma == std::string_view::npos) return {};
  const auto last = trim(text.substr(comma + 1));
  return as_code(last).size() == 2 && last.size() == 2 ? std::string{} : find_country(last);
}

/// "Mexico (México)", "MX - Mexico": the parts that name a country name the same one.
std::string code_of_parts(std::string_view text) {
  constexpr std::string_view kBetween = "()[]/|";
  std::string agreed;
  while (!text.empty()) {
    auto end = std::min(text.find_first_of(kBetween), text.size());
    std::size_t skip = 1;
    for (const std::string_view dash : {" - ", " – ", " — "}) {
      const auto at = text.find(dash);
      if (at >= end) continue;
      end = at;
      skip = dash.size();
    }
    const auto part = trim(text.substr(0, end));
    auto code = part.empty() ? std::string{} : find_country(part);
    if (code.empty()) code = code_behind_comma(part);
    if (!code.empty() && !agreed.empty() && code != agreed) return {};
    if (!code.empty()) agreed = std::move(code);
    text.remove_prefix(std::min(end + skip, text.size()));
  }
  return agreed;
}

}  // namespace

std::string country_code(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > kLongest) return {};
  auto code = find_country(text);
  return code.empty() ? code_of_parts(text) : code;
}

std::vector<std::string> country_names() { return countries().english(); }

}  // namespace leadmail::leads
