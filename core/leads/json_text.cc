#include "core/leads/json_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace leadmail::leads {
namespace {

/// Stands in a string as it is. RFC 8259 §7
constexpr bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

}  // namespace

void append_json(std::string& json, std::string_view text) {
  if (!std::ranges::all_of(text, is_plain)) {
    json += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return;
  }
  json += '"';
  json += text;
  json += '"';
}

}  // namespace leadmail::leads
