// Compresses mails as the book keeps them, on any thread, so that the one that writes only has to write.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::store {

class Packer;

/// The bytes of a mail in the order of their chunks; empty: they are not packed yet.
using PackedMail = std::vector<std::string>;

/// Thread-safe.
class Press {
 public:
  Press();
  ~Press();

  PackedMail pack(std::string_view raw);
  /// Gives back the memory that is kept for the next mail.
  void rest();

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Packer>> idle_{};
};

}  // namespace leadmail::store
