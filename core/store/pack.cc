#include "core/store/pack.h"

#include <zstd.h>

#include <new>

namespace leadmail::store {
namespace {

constexpr int kLevel = 3;
constexpr unsigned long long kLargest = 1ULL << 30;

}  // namespace

Packer::Packer() : compressor_(ZSTD_createCCtx()) {
  if (!compressor_) throw std::bad_alloc();  // ends the process, as every allocation that fails
  ZSTD_CCtx_setParameter(compressor_, ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(compressor_, ZSTD_c_checksumFlag, 1);
}

Packer::~Packer() {
  ZSTD_freeCCtx(compressor_);
  ZSTD_freeDCtx(decompressor_);
}

Result<std::string_view> Packer::pack(std::string_view bytes) {
  const std::size_t bound = ZSTD_compressBound(bytes.size());
  // A big mail's buffer is not kept for the small ones that follow.
  if (packed_.size() < bound || packed_.size() > 2 * ZSTD_compressBound(kChunk)) packed_.resize(bound);
  const std::size_t size = ZSTD_compress2(compressor_, packed_.data(), packed_.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size)) return Error{Next::stop, std::string("compressing: ") + ZSTD_getErrorName(size)};
  return std::string_view(packed_.data(), size);
}

Result<void> Packer::unpack(std::string_view frame, std::string& bytes) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > kLargest) {
    return Error{Next::stop, "stored bytes are damaged"};
  }
  if (!decompressor_) decompressor_ = ZSTD_createDCtx();
  if (!decompressor_) throw std::bad_alloc();
  const std::size_t before = bytes.size();
  bytes.resize(before + size);
  const std::size_t got = ZSTD_decompressDCtx(decompressor_, bytes.data() + before, size, frame.data(), frame.size());
  if (ZSTD_isError(got) || got != size) return Error{Next::stop, "stored bytes are damaged"};
  return {};
}

}  // namespace leadmail::store
