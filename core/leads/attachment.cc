#include "core/leads/attachment.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/leads/address.h"
#include "core/leads/lead.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kMostFiles = 200;
constexpr std::size_t kHashLength = 64;

bool is_hash(std::string_view text) {
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() == kHashLength && std::ranges::all_of(text, is_hex);
}

bool is_pdf(const Attachment& file) { return file.type == "application/pdf" || to_lower(file.name).ends_with(".pdf"); }

bool is_same(const Attachment& one, const Attachment& other) {
  return one.sha256 == other.sha256 && (!one.sha256.empty() || one.name == other.name);
}

std::optional<Attachment> read_file(const nlohmann::json& list) {
  if (!list.is_array() || list.size() != 4 || !list[0].is_string() || !list[1].is_string() ||
      !list[2].is_number_unsigned() || !list[3].is_string())
    return std::nullopt;
  return Attachment{.name = list[0].get<std::string>(),
                    .type = list[1].get<std::string>(),
                    .size = list[2].get<std::uint64_t>(),
                    .sha256 = list[3].get<std::string>()};
}

}  // namespace

std::string names_of(const std::vector<Attachment>& files) {
  std::vector<std::string> names;
  names.reserve(files.size());
  for (const auto& file : files) names.push_back(file.name.empty() ? file.type : file.name);
  return join(names, ", ");
}

std::vector<Attachment> shown_files(const std::vector<Attachment>& files) {
  std::vector<Attachment> shown;
  std::ranges::copy_if(files, std::back_inserter(shown),
                       [](const Attachment& file) { return file.use != Attachment::Use::left_behind; });
  return shown;
}

std::vector<Attachment> attached_files(const std::vector<Attachment>& files) {
  std::vector<Attachment> attached;
  std::ranges::copy_if(files, std::back_inserter(attached),
                       [](const Attachment& file) { return file.use == Attachment::Use::file; });
  return attached;
}

const Attachment* document_among(const std::vector<Attachment>& files) {
  if (files.empty()) return nullptr;
  const auto pdf = std::ranges::find_if(files, is_pdf);
  return pdf == files.end() ? &files.front() : &*pdf;
}

std::string line_of(const Attachment& file) {
  const auto name = one_line(file.name, 200);
  if (!is_hash(file.sha256)) return name;
  return file.sha256 + " " + std::to_string(file.size) + " " + (file.type.empty() ? "-" : one_line(file.type, 100)) +
         " " + name;
}

Attachment read_attachment(std::string_view line) {
  auto rest = line;
  const auto hash = take_word(rest);
  const auto size = take_word(rest);
  Attachment file;
  const auto read = std::from_chars(size.data(), size.data() + size.size(), file.size);
  if (!is_hash(hash) || size.empty() || read.ec != std::errc{} || read.ptr != size.data() + size.size())
    return Attachment{.name = std::string(line)};
  const auto type = take_word(rest);
  file.sha256 = hash;
  file.type = type == "-" ? std::string() : std::string(type);
  file.name = rest;
  return file;
}

std::string with_files(std::string_view value, const std::vector<Attachment>& files) {
  auto lines = lines_of(value);
  std::vector<Attachment> known;
  known.reserve(lines.size() + files.size());
  for (const auto& line : lines) known.push_back(read_attachment(line));
  for (const auto& file : files) {
    const auto line = line_of(file);
    const bool is_there = std::ranges::any_of(known, [&](const Attachment& one) { return is_same(one, file); });
    if (line.empty() || is_there || lines.size() >= kMostFiles) continue;
    lines.push_back(line);
    known.push_back(file);
  }
  return join(lines, "\n");
}

std::string files_to_json(const std::vector<Attachment>& files) {
  auto list = nlohmann::json::array();
  for (const auto& file : files) list.push_back({file.name, file.type, file.size, file.sha256});
  return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<std::vector<Attachment>> files_from_json(std::string_view json) {
  const auto list = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!list.is_array()) return std::nullopt;
  std::vector<Attachment> files;
  for (const auto& entry : list) {
    auto file = read_file(entry);
    if (!file) return std::nullopt;
    files.push_back(std::move(*file));
  }
  return files;
}

}  // namespace leadmail::leads
