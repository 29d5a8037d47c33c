// How the values of a lead are called: those of the record, and those that come in numbers.
#include <algorithm>
#include <array>

#include "core/leads/record.h"

namespace leadmail::leads {
namespace {

struct Row {
  std::string_view name;
  std::string_view en;
  std::string_view es;
  std::string_view vi;
};

// clang-format off: a table
constexpr auto kRows = std::to_array<Row>({
    {"owner", "Owner", "Responsable", "Người phụ trách"},
    {"status", "Status", "Estado", "Trạng thái"},
    {"owed", "Answer owed", "Respuesta pendiente", "Cần trả lời"},
    {"budget", "Budget", "Presupuesto", "Ngân sách"},
    {"quantity", "Quantity", "Cantidad", "Số lượng"},
    {"phones", "Phones", "Teléfonos", "Điện thoại"},
    {"addresses", "Addresses", "Direcciones", "Địa chỉ"},
    {"attachments", "Attachments", "Adjuntos", "Tệp đính kèm"},
    {"tags", "Tags", "Etiquetas", "Thẻ"},
    {"customer", "Customer", "Cliente", "Khách hàng"},
    {"customer.since", "Customer since", "Cliente desde", "Khách hàng từ"},
    {"lost.reason", "Reason for the loss", "Motivo de la pérdida", "Lý do mất"},
    {"next.at", "Next contact", "Próximo contacto", "Liên hệ tiếp theo"},
    {"next.by", "Next contact by", "Contacta", "Người liên hệ"},
    {"next.note", "Note", "Nota", "Ghi chú"},
    {"away", "Away", "Ausente", "Vắng mặt"},
    {"lead", "Lead", "Prospecto", "Khách hàng"},
    {"evaluation.total", "Evaluation", "Evaluación", "Đánh giá"},
    {"evaluation.verdict", "Verdict", "Dictamen", "Nhận định"},
    {"evaluation.scores", "Scores", "Puntuaciones", "Điểm"},
});

// What comes in numbers: "opportunity.2.value" is "Opportunity 2: value".
constexpr auto kNumbered = std::to_array<Row>({
    {"contact", "Contact", "Contacto", "Người liên hệ"},
    {"opportunity", "Opportunity", "Oportunidad", "Cơ hội"},
    {"quotation", "Quotation", "Cotización", "Báo giá"},
    {"order", "Order", "Pedido", "Đơn hàng"},
    {"event", "Event", "Evento", "Sự kiện"},
});
constexpr auto kParts = std::to_array<Row>({
    {"name", "name", "nombre", "tên"},
    {"role", "role", "función", "vai trò"},
    {"title", "title", "cargo", "chức vụ"},
    {"emails", "e-mail", "correo", "email"},
    {"phones", "phone", "teléfono", "điện thoại"},
    {"value", "value", "valor", "giá trị"},
    {"total", "total", "total", "tổng"},
    {"lines", "lines", "partidas", "hạng mục"},
    {"currency", "currency", "moneda", "tiền tệ"},
    {"tax", "tax", "impuesto", "thuế"},
    {"probability", "probability %", "probabilidad %", "xác suất %"},
    {"stage", "stage", "etapa", "giai đoạn"},
    {"close", "expected close", "cierre previsto", "dự kiến chốt"},
    {"valid_until", "valid until", "válida hasta", "hiệu lực đến"},
    {"state", "state", "estado", "tình trạng"},
    {"reason", "reason", "motivo", "lý do"},
    {"note", "note", "nota", "ghi chú"},
    {"document", "document", "documento", "tài liệu"},
    {"number", "number", "número", "số"},
    {"at", "date", "fecha", "ngày"},
    {"opportunity", "opportunity", "oportunidad", "cơ hội"},
    {"quotation", "quotation", "cotización", "báo giá"},
    {"kind", "kind", "tipo", "loại"},
    {"length", "minutes", "minutos", "số phút"},
    {"place", "place", "lugar", "địa điểm"},
    {"by", "who", "quién", "ai"},
    {"guest", "invited", "invitado", "khách mời"},
    {"planned", "planned", "previsto", "dự kiến"},
    {"done_at", "done", "hecho", "đã xong"},
});
// clang-format on

template <std::size_t N>
std::string_view find(const std::array<Row, N>& rows, std::string_view name, std::string_view language) {
  const auto* const row = std::ranges::find(rows, name, &Row::name);
  if (row == rows.end()) return {};
  return language == "es" ? row->es : language == "vi" ? row->vi : row->en;
}

std::string of_step(std::string_view rest, std::string_view language, const RecordSpec& record) {
  const auto dot = rest.rfind('.');
  const auto step = std::ranges::find(record.steps, rest.substr(0, dot), &StepSpec::id);
  auto label = std::string(rest.substr(0, dot));
  if (step != record.steps.end()) {
    if (const auto found = step->labels.find(language); found != step->labels.end()) label = found->second;
  }
  const auto part = dot == std::string_view::npos ? std::string_view{} : find(kParts, rest.substr(dot + 1), language);
  return part.empty() ? label : label + ": " + std::string(part);
}

std::string of_question(std::string_view rest, std::string_view language) {
  const auto dot = std::min(rest.find('.'), rest.size());
  const auto& questions = qualification();
  const auto question = std::ranges::find(questions, rest.substr(0, dot), &FieldSpec::name);
  if (question == questions.end()) return {};
  const auto label = label_of(*question, language);
  return rest.substr(dot) == ".note" ? label + ": " + std::string(find(kParts, "note", language)) : label;
}

}  // namespace

std::string value_label(std::string_view field, std::string_view language, const RecordSpec& record) {
  const auto own = std::ranges::find(record.fields, field, &FieldSpec::name);
  if (own != record.fields.end()) return label_of(*own, language);
  if (const auto row = find(kRows, field, language); !row.empty()) return std::string(row);
  for (const auto& known : settable_fields(record)) {
    if (known.name == field) return label_of(known, language);
  }
  const auto dot = field.find('.');
  if (dot == std::string_view::npos) return {};
  const auto head = field.substr(0, dot);
  const auto rest = field.substr(dot + 1);
  if (head == "step") return of_step(rest, language, record);
  if (head == "qualification") return of_question(rest, language);
  const auto what = find(kNumbered, head, language);
  const auto last = rest.find('.');
  if (what.empty() || last == std::string_view::npos) return {};
  const auto part = find(kParts, rest.substr(last + 1), language);
  if (part.empty()) return {};
  const auto number = rest.substr(0, last) == "1" ? std::string{} : " " + std::string(rest.substr(0, last));
  return std::string(what) + number + ": " + std::string(part);
}

}  // namespace leadmail::leads
