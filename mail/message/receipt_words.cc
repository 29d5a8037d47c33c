#include "mail/message/receipt_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/text_lines.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kRead = 4096;

// clang-format off
// In the spelling of NFKC case folding.
constexpr auto kSubjects = std::to_array<string_view>({
    "read:", "not read:", "gelesen:", "ungelesen:", "nicht gelesen:", "lu :", "lu:", "non lu :", "non lu:", "leído:", "no leído:", "leido:",
    "lida:", "não lida:", "lido:", "não lido:", "letto:", "da leggere:", "non letto:", "gelezen:", "niet gelezen:", "läst:", "oläst:",
    "lest:", "ulest:", "læst:", "ulæst:", "luettu:", "lukematon:", "przeczytano:", "przeczytane:", "nie przeczytano:", "přečteno:",
    "nepřečteno:", "prečítané:", "elolvasva:", "olvasatlan:", "citit:", "necitit:", "прочитано:", "не прочитано:", "прочтено:",
    "αναγνώστηκε:", "διαβάστηκε:", "okundu:", "okunmadı:", "đã đọc:", "chưa đọc:", "開封済み:", "開封済み :", "未開封:", "已读:", "已讀:", "讀取:",
    "未读:", "읽음:", "읽지 않음:", "נקרא:", "تمت القراءة:", "przeczytany:",
});
constexpr auto kSentences = std::to_array<string_view>({
    "was read on", "was deleted without being read", "gelesen", "ungelesen gelöscht", "a été lu", "supprimé sans avoir été lu", "été supprimé",
    "fue leído", "se leyó", "se ha leído", "leído el", "eliminó sin ser leído", "foi lida", "foi lido", "excluída sem ser lida", "è stato letto",
    "eliminato senza", "è stata letta", "is gelezen", "verwijderd zonder", "lästes", "togs bort utan", "ble lest", "slettet uten", "blev læst",
    "slettet uden", "luettiin", "on luettu", "poistettiin", "została przeczytana", "przeczytano", "usunięta bez", "byla přečtena", "přečtena dne",
    "bola prečítaná", "elolvasták", "elolvasta", "a fost citit", "прочитано", "прочтено", "αναγνώστηκε", "διαβάστηκε", "okundu", "okunmadan",
    "đã được đọc", "đã đọc", "開封", "已于", "已读", "已讀", "讀取", "읽었", "읽음", "נקראה", "تمت قراءة",
});
// clang-format on

bool has_one_of(const std::string& text, const auto& words) {
  return std::any_of(words.begin(), words.end(), [&](string_view w) { return text.find(w) != std::string::npos; });
}

// "192.0.2.1", "[2001:db8::1]": the topic of a feedback loop's subject is a sending host.
bool names_a_host(string_view text) {
  text = ascii::trim(text);
  if (text.starts_with('[')) text.remove_prefix(1);
  const auto end = text.find_first_not_of("0123456789abcdefABCDEF.:");
  const auto host = text.substr(0, end);
  return host.size() >= 4 &&
         (std::count(host.begin(), host.end(), '.') == 3 || std::count(host.begin(), host.end(), ':') >= 2);
}

}  // namespace

bool is_receipt_text(string_view subject, string_view text) {
  constexpr std::size_t kLongest = 2000;  // Outlook says no more than that it was read
  if (text.size() > kLongest) return false;
  const auto folded = fold_case(utf8_prefix(trim_blank(subject), 200));
  if (std::none_of(kSubjects.begin(), kSubjects.end(), [&](string_view w) { return folded.starts_with(w); }))
    return false;
  for (const auto& line : read_lines(text)) {
    if (line.blank) continue;
    if (is_greeting(line.body) || sign_off(line.body) != SignOff::none) return false;
  }
  return has_one_of(fold_case(text), kSentences);
}

bool is_complaint_text(string_view subject, string_view text) {
  for (const auto words : {string_view("complaint about message from "), string_view("email feedback report for ip "),
                           string_view("abuse report for ip ")})
    if (ascii::starts_with(subject, words) && names_a_host(subject.substr(words.size()))) return true;
  constexpr std::size_t kLines = 80;
  bool type = false;
  bool agent = false;
  for (const auto& line : read_lines(utf8_prefix(text, kRead), kLines)) {
    if (line.quoted) continue;
    type = type || ascii::starts_with(line.text, "Feedback-Type:");
    agent =
        agent || ascii::starts_with(line.text, "User-Agent:") || ascii::starts_with(line.text, "Original-Mail-From:");
  }
  return type && agent;
}

}  // namespace leadmail::mail::message
