// What a config would have made of past mail: the same parsing, deciding and storing as of live mail, in a book of its
// own that is thrown away. No clock, no socket, no mail: the time of each message is when it was taken.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/store/book.h"
#include "daemon/engine.h"
#include "mail/message/message.h"

namespace leadmail::daemon::admin {

/// A past message and where it lay.
struct PastMail {
  store::Place place{};
  Time taken{};
  Time received{};
  std::string raw{};
  mail::message::Message message{};
  std::string unreadable{};  ///< why it has no content
  bool in_sent_folder = false;
  bool is_history = false;
  std::optional<LeadId> opened{};  ///< the lead that it opened then
};

/// To whom a lead went, and why.
struct FateOfLead {
  std::string user{};     ///< empty: nobody's; it is offered, or waits
  std::string offered{};  ///< to this team
  std::string cause{};    ///< "rule Mexico"
  std::string reason{};
};

/// What became of it.
struct Fate {
  std::string outcome{};
  std::string lead{};  ///< the lead that its opener opened then, else "new: <Message-ID of the opener>"; "" is none
  std::string owner{};
  std::string status{};
  std::vector<std::string> mails{};        ///< "notice to ana"
  std::optional<FateOfLead> assignment{};  ///< of a mail by which its lead was given to somebody
  /// Whether the same happened, for whatever reason.
  bool operator==(const Fate& other) const {
    return outcome == other.outcome && lead == other.lead && owner == other.owner && status == other.status &&
           mails == other.mails;
  }
};

class Simulation {
 public:
  /// `folder`: an empty one for its book.
  static Result<std::unique_ptr<Simulation>> open(Config config, const std::string& folder);

  /// Takes one message after all earlier ones.
  Result<Fate> take(const PastMail& mail);

 private:
  explicit Simulation(Settings settings) : settings_(std::move(settings)) {}
  Result<void> commit();
  Result<Fate> decide(const PastMail& mail);
  void translate_leads(leads::Query& query) const;
  [[nodiscard]] std::string label(LeadId lead) const;

  Settings settings_;
  std::unique_ptr<store::Book> book_{};
  std::unique_ptr<store::Transaction> transaction_{};
  int uncommitted_ = 0;
  std::map<LeadId, LeadId> here_{};  ///< lead of the real book -> the one that stands for it here
  std::map<LeadId, std::string> labels_{};
};

}  // namespace leadmail::daemon::admin
