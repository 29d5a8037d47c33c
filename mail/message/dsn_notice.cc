#include "mail/message/dsn_notice.h"

#include <algorithm>
#include <array>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/dsn_text.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/subject.h"
#include "mail/message/text_lines.h"
#include "mail/message/word_index.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kRead = std::size_t{16} * 1024;  // bytes of text; a notice comes to the point

// clang-format off
// All in the spelling of NFKC case folding: small letters, "ss" for sharp s.
constexpr auto kUndelivered = std::to_array<string_view>({
    // en
    "could not be delivered", "couldn't be delivered", "cannot be delivered", "can not be delivered", "can't be delivered", "not delivered",
    "unable to deliver", "wasn't able to deliver", "was not able to deliver", "was unable to deliver", "could not deliver", "cannot deliver",
    "can't deliver", "couldn't deliver", "not be delivered", "undeliverable", "undelivered", "delivery failed", "delivery failure",
    "delivery has failed", "failed to deliver", "failed permanently", "failed recipient", "failed address", "mail failed",
    "message delivery", "not yet been delivered", "has been delayed", "delivery is delayed", "delayed mail",
    "address(es) failed", "address failed", "addresses failed", "addresses had", "did not reach the following", "not receive a copy",
    "returned to sender", "returned to you", "returned message", "returned mail", "transcript of session", "unknown user", "user unknown",
    "no such user", "unknown host", "unknown recipient", "no valid recipient", "recipient rejected", "recipient address rejected",
    "recipient unknown", "mailbox unavailable", "mailbox unknown", "mailbox full", "mailbox is full", "mailbox not found", "over quota",
    "quota exceeded", "unrouteable address", "unknown address", "address not found", "invalid user address", "invalid recipient",
    "invalid address", "invalid final delivery", "did not exactly match", "does not exist", "doesn't exist", "no longer valid",
    "permanent error", "permanent fatal error", "fatal error", "delivery error", "delivery to the following", "delevery to the following",
    "exceeds allowed size", "attempting to deliver", "been postponed", "continue to try to deliver", "delivery attempts will", "message rejected", "automatically rejected", "was rejected", "were rejected", "rejected by",
    "has been blocked", "was blocked", "wasn't sent", "was not sent", "could not be sent", "could not send", "not accepting mail",
    "returning message to sender", "not a member of", "you tried to contact", "host unknown", "host not found", "domain not found",
    "failure reasons", "failure notice", "giving up", "i'm afraid i wasn't", "unable to relay", "relaying denied",
    // de nl
    "wird zurückgesandt", "zurückgeschickt", "nicht zugestellt", "nicht zustellbar", "unzustellbar", "nicht ausgeliefert",
    "zustellung fehlgeschlagen", "zustellung ist fehlgeschlagen", "übermittlung fehlgeschlagen", "empfänger unbekannt", "unbekannter empfänger",
    "niet worden bezorgd", "niet worden afgeleverd", "niet bezorgd", "niet afgeleverd", "onbestelbaar",
    // fr es pt it ca ro
    "n'a pas pu être", "n'a pas pu etre", "n'a pas été délivré", "n'a pas été remis", "n’a pas pu être", "non remis", "non distribué",
    "échec de la remise", "destinataire inconnu", "impossible de remettre", "impossible de délivrer",
    "no se pudo entregar", "no se ha podido entregar", "no pudo ser entregado", "no ha podido ser entregado", "no se puede entregar",
    "no fue entregado", "no ha sido entregado", "no entregado", "fallo en la entrega", "error en la entrega", "devuelto al remitente",
    "não foi possível entregar", "não pôde ser entregue", "não pode ser entregue", "nao pode ser entregue", "nao pode ser enviada",
    "não foi entregue", "nao foi possivel entregar", "não entregue", "falha na entrega", "devolvida ao remetente", "devolvido ao remetente",
    "impossibile recapitare", "impossibile consegnare", "non è stato possibile", "non è stato consegnato", "non consegnato", "non recapita",
    "mancata consegna", "mancato recapito", "no s'ha pogut lliurar", "nu a putut fi livrat", "nelivrat",
    // sv da no fi
    "kunde inte levereras", "kan inte levereras", "inte levererats", "kunne ikke leveres", "kan ikke leveres", "ikke leveret", "ikke levert",
    "ei voitu toimittaa", "ei voida toimittaa", "toimitus epäonnistui",
    // pl cs sk hu hr sl
    "zostać dostarczon", "została dostarczon", "nie można dostarczyć", "nie udało się dostarczyć", "niedostarczon", "nie dostarczono",
    "být doručen", "nebyla doručena", "nelze doručit", "nedoručen", "nepodařilo se doručit", "nebolo možné doručiť", "nepodarilo sa doručiť",
    "nem kézbesíthető", "kézbesíthetetlen", "kézbesítése sikertelen", "nem sikerült kézbesíteni", "nije isporučen", "ni bilo mogoče dostaviti",
    // ru uk bg el tr
    "не доставлен", "не было доставлен", "не может быть доставлен", "не удалось доставить", "не удается доставить", "недоставлен", "ошибка доставки",
    "не вдалося доставити", "не може бути доставлен", "δεν ήταν δυνατή η παράδοση", "δεν παραδόθηκε", "δεν μπόρεσε να παραδοθεί",
    "teslim edilemedi", "teslim edilemiyor", "iletilemedi", "gönderilemedi",
    // vi id ja zh ko he ar
    "không gửi được", "không thể gửi", "không chuyển được", "không thể chuyển", "bị trả lại", "gửi thất bại", "tidak dapat dikirim", "gagal dikirim",
    "gagal terkirim", "送信できません", "送信に失敗", "配信できません", "配信に失敗", "配信不能", "配達できません", "届けることができません", "届きませんでした", "送信エラー", "不達",
    "無法傳送", "無法傳遞", "無法投遞", "无法投递", "无法送达", "无法传递", "投递失败", "投遞失敗", "发送失败", "傳送失敗", "退信", "被退回", "배달되지", "배달할 수 없", "전송되지",
    "전송 실패", "전송에 실패", "발송 실패", "발송에 실패", "전달되지", "반송", "לא ניתן למסור", "לא נמסרה", "تعذر تسليم", "لم يتم تسليم",
});
constexpr auto kSubjects = std::to_array<string_view>({
    // en
    "undelivered", "undeliverable", "returned mail", "returned message", "failure notice", "delivery status notification", "delivery failure",
    "delivery failed", "delivery notification", "delivery error", "delivery status", "delivery problem", "delivery delayed", "delivery delay",
    "mail delivery", "message delivery", "mail system error", "mail failure", "mail failed", "message status", "warning: could not send",
    "warning: message", "non delivery", "non-delivery", "nondeliverable", "nondelivery", "returned to sender", "mail could not be delivered",
    "message could not be delivered", "could not deliver", "message undeliverable", "rejected mail", "mail rejected", "message rejected",
    "automatically rejected mail", "delayed mail", "mail not delivered", "mail undeliverable", "unable to deliver", "permanent delivery failure",
    "temporary delivery failure", "transient failure", "postmaster notify", "failed mail", "failed delivery", "email delivery", "mail returned",
    "email returned", "message not delivered", "email not delivered", "[bounce]", "bounce", "user unknown", "unknown user", "address not found",
    // de nl
    "zustellungsfehler", "unzustellbar", "nicht zustellbar", "nicht zugestellt", "zustellung", "benachrichtung zum übermittlungsstatus", "benachrichtigung zum übermittlungsstatus",
    "mailzustellung", "mail-zustellung", "onbestelbaar", "niet bezorgd", "niet-bezorgd", "mislukte bezorging", "niet afgeleverd",
    // fr es pt it
    "non remis", "échec de", "echec de", "message non", "retour à l'expéditeur", "notification d'état de remise", "notification d’état de remise",
    "no se puede entregar", "no se pudo entregar", "no entregado", "mensaje no entregado", "notificación del estado de", "notificación de estado de",
    "error de entrega", "fallo de entrega", "fallo en la entrega", "error en la entrega", "correo no entregado", "correo devuelto",
    "não é possível entregar", "não entregue", "mensagem não entregue", "falha na entrega", "erro na entrega", "notificação de status de entrega",
    "notificação do status de entrega", "notificação de estado da entrega", "non recapitabile", "impossibile recapitare", "mancato recapito",
    "mancata consegna", "avviso di mancata consegna", "messaggio non consegnato", "errore di consegna", "notifica sullo stato del recapito", "notifica di mancato recapito",
    // sv da no fi
    "olevererbart", "kan inte levereras", "ej levererbart", "leveransfel", "kan ikke leveres", "ikke levert", "ikke leveret", "uleveret",
    "leveringsfejl", "leveringsfeil", "toimittamaton", "ei voi toimittaa", "ei voitu toimittaa",
    // pl cs sk hu ro
    "niedostarczal", "nie można dostarczyć", "niedostarczon", "nie dostarczono", "zwrot wiadomości", "zwrot poczty", "nedoručitel", "nedoručiteľ",
    "nedoručen", "nelze doručit", "kézbesíthetetlen", "sikertelen kézbesítés", "nelivrabil", "nelivrat",
    // ru uk el tr
    "не доставлено", "недоставлен", "не удается доставить", "не удалось доставить", "сообщение не доставлено", "письмо не доставлено", "ошибка доставки",
    "уведомление о состоянии доставки", "αδύνατη η παράδοση", "αποτυχία παράδοσης", "teslim edilemedi", "teslim edilemeyen", "iletilemedi",
    // vi id th ja zh ko he ar
    "không gửi được", "thư không gửi được", "thư bị trả lại", "gửi thư thất bại", "tidak terkirim", "tidak dapat dikirim", "ส่งไม่สําเร็จ",
    "配信不能", "送信エラー", "送信不能", "配信エラー", "配信失敗", "メール送信エラー", "メール配信エラー", "エラーメール", "退信", "系统退信", "系統退信", "退信通知", "自动退信", "无法投递", "无法送达",
    "无法传递", "無法傳遞", "無法投遞", "傳遞失敗", "傳送失敗", "投递失败", "投遞失敗", "邮件投递失败", "发送失败", "邮件发送失败", "邮件传输失败", "未送达", "배달 실패", "배달되지 않음", "전송 실패", "발송 실패",
    "메일 전송 실패", "메일 발송 실패", "메일 배달 실패", "반송", "[반송", "לא ניתן למסירה", "غير قابل للتسليم", "تعذر التسليم",
});
// What people write about themselves and notices never do.
constexpr auto kOwnWords = std::to_array<string_view>({
    " my ", " i got ", " i have ", " i've ", " i am ", " i tried ", " i received ", " i sent ", " i think ", " can you ", " could you ",
    " ich habe ", " ich bekomme ", " meine ", " mein ", " j'ai ", " mon ", " he recibido ", " mi ", " tôi ",
});
// clang-format on

