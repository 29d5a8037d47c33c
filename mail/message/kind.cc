#include "mail/message/message.h"

namespace leadmail::mail::message {

std::string_view name(Kind kind) {
  switch (kind) {
    case Kind::person: return "person";
    case Kind::auto_reply: return "auto-reply";
    case Kind::bounce: return "bounce";
    case Kind::complaint: return "complaint";
    case Kind::receipt: return "receipt";
    case Kind::bulk: return "bulk";
    case Kind::calendar: return "calendar";
    case Kind::form: return "form";
  }
  return "person";
}

}  // namespace leadmail::mail::message
