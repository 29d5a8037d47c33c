#include "mail/imap/sent_folder.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "mail/imap/command.h"

namespace leadmail::mail::imap {
namespace {

// ASCII in lower case; the rest as it is written.
constexpr std::array<std::string_view, 44> kNames{"sent",
                                                  "sent items",
                                                  "sent messages",
                                                  "sent mail",
                                                  "sent-mail",
                                                  "enviados",
                                                  "elementos enviados",
                                                  "correo enviado",
                                                  "mensajes enviados",
                                                  "itens enviados",
                                                  "e-mails enviados",
                                                  "enviadas",
                                                  "gesendet",
                                                  "gesendete elemente",
                                                  "gesendete objekte",
                                                  "gesendete nachrichten",
                                                  "envoyés",
                                                  "Éléments envoyés",
                                                  "messages envoyés",
                                                  "courrier envoyé",
                                                  "posta inviata",
                                                  "inviati",
                                                  "inviata",
                                                  "verzonden",
                                                  "verzonden items",
                                                  "verzonden berichten",
                                                  "skickat",
                                                  "skickade objekt",
                                                  "sendt",
                                                  "sendt post",
                                                  "sendte elementer",
                                                  "wysłane",
                                                  "elementy wysłane",
                                                  "odeslané",
                                                  "odeslaná pošta",
                                                  "Отправленные",
                                                  "Надіслані",
                                                  "gönderilmiş Öğeler",
                                                  "Đã gửi",
                                                  "thư đã gửi",
                                                  "已发送",
                                                  "已发送邮件",
                                                  "送信済み",
                                                  "送信済みアイテム"};

std::string lower(std::string_view text) {
  std::string all(text);
  std::transform(all.begin(), all.end(), all.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return all;
}

bool has_attribute(const Folder& folder, std::string_view wanted) {
  return std::any_of(folder.attributes.begin(), folder.attributes.end(),
                     [&](const std::string& attribute) { return lower(attribute) == wanted; });
}

/// What stands behind the last delimiter.
std::string_view last_part(const Folder& folder) {
  const std::string_view name = folder.name;
  if (folder.delimiter == '\0') return name;
  const auto at = name.rfind(folder.delimiter);
  return at == std::string_view::npos ? name : name.substr(at + 1);
}

}  // namespace

std::optional<std::string> find_sent(const std::vector<Folder>& folders) {
  const Folder* best = nullptr;
  for (const Folder& folder : folders) {
    if (has_attribute(folder, "\\noselect") || has_attribute(folder, "\\nonexistent")) continue;
    if (!folder_argument(folder.name)) continue;
    if (has_attribute(folder, "\\sent")) return folder.name;
    const bool named = std::find(kNames.begin(), kNames.end(), lower(last_part(folder))) != kNames.end();
    if (named && (best == nullptr || folder.name.size() < best->name.size())) best = &folder;
  }
  return best == nullptr ? std::nullopt : std::optional(best->name);
}

}  // namespace leadmail::mail::imap
