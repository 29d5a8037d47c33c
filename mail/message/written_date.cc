#include "mail/message/written_date.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/date.h"
#include "mail/message/fold.h"
#include "mail/message/word_index.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
using std::chrono::year_month_day;

// Names and abbreviations of CLDR in the spelling of fold_plain. A table, for the worker that reads this can open no
// file of ICU's any more, and the locales would cost each worker a megabyte; a test holds it against ICU's.
// clang-format off
constexpr std::array<string_view, 12> kMonths{
    " january jan enero ene janvier janv januar janner janeiro gennaio gen januari stycznia sty styczen января янв январь ledna led leden "
    "tammikuuta tammik tammikuu tammi ianuarie ian ocak oca січня січ січень ιανουαριου ιαν ιανουαριοσ januara jaanuar "
    "jaan sausio saus sausis janvaris gener януари яну sijecnja sijecanj sij ינואר בינואר يناير มกราคม ม.ค "
    "јануара јануар ",
    " february feb febrero fevrier fevr februar fevereiro fev febbraio februari lutego lut luty февраля февр февраль unora uno unor "
    "helmikuuta helmik helmikuu helmi febr februarie subat sub лютого лют лютии φεβρουαριου φεβ φεβρουαριοσ februara "
    "veebruar veebr vasario vas vasaris februaris febrer февруари фев veljace veljaca velj פברואר בפברואר فبراير شباط "
    "กมภาพนธ ก.พ фебруара фебруар ",
    " march mar marzo mars marz marco maart mrt marca marzec марта мар март brezna bre brezen marts maaliskuuta maalisk maaliskuu maalis "
    "marcius marc martie mart березня бер березень μαρτιου μαρ μαρτιοσ maret marec kovo kov kovas maerz ozujka ozujak "
    "ozu מרץ במרץ מרס במרס مارس اذار มนาคม mac ",
    " april apr abril abr avril avr aprile kwietnia kwi kwiecien апреля апр апрель dubna dub duben huhtikuuta huhtik huhtikuu huhti aprilis "
    "aprilie nisan nis квітня квіт квітень кві απριλιου απρ απριλιοσ aprila aprill balandzio bal balandis април "
    "travnja travanj tra אפריל באפריל ابريل نيسان เมษายน เม.ย априла ",
    " may mayo mai maio maggio mag mei maja maj мая маи kvetna kve kveten toukokuuta toukok toukokuu touko majus mayis травня трав "
    "травень тра μαιου μαι μαιοσ geguzes geg geguze maijs maig svibnja svibanj svi מאי במאי مايو ايار "
    "พฤษภาคม พ.ค маја мај ",
    " june jun junio juin juni junho giugno giu czerwca cze czerwiec июня июн июнь cervna cvn cerven kesakuuta kesak kesakuu kesa junius iunie "
    "iun haziran haz червня черв червень чер ιουνιου ιουν ιουνιοσ juna junij juuni birzelio birz birzelis junijs juny "
    "юни lipnja lipanj יוני ביוני يونيو حزيران มถนายน ม.ย јуна јун ",
    " july jul julio juillet juil juli julho luglio lug lipca lip lipiec июля июл июль cervence cvc cervenec heinakuuta heinak heinakuu heina "
    "julius iulie iul temmuz tem липня лип липень ιουλιου ιουλ ιουλιοσ jula julij juuli liepos liep liepa julijs juliol "
    "юли srpnja srpanj יולי ביולי يوليو تموز กรกฎาคม ก.ค јула јул julai ",
    " august aug agosto ago aout augustus sierpnia sie sierpien августа авг август srpna srp srpen augusti elokuuta elok elokuu elo "
    "augusztus agustos agu серпня серп серпень сер αυγουστου αυγ αυγουστοσ agustus augusta avgust avg rugpjucio "
    "rugp rugpjutis augusts agost kolovoza kolovoz kol אוגוסט באוגוסט اغسطس اب สงหาคม ส.ค agust ogos ",
    " september sep septiembre setiembre sept septembre setembro set settembre wrzesnia wrz wrzesien сентября сент сентябрь сен zari "
    "zar syyskuuta syysk syyskuu syys szeptember szept septembrie eylul eyl вересня вер вересень σεπτεμβριου σεπ "
    "σεπτεμβριοσ septembra rugsejo rugs rugsejis septembris setembre септември сеп rujna rujan ruj ספטמבר בספטמבר "
    "سبتمبر ايلول กนยายน ก.ย септембра септембар ",
    " october oct octubre octobre oktober okt outubro out ottobre ott pazdziernika paz pazdziernik октября окт октябрь rijna rij rijen "
    "lokakuuta lokak lokakuu loka octombrie ekim eki жовтня жовт жовтень жов οκτωβριου οκτ οκτωβριοσ oktobra "
    "oktoober spalio spal spalis oktobris октомври אוקטובר באוקטובר اكتوبر ตลาคม ต.ค октобра "
    "октобар ",
    " november nov noviembre novembre novembro listopada lis listopad ноября нояб ноябрь listopadu marraskuuta marrask marraskuu marras "
    "noiembrie kasim kas листопада лист листопад лис νοεμβριου νοε νοεμβριοσ novembra lapkricio lapkr "
    "lapkritis novembris ноември ное studenoga studeni stu נובמבר בנובמבר نوفمبر พฤศจกายน พ.ย "
    "новембра новембар ",
    " december dec diciembre dic decembre dezember dez dezembro dicembre grudnia gru grudzien декабря дек декабрь prosince pro prosinec "
    "desember des joulukuuta jouluk joulukuu joulu decembrie aralik ara грудня груд грудень гру δεκεμβριου δεκ "
    "δεκεμβριοσ decembra detsember dets gruodzio gruod gruodis decembris desembre декември prosinca prosinac דצמבר בדצמבר "
    "ديسمبر ธนวาคม ธ.ค децембра децембар disember ",
};
constexpr std::array<string_view, 7> kWeekdays{
    " monday mon lunes lundi montag segunda-feira segunda lunedi maandag poniedzialek poniedzialku понедельник понедельника pondeli mandag "
    "maanantaina maanantai hetfo luni pazartesi понеділок понеділка δευτερα senin pondelok ponedeljek 月曜日 周一 星期一 ",
    " tuesday tue martes mardi dienstag terca-feira terca martedi dinsdag wtorek wtorku вторник вторника utery uterka tisdag tirsdag tiistaina "
    "tiistai kedd marti sali вівторок вівторка τριτη selasa utorok torek 火曜日 周二 星期二 ",
    " wednesday wed miercoles mercredi mittwoch quarta-feira quarta mercoledi woensdag sroda srode srody среда среду среды streda stredy onsdag "
    "keskiviikkona keskiviikko szerda miercuri carsamba середа середу середи τεταρτη rabu sreda 水曜日 周三 星期三 ",
    " thursday thu jueves jeudi donnerstag quinta-feira quinta giovedi donderdag czwartek czwartku четверг четверга ctvrtek torsdag torstaina "
    "torstai csutortok joi persembe четвер πεμπτη kamis stvrtok cetrtek 木曜日 周四 星期四 ",
    " friday fri viernes vendredi freitag sexta-feira sexta venerdi vrijdag piatek piatku пятница пятницу пятницы patek fredag perjantaina "
    "perjantai pentek vineri cuma п'ятниця п'ятницю п'ятниці παρασκευη jumat piatok petek 金曜日 周五 星期五 ",
    " saturday sat sabado samedi samstag sonnabend sabato zaterdag sobota sobote soboty суббота субботу субботы lordag lørdag lauantaina lauantai "
    "szombat sambata cumartesi субота суботу σαββατο sabtu 土曜日 周六 星期六 ",
    " sunday sun domingo dimanche sonntag domenica zondag niedziela niedziele niedzieli воскресенье воскресенья nedele sondag søndag sunnuntaina "
    "sunnuntai vasarnap duminica pazar неділя неділю κυριακη minggu nedela nedelja 日曜日 周日 星期日 ",
};
// clang-format on

