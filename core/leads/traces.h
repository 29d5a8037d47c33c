// What one person leaves behind in texts: his addresses, phones and name, the Message-IDs of his mails, and his words
// where others quote them, however their programs have broken the lines. Pure; linear in the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/cut.h"

namespace leadmail::leads {

inline constexpr std::string_view kErasedText = "[erased]";
inline constexpr std::string_view kErasedAddress = "erased@erased.invalid";

class Traces {
 public:
  /// Found in any case, also as maria+tag@…, maria%40…, and as VERP writes it (maria=x.example).
  void add_address(std::string_view address);
  /// Found however its digits are parted, with or without the calling code; seven digits at least.
  void add_phone(std::string_view phone);
  /// A name or a subject: found as a whole. One word alone is nobody's, and is not looked for.
  void add_phrase(std::string_view phrase);
  /// Without <>.
  void add_message_id(std::string_view id);
  /// What he wrote: each line of some length, each run of six words, and short lines beside or between such.
  void add_text(std::string_view text);

  [[nodiscard]] std::vector<Cut> find(std::string_view text) const;
  [[nodiscard]] bool are_in(std::string_view text) const { return !find(text).empty(); }
  /// A value of a lead: lines that are nothing but his go, of others what is his. The same for the same value.
  [[nodiscard]] std::string without_him(std::string_view value) const;

 private:
  void find_addresses(std::string_view text, std::vector<Cut>& cuts) const;
  void find_phones(std::string_view text, std::vector<Cut>& cuts) const;
  [[nodiscard]] std::optional<std::size_t> his_local_part(std::string_view local, const std::string& domain) const;

  std::unordered_set<std::string> addresses_{};  ///< lower case
  std::unordered_set<std::string> domains_{};
  std::unordered_set<std::string> ids_{};
  std::vector<std::string> phones_{};                                             ///< digits
  std::unordered_set<std::string> phone_ends_{};                                  ///< the last seven
  std::unordered_map<std::size_t, std::unordered_set<std::uint64_t>> phrases_{};  ///< by number of words
  std::unordered_set<std::uint64_t> runs_{};                                      ///< of six words
  std::unordered_set<std::uint64_t> lines_{};
  std::unordered_set<std::uint64_t> short_lines_{};
};

}  // namespace leadmail::leads
