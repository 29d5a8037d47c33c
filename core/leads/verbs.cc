// The words of the command language.
#include <algorithm>
#include <array>

#include "core/leads/command.h"
#include "core/leads/fold.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

// clang-format off: a table
constexpr auto kVerbs = std::to_array<VerbRow>({
    // verb              en                     es                           vi                          example done
    // simple
    {Verb::create, "new", "nuevo|nueva", "mới|tạo|khách mới", "new María Pérez <maria@x.example>, Acme SA", true, true},
    {Verb::status, "status", "estado|estatus", "trạng thái", "status interested", true, false},
    {Verb::next, "next", "siguiente|próximo|próxima", "tiếp theo|tiếp|hẹn",
     "next tomorrow 10:00 by luis call about the offer", true, true},
    {Verb::snooze, "snooze", "posponer|aplazar|pospón", "hoãn|dời", "snooze 2d", true, true},
    {Verb::assign, "assign", "asignar|asigna", "giao|phân công", "assign luis", true, false},
    {Verb::claim, "claim", "tomar|reclamar", "nhận", "claim", true, false},
    {Verb::note, "note|notes", "nota|notas", "ghi chú", "note internal text", true, true},
    {Verb::event, "event", "evento", "sự kiện", "event meeting 2026-12-03 10:00 1h at their office", true, false},
    {Verb::contact, "contact", "contacto", "liên hệ|người liên hệ", "contact María Pérez <maria@x.example>, decider",
     true, false},
    {Verb::address, "address", "dirección", "địa chỉ", "address Calle 5, 01000 México", true, false},
    {Verb::set, "set|change", "poner|fijar|cambiar", "đặt|đổi", "set budget 5000 EUR", true, false},
    {Verb::tag, "tag", "etiqueta|etiquetar", "thẻ|gắn thẻ|nhãn|gắn nhãn", "tag trade-fair", true, false},
    {Verb::qualify, "qualify", "calificar", "sàng lọc|đánh giá", "qualify budget yes, authority no", true, false},
    {Verb::score, "score", "puntuar|puntos|puntaje", "chấm điểm|điểm", "score 4 3 5 4 3", true, false},
    {Verb::step, "step", "paso", "bước", "step demo done 2026-11-30", true, false},
    {Verb::opportunity, "opportunity", "oportunidad", "cơ hội", "opportunity 12000 EUR 60% close 2027-01-31", true,
     false},
    {Verb::stage, "stage", "etapa", "giai đoạn", "stage negotiation", true, false},
    {Verb::quote, "quote|quotation", "cotización|cotizar", "báo giá", "quote 12000 EUR valid 30d", true, false},
    {Verb::lost, "lost", "perdido|perdida", "mất|thua", "lost price", true, false},
    {Verb::won, "won", "ganado|ganada", "thắng", "won", true, false},
    {Verb::order, "order", "pedido|orden", "đơn hàng", "order 4711", true, false},
    {Verb::customer, "customer", "cliente", "khách hàng", "customer", true, false},
    {Verb::dnc, "dnc", "no contactar", "không liên hệ", "dnc", true, false},
    {Verb::merge, "merge", "unir|fusionar", "gộp", "merge L-12", true, false},
    {Verb::split, "split", "separar|dividir", "tách", "split", true, false},
    {Verb::move, "move", "mover", "chuyển", "move L-12", true, false},
    {Verb::show, "show", "ver|mostrar", "xem", "show L-12", true, true},
    {Verb::list, "list", "lista|listar", "danh sách", "list due", true, true},
    {Verb::find, "find", "buscar|busca", "tìm|tìm kiếm", "find acme", true, true},
    {Verb::away, "away", "ausente", "vắng|vắng mặt|nghỉ", "away until 2027-01-07", true, true},
    {Verb::accept, "accept", "aceptar", "chấp nhận", "accept 3,5", true, true},
    {Verb::block, "block", "bloquear", "chặn", "block 7", true, true},
    {Verb::undo, "undo", "deshacer", "hoàn tác", "undo", true, false},
    {Verb::confirm, "confirm", "confirmar", "xác nhận", "confirm k7qm2x9fhb", true, false},
    {Verb::help, "help|?", "ayuda", "trợ giúp|giúp", "help", true, true},
});

constexpr auto kStatuses = std::to_array<StatusRow>({
    {Status::lead, "Lead", "Prospecto", "Tiềm năng"},
    {Status::open, "Open", "Abierto", "Đang mở"},
    {Status::replied, "Replied", "Respondido", "Đã trả lời"},
    {Status::interested, "Interested", "Interesado", "Quan tâm"},
    {Status::opportunity, "Opportunity", "Oportunidad", "Cơ hội"},
    {Status::quotation, "Quotation", "Cotización", "Báo giá"},
    {Status::lost_quotation, "Lost Quotation", "Cotización perdida", "Mất báo giá"},
    {Status::converted, "Converted", "Convertido", "Đã chuyển đổi"},
    {Status::do_not_contact, "Do Not Contact", "No contactar", "Không liên hệ"},
});
// clang-format on

constexpr bool verbs_are_in_order() {
  for (std::size_t i = 0; i < kVerbs.size(); ++i) {
    if (kVerbs[i].verb != static_cast<Verb>(i)) return false;
  }
  return kVerbs.size() == static_cast<std::size_t>(Verb::help) + 1;
}
static_assert(verbs_are_in_order(), "one row for each verb, in their order");
static_assert(kStatuses.size() == static_cast<std::size_t>(Status::do_not_contact) + 1);

std::string_view first_of(std::string_view alternatives) { return alternatives.substr(0, alternatives.find('|')); }

}  // namespace

std::span<const VerbRow> verbs() { return kVerbs; }

const VerbRow& row_of(Verb verb) { return kVerbs.at(static_cast<std::size_t>(verb)); }

std::string verb_name(Verb verb, std::string_view language) {
  const auto& row = row_of(verb);
  const auto alternatives = language == "es" ? row.es : language == "vi" ? row.vi : row.en;
  return "#" + std::string(first_of(alternatives));
}

std::span<const StatusRow> statuses() { return kStatuses; }

std::string_view label(Status status, std::string_view language) {
  const auto& row = kStatuses.at(static_cast<std::size_t>(status));
  return language == "es" ? row.es : language == "vi" ? row.vi : row.en;
}

std::optional<Status> read_status(std::string_view text) {
  constexpr std::size_t kLongEnough = 7;  ///< to be known with a slip of the keyboard
  auto wanted = fold(text);
  std::ranges::replace_if(
      wanted, [](char c) { return c == '-' || c == '_'; }, ' ');
  while (wanted.size() > 1 && std::string_view(".,;:!").find(wanted.back()) != std::string_view::npos)
    wanted.pop_back();
  const StatusRow* near = nullptr;
  for (const auto& row : kStatuses) {
    for (const auto name : {row.en, row.es, row.vi}) {
      const auto folded = fold(name);
      if (folded == wanted) return row.status;
      // A letter too many, too few or another one, where no other status is as near.
      if (wanted.size() < kLongEnough || distance(wanted, folded, 1) > 1 || near == &row) continue;
      if (near != nullptr) return std::nullopt;
      near = &row;
    }
  }
  return near == nullptr ? std::nullopt : std::optional(near->status);
}

}  // namespace leadmail::leads
