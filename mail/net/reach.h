// Whether a server can be reached as it is configured, before anybody logs in: its name, the connection, TLS and the
// certificate. For people who look for what is wrong. It blocks.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/base/time.h"
#include "mail/net/account.h"

namespace leadmail::mail::net {

enum class Service { imap, smtp };

/// How far we came.
struct Reach {
  enum class Trouble {
    none,
    name,         ///< DNS does not know it, or does not answer
    connection,   ///< refused, or no way there
    silence,      ///< nothing came back in time
    certificate,  ///< it does not prove who it is: name, authority, dates
    tls,          ///< no TLS at all, too old, or no STARTTLS
    greeting,     ///< it speaks another protocol, or sends us away
  };
  Trouble trouble = Trouble::none;
  std::string words{};                     ///< what the library or the server said
  std::optional<Time> certificate_ends{};  ///< of the server's own; nothing where there is no TLS
};

/// Connects, greets and hangs up. Takes no longer than `patience`, all in all.
Reach reach(const Server& server, Service service, std::chrono::seconds patience);

}  // namespace leadmail::mail::net