constexpr auto kWhole = [](string_view row) { return row; };
constexpr auto kMonthWords = table_of_words<kMonths, ' '>(kWhole);
constexpr auto kWeekdayWords = table_of_words<kWeekdays, ' '>(kWhole);

/// The row of a whole name; a single byte is none.
template <std::size_t N>
std::optional<int> index_of(string_view word, const WordTable<N>& names) {
  constexpr std::size_t kLongest = 40;
  if (word.size() < 2 || word.size() > kLongest) return {};
  const auto row = names.row_of(word);
  return row ? std::optional<int>(*row) : std::nullopt;
}

/// Reads forward through a folded text.
class Cursor {
 public:
  Cursor(string_view text, std::size_t at) : text_(text), at_(at) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] char previous() const { return text_[at_ - 1]; }
  [[nodiscard]] bool digit() const { return at_ < text_.size() && ascii::is_digit(text_[at_]); }

  bool skip(string_view what) {
    if (!rest().starts_with(what)) return false;
    at_ += what.size();
    return true;
  }
  template <std::size_t N>
  string_view skip_any(const std::array<string_view, N>& all) {
    const auto found = std::find_if(all.begin(), all.end(), [&](string_view one) { return rest().starts_with(one); });
    if (found == all.end()) return {};
    at_ += found->size();
    return *found;
  }
  bool blanks() {
    const auto from = at_;
    while (at_ < text_.size() && ascii::is_space(text_[at_]) && at_ - from < 4) ++at_;
    return at_ > from;
  }
  /// A number of `least` to `most` digits, no digit before the rest.
  std::optional<int> number(std::size_t least, std::size_t most) {
    std::size_t digits = 0;
    int value = 0;
    while (at_ + digits < text_.size() && ascii::is_digit(text_[at_ + digits]) && digits <= most)
      value = value * 10 + (text_[at_ + digits++] - '0');
    if (digits < least || digits > most) return {};
    at_ += digits;
    return value;
  }
  /// Letters, as far as they go; what is no ASCII counts as one.
  string_view word() {
    const auto from = at_;
    while (at_ < text_.size() && (ascii::is_alpha(text_[at_]) || ascii::is_8bit(text_[at_])) && at_ - from < 60) ++at_;
    return text_.substr(from, at_ - from);
  }

 private:
  string_view text_;
  std::size_t at_;
};

