// Reads the templates, the built-in ones and a folder's over them, and says what is wrong. Part of wording.cc.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/config.h"
#include "daemon/template_text.h"
#include "daemon/wording.h"

namespace leadmail::daemon {

class Wording::Loader {
 public:
  /// `folder` may be empty or not exist: the built-in ones alone.
  Loader(std::string folder, const std::vector<std::string>& fields, std::vector<ConfigError>& errors)
      : folder_(std::move(folder)), fields_(fields), errors_(errors) {}

  /// Complete as far as there are no errors.
  Wording load();

 private:
  [[nodiscard]] TemplateNames common_names(std::string_view name) const;
  void read_built_in();
  std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder);
  void read_folder(const std::string& language);
  void read_text(const std::string& path, const std::string& language, const std::string& name);
  void read_newsletter(const std::string& path, const std::string& language, const std::string& name);
  void read_page(const std::string& path, const std::string& language, const std::string& name);
  void fault(const std::string& path, std::string message, std::string suggestion = {}, bool warning = false);

  std::string folder_;
  const std::vector<std::string>& fields_;  // that {{field.NAME}} may name
  std::vector<ConfigError>& errors_;
  Wording wording_{};
  std::map<std::string, TemplateNames, std::less<>> names_{};             // what the built-in mail of that name names
  std::map<std::string, std::vector<std::string>, std::less<>> needs_{};  // and can't do without
};

}  // namespace leadmail::daemon
