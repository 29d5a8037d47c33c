#include "mail/net/https_form.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace leadmail::mail::net {
namespace {

struct CloseCurl {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

constexpr std::chrono::seconds kLongestRetryAfter{3600};

/// What comes in, as far as it is wanted.
struct Incoming {
  HttpAnswer answer{};
  const FormPost* post = nullptr;
};

bool is_url_character(char c) {
  return c > 0x20 && c < 0x7f && std::string_view{"\"<>\\^`{|}#"}.find(c) == std::string_view::npos;
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "[::1]" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/// "login.example" of "https://login.example:8443/token"; empty when there is none that could be one.
std::string_view host_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  auto authority = url.substr(scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/?"));
  if (authority.find('@') != std::string_view::npos) return {};
  if (authority.starts_with("[::1]")) return authority.substr(0, 5);
  const auto host = authority.substr(0, authority.find(':'));
  return std::ranges::all_of(host, is_host_character) ? host : std::string_view{};
}

std::size_t on_bytes(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& body = static_cast<Incoming*>(into)->answer.body;
  const auto more = size * count;
  if (more > kLongestAnswer - body.size()) return 0;  // too large: the transfer ends
  body.append(bytes, more);
  return more;
}

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* into) {
  std::string_view line(bytes, size * count);
  constexpr std::string_view kName{"retry-after:"};
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 0x20) : a) == b; };
  if (line.size() > kName.size() &&
      std::equal(kName.begin(), kName.end(), line.begin(), [&](char b, char a) { return same(a, b); })) {
    line.remove_prefix(kName.size());
    while (line.starts_with(' ')) line.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (error == std::errc{} && end != line.data() && value >= 0) {
      static_cast<Incoming*>(into)->answer.retry_after =
          std::min(kLongestRetryAfter, std::chrono::seconds{std::min<std::int64_t>(value, kLongestRetryAfter.count())});
    }
  }
  return size * count;
}

int on_progress(void* from, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto& post = *static_cast<Incoming*>(from)->post;
  return post.is_stopped && post.is_stopped() ? 1 : 0;
}

void set_up(CURL* curl, const FormPost& post, const std::string& body, Incoming& incoming) {
  curl_easy_setopt(curl, CURLOPT_URL, post.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, post.url.starts_with("https:") ? "https" : "http");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  if (is_loopback(host_of(post.url))) curl_easy_setopt(curl, CURLOPT_PROXY, "");  // never one of the environment
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);  // a resolver that hangs keeps nobody waiting
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(post.time.count()));
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!post.ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, post.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "leadmail/" LEADMAIL_VERSION);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &incoming);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &incoming);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &incoming);
}

}  // namespace

std::string encode_form(const FormFields& fields) {
  constexpr std::string_view kHex{"0123456789ABCDEF"};
  std::string body;
  const auto add = [&](std::string_view text) {
    for (const char c : text) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                         c == '.' || c == '_' || c == '~';
      const auto byte = static_cast<unsigned char>(c);
      if (plain) {
        body += c;
      } else {
        body += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
      }
    }
  };
  for (const auto& [name, value] : fields) {
    if (!body.empty()) body += '&';
    add(name);
    body += '=';
    add(value);
  }
  return body;
}

Result<void> usable_endpoint(std::string_view url) {
  const auto refuse = [](const char* why) { return Error{Next::give_up, why}; };
  if (url.size() > 2000 || !std::ranges::all_of(url, is_url_character)) return refuse("that is no URL");
  const auto host = host_of(url);
  if (host.empty()) return refuse("it names no host, or a user before it");
  if (url.starts_with("https://")) return {};
  if (url.starts_with("http://") && is_loopback(host)) return {};
  return refuse("it has to begin with https:// (http:// is for this machine only)");
}

Result<HttpAnswer> post_form(const FormPost& post) {
  if (auto usable = usable_endpoint(post.url); !usable) return std::move(usable.error()).in(post.url.substr(0, 200));
  curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, CloseCurl> curl(curl_easy_init());
  const std::unique_ptr<curl_slist, FreeList> headers(curl_slist_append(nullptr, "Accept: application/json"));
  const std::string host(host_of(post.url));
  if (!curl || !headers) return Error{Next::retry, host + ": libcurl has no memory"};
  const auto body = encode_form(post.fields);
  Incoming incoming{.post = &post};
  set_up(curl.get(), post, body, incoming);
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  const auto code = curl_easy_perform(curl.get());
  if (code == CURLE_WRITE_ERROR) return Error{Next::retry, host + ": its answer is too large"};
  if (code == CURLE_ABORTED_BY_CALLBACK) return Error{Next::retry, host + ": given up"};
  if (code != CURLE_OK) return Error{Next::retry, host + ": " + curl_easy_strerror(code)};
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  incoming.answer.status = static_cast<int>(status);
  return std::move(incoming.answer);
}

}  // namespace leadmail::mail::net
