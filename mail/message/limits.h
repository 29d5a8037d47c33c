// What a message may cost. Every parser of foreign bytes takes these; beyond a limit the rest is noted in `defects`,
// never lost.
#pragma once

#include <cstddef>

namespace leadmail::mail::message {

struct Limits {
  std::size_t header_field = std::size_t{64} * 1024;   ///< bytes of one unfolded header field
  std::size_t header_block = std::size_t{256} * 1024;  ///< bytes of one header block
  std::size_t header_fields = 1000;                    ///< fields of one header block
  std::size_t all_headers = std::size_t{1024} * 1024;  ///< bytes of all header blocks of one message together
  std::size_t all_fields = 20'000;                     ///< fields of them; of later parts Content-* alone is read
  std::size_t depth = 50;                              ///< nesting of multiparts and messages
  std::size_t parts = 1000;                            ///< parts of one message, all levels together
  std::size_t parameters = 64;                         ///< parameters of one field. RFC 2045 §5.1
  std::size_t addresses = 1000;                        ///< addresses of one message
  std::size_t message_ids = 1000;                      ///< ids of one References field; the last ones are kept
  std::size_t text = std::size_t{4} * 1024 * 1024;     ///< bytes of text kept for reading, UTF-8
  std::size_t opened = std::size_t{48} * 1024 * 1024;  ///< bytes of what was encoded or signed as a whole and is opened
};

}  // namespace leadmail::mail::message
