#include "core/leads/rotation.h"

#include <nlohmann/json.hpp>

namespace leadmail::leads {

void give(Rotation& turn, const std::string& user, const std::string& period, const std::string& month) {
  if (turn.period != period) {
    turn.period = period;
    for (auto& [id, share] : turn.shares) share.given = 0;
  }
  ++turn.leads;
  turn.last = user;
  auto& share = turn.shares[user];
  if (share.month != month) {
    share.month = month;
    share.in_month = 0;
  }
  ++share.given;
  ++share.in_month;
  share.last = turn.leads;
}

std::string rotation_to_json(const Rotation& turn) {
  auto shares = nlohmann::json::object();
  for (const auto& [user, share] : turn.shares) {
    shares.emplace(user, nlohmann::json::array({share.given, share.last, share.month, share.in_month}));
  }
  const nlohmann::json object{
      {"last", turn.last}, {"period", turn.period}, {"leads", turn.leads}, {"shares", std::move(shares)}};
  return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<Rotation> rotation_from_json(std::string_view json) {
  try {
    const auto object = nlohmann::json::parse(json);
    Rotation turn{.last = object.at("last").get<std::string>(),
                  .period = object.at("period").get<std::string>(),
                  .leads = object.at("leads").get<std::int64_t>()};
    for (const auto& [user, share] : object.at("shares").items()) {
      turn.shares[user] = {.given = share.at(0).get<std::int64_t>(),
                           .last = share.at(1).get<std::int64_t>(),
                           .month = share.at(2).get<std::string>(),
                           .in_month = share.at(3).get<std::int64_t>()};
    }
    return turn;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

}  // namespace leadmail::leads
