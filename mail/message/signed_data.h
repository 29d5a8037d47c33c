// A message within an S/MIME signature: application/pkcs7-mime whose text cannot be read without taking the signature
// off. Nothing is verified and no identity follows from it; what is encrypted stays closed. RFC 8551 §3.5.2, RFC 5652
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// What was signed, out of the DER or BER of a SignedData; nothing when it is no such thing or is damaged before its
/// content. At most `limit` bytes. Bounded depth, linear.
std::optional<std::string> signed_content(std::string_view bytes, std::size_t limit);

}  // namespace leadmail::mail::message
