// What a server may say, and what we may have said between: no input makes the transcript keep more than it promises,
// report words that could harm a log, or call a mail delivered without a 2yz after its end.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/smtp/address.h"
#include "mail/smtp/reply.h"
#include "mail/smtp/verdict.h"

namespace {

using namespace leadmail::mail::smtp;

void demand(bool condition) {
  if (!condition) std::abort();
}

void check(const Reply& reply) {
  demand(reply.code == 0 || (reply.code >= 200 && reply.code < 600));
  demand(reply.text.size() <= 512 && reply.enhanced.size() <= 9);
  demand(printable(reply.text) == reply.text && describe(reply).size() < 540);
}

}  // namespace

/// Lines; one that begins with ">" is a command of ours, ">." the end of the mail, ">>" the next mail, "!" a new
/// connection.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  Transcript transcript;
  transcript.connected();
  bool ended = false;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end == std::string_view::npos ? rest.size() : end + 1);
    rest.remove_prefix(line.size());
    if (line.starts_with(">.")) {
      transcript.end_of_mail();
      ended = true;
    } else if (line.starts_with(">>")) {
      transcript.next_mail();
      ended = false;
    } else if (line.starts_with(">")) {
      transcript.sent(line.substr(1));
    } else if (line.starts_with("!")) {
      transcript.connected();
      ended = false;
    } else if (!transcript.received(line)) {
      break;
    }
    if (const auto wire = wire_address(line.substr(0, line.find('\n'))))
      demand(wire->find_first_of("\r\n<> ") == std::string::npos);
  }

  for (const auto& reply : transcript.recipients()) check(reply);
  if (transcript.final()) check(*transcript.final());
  const auto sent = judge({"a", "b"}, transcript, {.final_dot_may_have_left = ended});
  demand(sent.recipients.size() == 2);
  for (const auto& one : sent.recipients) {
    check(one.reply);
    demand(one.outcome != Outcome::delivered || (ended && one.reply.code < 300));
  }
  return 0;
}
