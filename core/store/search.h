// The full-text index: which row has which words. Internal to core/store.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

/// Rows of `search` are numbered so that nothing else need be kept: even for mails, odd for events.
constexpr std::int64_t search_row_of_mail(std::int64_t mail) { return 2 * mail; }
constexpr std::int64_t search_row_of_event(std::int64_t event) { return 2 * event + 1; }
constexpr bool is_row_of_mail(std::int64_t row) { return row % 2 == 0; }
constexpr std::int64_t id_of_row(std::int64_t row) { return row / 2; }

/// Adds the words of a text; a text without words adds nothing.
Result<void> index_mail(Connection& db, MailId mail, std::string_view text);
Result<void> index_event(Connection& db, std::int64_t event, std::string_view text);

}  // namespace leadmail::store
