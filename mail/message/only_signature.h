// Whether a text says anything at all, or only tells who wrote it: what a client or its owner puts below every mail
// must not go out as a message. Pure; the names are given, nothing is learnt.
#pragma once

#include <span>
#include <string_view>

namespace leadmail::mail::message {

/// Is `text` nothing but its writer's signature, the footer of a phone or a program, or both? `names`: what he is
/// called, each in any order of words: as he is configured, and as his From field says. True only where no line could
/// be a message: his name, a closing, a title, a company, an address, contact data, a picture, a notice below. Data of
/// a signature count only beside his name. False for an empty text, and beyond 16 KiB.
bool is_only_signature(std::string_view text, std::span<const std::string_view> names);

}  // namespace leadmail::mail::message
