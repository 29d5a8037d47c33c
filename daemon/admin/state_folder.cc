#include "daemon/admin/state_folder.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "daemon/secret_folder.h"

namespace leadmail::daemon::admin {

std::optional<Owner> service_owner() {
  if (::geteuid() != 0) return std::nullopt;
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> room{};
  if (::getpwnam_r("leadmail", &entry, room.data(), room.size(), &found) != 0 || found == nullptr) return std::nullopt;
  return Owner{found->pw_uid, found->pw_gid};
}

Result<void> prepare_state_folder(const Config& config) {
  const auto folder = std::filesystem::path(config.keys_path).parent_path().string();
  const auto trouble = [&] {
    return Error{Next::give_up, folder + ": " + std::generic_category().message(errno) +
                                    ": run this as root, or as the user leadmail"};
  };
  if (::mkdir(folder.c_str(), 0700) == 0) {
    const auto owner = service_owner();
    if (owner && ::chown(folder.c_str(), owner->user, owner->group) != 0) return trouble();
  } else if (errno != EEXIST) {
    return trouble();
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0) return trouble();
  const auto keys = SecretFolder::open(config.keys_path);
  if (!keys) return Error{Next::give_up, keys.error().what};
  if (::access(config.keys_path.c_str(), W_OK | X_OK) != 0) return trouble();
  return {};
}

}  // namespace leadmail::daemon::admin
