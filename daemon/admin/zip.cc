#include "daemon/admin/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "daemon/descriptor.h"

namespace leadmail::daemon::admin {

struct ZipFile::State {
  std::string path{};
  std::string part{};
  Descriptor file{};
  archive* writer = nullptr;
};

namespace {

Error system_error(const std::string& path) { return {Next::give_up, path + ": " + std::strerror(errno)}; }

Error archive_error(const std::string& path, archive* writer) {
  const char* const why = archive_error_string(writer);
  return {Next::give_up, path + ": " + (why == nullptr ? "can't be written" : why)};
}

}  // namespace

ZipFile::ZipFile(std::unique_ptr<State> state) : state_(std::move(state)) {}

ZipFile::~ZipFile() {
  if (state_->writer != nullptr) archive_write_free(state_->writer);
  if (!state_->part.empty()) ::unlink(state_->part.c_str());
}

Result<std::unique_ptr<ZipFile>> ZipFile::make(const std::string& path) {
  if (::access(path.c_str(), F_OK) == 0) return Error{Next::give_up, path + ": there is a file of that name"};
  auto state = std::make_unique<State>();
  state->path = path;
  const auto part = path + ".part";
  state->file = Descriptor(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (state->file.get() < 0) return system_error(part);
  state->part = part;
  state->writer = archive_write_new();
  if (state->writer == nullptr) throw std::bad_alloc();
  const bool opened = archive_write_set_format_zip(state->writer) == ARCHIVE_OK &&
                      archive_write_set_options(state->writer, "zip:compression=deflate") == ARCHIVE_OK &&
                      archive_write_open_fd(state->writer, state->file.get()) == ARCHIVE_OK;
  std::unique_ptr<ZipFile> zip(new ZipFile(std::move(state)));
  if (!opened) return archive_error(path, zip->state_->writer);
  return zip;
}

Result<void> ZipFile::add(const std::string& name, std::string_view content, Time at) {
  const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), &archive_entry_free);
  if (!entry) throw std::bad_alloc();
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_mtime(entry.get(), to_unix(at), 0);
  if (archive_write_header(state_->writer, entry.get()) != ARCHIVE_OK) return archive_error(name, state_->writer);
  while (!content.empty()) {
    const auto written = archive_write_data(state_->writer, content.data(), content.size());
    if (written <= 0) return archive_error(name, state_->writer);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> ZipFile::close() {
  if (archive_write_close(state_->writer) != ARCHIVE_OK) return archive_error(state_->path, state_->writer);
  if (::fsync(state_->file.get()) != 0) return system_error(state_->path);
  if (::rename(state_->part.c_str(), state_->path.c_str()) != 0) return system_error(state_->path);
  state_->part.clear();
  return {};
}

}  // namespace leadmail::daemon::admin
