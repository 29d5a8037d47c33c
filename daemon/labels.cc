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

constexpr std::array kFields{
    Label{"name", "Name", "Nombre", "Tên"},
    Label{"email", "E-mail", "Correo", "Email"},
    Label{"phone", "Phone", "Teléfono", "Điện thoại"},
    Label{"phones", "Phones", "Teléfonos", "Điện thoại"},
    Label{"company", "Company", "Empresa", "Công ty"},
    Label{"title", "Title", "Cargo", "Chức vụ"},
    Label{"website", "Website", "Sitio web", "Trang web"},
    Label{"country", "Country", "País", "Quốc gia"},
    Label{"language", "Language", "Idioma", "Ngôn ngữ"},
    Label{"source", "Source", "Origen", "Nguồn"},
    Label{"campaign", "Campaign", "Campaña", "Chiến dịch"},
    Label{"product", "Product", "Producto", "Sản phẩm"},
    Label{"status", "Status", "Estado", "Trạng thái"},
    Label{"owner", "Owner", "Responsable", "Người phụ trách"},
    Label{"owed", "Answer owed", "Respuesta pendiente", "Cần trả lời"},
    Label{"next.at", "Next contact", "Próximo contacto", "Liên hệ tiếp theo"},
    Label{"next.by", "Next contact by", "Contacta", "Người liên hệ"},
    Label{"next.note", "Note", "Nota", "Ghi chú"},
    Label{"note", "Note", "Nota", "Ghi chú"},
    Label{"budget", "Budget", "Presupuesto", "Ngân sách"},
    Label{"subject", "Subject", "Asunto", "Tiêu đề"},
    Label{"attachments", "Attachments", "Adjuntos", "Tệp đính kèm"},
    Label{"help", "Help", "Ayuda", "Trợ giúp"},
    Label{"yes", "yes", "sí", "có"},
    Label{"no", "no", "no", "không"},
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

std::string label_of(std::string_view field, std::string_view language) {
  return std::string(find(kFields, field, language));
}

std::string label_of(leads::Status status, std::string_view language) {
  return std::string(leads::label(status, language));
}

std::string spell_value(std::string_view field, std::string_view value, std::string_view language,
                        std::string_view zone) {
  if (value.empty()) return "–";
  if (field == "status") {
    const auto status = leads::status_named(value);
    return status ? label_of(*status, language) : std::string(value);
  }
  if (value == "yes" || value == "no") return label_of(value, language);
  if (field == "next.at") {
    std::int64_t at = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), at);
    if (read.ec == std::errc{} && read.ptr == value.data() + value.size())
      return spell_time(from_unix(at), zone, language);
  }
  return std::string(value);
}

}  // namespace leadmail::daemon
