#include <malloc.h>
#include <unistd.h>

#include <cstring>

#include "mail/message/json.h"
#include "mail/message/parse.h"
#include "mail/worker/confinement.h"
#include "mail/worker/nursery.h"
#include "mail/worker/pool.h"
#include "mail/worker/protocol.h"

namespace leadmail::mail::worker {
namespace {

constexpr int kSocket = 0;
constexpr std::uint64_t kLargestMessage = 512ULL << 20;
constexpr std::size_t kWorthTrimming = 1 << 20;

/// Touches what the libraries load lazily (converters, language tables, folding), while files can still be opened.
void warm_up() {
  const message::ParseOptions options;
  (void)message::parse(
      "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; "
      "charset=iso-8859-15\r\n\r\n"
      "Buenos d\xed"
      "as, quisiera una cotizaci\xf3n para doce m\xe1quinas.\r\n--b\r\nContent-Type: text/html; "
      "charset=gb18030\r\n\r\n"
      "<p>Buenos</p>\r\n--b--\r\n",
      options);
}

/// Reads messages until the socket is closed.
int serve() {
  if (const auto confined = confine(); !confined) _exit(3);
  for (;;) {
    auto request = receive_frame(kSocket, kLargestMessage, Deadline::max());
    if (!request) _exit(0);
    message::ParseOptions options;
    options.attachment_content = (request->flags & kAttachmentContent) != 0;
    const std::size_t size = request->body.size();
    {
      const std::string answer = message::serialise(message::parse(request->body, options));
      request->body = {};
      if (const auto sent = send_frame(kSocket, 0, answer, Deadline::max()); !sent) _exit(0);
    }
    if (size > kWorthTrimming) malloc_trim(0);
  }
}

}  // namespace

bool is_worker(int argc, char** argv) { return argc == 2 && std::strcmp(argv[1], "--worker") == 0; }

int worker_main() {
  warm_up();
  return nursery_main(&serve);
}

}  // namespace leadmail::mail::worker
