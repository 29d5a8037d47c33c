#include "mail/message/gesture.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/fold_case.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/reply_words.h"
#include "mail/message/text_lines.h"
#include "mail/message/word_index.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kMostLines = 12;
constexpr std::size_t kLongestLine = 400;
constexpr std::size_t kLongestEmoji = 64;

// clang-format off
constexpr auto kReactions = std::to_array<WordRow>({
    {"en", "reacted to your message|reacted to a message|reacted via gmail"},
    {"de nl", "hat auf ihre nachricht reagiert|hat auf deine nachricht reagiert|heeft gereageerd op uw bericht|heeft op uw bericht gereageerd|heeft gereageerd op je bericht|heeft op je bericht gereageerd"},
    {"fr", "a réagi à votre message|a réagi à ton message"},
    {"es pt it ca", "reaccionó a tu mensaje|reaccionó a su mensaje|ha reaccionado a tu mensaje|ha reaccionado a su mensaje|reagiu à sua mensagem|reagiu à tua mensagem|reagiu a sua mensagem|ha reagito al tuo messaggio|ha reagito al messaggio|ha reaccionat al teu missatge"},
    {"sv da no fi", "reagerade på ditt meddelande|har reagerat på ditt meddelande|reagerede på din meddelelse|har reageret på din meddelelse|har reageret på din besked|reagerte på meldingen din|har reagert på meldingen din|reagoi viestiisi"},
    {"pl cs sk hu ro", "zareagował(a) na twoją wiadomość|zareagował na twoją wiadomość|zareagowała na twoją wiadomość|zareagoval(a) na vaši zprávu|zareagoval na vaši zprávu|zareagovala na vaši zprávu|zareagoval(a) na vašu správu|reagált az üzenetére|reagált az üzenetedre|a reacționat la mesajul dvs|a reacționat la mesajul tău"},
    {"ru uk el tr", "отреагировал(а) на ваше сообщение|отреагировал на ваше сообщение|отреагировала на ваше сообщение|реагує на ваше повідомлення|відреагував(-ла) на ваше повідомлення|αντέδρασε στο μήνυμά σας|iletinize tepki verdi|mesajınıza tepki verdi"},
    {"vi id th", "đã bày tỏ cảm xúc với tin nhắn của bạn|đã bày tỏ cảm xúc về thư của bạn|đã phản ứng với tin nhắn của bạn|đã phản ứng với thư của bạn|bereaksi terhadap pesan anda|memberi reaksi pada pesan anda"},
    {"ja zh ko", "さんがあなたのメッセージにリアクションしました|があなたのメッセージに反応しました|对你的邮件做出了反应|对您的邮件做出了反应|對您的郵件做出反應|回应了你的邮件|님이 메시지에 반응했습니다|님이 회원님의 메시지에 반응했습니다"},
});
constexpr auto kRecalls = std::to_array<WordRow>({
    {"en", "would like to recall the message"},
    {"de nl", "möchte die nachricht|wil het bericht"},
    {"fr", "souhaite rappeler le message|aimerait rappeler le message|voudrait rappeler le message"},
    {"es pt it", "desea recuperar el mensaje|quiere recuperar el mensaje|quisiera recuperar el mensaje|gostaria de recuperar a mensagem|gostaria de cancelar a mensagem|pretende anular a mensagem|desidera richiamare il messaggio|vorrebbe richiamare il messaggio"},
    {"sv da no fi", "vill återkalla meddelandet|vil gerne tilbagekalde meddelelsen|vil gerne tilbagekalde beskeden|ønsker å tilbakekalle meldingen|vil tilbakekalle meldingen|haluaa peruuttaa viestin"},
    {"pl cs hu ru", "chce odwołać wiadomość|chciałby odwołać wiadomość|si přeje odvolat zprávu|chce odvolat zprávu|szeretné visszahívni a következő üzenetet|хочет отозвать сообщение|хотел бы отозвать сообщение"},
    {"vi ja zh ko", "muốn thu hồi thư|muốn thu hồi tin nhắn|muốn hủy thư|次のメッセージを取り消します|メッセージを取り消したい|想要撤回邮件|希望撤回邮件|想要收回郵件|메시지를 회수하려고 합니다"},
});
// What must stand behind, where the words above begin other sentences too.
constexpr auto kRecallEnds = std::to_array<string_view>({"zurückrufen", "intrekken"});
// clang-format on