std::string folded(string_view text) { return fold_case(utf8_prefix(text, kRead)); }

string_view local_part(const Address& from) { return string_view(from.address).substr(0, from.address.find('@')); }

bool calls_itself_daemon(const Identity& identity) {
  constexpr auto kNames = std::to_array<string_view>({"mailer-daemon", "mailer_daemon", "mailerdaemon", "mail-daemon",
                                                      "mail.delivery.system", "maildelivery", "mail-delivery",
                                                      "mdaemon", "microsoftexchange"});
  constexpr auto kDisplay = std::to_array<string_view>({"mail delivery", "mailer-daemon", "mailer daemon",
                                                        "mail deliver", "delivery subsystem", "mail system",
                                                        "mailsystem", "delivery status", "internet mail delivery"});
  if (identity.return_path == "mailer-daemon" || ascii::starts_with(identity.return_path, "mailer-daemon@"))
    return true;
  if (identity.from.empty()) return identity.header.has("From");  // "From: <>"
  const auto& from = identity.from.front();
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](string_view n) { return starts_with_fold(local_part(from), n); }) ||
         std::any_of(kDisplay.begin(), kDisplay.end(), [&](string_view n) { return starts_with_fold(from.name, n); });
}

bool speaks_for_the_house(const Identity& identity) {
  constexpr auto kNames = std::to_array<string_view>(
      {"postmaster", "post_master", "post.master", "system administrator", "system.administrator",
       "\"system administrator", "mail-administrator", "mailadmin", "mail.admin", "bounce", "complaints"});
  constexpr auto kDisplay = std::to_array<string_view>(
      {"system administrator", "postmaster", "mail administrator", "systemadministrator", "administrateur système",
       "administrador del sistema", "amministratore di sistema", "administrador do sistema"});
  if (const auto value = identity.header.first("Auto-Submitted");
      value && !starts_with_fold(trim_blank(*value), "no") && !trim_blank(*value).empty())
    return true;
  // X-Ricevuta: Italy's certified mail.
  if (identity.header.has("X-Autogenerated") || identity.header.has("X-Auto-Generated") ||
      identity.header.has("X-Ricevuta"))
    return true;
  if (identity.from.empty()) return false;
  const auto& from = identity.from.front();
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](string_view n) { return starts_with_fold(local_part(from), n); }) ||
         std::any_of(kDisplay.begin(), kDisplay.end(), [&](string_view n) { return starts_with_fold(from.name, n); });
}

