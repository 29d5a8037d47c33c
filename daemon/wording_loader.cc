#include "daemon/wording_loader.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "daemon/options.h"

namespace leadmail {
extern const std::map<std::string_view, std::string_view> kTemplates;
}

namespace leadmail::daemon {
namespace {

constexpr std::array<std::string_view, 3> kLanguages{"en", "es", "vi"};
constexpr std::array<std::string_view, 2> kLayouts{"frame", "plain"};
constexpr std::uintmax_t kLargestText = 256 * 1024;
constexpr std::uintmax_t kLargestPage = 40 * 1024;  // what Gmail shows of a mail is for its words

/// What the writer of letters gives to every mail, whether its own template uses it or not.
constexpr auto kCommon = std::to_array<std::string_view>(
    {"company", "shared", "title", "name", "to_name", "lead", "tag", "status", "owner_name", "user_name"});

/// The entries of lists. A section that is not here is a condition.
struct List {
  std::string_view name;
  std::vector<std::string_view> entries;
};
const std::vector<List>& lists() {
  static const std::vector<List> all{{"facts", {"label", "value"}},
                                     {"results", {"field", "before", "after"}},
                                     {"mails", {"number", "subject", "body"}},
                                     {"held", {"number", "sender", "subject", "at", "mailbox", "reason", "lines"}},
                                     {"entries", {"number", "who", "line", "command"}},
                                     {"timeline", {"at", "by", "line"}},
                                     {"actions", {"label", "command"}},
                                     {"deal", {"label", "value"}},
                                     {"late", {"number", "who", "line", "command"}},
                                     {"owed", {"number", "who", "line", "command"}},
                                     {"overdue", {"number", "who", "line", "command"}},
                                     {"due", {"number", "who", "line", "command"}},
                                     {"fresh", {"number", "who", "line", "command"}},
                                     {"moved", {"number", "who", "line", "command"}},
                                     {"lapsing", {"number", "who", "line", "command"}},
                                     {"silent", {"number", "who", "line", "command"}},
                                     {"nobodys", {"number", "who", "line", "command"}},
                                     {"members", {"label", "value"}},
                                     {"pipeline", {"label", "percent", "shown"}},
                                     {"news", {"label", "value"}},
                                     {"decisions", {"label", "value"}},
                                     {"buttons", {"label", "link"}}};
  return all;
}

const List* find_list(std::string_view name) {
  const auto found = std::ranges::find(lists(), name, &List::name);
  return found == lists().end() ? nullptr : &*found;
}

void add_list(std::string_view name, TemplateNames& names) {
  if (const auto* list = find_list(name))
    names.lists.emplace(name, std::set<std::string, std::less<>>(list->entries.begin(), list->entries.end()));
}

/// An acknowledgement goes to an address that may be forged: it tells nothing that was told to us.
bool is_to_strangers(std::string_view name) { return name == "ack"; }

void add_names(const std::vector<Tag>& tags, TemplateNames& names) {
  for (const auto& tag : tags) {
    const bool is_entry = std::ranges::any_of(tag.within, [&](const std::string& section) {
      const auto* list = find_list(section);
      return list != nullptr && std::ranges::find(list->entries, tag.name) != list->entries.end();
    });
    if (is_entry) continue;
    if (find_list(tag.name) != nullptr) {
      add_list(tag.name, names);
    } else {
      names.values.insert(tag.name);
    }
  }
}

/// Names of a page: those of its mail, and what is made of it.
TemplateNames page_names(TemplateNames names) {
  names.values.insert({"content", "subject", "language"});
  add_list("buttons", names);
  return names;
}

/// "es/notice.txt" -> {es, notice, .txt}; a frame has no language.
struct Name {
  std::string language;
  std::string name;
  std::string extension;
};
Name split(std::string_view path) {
  const std::filesystem::path parts(path);
  return {parts.parent_path().string(), parts.stem().string(), parts.extension().string()};
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  if (!file || file.bad()) return std::nullopt;
  return content.str();
}

}  // namespace

std::vector<std::string> Wording::names() {
  std::vector<std::string> all;
  for (const auto& [path, text] : kTemplates) {
    if (auto name = split(path); name.language == "en" && name.extension == ".txt") all.push_back(std::move(name.name));
  }
  return all;
}

TemplateNames Wording::Loader::common_names(std::string_view name) const {
  TemplateNames names;
  if (is_to_strangers(name)) {
    names.values = {"company", "shared"};
    return names;
  }
  names.values.insert(kCommon.begin(), kCommon.end());
  for (const auto& field : fields_) names.values.insert("field." + field);
  for (const auto list : {"facts", "actions"}) add_list(list, names);
  return names;
}

Wording Wording::Loader::load() {
  read_built_in();
  if (folder_.empty()) return std::move(wording_);
  const auto found = files_in(folder_);
  if (found.empty()) return std::move(wording_);
  for (const auto language : kLanguages) read_folder(std::string(language));
  for (const auto& path : found) {
    const auto name = path.filename().string();
    const bool is_language = std::ranges::find(kLanguages, name) != kLanguages.end();
    if (!is_language && !name.starts_with('.'))
      fault(path.string(), "not used: templates stand in the folders en, es and vi", "", true);
  }
  return std::move(wording_);
}

void Wording::Loader::read_built_in() {
  for (const auto& [path, text] : kTemplates) {
    const auto [language, name, extension] = split(path);
    if (extension == ".html") {
      wording_.pages_[name] = std::string(text);
      continue;
    }
    auto read = read_text_template(std::string(path), text, errors_);
    auto& names = names_.try_emplace(name, common_names(name)).first->second;
    add_names(read.tags, names);
    auto& needs = needs_[name];
    needs.insert(needs.end(), read.needs.begin(), read.needs.end());
    wording_.letters_[language + "/" + name] = {std::move(read.subject), std::move(read.body), std::move(read.layout)};
  }
}

/// Sorted. A folder that is not there has none; of one that can't be listed nobody knows what it would have said.
std::vector<std::filesystem::path> Wording::Loader::files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator{}; entry.increment(error))
    files.push_back(entry->path());
  if (error && error != std::errc::no_such_file_or_directory)
    fault(folder.string(), "can't be listed: " + error.message(), "leadmaild must be able to read it", true);
  std::ranges::sort(files);
  return files;
}

