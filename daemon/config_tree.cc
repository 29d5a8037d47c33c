#include "daemon/config_tree.h"

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 32  // what assign.when needs ten times over; each level costs stack
#include <toml++/impl/preprocessor.h>
// Some of its assumptions do not hold ("[" and a line end is enough), and behind each stands code that reports the
// fault. As asserts they would end us, and with NDEBUG they become promises to the compiler.
#undef TOML_ASSERT
#undef TOML_ASSERT_ASSUME
#define TOML_ASSERT(expr) static_assert(true)
#define TOML_ASSERT_ASSUME(expr) static_assert(true)
#include <toml++/toml.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <system_error>
#include <tuple>

#include "daemon/descriptor.h"

namespace leadmail::daemon {
namespace {

constexpr std::size_t kMaxFile = 4UL * 1024 * 1024;
constexpr std::size_t kMaxFiles = 1000;  // in conf.d
constexpr std::size_t kMaxDots = 64;     // a key of more parts makes toml++ recurse too deep

int to_int(toml::source_index value) { return static_cast<int>(std::min<toml::source_index>(value, 1'000'000'000)); }

Place place_of(std::size_t file, const toml::source_position& position) {
  return {file, to_int(position.line), to_int(position.column)};
}

template <typename T>
std::string iso(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

Node to_node(const toml::node& from, std::size_t file);

void add_members(Node& node, const toml::table& table, std::size_t file) {
  for (const auto& [key, value] : table) {
    node.members.push_back({std::string{key.str()}, place_of(file, key.source().begin), to_node(value, file)});
  }
}

Node to_node(const toml::node& from, std::size_t file) {
  Node node;
  node.place = place_of(file, from.source().begin);
  switch (from.type()) {
    case toml::node_type::table:
      node.kind = NodeKind::table;
      add_members(node, *from.as_table(), file);
      break;
    case toml::node_type::array:
      node.kind = NodeKind::list;
      for (const auto& item : *from.as_array()) node.items.push_back(to_node(item, file));
      break;
    case toml::node_type::string:
      node.kind = NodeKind::text;
      node.text = from.as_string()->get();
      break;
    case toml::node_type::integer:
      node.kind = NodeKind::integer;
      node.integer = from.as_integer()->get();
      node.number = static_cast<double>(node.integer);
      break;
    case toml::node_type::floating_point:
      node.kind = NodeKind::number;
      node.number = from.as_floating_point()->get();
      break;
    case toml::node_type::boolean:
      node.kind = NodeKind::boolean;
      node.boolean = from.as_boolean()->get();
      break;
    case toml::node_type::date:
      node.kind = NodeKind::date;
      node.text = iso(from.as_date()->get());
      break;
    case toml::node_type::time:
      node.kind = NodeKind::time;
      node.text = iso(from.as_time()->get());
      break;
    case toml::node_type::date_time:
      node.kind = NodeKind::date_time;
      node.text = iso(from.as_date_time()->get());
      break;
    case toml::node_type::none: break;
  }
  return node;
}

/// What toml++ would not say well, or not survive. Place of the first fault.
bool is_sound(std::string_view text, std::size_t file, ConfigReport& report) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    report.error({file, 1, 1}, "the file is in UTF-16", "save it as UTF-8");
    return false;
  }
  int line = 1;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto here = text.substr(0, end);
    std::size_t dots = 0;
    char quote = 0;
    for (std::size_t i = 0; i < here.size() && (quote != 0 || here[i] != '#'); ++i) {
      if (quote == '"' && here[i] == '\\') {
        ++i;
      } else if (quote != 0) {
        if (here[i] == quote) quote = 0;
      } else if (here[i] == '"' || here[i] == '\'') {
        quote = here[i];
      } else if (here[i] == '.' && ++dots > kMaxDots) {
        report.error({file, line, static_cast<int>(i) + 1}, "too many dots in one line",
                     "write nested keys as tables, and long lists on several lines");
        return false;
      }
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    ++line;
  }
  return true;
}

Node parse_file(std::string_view text, std::size_t file, const std::string& name, ConfigReport& report) {
  if (!is_sound(text, file, report)) return {};
  const auto parsed = toml::parse(text, name);
  if (!parsed) {
    const auto& error = parsed.error();
    report.error(place_of(file, error.source().begin), std::string{error.description()});
    return {};
  }
  return to_node(parsed.table(), file);
}

/// Lists of tables append, tables join, anything else may stand only once.
void merge(Node& into, Node&& from, const ConfigTree& tree, ConfigReport& report) {
  for (auto& member : from.members) {
    const auto place = std::ranges::lower_bound(into.members, member.key, {}, &Member::key);
    if (place == into.members.end() || place->key != member.key) {
      into.members.insert(place, std::move(member));
      continue;
    }
    Node& old = place->value;
    const auto is_table = [](const Node& node) { return node.kind == NodeKind::table; };
    if (is_table(old) && is_table(member.value)) {
      merge(old, std::move(member.value), tree, report);
    } else if (old.kind == NodeKind::list && member.value.kind == NodeKind::list &&
               std::ranges::all_of(old.items, is_table) && std::ranges::all_of(member.value.items, is_table)) {
      std::ranges::move(member.value.items, std::back_inserter(old.items));
    } else {
      report.error(member.place, "key '" + member.key + "' was set before",
                   "see " + tree.files[place->place.file] + ":" + std::to_string(place->place.line));
    }
  }
}

std::string reason(int error) { return std::generic_category().message(error); }

/// The whole file, if it is a regular one of bearable size. Never waits for a fifo, never reads a device.
std::optional<std::string> read_file(const std::string& path, std::size_t file, ConfigReport& report) {
  const auto fail = [&](std::string message, std::string suggestion = {}) {
    report.error({file, 0, 0}, std::move(message), std::move(suggestion));
    return std::nullopt;
  };
  const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (descriptor.get() < 0) return fail("cannot open the file: " + reason(errno));
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) return fail("cannot open the file: " + reason(errno));
  if (!S_ISREG(status.st_mode)) return fail("this is no regular file");
  if (status.st_size > static_cast<off_t>(kMaxFile)) {
    return fail("the file has " + std::to_string(status.st_size) + " bytes; a config has at most " +
                std::to_string(kMaxFile));
  }
  std::string text;
  text.resize(kMaxFile + 1);  // it may grow while we read
  std::size_t size = 0;
  while (size < text.size()) {
    const auto got = ::read(descriptor.get(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail("cannot read the file: " + reason(errno));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > kMaxFile) return fail("the file is longer than " + std::to_string(kMaxFile) + " bytes");
  text.resize(size);
  return text;
}

/// conf.d/*.toml beside `path`, sorted by name; hidden files are editors' leftovers.
std::vector<std::string> files_beside(const std::string& path, std::size_t main_file, ConfigReport& report) {
  namespace fs = std::filesystem;
  std::vector<std::string> found;
  const auto folder = fs::path(path).parent_path() / "conf.d";
  std::error_code failure;
  fs::directory_iterator entries(folder, failure);
  if (failure == std::errc::no_such_file_or_directory || failure == std::errc::not_a_directory) return found;
  for (; !failure && entries != fs::directory_iterator{}; entries.increment(failure)) {
    const auto name = entries->path().filename().string();
    if (!name.starts_with('.') && name.ends_with(".toml")) found.push_back(entries->path().string());
    if (found.size() > kMaxFiles) break;
  }
  if (failure) report.error({main_file, 0, 0}, "cannot list " + folder.string() + ": " + failure.message());
  if (found.size() > kMaxFiles) {
    report.error({main_file, 0, 0}, folder.string() + " has more than " + std::to_string(kMaxFiles) + " files");
    found.resize(kMaxFiles);
  }
  std::ranges::sort(found);
  return found;
}

std::string printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return text;
}

}  // namespace

std::string_view name(NodeKind kind) {
  switch (kind) {
    case NodeKind::table: return "a table";
    case NodeKind::list: return "a list";
    case NodeKind::text: return "a text";
    case NodeKind::integer: return "a number";
    case NodeKind::number: return "a number with a point";
    case NodeKind::boolean: return "true or false";
    case NodeKind::date: return "a date";
    case NodeKind::time: return "a time of day";
    case NodeKind::date_time: return "a date with a time";
  }
  return "nothing";
}

const Member* Node::member(std::string_view key) const {
  const auto found = std::ranges::lower_bound(members, key, {}, &Member::key);
  return found == members.end() || found->key != key ? nullptr : &*found;
}

const Node* Node::find(std::string_view key) const {
  const auto* found = member(key);
  return found == nullptr ? nullptr : &found->value;
}

void ConfigReport::error(Place place, std::string message, std::string suggestion) {
  entries_.push_back({place, std::move(message), std::move(suggestion), false});
  failed_ = true;
}

void ConfigReport::warn(Place place, std::string message, std::string suggestion) {
  entries_.push_back({place, std::move(message), std::move(suggestion), true});
}

std::vector<ConfigError> ConfigReport::errors(const std::vector<std::string>& files) const {
  auto sorted = entries_;
  std::ranges::stable_sort(sorted, {}, [](const Entry& entry) {
    return std::tuple{entry.place.file, entry.place.line, entry.place.column};
  });
  std::vector<ConfigError> errors;
  errors.reserve(sorted.size());
  for (auto& entry : sorted) {
    errors.push_back({entry.place.file < files.size() ? files[entry.place.file] : std::string{}, entry.place.line,
                      entry.place.column, printable(std::move(entry.message)), printable(std::move(entry.suggestion)),
                      entry.warning});
  }
  return errors;
}

ConfigTree parse_tree(std::string_view text, const std::string& file, ConfigReport& report) {
  ConfigTree tree{.files = {file}};
  tree.root = parse_file(text, 0, file, report);
  return tree;
}

ConfigTree read_tree(const std::string& path, ConfigReport& report) {
  ConfigTree tree{.files = {path}};
  if (const auto text = read_file(path, 0, report)) tree.root = parse_file(*text, 0, path, report);
  for (auto& file : files_beside(path, 0, report)) {
    const auto index = tree.files.size();
    tree.files.push_back(std::move(file));
    const auto text = read_file(tree.files.back(), index, report);
    if (text) merge(tree.root, parse_file(*text, index, tree.files.back(), report), tree, report);
  }
  return tree;
}

}  // namespace leadmail::daemon
