// What token servers, browsers and files of keys may say: no input makes a token with a letter that could break out of
// where it is put, words that could harm a log, or a life without end.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mail/net/signed_token.h"
#include "mail/net/token_answer.h"
#include "mail/net/token_request.h"

namespace {

using namespace leadmail::mail::net;

void demand(bool condition) {
  if (!condition) std::abort();
}

bool is_printable(std::string_view text) {
  for (const char c : text) {
    if (c < 0x20 || c > 0x7e) return false;
  }
  return true;
}

bool is_token(std::string_view text) {
  return text.size() <= kLongestToken && is_printable(text) && text.find(' ') == std::string_view::npos;
}

void check(const TokenRefusal& refusal) {
  demand(refusal.words.size() <= 400 && is_printable(refusal.words));
  demand(is_printable(refusal.advice) && !name(refusal.trouble).empty());
}

}  // namespace

/// The first octet chooses the HTTP status.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr int kStatuses[] = {200, 400, 401, 404, 429, 503, 0, 302};
  const HttpAnswer answer{kStatuses[data[0] % 8], {reinterpret_cast<const char*>(data) + 1, size - 1}, {}};
  const auto read = read_token_answer(answer);
  if (read.token) {
    demand(!read.token->access.empty() && is_token(read.token->access) && is_token(read.token->refresh));
    demand(read.token->life.count() >= 0 && read.token->life <= std::chrono::days{7});
    demand(is_printable(read.token->scope));
  } else {
    check(read.refusal);
  }
  const auto device = read_device_answer(answer);
  if (device.code) {
    demand(is_token(device.code->device_code) && is_printable(device.code->user_code));
    demand(is_token(device.code->verification_uri) && is_token(device.code->complete_uri));
    demand(device.code->interval.count() >= 1 && device.code->life <= std::chrono::hours{1});
  } else {
    check(device.refusal);
  }
  const auto redirect = read_redirect(answer.body, "state");
  if (redirect) demand(redirect->code.empty() != redirect->error.empty() && is_printable(redirect->error));
  (void)read_service_account(answer.body);
  (void)end_of_certificate(answer.body);
  return 0;
}
