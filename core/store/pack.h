// Compression of what is kept: zstd with contexts that are used again. Internal to core/store.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace leadmail::store {

/// Bytes of a mail that one row of `raw` holds, before compression.
constexpr std::size_t kChunk = std::size_t{1024} * 1024;

/// Thread-safe as different objects are.
class Packer {
 public:
  Packer();
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;
  ~Packer();

  /// One zstd frame that states its size; valid until the next call.
  Result<std::string_view> pack(std::string_view bytes);
  /// Appends what the frame holds. Error stop: it is damaged, or says it holds more than 1 GiB.
  Result<void> unpack(std::string_view frame, std::string& bytes);

 private:
  ZSTD_CCtx_s* compressor_;
  ZSTD_DCtx_s* decompressor_ = nullptr;  ///< made when first needed
  std::string packed_{};
};

}  // namespace leadmail::store
