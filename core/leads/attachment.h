// A file that came with a mail, as the lead book knows it: its bytes stay in the mail as it came and are found there
// again by their hash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::leads {

struct Attachment {
  /// What a mail's attachment is to others than its writer.
  enum class Use {
    file,         ///< something that he attached
    in_text,      ///< a picture that his new text shows
    left_behind,  ///< an envelope, a signature, our own notice, a picture of what he quotes: nobody else's
  };
  std::string name{};
  std::string type{};      ///< "application/pdf"; "" when it is not known any more
  std::uint64_t size = 0;  ///< decoded bytes
  std::string sha256{};    ///< of them, hex
  Use use = Use::file;
};

/// "a.pdf, b.pdf": for people.
std::string names_of(const std::vector<Attachment>& files);

/// The files that others may see: no `left_behind`.
std::vector<Attachment> shown_files(const std::vector<Attachment>& files);
/// Only what was attached on purpose.
std::vector<Attachment> attached_files(const std::vector<Attachment>& files);

/// The first that is a PDF, else the first; nothing of none.
const Attachment* document_among(const std::vector<Attachment>& files);

/// As a value of a lead holds one: "SHA256 SIZE TYPE NAME"; and back. A line of another form is a name alone.
std::string line_of(const Attachment& file);
Attachment read_attachment(std::string_view line);

/// The value with these added, each hash (or name, without one) once; at most 200 files stay.
std::string with_files(std::string_view value, const std::vector<Attachment>& files);

/// [[name, type, size, sha256], …] as JSON text and back (strict; nothing on damage): how the book keeps an event's.
std::string files_to_json(const std::vector<Attachment>& files);
std::optional<std::vector<Attachment>> files_from_json(std::string_view json);

}  // namespace leadmail::leads