bool is_real(int month, int day) { return month >= 1 && month <= 12 && day >= 1 && day <= 31; }
bool is_year(int year) { return year >= 1990 && year <= 2100; }

// Thailand counts from the Buddha's death.
int christian_year(int year) {
  constexpr int kEra = 543;
  return is_year(year - kEra) ? year - kEra : year;
}

WrittenDay made(int year, int month, int day, std::size_t begin, std::size_t end) {
  return {year, static_cast<unsigned>(month), static_cast<unsigned>(day), false, begin, end};
}

constexpr std::array<string_view, 2> kYearSign{"年", "\u1102\u1167\u11ab"};       // 년, as fold_plain leaves it
constexpr std::array<string_view, 2> kMonthSign{"月", "\u110b\u116f\u11af"};      // 월
constexpr std::array<string_view, 3> kDaySign{"日", "号", "\u110b\u1175\u11af"};  // 일

/// ", 2025", " de 2025", " năm 2025", " 2025", "/25": the year behind day and month; 0 when none is written.
int year_behind(Cursor& cursor) {
  auto ahead = cursor;
  constexpr auto kJoints =
      std::to_array<string_view>({", ", "., ", ",", " de ", " del ", " of ", " nam ", ". ", " ", "."});
  if (ahead.skip_any(kJoints).empty()) return 0;
  ahead.blanks();
  const auto written = ahead.number(4, 4);
  const int year = christian_year(written.value_or(0));
  if (!is_year(year)) return 0;
  cursor = ahead;
  return year;
}

