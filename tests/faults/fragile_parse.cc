// The daemon with a parser that has a fault: it ends, hangs or takes all memory at a mail that asks for it. Linked
// between the workers and the parser (ld(1), --wrap), so that everything else is what is shipped. What becomes of mail
// at which a parser dies can be seen with it, from outside, although none is known at which ours does.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "mail/message/parse.h"

namespace message = leadmail::mail::message;

message::Content parse_well(std::string_view raw, const message::ParseOptions& options) __asm__(
    "__real__ZN8leadmail4mail7message5parseESt17basic_string_viewIcSt11char_traitsIcEERKNS1_12ParseOptionsE");
message::Content parse_badly(std::string_view raw, const message::ParseOptions& options) __asm__(
    "__wrap__ZN8leadmail4mail7message5parseESt17basic_string_viewIcSt11char_traitsIcEERKNS1_12ParseOptionsE");

message::Content parse_badly(std::string_view raw, const message::ParseOptions& options) {
  const auto asks = [raw](std::string_view field) { return raw.find(field) != std::string_view::npos; };
  if (asks("X-Poison: end")) std::_Exit(0);
  if (asks("X-Poison: abort")) std::abort();
  if (volatile std::uintptr_t nowhere = 8; asks("X-Poison: wild")) *reinterpret_cast<volatile int*>(nowhere) = 1;
  if (asks("X-Poison: hang")) {
    for (volatile bool hangs = true; hangs;) {}
  }
  if (asks("X-Poison: memory")) {
    for (std::vector<std::vector<char>> taken;;) taken.emplace_back(1 << 20, 'x');
  }
  return parse_well(raw, options);
}