bool asks(string_view line) {
  return line.ends_with('?') || line.ends_with("？") || line.find("? ") != string_view::npos;
}

// A greeting, a question, a quotation, a closing: somebody wrote it.
bool reads_like_a_letter(string_view prose) {
  constexpr std::size_t kLines = 60;
  constexpr std::size_t kOpening = 5;
  std::size_t shown = 0;
  for (const auto& line : read_lines(utf8_prefix(prose, kRead), 400)) {
    if (line.blank) continue;
    if (++shown > kLines) return false;
    if (shown <= kOpening && (is_greeting(line.body) || is_original_marker(line.body))) return true;
    if (is_forward_marker(line.body) || sign_off(line.body) == SignOff::formal) return true;
    if (asks(line.body)) return true;
    if (line.body.ends_with(':') && ends_with_quote_verb(line.body.substr(0, line.body.size() - 1))) return true;
    if (contains_one_of<kOwnWords>(fold_case(" " + std::string(line.body) + " "))) return true;
  }
  return false;
}

}  // namespace

Speaker speaker_of(const Identity& identity) {
  if (calls_itself_daemon(identity)) return Speaker::daemon;
  if (identity.return_path == "<>") return Speaker::relay;
  return speaks_for_the_house(identity) ? Speaker::house : Speaker::anybody;
}