/// "gada 9. marts" of "2026. gada 9. marts", as Latvians write it.
std::optional<WrittenDay> day_behind_year(Cursor cursor, int year, std::size_t begin) {
  if (cursor.skip_any(std::array<string_view, 2>{"gada ", "g. "}).empty()) return {};
  const auto day = cursor.number(1, 2);
  if (!day || !cursor.skip(".")) return {};
  cursor.blanks();
  const auto month = index_of(cursor.word(), kMonthWords);
  if (!month || !is_real(*month + 1, *day)) return {};
  return made(year, *month + 1, *day, begin, cursor.at());
}

/// "2025-03-09", "2025/3/9", "2025. 3. 9.", "2025年3月9日", "2025. március 9."
std::optional<WrittenDay> year_first(Cursor cursor, std::size_t begin) {
  const auto year = cursor.number(4, 4);
  if (!year || !is_year(*year)) return {};
  cursor.blanks();
  const bool signs = !cursor.skip_any(kYearSign).empty();
  // "2026 m. kovo 9 d." is Lithuanian.
  const auto joint = signs ? string_view("x") : cursor.skip_any(std::array<string_view, 4>{"-", "/", ".", "m."});
  if (joint.empty()) return {};
  cursor.blanks();
  if (auto day = day_behind_year(cursor, *year, begin)) return day;
  auto month = cursor.number(1, 2);
  if (!month) {
    const auto named = index_of(cursor.word(), kMonthWords);
    if (!named) return {};
    month = *named + 1;
    cursor.skip(".");
  } else if (signs) {
    cursor.blanks();
    if (cursor.skip_any(kMonthSign).empty()) return {};
  } else if (!cursor.skip(joint)) {
    return {};
  }
  cursor.blanks();
  const auto day = cursor.number(1, 2);
  if (!day || !is_real(*month, *day)) return {};
  if (signs) (void)cursor.skip_any(kDaySign);
  return made(*year, *month, *day, begin, cursor.at());
}

