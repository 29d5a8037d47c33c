#include "core/leads/record.h"

#include <algorithm>
#include <array>

#include "core/leads/fold.h"
#include "core/leads/money.h"
#include "core/leads/phrases.h"
#include "core/leads/text.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using Type = FieldType;

struct Row {
  std::string_view name;
  Type type;
  std::string_view en;
  std::string_view es;
  std::string_view vi;
  std::string_view list = {};  ///< of RecordSpec::lists
};

// clang-format off: a table
// What everybody keeps. docs/crm.md
constexpr auto kFields = std::to_array<Row>({
    {"name", Type::text, "Name", "Nombre", "Tên"},
    {"company", Type::text, "Company", "Empresa", "Công ty"},
    {"type", Type::choice, "Type", "Tipo", "Loại"},
    {"salutation", Type::text, "Salutation", "Tratamiento", "Xưng hô"},
    {"gender", Type::choice, "Gender", "Género", "Giới tính"},
    {"title", Type::text, "Title", "Cargo", "Chức vụ"},
    {"website", Type::text, "Website", "Sitio web", "Trang web"},
    {"language", Type::text, "Language", "Idioma", "Ngôn ngữ"},
    {"timezone", Type::text, "Time zone", "Zona horaria", "Múi giờ"},
    {"source", Type::choice, "Source", "Origen", "Nguồn", "source"},
    {"campaign", Type::choice, "Campaign", "Campaña", "Chiến dịch", "campaign"},
    {"medium", Type::choice, "Medium", "Medio", "Phương tiện", "medium"},
    {"country", Type::text, "Country", "País", "Quốc gia"},
    {"region", Type::text, "Region", "Región", "Tỉnh thành"},
    {"city", Type::text, "City", "Ciudad", "Thành phố"},
    {"postal_code", Type::text, "Postal code", "Código postal", "Mã bưu chính"},
    {"territory", Type::text, "Territory", "Territorio", "Khu vực"},
    {"lead_type", Type::choice, "Lead type", "Tipo de prospecto", "Loại khách", "lead_type"},
    {"market_segment", Type::choice, "Market segment", "Segmento", "Phân khúc", "segment"},
    {"industry", Type::choice, "Industry", "Sector", "Ngành", "industry"},
    {"product", Type::choice, "Product", "Producto", "Sản phẩm", "product"},
    {"employees", Type::number, "Employees", "Empleados", "Số nhân viên"},
    {"size", Type::text, "Size", "Tamaño", "Quy mô"},
    {"branches", Type::number, "Branches", "Sucursales", "Số chi nhánh"},
    {"first_contact_at", Type::date, "First contact", "Primer contacto", "Liên hệ đầu tiên"},
    {"first_contact_place", Type::text, "First contacted at", "Lugar del primer contacto", "Nơi liên hệ đầu tiên"},
    {"potential", Type::choice, "Potential", "Potencial", "Tiềm năng", "potential"},
    {"newsletter", Type::boolean, "Newsletters", "Boletines", "Bản tin"},
});

constexpr auto kQuestions = std::to_array<Row>({
    {"need", Type::boolean, "Need", "Necesidad", "Nhu cầu"},
    {"budget", Type::boolean, "Budget", "Presupuesto", "Ngân sách"},
    {"authority", Type::boolean, "Authority", "Autoridad", "Thẩm quyền"},
    {"timeframe", Type::boolean, "Time frame", "Plazo", "Thời hạn"},
    {"product", Type::boolean, "Product of interest", "Producto de interés", "Sản phẩm quan tâm"},
    {"heard_through", Type::boolean, "Heard of us through", "Nos conoció por", "Biết qua"},
    {"was_customer", Type::boolean, "Was a customer", "Fue cliente", "Từng là khách"},
});

struct StageRow {
  std::string_view id;
  int probability;
  StageSpec::Closed closed;
  std::string_view en;
  std::string_view es;
  std::string_view vi;
};

