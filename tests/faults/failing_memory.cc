// Loaded before a program (ld.so(8), LD_PRELOAD), it counts the places where the program takes memory, and at the one
// asked for lets it fail once, as if there were none left.
//
//   FAILING_MEMORY_OF=new|malloc  which allocations: those of C++ (operator new), or those of C (malloc and the like),
//                                 which are the libraries'
//   FAILING_MEMORY_LIST=FILE      at the end, a line for each place: how often it was come by, and the return addresses
//                                 of the calls that led there, innermost first, in hexadecimal, with commas between
//   FAILING_MEMORY_AT=N,PLACE     the Nth allocation at a place, written as in such a line, fails
//   FAILING_MEMORY_TOLD=FILE      made when it did
//
// A place is a way to an allocation, not a line: a string that grows is another place for each function that it grows
// for. Run the program without address space randomisation (setarch -R), so that places have the same addresses each
// time.
#include <fcntl.h>
#include <unistd.h>
#include <unwind.h>

#include <array>
#include <atomic>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string_view>

namespace {

constexpr std::size_t kDepth = 8;
constexpr std::size_t kPlaces = std::size_t{1} << 17;  // a power of two, several times what a run comes by

using Place = std::array<std::uintptr_t, kDepth>;

struct Entry {
  std::atomic<bool> taken;
  Place place;
  std::atomic<std::uint64_t> count;
};

struct State {
  std::array<Entry, kPlaces> entries;
  std::atomic_flag adding;
  const char* list;
  const char* told;
  Place wanted;
  bool of_c;
  std::atomic<std::uint64_t> left;  // allocations at that place before the one that fails, and this one; 0: none fails
};

// Nothing here may take memory, and it is used before constructors run: all of it begins as zero.
constinit State state{};
[[gnu::tls_model("initial-exec")]] thread_local bool inside = false;

struct Walk {
  Place place{};
  std::size_t depth = 0;
  std::size_t skip = 3;  // this file's own
};

_Unwind_Reason_Code step(_Unwind_Context* context, void* argument) {
  auto& walk = *static_cast<Walk*>(argument);
  const auto address = _Unwind_GetIP(context);
  if (address == 0) return _URC_END_OF_STACK;
  if (walk.skip > 0) {
    --walk.skip;
    return _URC_NO_REASON;
  }
  walk.place[walk.depth++] = address;
  return walk.depth == kDepth ? _URC_END_OF_STACK : _URC_NO_REASON;
}

[[gnu::noinline]] Place place_of_caller() {
  Walk walk;
  _Unwind_Backtrace(&step, &walk);
  return walk.place;
}

std::size_t hash_of(const Place& place) {
  std::uint64_t hash = 14695981039346656037U;
  for (const auto address : place) hash = (hash ^ address) * 1099511628211U ^ (hash >> 29);
  return static_cast<std::size_t>(hash);
}

void count(const Place& place) {
  for (std::size_t i = hash_of(place), tried = 0; tried < kPlaces; ++i, ++tried) {
    auto& entry = state.entries[i % kPlaces];
    if (!entry.taken.load(std::memory_order_acquire)) {
      while (state.adding.test_and_set(std::memory_order_acquire)) {}
      const bool ours = !entry.taken.load(std::memory_order_relaxed);
      if (ours) {
        entry.place = place;
        entry.taken.store(true, std::memory_order_release);
      }
      state.adding.clear(std::memory_order_release);
    }
    if (entry.place == place) {
      ++entry.count;
      return;
    }
  }
}

/// Whether this allocation is the one to fail; counts it on the way.
[[gnu::noinline]] bool strikes(bool of_c) {
  if (inside || of_c != state.of_c) return false;
  if (state.list == nullptr && state.left.load(std::memory_order_relaxed) == 0) return false;
  inside = true;
  const auto place = place_of_caller();
  bool struck = false;
  if (state.list != nullptr) {
    count(place);
  } else if (place == state.wanted && state.left.fetch_sub(1) == 1) {
    struck = true;
    if (state.told != nullptr) ::close(::open(state.told, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
  }
  inside = false;
  return struck;
}

void read_wanted(std::string_view text) {
  const auto number = [&text](auto& value, int base) {
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value, base).ptr;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.empty()) text.remove_prefix(1);
  };
  std::uint64_t left = 0;
  number(left, 10);
  for (auto& address : state.wanted) number(address, 16);
  state.left = left;
}

[[gnu::constructor]] void begin() {
  const char* const of = std::getenv("FAILING_MEMORY_OF");
  state.of_c = of != nullptr && std::string_view(of) == "malloc";
  state.list = std::getenv("FAILING_MEMORY_LIST");
  state.told = std::getenv("FAILING_MEMORY_TOLD");
  if (const char* at = std::getenv("FAILING_MEMORY_AT"); at != nullptr) read_wanted(at);
}

[[gnu::destructor]] void end() {
  if (state.list == nullptr) return;
  inside = true;
  std::FILE* const file = std::fopen(state.list, "w");
  if (file == nullptr) std::abort();
  for (const auto& entry : state.entries) {
    if (!entry.taken) continue;
    std::fprintf(file, "%ju", static_cast<std::uintmax_t>(entry.count.load()));
    for (const auto address : entry.place) std::fprintf(file, ",%jx", static_cast<std::uintmax_t>(address));
    std::fputc('\n', file);
  }
  if (std::fclose(file) != 0) std::abort();
}

}  // namespace

extern "C" {
// What the C library calls its own. A name of theirs is needed to get behind ours.
void* libc_malloc(std::size_t size) __asm__("__libc_malloc");
void* libc_calloc(std::size_t count, std::size_t size) __asm__("__libc_calloc");
void* libc_realloc(void* memory, std::size_t size) __asm__("__libc_realloc");
void* libc_memalign(std::size_t alignment, std::size_t size) __asm__("__libc_memalign");

void* malloc(std::size_t size) { return strikes(true) ? nullptr : libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) { return strikes(true) ? nullptr : libc_calloc(count, size); }
void* realloc(void* memory, std::size_t size) { return strikes(true) ? nullptr : libc_realloc(memory, size); }
}

// Each allocation has one function of ours above it, whichever form it takes.
#define OR_THROW(memory)                        \
  if (strikes(false)) throw std::bad_alloc();   \
  void* const taken = memory;                   \
  if (taken == nullptr) throw std::bad_alloc(); \
  return taken

#define ALIGNED(size) libc_memalign(static_cast<std::size_t>(alignment), size)

void* operator new(std::size_t size) { OR_THROW(libc_malloc(size)); }
void* operator new[](std::size_t size) { OR_THROW(libc_malloc(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) { OR_THROW(ALIGNED(size)); }
void* operator new[](std::size_t size, std::align_val_t alignment) { OR_THROW(ALIGNED(size)); }
void* operator new(std::size_t size, const std::nothrow_t& /*no*/) noexcept {
  return strikes(false) ? nullptr : libc_malloc(size);
}
void* operator new[](std::size_t size, const std::nothrow_t& /*no*/) noexcept {
  return strikes(false) ? nullptr : libc_malloc(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t& /*no*/) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t& /*no*/) noexcept { std::free(memory); }
