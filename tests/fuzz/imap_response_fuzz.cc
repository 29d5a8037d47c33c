// The reader of IMAP responses on any bytes, in one piece and in pieces whose sizes the input chooses: the same
// responses. What is made of them then stays bounded, and no folder's name can end a command.
//
// Also: mail/imap/response_items.cc
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "mail/imap/command.h"
#include "mail/imap/response.h"
#include "mail/imap/sent_folder.h"
#include "mail/imap/trouble.h"

using namespace leadmail::mail::imap;

namespace {

struct Heard {
  std::vector<Response> responses{};
  bool broken = false;
};

Heard hear(std::string_view bytes, std::size_t piece, bool same_pieces) {
  ResponseReader reader({.line = 4096, .literals = 4096, .nesting = 8});
  Heard heard;
  while (!bytes.empty()) {
    reader.feed(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
    if (!same_pieces) piece = piece * 7 % 257 + 1;
    for (;;) {
      auto next = reader.next();
      heard.broken = !next;
      if (!next) return heard;
      if (!*next) break;
      heard.responses.push_back(**std::move(next));
    }
  }
  return heard;
}

void demand(bool condition) {
  if (!condition) std::abort();
}

void use(const Status& status) {
  const auto words = status.words();
  demand(words.size() <= 300 && printable(words) == words);
  for (const auto moment : {Moment::connecting, Moment::logging_in, Moment::in_session}) {
    demand(!name(diagnose(words, moment).trouble).empty());
  }
}

void use(const std::vector<Folder>& folders) {
  for (const Folder& folder : folders) {
    const auto argument = folder_argument(folder.name);
    demand(!argument || argument->find_first_of("\r\n") == std::string::npos);
    (void)quoted(folder.name);
  }
  (void)find_sent(folders);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Heard whole = hear(bytes, bytes.size() + 1, true);
  const Heard pieces = hear(bytes, data[0] + 1U, false);
  // A line that is too long is known as such before it has ended, so that only the end may differ.
  const auto both = std::min(whole.responses.size(), pieces.responses.size());
  demand((whole.broken || pieces.broken || both == whole.responses.size()) && whole.responses.size() >= both);
  std::vector<Folder> folders;
  for (std::size_t i = 0; i < whole.responses.size(); ++i) {
    const Response& response = whole.responses[i];
    demand(i >= both || response.index() == pieces.responses[i].index());
    if (const auto* status = std::get_if<Status>(&response)) use(*status);
    if (const auto* entry = std::get_if<ListEntry>(&response)) {
      folders.push_back({from_modified_utf7(entry->name), entry->attributes, entry->delimiter});
    }
    if (const auto* search = std::get_if<Search>(&response)) {
      auto uids = search->numbers;
      std::ranges::sort(uids);
      for (const auto& set : uid_sets(uids, 100)) demand(set.size() <= 100);
    }
  }
  use(folders);
  return 0;
}