constexpr auto kStages = std::to_array<StageRow>({
    {"qualification", 10, StageSpec::Closed::no, "Qualification and analysis", "Calificación y análisis",
     "Sàng lọc và phân tích"},
    {"proposal", 40, StageSpec::Closed::no, "Proposal", "Propuesta", "Đề xuất"},
    {"negotiation", 70, StageSpec::Closed::no, "Negotiation and review", "Negociación y revisión",
     "Đàm phán và xem xét"},
    {"closed-won", 100, StageSpec::Closed::won, "Closed won", "Cerrado ganado", "Thành công"},
    {"closed-lost", 0, StageSpec::Closed::lost, "Closed lost", "Cerrado perdido", "Thất bại"},
});
// clang-format on

Labels labels_of(std::string_view en, std::string_view es, std::string_view vi) {
  return {{"en", std::string(en)}, {"es", std::string(es)}, {"vi", std::string(vi)}};
}

FieldSpec spec_of(const Row& row, const RecordSpec& record) {
  FieldSpec field{.name = std::string(row.name), .type = row.type, .labels = labels_of(row.en, row.es, row.vi)};
  if (const auto list = record.lists.find(row.list); list != record.lists.end()) field.choices = list->second;
  if (row.name == "potential" && field.choices.empty()) field.choices = {"low", "medium", "high"};
  if (row.name == "type") field.choices = {"person", "organization"};
  if (row.name == "gender") field.choices = {"female", "male", "other"};
  return field;
}

Error wrong(Phrase phrase, const WhenContext& context, std::initializer_list<std::string_view> arguments) {
  return {Next::give_up, say(phrase, context.language, arguments)};
}

Result<std::string> read_choice(const FieldSpec& field, std::string_view text, const WhenContext& context) {
  if (field.choices.empty()) return one_line(text, 200);
  const auto found = read_entry(text, field.choices);
  if (!found) return wrong(Phrase::unknown_choice, context, {one_line(text, 40), join(field.choices, ", ")});
  return field.choices[*found];
}

Result<std::string> read_boolean(std::string_view text, const WhenContext& context) {
  const auto answer = read_answer(text);
  if (!answer || *answer == "unknown") return wrong(Phrase::neither_yes_nor_no, context, {one_line(text, 40)});
  return *answer;
}

/// When somebody first got in touch is kept as an instant: it is compared with those of mails.
Result<std::string> read_past_instant(std::string_view text, WhenContext context) {
  context.is_date = context.is_done = true;
  const auto at = parse_when(text, context);
  if (!at) return at.error();
  const auto day = [&](Time time) { return to_rfc3339(time, offset_at(time, context.zone)).substr(0, 10); };
  if (day(*at) > day(context.now)) return wrong(Phrase::to_come, context, {one_line(text, 40)});
  return std::to_string(to_unix(std::min(*at, context.now)));
}

/// "Spanish", "español", "es" -> "es": what the lead is written to in, and rules compare.
Result<std::string> read_language(std::string_view text, const WhenContext& context) {
  struct Name {
    std::string_view written;
    std::string_view code;
  };
  constexpr auto kNames = std::to_array<Name>({{"english", "en"},
                                               {"ingles", "en"},
                                               {"tieng anh", "en"},
                                               {"spanish", "es"},
                                               {"espanol", "es"},
                                               {"castellano", "es"},
                                               {"tieng tay ban nha", "es"},
                                               {"vietnamese", "vi"},
                                               {"vietnamita", "vi"},
                                               {"tieng viet", "vi"},
                                               {"german", "de"},
                                               {"aleman", "de"},
                                               {"french", "fr"},
                                               {"frances", "fr"},
                                               {"portuguese", "pt"},
                                               {"portugues", "pt"},
                                               {"italian", "it"},
                                               {"italiano", "it"},
                                               {"chinese", "zh"},
                                               {"chino", "zh"},
                                               {"japanese", "ja"},
                                               {"korean", "ko"}});
  auto code = fold(trim(text));
  if (const auto* const name = std::ranges::find(kNames, code, &Name::written); name != kNames.end())
    return std::string(name->code);
  code = code.substr(0, code.find_first_of("-_"));
  const bool is_code =
      (code.size() == 2 || code.size() == 3) && std::ranges::all_of(code, [](char c) { return c >= 'a' && c <= 'z'; });
  if (!is_code) return wrong(Phrase::unknown_choice, context, {one_line(text, 40), "en, es, vi, de, fr, pt"});
  return code;
}

