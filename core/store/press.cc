#include "core/store/press.h"

#include <algorithm>
#include <utility>

#include "core/store/pack.h"

namespace leadmail::store {

Press::Press() = default;
Press::~Press() = default;

PackedMail Press::pack(std::string_view raw) {
  std::unique_ptr<Packer> packer;
  {
    const std::lock_guard guard(mutex_);
    if (!idle_.empty()) {
      packer = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!packer) packer = std::make_unique<Packer>();
  PackedMail mail;
  for (; !raw.empty(); raw.remove_prefix(std::min(raw.size(), kChunk))) {
    const auto packed = packer->pack(raw.substr(0, kChunk));
    if (!packed) return {};  // the transaction meets it again, and tells
    mail.emplace_back(*packed);
  }
  const std::lock_guard guard(mutex_);
  idle_.push_back(std::move(packer));
  return mail;
}

void Press::rest() {
  const std::lock_guard guard(mutex_);
  idle_.clear();
}

}  // namespace leadmail::store
