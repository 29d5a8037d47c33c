#include "mail/net/page.h"

#include <curl/curl.h>

#include <memory>
#include <string_view>

namespace leadmail::mail::net {
namespace {

struct CloseCurl {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

struct Body {
  std::string bytes{};
  std::size_t most = 0;
};

std::size_t on_bytes(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<Body*>(into);
  const auto more = size * count;
  if (more > body.most - body.bytes.size()) return 0;  // too large: the transfer ends
  body.bytes.append(bytes, more);
  return more;
}

}  // namespace

Result<std::string> read_page(const std::string& url, const PageLimits& limits) {
  constexpr std::string_view kHttps{"https://"};
  if (!url.starts_with(kHttps)) return Error{Next::give_up, url + ": not https"};
  const std::unique_ptr<CURL, CloseCurl> curl(curl_easy_init());
  if (!curl) return Error{Next::retry, "libcurl has no handle"};
  Body body{.most = limits.bytes};
  auto* const handle = curl.get();
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, 3L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.time.count()));
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_bytes);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &body);
  const auto code = curl_easy_perform(handle);
  if (code == CURLE_WRITE_ERROR) return Error{Next::give_up, url + ": larger than " + std::to_string(limits.bytes)};
  if (code != CURLE_OK) return Error{Next::retry, url + ": " + curl_easy_strerror(code)};
  return std::move(body.bytes);
}

}  // namespace leadmail::mail::net