Result<std::string> read_text(const FieldSpec& field, std::string_view text, const WhenContext& context) {
  if (field.custom) return one_line(text, 500);
  if (field.name == "language") return read_language(text, context);
  if (field.name == "timezone" && !is_zone(trim(text))) {
    return wrong(Phrase::unknown_choice, context,
                 {one_line(text, 40), "America/Mexico_City, Europe/Madrid, Asia/Ho_Chi_Minh"});
  }
  return one_line(text, 500);
}

Result<std::string> read_day(std::string_view text, WhenContext context) {
  context.is_date = true;
  const auto at = parse_when(text, context);
  if (!at) return at.error();
  return to_rfc3339(*at, offset_at(*at, context.zone)).substr(0, 10);
}

}  // namespace

std::optional<FieldType> field_type_named(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>({"text", "number", "money", "date", "choice", "boolean"});
  const auto* const found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<FieldType>(found - kNames.begin());
}

const std::vector<StageSpec>& stages_of(const RecordSpec& record) {
  static const auto usual = [] {
    std::vector<StageSpec> stages;
    stages.reserve(kStages.size());
    for (const auto& row : kStages)
      stages.push_back({std::string(row.id), labels_of(row.en, row.es, row.vi), row.probability, row.closed});
    return stages;
  }();
  return record.stages.empty() ? usual : record.stages;
}

const std::vector<FieldSpec>& qualification() {
  static const auto questions = [] {
    std::vector<FieldSpec> fields;
    fields.reserve(kQuestions.size());
    for (const auto& row : kQuestions)
      fields.push_back({.name = std::string(row.name), .type = row.type, .labels = labels_of(row.en, row.es, row.vi)});
    return fields;
  }();
  return questions;
}

std::vector<FieldSpec> settable_fields(const RecordSpec& record) {
  std::vector<FieldSpec> fields;
  fields.reserve(kFields.size() + record.fields.size());
  for (const auto& row : kFields) fields.push_back(spec_of(row, record));
  std::ranges::copy(record.fields, std::back_inserter(fields));
  return fields;
}

std::optional<FieldSpec> settable_field(std::string_view name, const RecordSpec& record) {
  if (const auto row = std::ranges::find(kFields, name, &Row::name); row != kFields.end()) return spec_of(*row, record);
  const auto own = std::ranges::find(record.fields, name, &FieldSpec::name);
  return own == record.fields.end() ? std::nullopt : std::optional(*own);
}

bool is_reserved(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"addresses",  "attachments", "away",     "by_hand",  "cause",      "contact",     "contacts",
       "created_at", "custom",      "customer", "dead",     "domain",     "email",       "emails",
       "evaluation", "event",       "events",   "last",     "late",       "lead",        "lost",
       "mailbox",    "merged",      "next",     "note",     "offered",    "opportunity", "opportunities",
       "order",      "orders",      "owed",     "owner",    "phone",      "phones",      "qualification",
       "quotation",  "quotations",  "related",  "sla",      "soft",       "status",      "step",
       "steps",      "tag",         "tags",     "timeline", "unreadable", "withdrawn"});
  return std::ranges::find(kNames, name) != kNames.end();
}

std::string label_of(const FieldSpec& field, std::string_view language) {
  auto found = field.labels.find(language);
  if (found == field.labels.end()) found = field.labels.find("en");
  return found == field.labels.end() ? field.name : found->second;
}

std::optional<NamedField> read_field(std::string_view text, const RecordSpec& record) {
  std::optional<NamedField> best;
  // A company's own field counts before one of everybody's that is called the same.
  auto fields = settable_fields(record);
  std::ranges::reverse(fields);
  for (auto& field : fields) {
    auto used = words_said(text, field.name);
    for (const auto& [language, label] : field.labels) used = std::max(used, words_said(text, label));
    if (used > (best ? best->used : 0)) best = NamedField{std::move(field), used};
  }
  return best;
}

