// The parts of a lead's JSON that come in numbers: scores, steps, opportunities, quotations, orders.
#include <nlohmann/json.hpp>

#include "core/leads/attachment.h"
#include "core/leads/meeting.h"
#include "core/leads/quote_lines.h"
#include "daemon/admin/view.h"

namespace leadmail::daemon::admin {
namespace {

Json text_or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(std::string{text}); }

/// Decimal text as a JSON number, whole where it is whole.
Json number_or_null(std::string_view text) {
  const auto number = Json::parse(text, nullptr, false);
  return number.is_number() ? number : text_or_null(text);
}

Json document_json(std::string_view line) {
  if (line.empty()) return nullptr;
  const auto file = leads::read_attachment(line);
  return Json{{"filename", text_or_null(file.name)},
              {"content_type", text_or_null(file.type)},
              {"size", file.size},
              {"sha256", text_or_null(file.sha256)}};
}

Json lines_json(std::string_view value) {
  Json list = Json::array();
  for (const auto& text : leads::lines_of(value)) {
    const auto line = leads::quote_line_of(text);
    if (!line) continue;
    list.push_back(Json{{"quantity", number_or_null(line->quantity)},
                        {"text", text_or_null(line->what)},
                        {"price", number_or_null(line->price)}});
  }
  return list;
}

/// Objects of "what.1.…", "what.2.…" as long as there are some: `make` gets one number and a reader of its parts.
template <typename Make>
Json numbered(const leads::Lead& lead, const std::string& what, std::string_view key_part, Make make) {
  constexpr int kMost = 100;
  Json list = Json::array();
  for (int n = 1; n <= kMost; ++n) {
    const auto part = [&](std::string_view name) {
      return lead.value(what + "." + std::to_string(n) + "." + std::string(name));
    };
    if (part(key_part).empty()) break;
    list.push_back(make(n, part));
  }
  return list;
}

}  // namespace

Json evaluation_json(const leads::Lead& lead, const leads::RecordSpec& record) {
  Json scores = Json::array();
  for (const auto& score : leads::lines_of(lead.value("evaluation.scores"))) scores.push_back(number_or_null(score));
  const auto total = lead.value("evaluation.total");
  if (total.empty()) return Json{{"scores", std::move(scores)}, {"total", nullptr}, {"verdict", nullptr}};
  const auto sum = number_or_null(total);
  const auto verdict = sum.is_number_integer() ? leads::verdict_of(record.evaluation, sum.get<int>(), "en") : "";
  return Json{{"scores", std::move(scores)}, {"total", sum}, {"verdict", text_or_null(verdict)}};
}

Json steps_json(const leads::Lead& lead, const leads::RecordSpec& record) {
  Json list = Json::array();
  const auto add = [&](const std::string& id) {
    const auto done = lead.value("step." + id + ".done_at");
    list.push_back(Json{{"name", id},
                        {"planned", text_or_null(lead.value("step." + id + ".planned"))},
                        {"done_at", text_or_null(done)},
                        {"done", !done.empty()}});
  };
  for (const auto& step : record.steps) add(step.id);
  return list;
}

Json opportunities_json(const leads::Lead& lead) {
  return numbered(lead, "opportunity", "stage", [](int n, const auto& part) {
    return Json{{"id", n},
                {"value", number_or_null(part("value"))},
                {"currency", text_or_null(part("currency"))},
                {"probability", number_or_null(part("probability"))},
                {"stage", text_or_null(part("stage"))},
                {"close", text_or_null(part("close"))},
                {"reason", text_or_null(part("reason"))},
                {"note", text_or_null(part("note"))}};
  });
}

Json quotations_json(const leads::Lead& lead) {
  return numbered(lead, "quotation", "state", [](int n, const auto& part) {
    return Json{{"id", n},
                {"lines", lines_json(part("lines"))},
                {"total", number_or_null(part("total"))},
                {"currency", text_or_null(part("currency"))},
                {"tax", text_or_null(part("tax"))},
                {"valid_until", text_or_null(part("valid_until"))},
                {"state", text_or_null(part("state"))},
                {"opportunity", number_or_null(part("opportunity"))},
                {"document", document_json(part("document"))},
                {"reason", text_or_null(part("reason"))},
                {"note", text_or_null(part("note"))}};
  });
}

Json events_json(const leads::Lead& lead) {
  Json list = Json::array();
  for (const auto& meeting : leads::meetings_of(lead)) {
    list.push_back(Json{{"id", meeting.number},
                        {"kind", meeting.kind},
                        {"at", time_json(meeting.at)},
                        {"minutes", meeting.length.count()},
                        {"place", text_or_null(meeting.place)},
                        {"by", text_or_null(meeting.by)},
                        {"guest", text_or_null(lead.value(leads::meeting_field(meeting.number, "guest")))}});
  }
  return list;
}

Json orders_json(const leads::Lead& lead) {
  return numbered(lead, "order", "number", [](int n, const auto& part) {
    return Json{{"id", n},
                {"number", text_or_null(part("number"))},
                {"at", text_or_null(part("at"))},
                {"value", number_or_null(part("value"))},
                {"currency", text_or_null(part("currency"))},
                {"quotation", number_or_null(part("quotation"))}};
  });
}

}  // namespace leadmail::daemon::admin
