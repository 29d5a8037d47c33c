#include "daemon/labels.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/leads/attachment.h"
#include "core/leads/command.h"
#include "core/leads/money.h"
#include "core/leads/quote_lines.h"
#include "core/leads/record.h"
#include "core/leads/text.h"
#include "daemon/amounts.h"
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

constexpr std::array kQuotationStates{
    Label{"open", "open", "abierta", "đang mở"},
    Label{"accepted", "accepted", "aceptada", "được chấp nhận"},
    Label{"lost", "lost", "perdida", "đã mất"},
    Label{"replaced", "replaced", "sustituida", "đã thay thế"},
};

// What an event that tells of no more than itself says.
constexpr std::array kHappened{
    Label{"answered", "answered", "respondió", "đã trả lời"},
    Label{"the answer did not leave", "the answer did not leave", "la respuesta no salió", "câu trả lời chưa gửi được"},
    Label{"wrote", "wrote", "escribió", "đã viết"},
    Label{"waits for an answer", "waits for an answer", "espera respuesta", "đang chờ trả lời"},
    Label{"by hand", "by hand", "a mano", "bằng tay"},
    Label{"made by hand", "made by hand", "creado a mano", "tạo bằng tay"},
    Label{"cleared", "cleared", "quitado", "đã xóa"},
    Label{"attached", "attached", "adjuntó", "đã đính kèm"},
    Label{"in copy", "in copy", "en copia", "đồng gửi"},
    Label{"confirmed", "confirmed", "confirmado", "đã xác nhận"},
    Label{"claimed", "claimed", "lo tomó", "đã nhận"},
    Label{"imported", "imported", "importado", "đã nhập"},
    Label{"ended newsletters", "ended newsletters", "se dio de baja de los boletines", "ngừng nhận bản tin"},
};

// Who does something and is no user.
constexpr std::array kActors{
    Label{"prospect", "the prospect", "el cliente", "khách"},
    Label{"rule", "a rule", "una regla", "quy tắc"},
    Label{"clock", "the clock", "el reloj", "đồng hồ"},
    Label{"server", "a mail server", "un servidor de correo", "máy chủ thư"},
    Label{"admin", "an administrator", "un administrador", "quản trị viên"},
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

std::string stage_label(std::string_view id, std::string_view language, const leads::RecordSpec& record) {
  for (const auto& stage : leads::stages_of(record)) {
    const auto label = stage.labels.find(std::string(language));
    if (stage.id == id && label != stage.labels.end()) return label->second;
  }
  return std::string(id);
}

std::string spell_lines(std::string_view value, std::string_view language) {
  std::vector<std::string> lines;
  for (const auto& text : leads::lines_of(value)) {
    const auto line = leads::quote_line_of(text);
    lines.push_back(line ? leads::spell_quote_line(*line, {}, language) : text);
  }
  return leads::join(lines, "; ");
}

/// With what it means.
std::string spell_total(std::string_view value, std::string_view language, const leads::RecordSpec& record) {
  int total = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), total);
  if (read.ec != std::errc{} || read.ptr != value.data() + value.size()) return std::string(value);
  const auto verdict = leads::verdict_of(record.evaluation, total, language);
  return std::string(value) + (verdict.empty() ? "" : ": " + verdict);
}

}  // namespace

std::string spell_happened(std::string_view text, std::string_view language) {
  return std::string(find(kHappened, text, language));
}

std::string spell_actor(std::string_view id, std::string_view language) {
  return std::string(find(kActors, id, language));
}

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
                        std::string_view zone, const leads::RecordSpec* record) {
  if (value.empty()) return "–";
  if (field == "status") {
    const auto status = leads::status_named(value);
    return status ? label_of(*status, language) : std::string(value);
  }
  if (field == "attachments" || (field.starts_with("quotation.") && field.ends_with(".document"))) {
    std::vector<leads::Attachment> files;
    for (const auto& line : leads::lines_of(value)) files.push_back(leads::read_attachment(line));
    return leads::names_of(files);
  }
  if (record != nullptr && field.starts_with("opportunity.") && field.ends_with(".stage"))
    return stage_label(value, language, *record);
  if (field.starts_with("quotation.") && field.ends_with(".lines")) return spell_lines(value, language);
  if (record != nullptr) {
    const auto own = std::ranges::find(record->fields, field, &leads::FieldSpec::name);
    if (own != record->fields.end() && own->type == leads::FieldType::money)
      return leads::spell_money(leads::money_of(value), language);
  }
  if (is_amount(field) && value.find_first_not_of("0123456789.") == std::string_view::npos)
    return spell_amount(value, {}, language);
  if (field == "evaluation.total" && record != nullptr) return spell_total(value, language, *record);
  if (field.starts_with("quotation.") && field.ends_with(".state"))
    return std::string(find(kQuotationStates, value, language));
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
