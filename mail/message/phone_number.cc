#include "mail/message/phone_number.h"

#include <algorithm>
#include <array>

#include "mail/message/ascii.h"
#include "mail/message/fold.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

/// What is dialled within a country. ITU-T E.129; the trunk prefix is left out behind a calling code.
struct Region {
  string_view name;   // ISO 3166
  string_view code;   // calling code
  string_view trunk;  // "" where there is none, or where it belongs to the number (Italy)
  std::size_t least;  // digits of a national number without the trunk prefix
  std::size_t most;
};

// clang-format off
constexpr auto kRegions = std::to_array<Region>({
    {"US", "1", "1", 10, 10}, {"CA", "1", "1", 10, 10}, {"PR", "1", "1", 10, 10}, {"DO", "1", "1", 10, 10}, {"JM", "1", "1", 10, 10}, {"TT", "1", "1", 10, 10},
    {"MX", "52", "01", 10, 10}, {"GT", "502", "", 8, 8}, {"SV", "503", "", 8, 8}, {"HN", "504", "", 8, 8}, {"NI", "505", "", 8, 8}, {"CR", "506", "", 8, 8},
    {"PA", "507", "", 7, 8}, {"CU", "53", "0", 6, 8}, {"HT", "509", "", 8, 8}, {"CO", "57", "", 10, 10}, {"VE", "58", "0", 10, 10}, {"EC", "593", "0", 8, 9},
    {"PE", "51", "0", 8, 9}, {"BO", "591", "0", 8, 8}, {"PY", "595", "0", 8, 9}, {"UY", "598", "0", 7, 8}, {"AR", "54", "0", 10, 11}, {"CL", "56", "", 9, 9},
    {"BR", "55", "0", 10, 11},
    {"ES", "34", "", 9, 9}, {"AD", "376", "", 6, 9}, {"PT", "351", "", 9, 9}, {"FR", "33", "0", 9, 9}, {"MC", "377", "", 8, 9}, {"BE", "32", "0", 8, 9},
    {"NL", "31", "0", 9, 9}, {"LU", "352", "", 6, 11}, {"DE", "49", "0", 5, 12}, {"AT", "43", "0", 5, 13}, {"CH", "41", "0", 9, 9}, {"LI", "423", "", 7, 9},
    {"IT", "39", "", 6, 11}, {"SM", "378", "", 6, 10}, {"GB", "44", "0", 9, 10}, {"IE", "353", "0", 7, 9}, {"MT", "356", "", 8, 8},
    {"DK", "45", "", 8, 8}, {"NO", "47", "", 8, 8}, {"SE", "46", "0", 7, 9}, {"FI", "358", "0", 5, 11}, {"IS", "354", "", 7, 9},
    {"PL", "48", "", 9, 9}, {"CZ", "420", "", 9, 9}, {"SK", "421", "0", 9, 9}, {"HU", "36", "06", 8, 9}, {"RO", "40", "0", 9, 9}, {"MD", "373", "0", 8, 8},
    {"BG", "359", "0", 7, 9}, {"GR", "30", "", 10, 10}, {"CY", "357", "", 8, 8}, {"HR", "385", "0", 8, 9}, {"SI", "386", "0", 8, 8}, {"RS", "381", "0", 7, 10},
    {"BA", "387", "0", 8, 9}, {"ME", "382", "0", 7, 9}, {"MK", "389", "0", 8, 8}, {"AL", "355", "0", 7, 9}, {"EE", "372", "", 7, 8}, {"LV", "371", "", 8, 8},
    {"LT", "370", "0", 8, 8}, {"RU", "7", "8", 10, 10}, {"KZ", "7", "8", 10, 10}, {"BY", "375", "8", 9, 9}, {"UA", "380", "0", 9, 9}, {"GE", "995", "0", 9, 9},
    {"AM", "374", "0", 8, 8}, {"AZ", "994", "0", 9, 9}, {"TR", "90", "0", 10, 10},
    {"IL", "972", "0", 8, 9}, {"AE", "971", "0", 8, 9}, {"SA", "966", "0", 8, 9}, {"QA", "974", "", 8, 8}, {"KW", "965", "", 8, 8}, {"BH", "973", "", 8, 8},
    {"OM", "968", "", 8, 8}, {"JO", "962", "0", 8, 9}, {"LB", "961", "0", 7, 8}, {"EG", "20", "0", 8, 10}, {"MA", "212", "0", 9, 9}, {"DZ", "213", "0", 8, 9},
    {"TN", "216", "", 8, 8}, {"ZA", "27", "0", 9, 9}, {"NG", "234", "0", 8, 10}, {"KE", "254", "0", 9, 9}, {"GH", "233", "0", 9, 9}, {"TZ", "255", "0", 9, 9},
    {"UG", "256", "0", 9, 9}, {"ET", "251", "0", 9, 9}, {"SN", "221", "", 9, 9}, {"CI", "225", "", 10, 10}, {"CM", "237", "", 9, 9}, {"AO", "244", "", 9, 9},
    {"MZ", "258", "", 8, 9},
    {"IN", "91", "0", 10, 10}, {"PK", "92", "0", 9, 10}, {"BD", "880", "0", 8, 10}, {"LK", "94", "0", 9, 9}, {"NP", "977", "0", 8, 10}, {"CN", "86", "0", 10, 11},
    {"HK", "852", "", 8, 8}, {"MO", "853", "", 8, 8}, {"TW", "886", "0", 8, 9}, {"JP", "81", "0", 9, 10}, {"KR", "82", "0", 8, 10}, {"VN", "84", "0", 9, 10},
    {"TH", "66", "0", 8, 9}, {"KH", "855", "0", 8, 9}, {"LA", "856", "0", 8, 10}, {"MM", "95", "0", 7, 10}, {"MY", "60", "0", 8, 10}, {"SG", "65", "", 8, 8},
    {"ID", "62", "0", 8, 12}, {"PH", "63", "0", 9, 10}, {"AU", "61", "0", 9, 9}, {"NZ", "64", "0", 8, 10},
});

