// How expected trouble travels: as a value, sorted by what the caller does next.
// Our own bugs are asserts; input never is.
#pragma once

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace leadmail {

/// What the caller of a failed call does next: the only question a caller has.
enum class Next {
  retry,       ///< network or server busy: come back later, with back-off
  give_up,     ///< the answer will not change: record it, go on
  quarantine,  ///< this input is damaged: keep the bytes, skip it, tell the operator
  stop,        ///< we can't be trusted to go on: exit, systemd starts us again
};

/// "retry", "give-up", "quarantine", "stop": for logs and tests.
constexpr std::string_view name(Next next) {
  switch (next) {
    case Next::retry: return "retry";
    case Next::give_up: return "give-up";
    case Next::quarantine: return "quarantine";
    case Next::stop: return "stop";
  }
  return "stop";
}

/// An expected failure: what happened, where, and what to do about it. Never holds secrets or the text of a mail.
struct Error {
  Next next = Next::give_up;
  std::string what;

  /// The same error with the place put before it: "sending outbox row 7: connection refused".
  Error in(std::string_view place) && {
    what.insert(0, ": ");
    what.insert(0, place);
    return std::move(*this);
  }
};

/// A T, or the Error that kept us from having it. Test it before use.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return content_.index() == 0; }
  T& operator*() & {
    assert(*this);
    return *std::get_if<0>(&content_);
  }
  const T& operator*() const& {
    assert(*this);
    return *std::get_if<0>(&content_);
  }
  T&& operator*() && {
    assert(*this);
    return std::move(*std::get_if<0>(&content_));
  }
  T* operator->() {
    assert(*this);
    return std::get_if<0>(&content_);
  }
  const T* operator->() const {
    assert(*this);
    return std::get_if<0>(&content_);
  }
  Error& error() {
    assert(!*this);
    return *std::get_if<1>(&content_);
  }
  const Error& error() const {
    assert(!*this);
    return *std::get_if<1>(&content_);
  }

 private:
  std::variant<T, Error> content_;
};

/// Nothing, or the Error. `return {};` is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : failed_(true), error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return !failed_; }
  Error& error() {
    assert(failed_);
    return error_;
  }
  const Error& error() const {
    assert(failed_);
    return error_;
  }

 private:
  bool failed_ = false;
  Error error_{};
};

}  // namespace leadmail