void Wording::Loader::read_folder(const std::string& language) {
  for (const auto& path : files_in(std::filesystem::path(folder_) / language)) {
    const auto name = path.stem().string();
    const auto extension = path.extension().string();
    if (name.starts_with('.') || (extension != ".txt" && extension != ".html")) continue;
    if (name.starts_with("newsletter-") && extension == ".txt") {
      read_newsletter(path.string(), language, name);
      continue;
    }
    const bool is_layout = extension == ".html" && std::ranges::find(kLayouts, name) != kLayouts.end();
    if (!names_.contains(name) && !is_layout) {
      const auto all = names();
      const auto meant = nearest(name, all);
      fault(path.string(), "not used: no mail is called " + name, meant.empty() ? "" : "did you mean " + meant + "?",
            true);
      continue;
    }
    if (extension == ".txt") {
      read_text(path.string(), language, name);
    } else {
      read_page(path.string(), language, name);
    }
  }
}

void Wording::Loader::read_text(const std::string& path, const std::string& language, const std::string& name) {
  std::error_code error;
  if (std::filesystem::file_size(path, error) > kLargestText && !error) return fault(path, "larger than 256 KiB");
  const auto bytes = read_file(path);
  if (!bytes) return fault(path, "can't be read");
  auto read = read_text_template(path, *bytes, errors_);
  check_names(path, read.tags, names_[name], errors_);
  check_needs(path, read.tags, needs_[name], errors_);
  wording_.letters_[language + "/" + name] = {std::move(read.subject), std::move(read.body), std::move(read.layout)};
}

/// The company's own mail to many. The way out stands below it, unless it is said in it.
void Wording::Loader::read_newsletter(const std::string& path, const std::string& language, const std::string& name) {
  std::error_code error;
  if (std::filesystem::file_size(path, error) > kLargestText && !error) return fault(path, "larger than 256 KiB");
  const auto bytes = read_file(path);
  if (!bytes) return fault(path, "can't be read");
  auto read = read_text_template(path, *bytes, errors_);
  TemplateNames known;
  known.values = {"company", "shared", "name", "to_name", "owner_name", "organization", "product", "unsubscribe"};
  for (const auto& field : fields_) known.values.insert("field." + field);
  check_names(path, read.tags, known, errors_);
  if (std::ranges::find(read.tags, "unsubscribe", &Tag::name) == read.tags.end()) {
    const std::string_view words = language == "es"   ? "Para no recibir más boletines, escriba a: "
                                   : language == "vi" ? "Để ngừng nhận bản tin, hãy gửi thư tới: "
                                                      : "To end these newsletters, write to: ";
    read.body += "\n\n~ " + std::string(words) + "{{unsubscribe}}\n";
  }
  wording_.letters_[language + "/" + name] = {std::move(read.subject), std::move(read.body), std::move(read.layout)};
}

void Wording::Loader::read_page(const std::string& path, const std::string& language, const std::string& name) {
  std::error_code error;
  if (std::filesystem::file_size(path, error) > kLargestPage && !error)
    return fault(path, "larger than 40 KiB", "Gmail shows no more than 102 KiB of a mail");
  const auto bytes = read_file(path);
  if (!bytes) return fault(path, "can't be read");
  auto read = read_html_template(path, *bytes, errors_);
  const bool is_layout = !names_.contains(name);
  TemplateNames layout_names;
  layout_names.values = {"company", "shared"};
  check_names(path, read.tags, page_names(is_layout ? layout_names : names_[name]), errors_);
  const bool has_content = std::ranges::find(read.tags, "content", &Tag::name) != read.tags.end();
  if (!has_content)
    check_needs(path, read.tags, is_layout ? std::vector<std::string>{"content"} : needs_[name], errors_);
  wording_.pages_[language + "/" + name] = std::move(read.page);
}

void Wording::Loader::fault(const std::string& path, std::string message, std::string suggestion, bool warning) {
  errors_.push_back({path, 0, 0, std::move(message), std::move(suggestion), warning});
}

}  // namespace leadmail::daemon