struct Country {
  string_view name;  // in the spelling of fold_plain
  string_view region;
};
// As people end their postal addresses; a name that is a town elsewhere too is left out.
constexpr auto kCountries = std::to_array<Country>({
    {"usa", "US"}, {"u.s.a.", "US"}, {"united states", "US"}, {"united states of america", "US"}, {"estados unidos", "US"}, {"canada", "CA"}, {"mexico", "MX"},
    {"espana", "ES"}, {"spain", "ES"}, {"spanien", "ES"}, {"espagne", "ES"}, {"portugal", "PT"}, {"brasil", "BR"}, {"brazil", "BR"}, {"argentina", "AR"}, {"chile", "CL"},
    {"colombia", "CO"}, {"peru", "PE"}, {"ecuador", "EC"}, {"uruguay", "UY"}, {"paraguay", "PY"}, {"bolivia", "BO"}, {"venezuela", "VE"}, {"costa rica", "CR"},
    {"guatemala", "GT"}, {"el salvador", "SV"}, {"honduras", "HN"}, {"nicaragua", "NI"}, {"republica dominicana", "DO"}, {"france", "FR"}, {"francia", "FR"}, {"frankreich", "FR"},
    {"belgique", "BE"}, {"belgie", "BE"}, {"belgium", "BE"}, {"nederland", "NL"}, {"netherlands", "NL"}, {"the netherlands", "NL"}, {"luxembourg", "LU"},
    {"deutschland", "DE"}, {"germany", "DE"}, {"allemagne", "DE"}, {"alemania", "DE"}, {"osterreich", "AT"}, {"austria", "AT"}, {"schweiz", "CH"}, {"suisse", "CH"},
    {"switzerland", "CH"}, {"svizzera", "CH"}, {"italia", "IT"}, {"italy", "IT"}, {"italien", "IT"}, {"united kingdom", "GB"}, {"uk", "GB"}, {"u.k.", "GB"}, {"england", "GB"},
    {"scotland", "GB"}, {"wales", "GB"}, {"ireland", "IE"}, {"danmark", "DK"}, {"denmark", "DK"}, {"norge", "NO"}, {"norway", "NO"}, {"sverige", "SE"}, {"sweden", "SE"},
    {"suomi", "FI"}, {"finland", "FI"}, {"polska", "PL"}, {"poland", "PL"}, {"ceska republika", "CZ"}, {"czech republic", "CZ"}, {"slovensko", "SK"}, {"magyarorszag", "HU"},
    {"hungary", "HU"}, {"romania", "RO"}, {"bulgaria", "BG"}, {"greece", "GR"}, {"croatia", "HR"}, {"hrvatska", "HR"}, {"slovenija", "SI"}, {"россия", "RU"}, {"russia", "RU"},
    {"украіна", "UA"}, {"ukraine", "UA"}, {"turkiye", "TR"}, {"turkey", "TR"}, {"israel", "IL"}, {"uae", "AE"}, {"united arab emirates", "AE"}, {"egypt", "EG"}, {"maroc", "MA"},
    {"south africa", "ZA"}, {"nigeria", "NG"}, {"kenya", "KE"}, {"india", "IN"}, {"pakistan", "PK"}, {"bangladesh", "BD"}, {"china", "CN"}, {"中国", "CN"}, {"p.r. china", "CN"},
    {"hong kong", "HK"}, {"taiwan", "TW"}, {"japan", "JP"}, {"日本", "JP"}, {"korea", "KR"}, {"south korea", "KR"}, {"viet nam", "VN"}, {"vietnam", "VN"}, {"thailand", "TH"},
    {"malaysia", "MY"}, {"singapore", "SG"}, {"indonesia", "ID"}, {"philippines", "PH"}, {"australia", "AU"}, {"new zealand", "NZ"},
});
// Taken by anybody for what the letters mean.
constexpr auto kNobodys = std::to_array<string_view>({"co", "io", "ai", "me", "tv", "cc", "to", "fm", "ly", "la", "ws", "sh", "gg", "vc", "st", "so"});
// clang-format on

