#include "mail/message/auto_reply_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/subject.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

// clang-format off
// A subject that begins so, in the spelling of NFKC case folding.
constexpr auto kStrong = std::to_array<string_view>({
    // en
    "automatic reply", "auto reply:", "auto-reply", "autoreply", "auto response", "auto-response", "autoresponse", "automatic response",
    "automated response", "automated reply", "[auto]", "[auto-reply]", "out of office:", "out of office autoreply",
    "out of office auto-reply", "out of office reply", "out of office notification", "out of the office:", "out-of-office:", "ooo:",
    "ooo re:", "i am out of the office", "i'm out of the office", "i am out of office", "i am on vacation", "i am on leave",
    "ich bin im urlaub", "ich bin nicht im büro", "estoy fuera de la oficina", "je suis absent", "sono fuori ufficio", "vacation reply", "vacation auto", "away notice", "away from my mail", "autoresponder:",
    // de nl
    "automatische antwort", "automatische rückantwort", "abwesenheitsnotiz", "abwesenheitsmeldung", "abwesenheitsnachricht",
    "abwesenheitsbenachrichtigung", "abwesend:", "autom. antwort", "automatisch antwoord", "automatisch beantwoord", "afwezigheidsbericht",
    "afwezigheidsmelding", "niet aanwezig:", "afwezig:",
    // fr es pt it ca ro
    "réponse automatique", "reponse automatique", "réponse d'absence", "message d'absence", "notification d'absence", "absence du bureau",
    "absence :", "absence:", "respuesta automática", "respuesta automatica", "contestación automática", "fuera de la oficina:",
    "ausencia temporal", "ausente:", "resposta automática", "resposta automatica", "mensagem automática", "ausência temporária",
    "ausência do escritório", "fora do escritório:", "risposta automatica", "risposta automat", "fuori sede:", "fuori ufficio:",
    "assente:", "avviso di assenza", "răspuns automat", "raspuns automat", "resposta automàtica", "contestación automática", "erantzun automatikoa",
    // sv no da fi et is
    "autosvar", "automatiskt svar", "frånvaromeddelande", "automatisk svar", "fraværsmelding", "fraværsassistent", "fraværsbesked",
    "ikke til stede:", "automaattinen vastaus", "poissaoloviesti", "poissa:", "automaatvastus", "sjálfvirkt svar",
    // pl cs sk hu sl hr sr lt lv bg
    "odpowiedź automatyczna", "automatyczna odpowiedź", "autoodpowiedź", "nieobecność", "automatická odpověď", "automatická odpoveď",
    "automatikus válasz", "házon kívül", "samodejni odgovor", "automatski odgovor", "automatinis atsakymas",
    "automātiska atbilde", "автоматичен отговор", "аутоматски одговор", "автоматски одговор", "аўтаматычны адказ",
    // ru uk el tr
    "автоматический ответ", "автоответ", "автоматична відповідь", "автовідповідь", "нет на работе:", "αυτόματη απάντηση", "otomatik yanıt",
    "otomatik cevap", "ofis dışında:",
    // vi id th ja zh ko he ar
    "trả lời tự động", "tự động trả lời", "thư trả lời tự động", "balasan otomatis", "jawaban otomatis", "ตอบกลับอัตโนมัติ",
    "การตอบกลับอัตโนมัติ", "自動返信", "自動応答", "【自動返信】", "不在通知", "自动回复", "自動回覆", "自动答复", "自動答覆", "自動回復", "外出通知", "자동 회신",
    "자동 응답", "부재중 자동", "자동회신", "מענה אוטומטי", "תשובה אוטומטית", "رد تلقائي", "الرد التلقائي",
});

// Words in a subject that a machine may have written.
constexpr auto kWeak = std::to_array<string_view>({
    "out of office", "out of the office", "out-of-office", "on vacation", "on holiday", "on leave", "away from the office",
    "away from office", "annual leave", "abwesenheit", "nicht im büro", "urlaub", "absence", "absent", "congés", "fuera de la oficina",
    "fuera de oficina", "de vacaciones", "vacaciones", "ausencia", "ausência", "férias", "fora do escritório", "assenza", "ferie",
    "fuori sede", "fuori ufficio", "afwezig", "vakantie", "niet op kantoor", "frånvarande", "semester", "ferie", "fravær", "lomalla",
    "poissa", "urlop", "poza biurem", "dovolená", "szabadság", "concediu", "в отпуске", "отпуск", "відпуст", "άδεια", "εκτός γραφείου",
    "izinde", "ofis dışı", "vắng mặt", "nghỉ phép", "cuti", "休暇", "不在", "外出", "休假", "不在辦公室", "不在办公室", "부재중", "휴가", "חופשה", "إجازة",
    "auto:", "mimo kancelář", "received your", "we have received", "ticket", "thank you for contacting", "thank you for your email", "thanks for contacting",
    "wir haben ihre", "hemos recibido", "nous avons bien reçu", "recebemos",
});

