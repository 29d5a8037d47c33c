// What one usually does next with a lead, by its status: written as commands that need nothing more.
#include <array>

#include "core/leads/execute.h"

namespace leadmail::leads {
namespace {

struct Step {
  std::string_view en;
  std::string_view es;
  std::string_view vi;
  std::string_view en_command;
  std::string_view es_command;
  std::string_view vi_command;
};

// Long enough that nobody writes them by chance: what is ours is taken out of an answer by its words (relay_text.h).
constexpr Step kTomorrow{"Remind me tomorrow 10:00", "Recordarme mañana 10:00", "Nhắc tôi mai 10:00",
                         "#next tomorrow 10:00",     "#siguiente mañana 10:00", "#tiếp mai 10:00"};
constexpr Step kThreeDays{"Remind me in 3 days", "Recordarme en 3 días", "Nhắc tôi sau 3 ngày",
                          "#next in 3 days",     "#siguiente en 3 días", "#tiếp 3 ngày nữa"};
constexpr Step kInterested{"Mark as Interested", "Marcar como Interesado", "Đánh dấu Quan tâm",
                           "#status interested", "#estado interesado",     "#trạng thái quan tâm"};
constexpr Step kWon{"Mark as won", "Marcar como ganado", "Đánh dấu thắng", "#won", "#ganado", "#thắng"};
constexpr Step kClaim{"I take this lead", "Lo tomo yo", "Tôi nhận khách này", "#claim", "#tomar", "#nhận"};
constexpr Step kUndo{"Take it back", "Deshacer esto", "Hoàn tác việc này", "#undo", "#undo", "#undo"};

Tap in(const Step& step, std::string_view language) {
  if (language == "es") return {std::string(step.es), std::string(step.es_command)};
  if (language == "vi") return {std::string(step.vi), std::string(step.vi_command)};
  return {std::string(step.en), std::string(step.en_command)};
}

}  // namespace

Tap undo_step(std::int64_t deed, std::string_view language) {
  auto tap = in(kUndo, language);
  tap.command = "#undo " + std::to_string(deed);
  return tap;
}

std::vector<Tap> usual_steps(const Lead& lead, std::string_view language) {
  std::vector<Tap> steps;
  if (lead.owner().empty()) steps.push_back(in(kClaim, language));
  switch (lead.status()) {
    case Status::lead:
    case Status::open:
    case Status::replied:
      for (const auto& step : {kTomorrow, kThreeDays, kInterested}) steps.push_back(in(step, language));
      break;
    case Status::interested:
    case Status::opportunity:
      for (const auto& step : {kTomorrow, kThreeDays}) steps.push_back(in(step, language));
      break;
    case Status::quotation:
      for (const auto& step : {kTomorrow, kThreeDays, kWon}) steps.push_back(in(step, language));
      break;
    case Status::lost_quotation:
    case Status::converted: steps.push_back(in(kThreeDays, language)); break;
    case Status::do_not_contact: break;
  }
  return steps;
}

}  // namespace leadmail::leads
