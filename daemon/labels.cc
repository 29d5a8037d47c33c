#include "daemon/labels.h"

#include <array>
#include <charconv>

#include "core/leads/command.h"
#include "daemon/wording.h"

namespace leadmail::daemon {
namespace {

struct Label {
  std::string_view name;
  std::string_view en;
  std::string_view es;
  std::string_view vi;
};

// What our mails name that is no value of the record.
constexpr std::array kWords{
    Label{"email", "E-mail", "Correo", "Email"},
    Label{"phone", "Phone", "Teléfono", "Điện thoại"},
    Label{"note", "Note", "Nota", "Ghi chú"},
    Label{"subject", "Subject", "Asunto", "Tiêu đề"},
    Label{"attachments", "Attachments", "Adjuntos", "Tệp đính kèm"},
    Label{"meeting", "Meeting", "Reunión", "Cuộc họp"},
    Label{"call", "Call", "Llamada", "Cuộc gọi"},
    Label{"visit", "Visit", "Visita", "Chuyến thăm"},
    Label{"help", "Help", "Ayuda", "Trợ giúp"},
    Label{"yes", "yes", "sí", "có"},
    Label{"no", "no", "no", "không"},
};

// Buttons of what a mail makes likely, by the command that they send.
constexpr std::array kCommands{
    Label{"#dnc", "Do not contact", "No contactar", "Không liên hệ"},
    Label{"#lost no answer", "Close: no answer", "Cerrar: sin respuesta", "Đóng: không trả lời"},
    Label{"#next in 7 days", "Remind me in 7 days", "Recordar en 7 días", "Nhắc tôi sau 7 ngày"},
};

template <std::size_t N>
std::string_view find(const std::array<Label, N>& labels, std::string_view name, std::string_view language) {
  for (const auto& label : labels) {
    if (label.name != name) continue;
    if (language == "es") return label.es;
    if (language == "vi") return label.vi;
    return label.en;
  }
  return name;
}

}  // namespace

std::string label_of(std::string_view field, std::string_view language, const leads::RecordSpec& record) {
  auto label = leads::value_label(field, language, record);
  return label.empty() ? std::string(find(kWords, field, language)) : label;
}

std::string label_of(leads::Status status, std::string_view language) {
  return std::string(leads::label(status, language));
}

std::string label_of_command(std::string_view command, std::string_view language) {
  return std::string(find(kCommands, command, language));
}

std::string spell_value(std::string_view field, std::string_view value, std::string_view language,
                        std::string_view zone) {
  if (value.empty()) return "–";
  if (field == "status") {
    const auto status = leads::status_named(value);
    return status ? label_of(*status, language) : std::string(value);
  }
  if (value == "yes" || value == "no") return std::string(find(kWords, value, language));
  if (field.starts_with("event.") && field.ends_with(".kind")) return std::string(find(kWords, value, language));
  const bool is_instant =
      field == "next.at" || field == "first_contact_at" || (field.starts_with("event.") && field.ends_with(".at"));
  if (is_instant) {
    std::int64_t at = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), at);
    if (read.ec == std::errc{} && read.ptr == value.data() + value.size())
      return spell_time(from_unix(at), zone, language);
  }
  return std::string(value);
}

}  // namespace leadmail::daemon
