#include "mail/net/reach.h"

#include <curl/curl.h>

#include <array>
#include <ctime>
#include <memory>
#include <string_view>

namespace leadmail::mail::net {
namespace {

using Trouble = Reach::Trouble;

struct CloseCurl {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

std::string url_of(const Server& server, Service service) {
  const bool implicit = server.security == Security::implicit_tls;
  const bool bare_ipv6 = server.host.find(':') != std::string::npos && server.host.front() != '[';
  const auto host = bare_ipv6 ? "[" + server.host + "]" : server.host;
  const std::string scheme = service == Service::imap ? "imap" : "smtp";
  return scheme + (implicit ? "s://" : "://") + host + (server.port == 0 ? "" : ":" + std::to_string(server.port));
}

Trouble trouble_of(CURLcode code) {
  switch (code) {
    case CURLE_OK: return Trouble::none;
    case CURLE_COULDNT_RESOLVE_HOST: return Trouble::name;
    case CURLE_COULDNT_CONNECT: return Trouble::connection;
    case CURLE_OPERATION_TIMEDOUT: return Trouble::silence;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CACERT_BADFILE: return Trouble::certificate;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CIPHER: return Trouble::tls;
    default: return Trouble::greeting;
  }
}

/// When the first certificate of the chain ends, as OpenSSL writes it: "Dec  1 12:00:00 2026 GMT".
std::optional<Time> end_of_certificate(CURL* curl) {
  curl_certinfo* chain = nullptr;
  if (curl_easy_getinfo(curl, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == nullptr || chain->num_of_certs < 1) {
    return std::nullopt;
  }
  constexpr std::string_view kField{"Expire date:"};
  for (const auto* entry = chain->certinfo[0]; entry != nullptr; entry = entry->next) {
    const std::string_view line(entry->data);
    if (!line.starts_with(kField)) continue;
    std::tm parts{};
    const std::string date(line.substr(kField.size()));
    const auto* const end = ::strptime(date.c_str(), "%b %e %H:%M:%S %Y", &parts);
    if (end == nullptr) return std::nullopt;
    return from_unix(::timegm(&parts));
  }
  return std::nullopt;
}

}  // namespace

Reach reach(const Server& server, Service service, std::chrono::seconds patience) {
  const std::unique_ptr<CURL, CloseCurl> curl(curl_easy_init());
  if (!curl) return {Trouble::greeting, "libcurl can't be used", {}};
  std::array<char, CURL_ERROR_SIZE> error{};
  curl_easy_setopt(curl.get(), CURLOPT_URL, url_of(server, service).c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "imap,imaps,smtp,smtps");
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(curl.get(), CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, static_cast<long>(patience.count()));
  curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, static_cast<long>(patience.count()));
  curl_easy_setopt(curl.get(), CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(patience.count()));
  const bool plain = server.security == Security::none;
  curl_easy_setopt(curl.get(), CURLOPT_USE_SSL, plain ? long{CURLUSESSL_NONE} : long{CURLUSESSL_ALL});
  curl_easy_setopt(curl.get(), CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  curl_easy_setopt(curl.get(), CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(curl.get(), CURLOPT_CERTINFO, plain ? 0L : 1L);
  if (!server.ca_file.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_CAINFO, server.ca_file.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, error.data());
  const auto code = curl_easy_perform(curl.get());
  Reach reach;
  reach.trouble = trouble_of(code);
  if (code != CURLE_OK) reach.words = error[0] != '\0' ? error.data() : curl_easy_strerror(code);
  if (code == CURLE_OK) reach.certificate_ends = end_of_certificate(curl.get());
  return reach;
}

}  // namespace leadmail::mail::net