const Region* region_named(string_view name) {
  const auto* const found = std::find_if(kRegions.begin(), kRegions.end(),
                                         [&](const Region& region) { return ascii::same(region.name, name); });
  return found == kRegions.end() ? nullptr : found;
}

bool fits(const Region& region, string_view national) {
  if (national.size() < region.least || national.size() > region.most) return false;
  // A number of North America begins with an area code. E.164 Annex A does not say; the NANP does.
  return region.code != "1" || (national.front() >= '2' && national[3] >= '2');
}

/// What people put in front of a Mexican mobile number, gone since 2019, and of any Lithuanian one, gone since 2023;
/// still printed.
string_view without_old_prefix(const Region& region, string_view digits) {
  if (region.code == "52" && digits.size() == 13 && (digits.starts_with("044") || digits.starts_with("045")))
    digits.remove_prefix(3);
  if (region.code == "370" && digits.size() == 9 && digits.starts_with('8')) digits.remove_prefix(1);
  return digits;
}

std::string national_to_e164(const Region& region, string_view digits) {
  digits = without_old_prefix(region, digits);
  const auto made = [&](string_view national) { return '+' + std::string(region.code) + std::string(national); };
  if (!region.trunk.empty() && digits.starts_with(region.trunk) && fits(region, digits.substr(region.trunk.size())))
    return made(digits.substr(region.trunk.size()));
  if (fits(region, digits)) return made(digits);
  if (digits.starts_with(region.code) && fits(region, digits.substr(region.code.size())))
    return made(digits.substr(region.code.size()));
  return {};
}

}  // namespace

std::string to_e164(string_view written, string_view region) {
  written = ascii::trim(written);
  bool plus = false;
  std::string digits;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i] == '+' && digits.empty()) plus = true;
    // "+44 (0)20 …": the trunk prefix falls away behind a calling code.
    if (written.substr(i).starts_with("(0)") && plus) {
      i += 2;
      continue;
    }
    if (ascii::is_digit(written[i])) digits += written[i];
  }
  if (!plus && digits.starts_with("00") && digits.size() > 9) {
    digits.erase(0, 2);
    plus = true;
  }
  if (!plus) {
    const auto* const known = region_named(region);
    return known == nullptr ? std::string{} : national_to_e164(*known, digits);
  }
  const bool possible = digits.size() >= 8 && digits.size() <= 15 && digits.front() != '0';
  return possible ? '+' + digits : std::string{};
}

bool is_region(string_view name) { return region_named(name) != nullptr; }

string_view region_of_domain(string_view address) {
  const auto host = address.substr(address.rfind('@') + 1);
  const auto dot = host.rfind('.');
  if (dot == string_view::npos) return {};
  const auto top = host.substr(dot + 1);
  const auto second = host.substr(0, dot);
  const bool official = ascii::same(second.substr(second.rfind('.') + 1), "com");  // ".com.co" is Colombian
  const bool anybodys =
      std::any_of(kNobodys.begin(), kNobodys.end(), [&](string_view one) { return ascii::same(one, top); });
  if (anybodys && !official) return {};
  const auto* const region = region_named(ascii::same(top, "uk") ? "GB" : top);
  return region == nullptr ? string_view{} : region->name;
}

string_view region_of_postal_address(string_view line) {
  auto folded = fold_plain(line);
  while (!folded.empty() && (ascii::is_space(folded.back()) || folded.back() == ',')) folded.pop_back();
  for (const auto& [name, region] : kCountries) {
    if (!folded.ends_with(name)) continue;
    if (folded.size() == name.size() ||
        string_view(" ,-|/(").find(folded[folded.size() - name.size() - 1]) != string_view::npos)
      return region;
  }
  // "Denver, CO 80202": a state of two capitals and five figures.
  while (!line.empty() && ascii::is_space(line.back())) line.remove_suffix(1);
  if (line.size() > 10 && line[line.size() - 5] == '-') line.remove_suffix(5);  // ZIP+4
  constexpr std::size_t kStateAndZip = 8;
  if (line.size() < kStateAndZip + 2) return {};
  const auto end = line.substr(line.size() - kStateAndZip);
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool zip =
      std::all_of(end.begin() + 3, end.end(), ascii::is_digit) && end[2] == ' ' && capital(end[0]) && capital(end[1]);
  const auto before = line[line.size() - kStateAndZip - 1];
  return zip && (before == ' ' || before == ',') ? "US" : string_view{};
}

}  // namespace leadmail::mail::message