std::size_t words_said(std::string_view text, std::string_view name) {
  auto wanted = fold(name);
  std::ranges::replace_if(
      wanted, [](char c) { return c == '_' || c == '-'; }, ' ');
  auto rest = text;
  for (const auto& word : words_of(wanted)) {
    auto next = rest;
    auto written = take_word(next);
    auto folded = fold(written);
    std::ranges::replace_if(
        folded, [](char c) { return c == '_' || c == '-'; }, ' ');
    while (folded.ends_with(':') || folded.ends_with('=') || folded.ends_with(',')) folded.pop_back();
    if (folded == wanted) return text.size() - next.size();
    if (folded != word) return 0;
    rest = next;
  }
  return text.size() - rest.size();
}

std::optional<std::string> read_answer(std::string_view word) {
  constexpr auto kYes = std::to_array<std::string_view>({"yes", "y", "si", "s", "co", "true", "1", "ok", "x"});
  constexpr auto kNo = std::to_array<std::string_view>({"no", "n", "khong", "false", "0"});
  constexpr auto kUnknown = std::to_array<std::string_view>({"unknown", "?", "desconocido", "chua"});
  auto folded = fold(trim(word));
  while (folded.ends_with(':') || folded.ends_with('.')) folded.pop_back();
  if (std::ranges::find(kYes, folded) != kYes.end()) return "yes";
  if (std::ranges::find(kNo, folded) != kNo.end()) return "no";
  if (std::ranges::find(kUnknown, folded) != kUnknown.end()) return "unknown";
  return std::nullopt;
}

std::string question_names(std::string_view language) {
  std::vector<std::string> names;
  for (const auto& question : qualification()) names.push_back(label_of(question, language));
  return join(names, ", ");
}

std::optional<std::size_t> read_entry(std::string_view text, const std::vector<std::string>& entries) {
  const auto wanted = fold(trim(text));
  if (wanted.empty()) return std::nullopt;
  std::optional<std::size_t> begun;
  bool several = false;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto folded = fold(entries[i]);
    if (folded == wanted) return i;
    if (!folded.starts_with(wanted)) continue;
    several = several || begun.has_value();
    begun = i;
  }
  return several ? std::nullopt : begun;
}

Result<std::string> read_value(const FieldSpec& field, std::string_view text, const WhenContext& context,
                               const RecordSpec& record) {
  text = trim(text);
  switch (field.type) {
    case FieldType::text: return read_text(field, text, context);
    case FieldType::choice: return read_choice(field, text, context);
    case FieldType::boolean: return read_boolean(text, context);
    case FieldType::date:
      return field.name == "first_contact_at" ? read_past_instant(text, context) : read_day(text, context);
    case FieldType::number: {
      auto number = read_number(text);
      if (!number) return wrong(Phrase::no_number, context, {one_line(text, 40)});
      return number;
    }
    case FieldType::money: {
      const auto read = read_money(text, record.currency);
      if (!read || !trim(text.substr(read->used)).empty())
        return wrong(Phrase::no_amount, context, {one_line(text, 40)});
      return to_text(read->money);
    }
  }
  return wrong(Phrase::no_number, context, {one_line(text, 40)});
}

std::string verdict_of(const Evaluation& evaluation, int total, std::string_view language) {
  if (!evaluation.verdicts.empty()) {
    const Verdict* best = nullptr;
    for (const auto& verdict : evaluation.verdicts) {
      if (verdict.from <= total && (best == nullptr || verdict.from > best->from)) best = &verdict;
    }
    return best == nullptr ? std::string{} : best->text;
  }
  constexpr int kGoingWell = 16;
  constexpr int kClose = 21;
  if (total < kGoingWell) return say(Phrase::verdict_drop, language);
  if (total >= kClose) return say(Phrase::verdict_close, language);
  return say(Phrase::verdict_going_well, language, {std::to_string(kClose - total)});
}

}  // namespace leadmail::leads
