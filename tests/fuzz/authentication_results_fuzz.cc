// Authentication-Results of any form, alone and inside a header.
//
// Also: mail/message/identity.cc
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message/authentication_results.h"
#include "mail/message/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace leadmail::mail::message;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto parsed = parse_authentication_results(input);
  if (parsed.results.size() > 64) std::abort();

  // Below a foreign hop nothing may pass, whatever stands there.
  const std::vector<std::string> trusted{"mx.acme.example", "example.com"};
  const auto below = "Received: from a by evil.example; x\r\n" + std::string(input) + "\r\n\r\n";
  const std::vector<std::string> logins{"ana@acme.example", "Ana"};
  const auto verdict = authenticate(read_identity(below), trusted, logins);
  if (verdict.pass) std::abort();
  authenticate(read_identity(input), trusted, logins);
  return 0;
}
