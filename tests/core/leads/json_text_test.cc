#include "core/leads/json_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/leads/event.h"

namespace leadmail::leads {
namespace {

std::string written(std::string_view text) {
  std::string json = "[";
  append_json(json, text);
  return json + "]";
}

TEST(JsonText, IsWhatTheLibraryWrites) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) {
    const std::string one(1, static_cast<char>(byte));
    all += one;
    for (const auto& text : {one, "a" + one, one + "b", "ü" + one, all}) {
      const auto list = nlohmann::json::array({text});
      EXPECT_EQ(written(text), list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)) << byte;
    }
  }
  EXPECT_EQ(written(""), "[\"\"]");
  EXPECT_EQ(written("\xe2\x82"), "[\"\xef\xbf\xbd\"]");
}

TEST(JsonText, ChangesAreWrittenAsTheyAreRead) {
  EXPECT_EQ(changes_to_json({}), "[]");
  const std::vector<Change> changes{
      {"name", "", "\"Ana\"\n"}, {"owner", "ana", ""}, {"status", "lead", "open"}, {"x", "", ""}};
  EXPECT_EQ(changes_to_json(changes), R"([{"after":"\"Ana\"\n","field":"name"},{"before":"ana","field":"owner"},)"
                                      R"({"after":"open","before":"lead","field":"status"},{"field":"x"}])");
  EXPECT_EQ(changes_from_json(changes_to_json(changes)), changes);
}

}  // namespace
}  // namespace leadmail::leads
