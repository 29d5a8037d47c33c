// What the config names on this machine: looked at once, when it is read, so that nobody learns from mail that does not
// come that a path was wrong. What can never work is an error. What only this user may not look at is a warning, for
// whoever asks may not be whom the daemon runs as.
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <memory>
#include <sstream>
#include <system_error>

#include "daemon/config_read.h"

namespace leadmail::daemon {
namespace {

constexpr off_t kLargestBundle = 16L * 1024 * 1024;  // those of whole systems have a quarter of a MiB

std::string reason(int error) { return std::generic_category().message(error); }

/// False: told, or there is nothing to look at.
bool is_found(const std::string& path, Place place, struct stat& status, ConfigReport& report) {
  if (::stat(path.c_str(), &status) == 0) return true;
  if (errno == EACCES) {
    report.warn(place, path + ": " + reason(EACCES), "leadmaild must be able to read it");
  } else {
    report.error(place, path + ": " + reason(errno));
  }
  return false;
}

bool holds_certificate(const std::string& path) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  const auto text = content.str();
  const std::unique_ptr<BIO, decltype(&BIO_free)> bytes(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())),
                                                        &BIO_free);
  const std::unique_ptr<X509, decltype(&X509_free)> first(
      bytes ? PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr) : nullptr, &X509_free);
  return first != nullptr;
}

}  // namespace

void check_certificate_file(const std::string& path, Place place, ConfigReport& report) {
  struct stat status {};
  if (!is_found(path, place, status, report)) return;
  if (!S_ISREG(status.st_mode)) return report.error(place, path + ": this is no regular file");
  if (status.st_size > kLargestBundle) return report.error(place, path + ": too large for certificates");
  if (::access(path.c_str(), R_OK) != 0) {
    report.warn(place, path + ": " + reason(errno), "leadmaild must be able to read it");
  } else if (!holds_certificate(path)) {
    report.error(place, path + ": there is no certificate in it", "it begins with -----BEGIN CERTIFICATE-----");
  }
}

void check_folder(const std::string& path, Place place, ConfigReport& report) {
  struct stat status {};
  if (!is_found(path, place, status, report)) return;
  if (!S_ISDIR(status.st_mode)) return report.error(place, path + ": this is no folder");
  if (::access(path.c_str(), R_OK | X_OK) != 0)
    report.warn(place, path + ": " + reason(errno), "leadmaild must be able to read it");
}

void check_book_file(const std::string& path, Place place, ConfigReport& report) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOTDIR) report.error(place, path + ": " + reason(ENOTDIR));
    return;  // the daemon makes it
  }
  if (S_ISDIR(status.st_mode)) {
    report.error(place, path + ": this is a folder", "name the file in it, like " + path + "/leadmail.db");
  } else if (!S_ISREG(status.st_mode)) {
    report.error(place, path + ": this is no regular file");
  }
}

}  // namespace leadmail::daemon