// Signs that are not writing: an emoji, a picture's place, marks.
bool is_wordless(string_view line) {
  if (line.size() > kLongestEmoji) return false;
  if (line.starts_with('[') && line.ends_with(']')) return true;
  return std::none_of(line.begin(), line.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return ascii::is_alnum(c) || (byte >= 0xC3 && byte < 0xE2) || (byte >= 0xE3 && byte < 0xEF);
  });
}

string_view without_marks(string_view body) {
  return trim_blank(body.substr(std::min(body.find_first_not_of("> "), body.size())));
}

}  // namespace

std::string read_reaction_part(string_view json) {
  constexpr std::size_t kLongestPart = 4096;
  if (json.size() > kLongestPart) return {};
  const auto said = nlohmann::json::parse(json, nullptr, false);
  if (!said.is_object() || !said.contains("emoji") || !said["emoji"].is_string()) return {};
  return std::string(utf8_prefix(said["emoji"].get_ref<const std::string&>(), kLongestEmoji));
}

std::string read_reaction_text(string_view reply) {
  const auto lines = read_lines(reply, kMostLines);
  if (lines.size() > kMostLines) return {};
  std::string told, emoji;
  for (const auto& line : lines) {
    const auto body = without_marks(line.body);
    if (body.empty()) continue;
    if (body.size() > kLongestLine) return {};
    std::string room;
    // "👍 Ann Bell reacted via Gmail <https://…>"
    const auto words = trim_blank(body.substr(0, body.find("<http")));
    const auto folded = ascii::lower(fold_case(words, room));
    const auto last = folded.find_last_not_of(":. !…：。");
    const auto said = string_view(folded).substr(0, last == std::string::npos ? 0 : last + 1);
    if (told.empty() && ends_with_one_of<kWordsOf<kReactions>>(said)) {
      told = words;
    } else if (is_wordless(body)) {
      if (emoji.empty() && !is_rule(body) && !body.starts_with('[')) emoji = body;
    } else {
      return {};
    }
  }
  return told.empty() || emoji.empty() ? told : emoji;
}

std::string read_recall(string_view text) {
  text = trim_blank(text);
  if (text.empty() || text.size() > kLongestLine || text.find("\n\n") != string_view::npos) return {};
  std::string room;
  const auto folded = ascii::lower(fold_case(text, room));
  if (!contains_one_of<kWordsOf<kRecalls>>(folded)) return {};
  const bool begins_others =
      folded.find("möchte die nachricht") != std::string::npos || folded.find("wil het bericht") != std::string::npos;
  if (begins_others && std::none_of(kRecallEnds.begin(), kRecallEnds.end(),
                                    [&](string_view end) { return folded.find(end) != std::string::npos; }))
    return {};
  struct Pair {
    string_view open, close;
  };
  for (const auto& [open, close] :
       std::to_array<Pair>({{"\"", "\""}, {"“", "”"}, {"„", "“"}, {"«", "»"}, {"”", "”"}, {"'", "'"}, {"「", "」"}})) {
    const auto at = text.find(open);
    const auto end = text.rfind(close);
    if (at == string_view::npos || end == string_view::npos || end < at + open.size()) continue;
    // Behind the subject stands a verb at most.
    constexpr std::size_t kFewWords = 2;
    const auto rest = text.substr(end + close.size());
    return word_count(rest) <= kFewWords
               ? std::string(trim_blank(text.substr(at + open.size(), end - at - open.size())))
               : std::string{};
  }
  return {};
}

}  // namespace leadmail::mail::message
