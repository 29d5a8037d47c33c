// Bounces: the input is cut at 0x01 into header, prose, fields of a report and the enclosed original. Each is read as
// the notice's own, as HTML, and as what somebody passes on; the fields as those of each kind of report.
//
// Also: mail/message/{dsn_notice,dsn_text,identity}.cc
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "mail/message/dsn.h"
#include "mail/message/parse.h"
#include "mail/message/receipt_words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace leadmail::mail::message;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> pieces;
  while (pieces.size() < 4) {
    const auto end = rest.find('\x01');
    pieces.push_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  const auto identity = read_identity(pieces[0]);
  for (const bool nested : {false, true}) {
    const std::vector<ReportPart> parts{{nested ? "text/html" : "text/plain", pieces[1]},
                                        {"message/delivery-status", pieces[2], nested},
                                        {"message/disposition-notification", pieces[2], nested},
                                        {"message/feedback-report", pieces[2], nested},
                                        {"message/rfc822", pieces[3]}};
    for (const auto type : {"", "delivery-status", "disposition-notification", "feedback-report"}) {
      const auto bounce = read_bounce(identity, {.report_type = type, .parts = parts});
      if (bounce && bounce->recipients.size() > 101) std::abort();
    }
  }
  is_receipt_text(identity.subject, pieces[1]);
  is_complaint_text(identity.subject, pieces[1]);
  return 0;
}
