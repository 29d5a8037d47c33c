#include "daemon/footprint.h"

#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace leadmail::daemon {
namespace {

/// Parts that can't be written can't have been changed, so that nothing is lost with their pages.
int let_go(struct dl_phdr_info* object, std::size_t, void*) {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const auto& part = object->dlpi_phdr[i];
    const bool is_code = part.p_type == PT_LOAD && (part.p_flags & PF_X) != 0 && (part.p_flags & PF_W) == 0;
    if (!is_code || object->dlpi_addr == 0) continue;
    const auto begin = (object->dlpi_addr + part.p_vaddr) & ~(page - 1);
    const auto end = (object->dlpi_addr + part.p_vaddr + part.p_memsz + page - 1) & ~(page - 1);
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader tells addresses as numbers
    ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
  }
  return 0;
}

}  // namespace

void let_go_of_start() { ::dl_iterate_phdr(let_go, nullptr); }

}  // namespace leadmail::daemon
