#include "core/leads/card.h"

#include <array>

namespace leadmail::leads {
namespace {

/// The same words in each language; the verb itself comes from its own table.
struct Row {
  Verb verb;
  std::array<std::string_view, 3> arguments;  ///< English, Spanish, Vietnamese
  std::array<std::string_view, 3> meaning;
};

/// Rows from here on stand under this heading.
struct Group {
  Verb first;
  std::array<std::string_view, 3> title;
};

// clang-format off: a table
constexpr auto kRows = std::to_array<Row>({
    {Verb::next,
     {"tomorrow 10:00 call about the offer", "mañana 10:00 llamar por la oferta", "ngày mai 10:00 gọi về báo giá"},
     {"reminds you, and puts it into your calendar", "se lo recuerda y lo anota en su calendario",
      "nhắc bạn và ghi vào lịch của bạn"}},
    {Verb::snooze,
     {"2d", "2 días", "2 ngày"},
     {"moves the next contact", "aplaza el próximo contacto", "dời lần liên hệ tiếp theo"}},
    {Verb::note,
     {"wants the blue one", "quiere el azul", "muốn loại màu xanh"},
     {"kept with the lead; nobody outside sees it", "queda con el prospecto; nadie de fuera la ve",
      "lưu cùng khách tiềm năng; người ngoài không thấy"}},
    {Verb::status,
     {"interested", "interesado", "quan tâm"},
     {"where the lead stands", "en qué punto está el prospecto", "khách tiềm năng đang ở đâu"}},
    {Verb::event,
     {"meeting 2030-12-03 10:00 1h at their office", "reunión 2030-12-03 10:00 1h en su oficina",
      "cuộc họp 2030-12-03 10:00 1h tại văn phòng của họ"},
     {"an appointment in your calendar; \"invite\" at the end asks the prospect too",
      "una cita en su calendario; con «invitar» al final se invita también al prospecto",
      "một cuộc hẹn trong lịch của bạn; thêm \"mời\" ở cuối để mời cả khách"}},
    {Verb::create,
     {"María Pérez <maria@x.example>, Acme SA", "María Pérez <maria@x.example>, Acme SA",
      "María Pérez <maria@x.example>, Acme SA"},
     {"a lead from the telephone or a fair; what you write below becomes a note",
      "un prospecto del teléfono o de una feria; lo que escriba debajo queda como nota",
      "một khách tiềm năng từ điện thoại hay hội chợ; phần viết bên dưới thành ghi chú"}},
    {Verb::assign,
     {"luis", "luis", "luis"},
     {"gives it to a colleague", "lo pasa a un colega", "giao cho đồng nghiệp"}},
    {Verb::claim,
     {"", "", ""},
     {"takes a lead that is offered to several", "toma un prospecto ofrecido a varios",
      "nhận khách tiềm năng được chia cho nhiều người"}},

    {Verb::contact,
     {"Eva Gil <eva@x.example>, decider", "Eva Gil <eva@x.example>, decider", "Eva Gil <eva@x.example>, decider"},
     {"one more person there", "una persona más de allí", "thêm một người bên đó"}},
    {Verb::address,
     {"Calle 5, 01000 México", "Calle 5, 01000 México", "Calle 5, 01000 México"},
     {"the postal address", "la dirección postal", "địa chỉ bưu điện"}},
    {Verb::set,
     {"product turbines", "product turbinas", "product tua-bin"},
     {"any value of the lead", "cualquier dato del prospecto", "bất kỳ thông tin nào của khách"}},
    {Verb::tag,
     {"trade-fair", "feria", "hoi-cho"},
     {"a word to find it by", "una palabra para encontrarlo", "một từ để tìm lại"}},
    {Verb::qualify,
     {"budget yes, authority no", "budget yes, authority no", "budget yes, authority no"},
     {"need, budget, authority, timeframe",
      "necesidad, presupuesto, autoridad, plazo (need, budget, authority, timeframe)",
      "nhu cầu, ngân sách, quyền quyết định, thời hạn (need, budget, authority, timeframe)"}},
    {Verb::score,
     {"4 3 5 4 3", "4 3 5 4 3", "4 3 5 4 3"},
     {"points for the questions of your company", "puntos para las preguntas de su empresa",
      "điểm cho các câu hỏi của công ty bạn"}},
    {Verb::step,
     {"demo done", "demo hecho", "demo xong"},
     {"a step of your procedure", "un paso de su procedimiento", "một bước trong quy trình"}},

    {Verb::opportunity,
     {"12000 EUR 60% close 2030-01-31", "12000 EUR 60% cierre 2030-01-31", "12000 EUR 60% chốt 2030-01-31"},
     {"value, probability, expected close", "valor, probabilidad, cierre previsto", "giá trị, xác suất, dự kiến chốt"}},
    {Verb::stage,
     {"negotiation", "negociación", "đàm phán"},
     {"how far it has come", "hasta dónde ha llegado", "đã tiến đến đâu"}},
    {Verb::quote,
     {"12000 EUR valid 30d", "12000 EUR vigencia 30d", "12000 EUR hiệu lực 30d"},
     {"a quotation; an attached PDF goes to the prospect", "una cotización; el PDF adjunto va al prospecto",
      "báo giá; tệp PDF đính kèm được gửi cho khách"}},
    {Verb::won, {"", "", ""}, {"we have the deal", "ganamos el negocio", "đã chốt được"}},
    {Verb::lost,
     {"price", "precio", "giá"},
     {"we have not, and why", "no lo ganamos, y por qué", "không chốt được, và vì sao"}},
    {Verb::order, {"4711", "4711", "4711"}, {"the order's number", "el número del pedido", "số đơn hàng"}},
    {Verb::customer, {"", "", ""}, {"is a customer now", "ya es cliente", "đã là khách hàng"}},
    {Verb::dnc,
     {"", "", ""},
     {"wants no more mail: nobody writes to him again", "no quiere más correo: nadie le vuelve a escribir",
      "không muốn nhận thư nữa: không ai viết cho họ nữa"}},

    {Verb::show,
     {"L-12", "L-12", "L-12"},
     {"all about one lead", "todo sobre un prospecto", "mọi thông tin về một khách"}},
    {Verb::list,
     {"overdue", "vencidos", "quá hạn"},
     {"your leads whose contact is due", "sus prospectos con contacto vencido", "khách của bạn đã quá hạn liên hệ"}},
    {Verb::find,
     {"turbines", "turbinas", "tua-bin"},
     {"by any word of mail or note", "por cualquier palabra de correos y notas",
      "theo từ bất kỳ trong thư và ghi chú"}},
    {Verb::help, {"", "", ""}, {"all commands", "todas las órdenes", "tất cả các lệnh"}},

    {Verb::undo,
     {"", "", ""},
     {"takes back what your last commands here did", "deshace lo que hicieron sus últimas órdenes aquí",
      "hoàn tác các lệnh gần nhất của bạn ở đây"}},
    {Verb::merge,
     {"L-12", "L-12", "L-12"},
     {"the same prospect twice: makes them one", "el mismo prospecto dos veces: los une",
      "một khách bị ghi hai lần: gộp làm một"}},
    {Verb::split,
     {"", "", ""},
     {"this mail becomes a lead of its own", "este correo pasa a ser un prospecto aparte",
      "thư này thành một khách riêng"}},
    {Verb::move,
     {"L-12", "L-12", "L-12"},
     {"this mail belongs to another lead", "este correo es de otro prospecto", "thư này thuộc về khách khác"}},
    {Verb::away,
     {"until 2030-01-07", "hasta 2030-01-07", "đến 2030-01-07"},
     {"others get new leads meanwhile", "mientras tanto otros reciben los nuevos",
      "trong lúc đó người khác nhận khách mới"}},
    {Verb::accept,
     {"3,5", "3,5", "3,5"},
     {"administrators: held mail is an inquiry", "administradores: el correo retenido es una consulta",
      "quản trị: thư bị giữ là yêu cầu thật"}},
    {Verb::block,
     {"7", "7", "7"},
     {"administrators: held mail is none", "administradores: el correo retenido no lo es",
      "quản trị: thư bị giữ không phải"}},
});

constexpr auto kGroups = std::to_array<Group>({
    {Verb::next, {"Every day", "Cada día", "Hằng ngày"}},
    {Verb::contact, {"What you learn", "Lo que averigua", "Điều bạn biết thêm"}},
    {Verb::opportunity, {"The deal", "El negocio", "Thương vụ"}},
    {Verb::show, {"Look", "Ver", "Xem"}},
    {Verb::undo, {"Put right", "Corregir", "Sửa lại"}},
});

constexpr std::array<std::string_view, 3> kLanguages{"en", "es", "vi"};
constexpr std::array<std::string_view, 3> kTitles{"Commands", "Órdenes", "Các lệnh"};
constexpr std::array<std::string_view, 3> kRules{
    "Reply to a notification. Lines at the top that begin with `#` are for Leadmail; the text below goes to the "
    "prospect, from the "
    "shared address. Capitals and accents do not matter. All lines of one mail are done, or none; the answer says what "
    "has changed.",
    "Responda a un aviso. Las líneas de arriba que empiezan con `#` son para Leadmail; el texto de abajo va al "
    "prospecto, desde la "
    "dirección compartida. Mayúsculas y acentos no importan. Se hacen todas las líneas de un correo o ninguna; la "
    "respuesta dice qué cambió.",
    "Hãy trả lời thư báo. Các dòng ở đầu bắt đầu bằng `#` là cho Leadmail; phần bên dưới được gửi cho khách từ địa chỉ "
    "chung. Không "
    "phân biệt chữ hoa và dấu. Mọi dòng của một thư đều được làm, hoặc không dòng nào; thư đáp cho biết điều gì đã "
    "đổi."};
constexpr std::array<std::string_view, 3> kStatusTitles{"Statuses", "Estados", "Trạng thái"};
// clang-format on

std::size_t column_of(std::string_view language) { return language == "es" ? 1 : language == "vi" ? 2 : 0; }

std::string command_of(const Row& row, std::string_view language) {
  const auto arguments = row.arguments.at(column_of(language));
  return verb_name(row.verb, language) + (arguments.empty() ? "" : " " + std::string{arguments});
}

std::string page(std::string_view language) {
  const auto column = column_of(language);
  std::string text = "## " + std::string{kTitles.at(column)} + "\n\n" + std::string{kRules.at(column)} + "\n";
  for (const auto& row : kRows) {
    for (const auto& group : kGroups) {
      if (group.first == row.verb) text += "\n| " + std::string{group.title.at(column)} + " | |\n|---|---|\n";
    }
    text += "| `" + command_of(row, language) + "` | " + std::string{row.meaning.at(column)} + " |\n";
  }
  text += "\n" + std::string{kStatusTitles.at(column)} + ": ";
  for (const auto& row : statuses()) {
    text += (row.status == statuses().front().status ? "" : " · ") + std::string{label(row.status, language)};
  }
  return text + "\n";
}

}  // namespace

std::vector<CardLine> card_lines(std::string_view language) {
  std::vector<CardLine> lines;
  lines.reserve(kRows.size());
  for (const auto& row : kRows)
    lines.push_back({row.verb, command_of(row, language), row.meaning.at(column_of(language))});
  return lines;
}

std::string commands_card() {
  std::string text =
      "# Leadmail: the card of commands\n\nTo print: [English](#commands) · [Español](#órdenes) · [Tiếng "
      "Việt](#các-lệnh). "
      "`leadmail manual commands` prints it.\n";
  for (const auto language : kLanguages) text += "\n" + page(language);
  return text;
}

}  // namespace leadmail::leads