bool says_undelivered(string_view text) { return contains_one_of<kUndelivered>(folded(text)); }

bool is_bounce_subject(string_view subject) {
  auto words = folded(trim_blank(subject.substr(0, 400)));
  // "[SPAM?] Undeliverable: …", "***Undelivered …", "<Undeliverable> …"
  const auto start = words.find_first_not_of("*<>!=- \"'【");
  if (start == std::string::npos) return false;
  if (words[start] == '[' && !begins_with_one_of<kSubjects>(string_view(words).substr(start))) {
    if (const auto close = words.find(']', start); close < 30)  // or there is none
      return begins_with_one_of<kSubjects>(trim_blank(string_view(words).substr(close + 1)));
  }
  return begins_with_one_of<kSubjects>(string_view(words).substr(start)) || begins_with_one_of<kSubjects>(words);
}

bool answers_bounce_subject(string_view subject) {
  const auto read = read_subject(subject);
  return (read.is_reply || read.is_forward) && is_bounce_subject(read.base);
}

bool is_notice(const Identity& identity, const NoticeSigns& signs) {
  const auto speaker = speaker_of(identity);
  const bool announced = is_bounce_subject(identity.subject) || says_undelivered(identity.subject);
  if (speaker == Speaker::daemon) return announced || signs.encloses_copy || says_undelivered(signs.prose);
  const bool anybody = speaker == Speaker::anybody;
  if (anybody && !announced) return false;
  if (anybody && identity.header.has("List-Unsubscribe")) return false;
  const bool names = names_who_failed(signs.prose, signs.told_ones, anybody);
  const bool proves = signs.encloses_copy || quotes_server(signs.prose.substr(0, kRead));
  if (speaker == Speaker::relay && announced && (names || proves)) return true;
  if (answers_bounce_subject(identity.subject) || reads_like_a_letter(notice_of(signs.prose))) return false;
  if (anybody) return names;
  return announced ? names || signs.encloses_copy : names && proves;
}

}  // namespace leadmail::mail::message
