#include "daemon/admin/findings.h"

#include <nlohmann/json.hpp>

namespace leadmail::daemon::admin {
namespace {

using Grade = Finding::Grade;
constexpr std::size_t kColumn = 24;

}  // namespace

std::string finding_line(const Finding& finding, const Terminal& terminal) {
  const auto colour = finding.grade == Grade::fine   ? Colour::green
                      : finding.grade == Grade::note ? Colour::yellow
                                                     : Colour::red;
  const std::string_view mark = finding.grade == Grade::fine   ? "ok    "
                                : finding.grade == Grade::note ? "note  "
                                                               : "failed";
  auto line = "  " + coloured(mark, colour, terminal) + " " + finding.what;
  line += std::string(finding.what.size() < kColumn ? kColumn - finding.what.size() : 1, ' ') + shown(finding.words);
  if (!finding.advice.empty()) line += "\n           " + shown(finding.advice);
  return line;
}

Json findings_json(const std::vector<Finding>& findings) {
  auto list = Json::array();
  for (const auto& finding : findings) {
    const auto* const grade = finding.grade == Grade::fine ? "ok" : finding.grade == Grade::note ? "note" : "failed";
    list.push_back({{"what", finding.what}, {"grade", grade}, {"words", finding.words}, {"advice", finding.advice}});
  }
  return list;
}

}  // namespace leadmail::daemon::admin
