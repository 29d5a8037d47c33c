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

constexpr Step kTomorrow{"Tomorrow 10:00",       "Mañana 10:00",       "Mai 10:00",
                         "#next tomorrow 10:00", "#next mañana 10:00", "#next mai 10:00"};
constexpr Step kThreeDays{"In 3 days",       "En 3 días",       "3 ngày nữa",
                          "#next in 3 days", "#next en 3 días", "#next 3 ngày nữa"};
constexpr Step kInterested{"Interested",         "Interesado",         "Quan tâm",
                           "#status interested", "#status interested", "#status interested"};
constexpr Step kWon{"Won", "Ganado", "Thắng", "#won", "#won", "#won"};
constexpr Step kClaim{"I take it", "Lo tomo", "Tôi nhận", "#claim", "#claim", "#claim"};

Tap in(const Step& step, std::string_view language) {
  if (language == "es") return {std::string(step.es), std::string(step.es_command)};
  if (language == "vi") return {std::string(step.vi), std::string(step.vi_command)};
  return {std::string(step.en), std::string(step.en_command)};
}

}  // namespace

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
