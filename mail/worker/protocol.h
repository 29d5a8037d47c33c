// What pool and worker say to each other over one stream socket: a fixed head with a length, then that many bytes. The
// worker's side is trusted with nothing: every length is checked against a cap before a byte is allocated.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace leadmail::mail::worker {

/// First bytes of a request and of an answer.
struct Head {
  std::uint32_t magic = 0x4c4d5731;  ///< "LMW1"
  std::uint32_t flags = 0;           ///< of a request: kAttachmentContent
  std::uint64_t size = 0;            ///< bytes that follow
};
constexpr std::uint32_t kAttachmentContent = 1;

using Deadline = std::chrono::steady_clock::time_point;

/// All of `bytes`, or an error: closed or broken (give_up), or the deadline passed (retry).
Result<void> send_all(int fd, std::string_view bytes, Deadline deadline);
Result<void> send_frame(int fd, std::uint32_t flags, std::string_view body, Deadline deadline);

/// One frame of at most `cap` bytes. An empty body with Error "closed" (give_up) when the other side hung up between
/// frames.
struct Frame {
  std::uint32_t flags = 0;
  std::string body{};
};
Result<Frame> receive_frame(int fd, std::uint64_t cap, Deadline deadline);

}  // namespace leadmail::mail::worker