// What the first lines of such an answer say.
constexpr auto kAway = std::to_array<string_view>({
    "out of the office", "out of office", "away from the office", "away from my desk", "away from my email", "on vacation", "on holiday",
    "annual leave", "maternity leave", "parental leave", "on leave until", "currently away", "limited access to", "i will be back",
    "i will return", "i'll be back", "i'm away", "i am away", "automatic reply", "automated reply", "auto-generated", "automatically generated",
    "automated response", "do not reply to this", "no longer work", "no longer with the company", "left the company",
    "nicht im büro", "nicht im haus", "im urlaub", "abwesend", "ich bin ab", "automatische antwort", "automatisch generiert",
    "wieder erreichbar", "absent du bureau", "absente du bureau", "absent jusqu", "absente jusqu", "en congé", "de retour le",
    "réponse automatique", "fuera de la oficina", "de vacaciones", "estaré ausente", "estoy ausente", "respuesta automática",
    "regresaré", "fora do escritório", "de férias", "estarei ausente", "resposta automática", "fuori sede", "fuori ufficio", "in ferie",
    "sono assente", "risposta automatica", "afwezig", "niet op kantoor", "op vakantie", "frånvarande", "semester till", "ute av kontoret",
    "på ferie", "ikke på kontoret", "lomalla", "poissa toimistolta", "nieobecn", "na urlopie", "poza biurem", "mimo kancelář",
    "na dovolené", "szabadságon", "в отпуске", "отсутств", "автоматическ", "у відпустці", "εκτός γραφείου", "σε άδεια", "ofis dışında",
    "izindeyim", "vắng mặt", "nghỉ phép", "trả lời tự động", "cuti", "不在にして", "休暇", "自動返信", "自動的に", "不在办公室", "不在辦公室", "休假", "自动回复",
    "自動回覆", "부재중", "휴가", "자동", "נעדר", "בחופשה", "خارج المكتب", "في إجازة",
});
// clang-format on

// "Automatic reply: Pumps", "Automatic reply" and "Automatic reply (away) …", but not "Automatic reply systems", nor
// "Automatische Antwortmaschine". Some words are but a beginning: "risposta automatica".
bool is_title(string_view folded, std::size_t length) {
  if (folded[length - 1] == ':' || folded[length - 1] == ']' || folded.substr(0, length).ends_with("】")) return true;
  auto rest = folded.substr(length);
  constexpr auto kBeginnings = std::to_array<string_view>({"vacation auto", "risposta automat", "autosvar"});
  const auto words = folded.substr(0, length);
  if (std::any_of(kBeginnings.begin(), kBeginnings.end(), [&](string_view one) { return one == words; }))
    while (!rest.empty() && (ascii::is_alpha(rest.front()) || ascii::is_8bit(rest.front()))) rest.remove_prefix(1);
  while (!rest.empty() && (rest.front() == ' ' || rest.starts_with("\u00a0")))
    rest.remove_prefix(rest.front() == ' ' ? 1 : 2);
  if (rest.empty() || string_view(":-([,.!|;").find(rest.front()) != string_view::npos) return true;
  constexpr auto kLinks = std::to_array<string_view>(
      {"re:", "re ", "from ", "to ", "to:", "von ", "de ", "van ", "auf ", "an ", "für ", "till ", "til "});
  return std::any_of(kLinks.begin(), kLinks.end(), [&](string_view word) { return rest.starts_with(word); });
}

}  // namespace

AutoSubject auto_subject(string_view subject) {
  constexpr std::size_t kRead = 400;
  // Some answer with "Re: Automatic reply: …": the machine's words still lead.
  auto folded = fold_case(read_subject(utf8_prefix(subject, kRead)).base);
  const auto start = folded.find_first_not_of(" \t*-");
  if (start == std::string::npos) return AutoSubject::none;
  folded.erase(0, start);
  const auto strong =
      std::find_if(kStrong.begin(), kStrong.end(), [&](string_view words) { return folded.starts_with(words); });
  if (strong != kStrong.end()) return is_title(folded, strong->size()) ? AutoSubject::strong : AutoSubject::weak;
  // Notes: "AUTO: Ann Bell is out of the office (returning 03/19/2026)"
  constexpr string_view kNotes = "auto:";
  const auto is_weak = [&](string_view words) { return words != kNotes && folded.find(words) != std::string::npos; };
  if (folded.starts_with(kNotes) && std::any_of(kWeak.begin(), kWeak.end(), is_weak)) return AutoSubject::strong;
  if (std::any_of(kWeak.begin(), kWeak.end(),
                  [&](string_view words) { return folded.find(words) != std::string::npos; }))
    return AutoSubject::weak;
  return AutoSubject::none;
}

bool says_away(string_view text) {
  constexpr std::size_t kRead = 1200;
  const auto folded = fold_case(utf8_prefix(text, kRead));
  return std::any_of(kAway.begin(), kAway.end(),
                     [&](string_view words) { return folded.find(words) != std::string::npos; });
}

}  // namespace leadmail::mail::message
