// What a subject is about once replies and forwards are taken off. RFC 5256 §2.1, and the prefixes of real clients.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// Bytes of a subject that are looked at and written; about 1000 characters of any script.
inline constexpr std::size_t kLongestSubject = 4000;

struct Subject {
  std::string base{};       ///< without prefixes and without our tag, white space folded; other list tags are kept
  std::string key{};        ///< base, case-folded and normalised (NFKC): equal keys are the same subject
  std::string tag{};        ///< what stands in our bracket, "L-123-k7"; "" when there is none
  bool is_reply = false;    ///< a reply prefix was taken off
  bool is_forward = false;  ///< a forward prefix, or "(fwd)", was taken off
};

/// Reads a decoded subject. Prefixes are taken off one after another, also "Re[2]:", "Re^2:" and "RE：". At most 1000
/// characters count.
Subject read_subject(std::string_view subject);

}  // namespace leadmail::mail::message
