#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "daemon/admin/commands.h"
#include "daemon/admin/mail_source.h"
#include "daemon/admin/progress.h"

namespace leadmail::daemon::admin {
namespace {

/// How much lies there, to tell how long it will take; 0 where a pipe is among it.
std::int64_t bytes_of(const std::vector<std::string>& paths) {
  namespace fs = std::filesystem;
  std::int64_t all = 0;
  std::error_code ignored;
  for (const auto& path : paths) {
    if (path == "-") return 0;
    if (fs::is_regular_file(path, ignored)) all += static_cast<std::int64_t>(fs::file_size(path, ignored));
    for (fs::recursive_directory_iterator entry(path, ignored), end; !ignored && entry != end;
         entry.increment(ignored)) {
      if (entry->is_regular_file(ignored)) all += static_cast<std::int64_t>(entry->file_size(ignored));
    }
    ignored.clear();
  }
  return all;
}

/// Hands mails over, many at a time, and tells in their order what became of each.
class Ingester {
 public:
  Ingester(Desk& desk, const IngestArguments& arguments)
      : desk_(desk), arguments_(arguments), progress_(desk.wants_progress(), "mails") {
    if (progress_.is_shown()) all_bytes_ = bytes_of(arguments.paths);
    desk_.make_room_by(&progress_);
  }
  Ingester(const Ingester&) = delete;
  Ingester& operator=(const Ingester&) = delete;
  ~Ingester() { desk_.make_room_by(nullptr); }

  /// False: it makes no sense to go on.
  bool take(const FoundMail& mail) {
    if (mail.raw.find_first_not_of(" \t\r\n") == std::string::npos) {
      desk_.fail(mail.name + ": there is no mail in it; nothing is taken");
      return true;
    }
    desk_.begin_change(Json{{"action", "ingest"},
                            {"mailbox", arguments_.mailbox},
                            {"file", mail.name},
                            {"silent", arguments_.silent},
                            {"sent", arguments_.sent},
                            {"partial", mail.partial},
                            {"bytes", mail.raw.size()}},
                       mail.raw, [this, name = mail.name, size = mail.raw.size()](const Result<Json>& answer) {
                         told(name, answer);
                         bytes_ += static_cast<std::int64_t>(size);
                         progress_.at(static_cast<std::int64_t>(count_), bytes_, all_bytes_);
                       });
    return !stopped_;
  }

  /// "4 mails taken: 1 new, 3 known"
  [[nodiscard]] std::string summary() const {
    const auto taken = std::to_string(count_) + (count_ == 1 ? " mail taken" : " mails taken");
    return known_ == 0 ? taken
                       : taken + ": " + std::to_string(count_ - known_) + " new, " + std::to_string(known_) + " known";
  }

 private:
  void told(const std::string& name, const Result<Json>& answer) {
    if (!answer) {
      // What follows fares no better: once is enough.
      if (!std::exchange(stopped_, true)) desk_.fail(Error{answer.error()}.in(name));
    } else if (!answer->value("ok", false)) {
      desk_.fail(name + ": " + answer->value("error", "refused"));
    } else {
      tell(name, *answer);
      ++count_;
      const auto outcome = answer->value("outcome", "");
      if (outcome == "known" || outcome == "duplicate") ++known_;
    }
  }

  void tell(const std::string& name, const Json& answer) const {
    const auto lead = answer.contains("lead") ? answer["lead"] : Json(nullptr);
    if (desk_.is_json()) {
      desk_.print_json(Json{{"file", name},
                            {"outcome", answer.value("outcome", "")},
                            {"lead", lead},
                            {"reason", answer.value("reason", "")}});
      return;
    }
    const auto where = lead.is_string() ? " " + lead.get<std::string>() : std::string{};
    desk_.remark(shown(name + ": " + answer.value("outcome", "") + where + ": " + answer.value("reason", "")));
  }

  Desk& desk_;
  const IngestArguments& arguments_;
  Progress progress_;
  std::int64_t bytes_ = 0;
  std::int64_t all_bytes_ = 0;  ///< 0: not known
  std::size_t count_ = 0;
  std::size_t known_ = 0;  ///< of them had been taken before
  bool stopped_ = false;
};

}  // namespace

int run_ingest(Desk& desk, const IngestArguments& arguments) {
  if (!desk.read_config()) return desk.status();
  const auto& config = desk.config();
  if (!arguments.mailbox.empty() && config.mailbox(arguments.mailbox) == nullptr) {
    return desk.fail("there is no mailbox '" + arguments.mailbox + "'");
  }
  Ingester ingester(desk, arguments);
  for (const auto& path : arguments.paths) {
    bool go_on = true;
    const auto visited = visit_mail(path, config.limits.max_message, [&](const FoundMail& mail) {
      go_on = ingester.take(mail);
      return go_on;
    });
    if (!visited) {
      desk.fail(visited.error());
    } else if (const auto text = passed_over_text(path, *visited); !text.empty()) {
      desk.warn(text);
    }
    if (!go_on) break;
  }
  desk.finish_changes();
  desk.remark(ingester.summary());
  return desk.status();
}

}  // namespace leadmail::daemon::admin
