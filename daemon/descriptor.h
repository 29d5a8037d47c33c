// A file descriptor that is closed with its owner.
#pragma once

#include <unistd.h>

#include <utility>

namespace leadmail::daemon {

class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : value_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      close();
      value_ = other.release();
    }
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int get() const { return value_; }
  int release() { return std::exchange(value_, -1); }

 private:
  void close() const {
    if (value_ >= 0) ::close(value_);
  }
  int value_;
};

}  // namespace leadmail::daemon