/// "3", "Ba" behind "tháng".
std::optional<int> vietnamese_month(Cursor& cursor) {
  if (const auto number = cursor.number(1, 2)) return number;
  constexpr auto kNames = std::to_array<string_view>(
      {"gieng", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai"});
  const auto word = cursor.word();
  auto found = std::find(kNames.begin(), kNames.end(), word) - kNames.begin();
  if (word == "muoi") {
    if (cursor.skip(" mot")) found = 10;
    if (cursor.skip(" hai")) found = 11;
  }
  return found < 12 ? std::optional(static_cast<int>(found) + 1) : std::nullopt;
}

/// "ก.พ.": a short name of two letters with a point between them.
std::optional<int> month_with_point(string_view word, Cursor& cursor) {
  auto ahead = cursor;
  if (word.empty() || !ascii::is_8bit(word.front()) || !ahead.skip(".")) return {};
  const auto rest = ahead.word();
  const auto month = rest.empty() ? std::nullopt : index_of(std::string(word) + '.' + std::string(rest), kMonthWords);
  if (month) cursor = ahead;
  return month;
}

/// "9 March", "9. März 2025", "9 de marzo de 2025", "1er mars", "9th of March", "9 tháng 3", "9 thg 3, 2025"
std::optional<WrittenDay> day_and_name(Cursor cursor, std::size_t begin) {
  const auto day = cursor.number(1, 2);
  if (!day) return {};
  constexpr auto kEnds =
      std::to_array<string_view>({"st", "nd", "rd", "th", "er", "re", ".o", "o", "a", "e", "º", "°", "."});
  auto ended = cursor;
  if (!ended.skip_any(kEnds).empty() && (ended.rest().empty() || !ascii::is_alpha(ended.rest().front())))
    cursor = ended;
  const bool pointed = cursor.at() > begin && cursor.previous() == '.';
  cursor.blanks();
  constexpr auto kOf = std::to_array<string_view>({"de ", "of ", "di ", "d'"});
  (void)cursor.skip_any(kOf);
  const auto word = cursor.word();
  if (word == "thang" || word == "thg") {
    cursor.blanks();
    const auto month = vietnamese_month(cursor);
    if (!month || !is_real(*month, *day)) return {};
    const int year = year_behind(cursor);
    return made(year, *month, *day, begin, cursor.at());
  }
  auto month = index_of(word, kMonthWords);
  if (!month) month = month_with_point(word, cursor);
  if (!month || !is_real(*month + 1, *day)) return {};
  // A Croat's October is a Pole's November; the Croat writes points behind his numbers.
  const bool croatian = word == "listopada" && pointed;
  cursor.skip(".");
  const int year = year_behind(cursor);
  return made(year, *month + (croatian ? 0 : 1), *day, begin, cursor.at());
}

/// "9.3.2025", "09.03.", "9/3/25", "9-3-2025"; two numbers alone only with "/" or with a point behind both.
std::optional<WrittenDay> numbers(Cursor cursor, std::size_t begin) {
  const auto first = cursor.number(1, 2);
  const auto joint = cursor.skip_any(std::array<string_view, 3>{".", "/", "-"});
  if (!first || joint.empty()) return {};
  if (joint == ".") cursor.blanks();
  const auto second = cursor.number(1, 2);
  if (!second) return {};
  auto behind = cursor;
  int year = 0;
  if (behind.skip(joint)) {
    if (joint == ".") behind.blanks();
    auto four = behind;
    if (const auto full = four.number(4, 4); full && is_year(*full)) {
      year = *full;
      cursor = four;
    } else if (const auto two = behind.number(2, 2)) {
      year = 2000 + *two;
      cursor = behind;
    } else if (joint == ".") {
      cursor.skip(".");
    } else {
      return {};
    }
  } else if (joint != "/") {
    return {};
  }
  if (cursor.digit()) return {};
  const bool day_first = is_real(*second, *first), month_first = is_real(*first, *second);
  if (!day_first && !month_first) return {};
  auto found =
      day_first ? made(year, *second, *first, begin, cursor.at()) : made(year, *first, *second, begin, cursor.at());
  found.swappable = day_first && month_first && *first != *second && joint == "/";
  return found;
}

/// "3月9日"
std::optional<WrittenDay> signs(Cursor cursor, std::size_t begin) {
  const auto month = cursor.number(1, 2);
  if (!month) return {};
  cursor.blanks();
  if (cursor.skip_any(kMonthSign).empty()) return {};
  cursor.blanks();
  const auto day = cursor.number(1, 2);
  if (!day || cursor.skip_any(kDaySign).empty() || !is_real(*month, *day)) return {};
  return made(0, *month, *day, begin, cursor.at());
}

/// "March 9th, 2025"
std::optional<WrittenDay> name_first(Cursor cursor, std::size_t begin) {
  const auto month = index_of(cursor.word(), kMonthWords);
  if (!month) return {};
  cursor.skip(".");
  if (!cursor.blanks()) return {};
  (void)cursor.skip("the ");
  const auto day = cursor.number(1, 2);
  if (!day || !is_real(*month + 1, *day)) return {};
  (void)cursor.skip_any(std::array<string_view, 4>{"st", "nd", "rd", "th"});
  if (cursor.rest().starts_with(":")) return {};  // "March 9:30"
  const int year = year_behind(cursor);
  return made(year, *month + 1, *day, begin, cursor.at());
}

bool joins_number(char c) { return ascii::is_digit(c) || c == ':' || c == '+' || c == '/' || c == '-' || c == '.'; }

struct WrittenTime {
  int hour = 0, minute = 0, second = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// "14:30", "14:30:05", "14h30", "14.30.05", "2:30 pm", "下午2:30", "오후 2시 30분" in a folded text without its date.
std::optional<WrittenTime> find_time(string_view text) {
  constexpr auto kColons = std::to_array<string_view>({":", "h", ".", "\u1109\u1175 ", "\u1109\u1175"});  // 시
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char previous = i > 0 ? text[i - 1] : ' ';
    const bool hebrew = i > 1 && previous == '-' && ascii::is_8bit(text[i - 2]);  // "at" is a letter and a hyphen
    if (!ascii::is_digit(text[i]) || ascii::is_digit(previous) || previous == '+' || (previous == '-' && !hebrew))
      continue;
    Cursor cursor(text, i);
    const auto hour = cursor.number(1, 2);
    if (!hour || *hour > 23 || cursor.skip_any(kColons).empty()) continue;
    const auto minute = cursor.number(2, 2);
    if (!minute || *minute > 59) continue;
    WrittenTime time{.hour = *hour, .minute = *minute, .begin = i};
    auto seconds = cursor;
    if (!seconds.skip_any(std::array<string_view, 2>{":", "."}).empty()) {
      if (const auto second = seconds.number(2, 2); second && *second < 60) time.second = *second, cursor = seconds;
    }
    constexpr auto kAfternoon = std::to_array<string_view>({"pm", "p.m", "p. m", "ch", "μμ", "μ.μ", "م"});
    auto half = cursor;
    half.blanks();
    const auto before = text.substr(0, i);
    const bool named = before.find("下午") != string_view::npos || before.find("午後") != string_view::npos ||
                       before.find("\u110b\u1169\u1112\u116e") != string_view::npos;  // 오후
    if ((named || !half.skip_any(kAfternoon).empty()) && time.hour < 12) time.hour += 12;
    if (half.rest().starts_with("am") && time.hour == 12) time.hour = 0;
    time.end = cursor.at();
    return time;
  }
  return {};
}

/// "+0100", "GMT+1", "(GMT+01:00)", "UTC-7", "CET" behind the time.
std::optional<int> find_zone(string_view text) {
  for (const auto name : {string_view("gmt"), string_view("utc")}) {
    const auto at = text.find(name);
    if (at == string_view::npos) continue;
    const auto rest = text.substr(at + name.size());
    const auto end = std::min(rest.find_first_not_of("+-0123456789:"), rest.size());
    return end < 2 ? 0 : read_zone(std::string(rest.substr(0, end))).value_or(0);
  }
  for (std::size_t at = text.find_first_not_of(" ,()"); at < text.size();) {
    const auto end = std::min(text.find_first_of(" ,()", at), text.size());
    const auto word = text.substr(at, end - at);
    const bool figures = (word.front() == '+' || word.front() == '-') && word.size() >= 5;
    std::string capitals;
    for (const char c : word) capitals += ascii::upper(c);
    if (figures || word.size() >= 3)
      if (const auto zone = read_zone(capitals)) return zone;
    at = text.find_first_not_of(" ,()", end);
  }
  return {};
}

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string zone_text(int minutes) {
  if (minutes == 0) return "+00:00";
  const int all = minutes < 0 ? -minutes : minutes;
  return (minutes < 0 ? "-" : "+") + two(all / 60) + ":" + two(all % 60);
}

year_month_day calendar_day(const WrittenDay& day) {
  return year_month_day{std::chrono::year{day.year}, std::chrono::month{day.month}, std::chrono::day{day.day}};
}

/// "03/04/2026": a program that writes "PM" writes the month first; nobody forwards what comes later.
bool is_month_first(const WrittenDay& day, string_view folded, const DateContext& context) {
  if (!day.swappable) return false;
  auto other = day;
  std::swap(other.day, other.month);
  if (context.sent) {
    const auto latest = std::chrono::floor<std::chrono::days>(*context.sent) + std::chrono::days{1};
    const bool day_first_past = std::chrono::sys_days{calendar_day(day)} <= latest;
    const bool month_first_past = std::chrono::sys_days{calendar_day(other)} <= latest;
    if (day_first_past != month_first_past) return month_first_past;
  }
  return folded.find(" pm") != string_view::npos || folded.find(" am") != string_view::npos;
}

/// After a letter of the scripts that put blanks between words and write nothing onto the front of a month: Latin,
/// Greek and Cyrillic beyond ASCII, U+00C0 to U+04FF. "завтра" holds no "тра".
bool follows_letter(string_view folded, std::size_t i) {
  if (i < 2 || !ascii::is_8bit(folded[i - 1])) return false;
  const auto lead = static_cast<unsigned char>(folded[i - 2]);
  return lead >= 0xC3 && lead <= 0xD3;
}

}  // namespace

std::vector<WrittenDay> find_days(string_view folded, std::size_t most) {
  std::vector<WrittenDay> days;
  for (std::size_t i = 0; i < folded.size() && days.size() < most;) {
    const Cursor cursor(folded, i);
    const bool inside_word = i > 0 && ascii::is_alpha(folded[i - 1]);
    std::optional<WrittenDay> found;
    if (cursor.digit()) {
      const bool free =
          !inside_word && (i == 0 || !joins_number(folded[i - 1]) || folded[i - 1] == '.' || folded[i - 1] == '-');
      if (free) found = year_first(cursor, i);
      if (free && !found) found = day_and_name(cursor, i);
      if (free && !found) found = numbers(cursor, i);
      if (free && !found) found = signs(cursor, i);
    } else if ((ascii::is_alpha(folded[i]) || ascii::is_8bit(folded[i])) && !inside_word &&
               !follows_letter(folded, i)) {
      found = name_first(cursor, i);
    }
    if (found) {
      i = std::max(found->end, i + 1);
      days.push_back(*found);
      continue;
    }
    // On to the next number or word.
    if (cursor.digit()) {
      while (i < folded.size() && ascii::is_digit(folded[i])) ++i;
    } else if (ascii::is_alpha(folded[i])) {
      while (i < folded.size() && ascii::is_alpha(folded[i])) ++i;
    } else {
      ++i;
    }
  }
  return days;
}

std::optional<int> weekday_named(string_view word) { return index_of(word, kWeekdayWords); }

std::optional<std::string> read_written_date(string_view written, const DateContext& context) {
  constexpr std::size_t kLongest = 200;
  // Without their vowel signs two short names of Thai months look alike.
  std::string text(utf8_prefix(written, kLongest));
  if (const auto march = text.find("มี.ค"); march != std::string::npos)
    text.replace(march, string_view("มี.ค").size(), "มีนาคม");
  const auto folded = fold_plain(text);
  for (auto day : find_days(folded, 3)) {
    if (is_month_first(day, folded, context)) std::swap(day.day, day.month);
    if (day.year == 0 || !calendar_day(day).ok()) continue;
    // The time stands on either side of the day.
    auto rest = folded.substr(0, day.begin) + std::string(day.end - day.begin, ' ') + folded.substr(day.end);
    const auto time = find_time(rest);
    if (!time) return to_iso(calendar_day(day));
    rest.replace(time->begin, time->end - time->begin, time->end - time->begin, ' ');
    const int zone = find_zone(rest).value_or(context.offset);
    return to_iso(calendar_day(day)) + 'T' + two(time->hour) + ':' + two(time->minute) + ':' + two(time->second) +
           zone_text(zone);
  }
  return {};
}

std::string to_iso(year_month_day day) {
  std::string year = std::to_string(static_cast<int>(day.year()));
  while (year.size() < 4) year.insert(0, "0");
  return year + '-' + two(static_cast<int>(static_cast<unsigned>(day.month()))) + '-' +
         two(static_cast<int>(static_cast<unsigned>(day.day())));
}

}  // namespace leadmail::mail::message
