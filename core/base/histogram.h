// How long something takes, counted into fixed ranges: for figures that an operator looks at. Any thread may note, any
// thread may read; nobody waits.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace leadmail {

class Histogram {
 public:
  /// Upper bounds in seconds, ascending; what is above the last one is counted too.
  static constexpr std::array<double, 14> kBounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                  0.1,    0.25,  0.5,    1,     2.5,  5,     10};

  struct Figures {
    std::array<std::uint64_t, kBounds.size() + 1> counts{};  ///< of each range alone; the last one has no bound
    double sum = 0;                                          ///< seconds
  };

  /// A clock that went back counts as no time.
  void note(std::chrono::nanoseconds took) {
    if (took < took.zero()) took = took.zero();
    const double length = std::chrono::duration<double>(took).count();
    std::size_t range = 0;
    while (range < kBounds.size() && length > kBounds[range]) ++range;
    counts_[range].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(static_cast<std::uint64_t>(took.count()), std::memory_order_relaxed);
  }

  [[nodiscard]] Figures figures() const {
    Figures figures;
    for (std::size_t i = 0; i < counts_.size(); ++i) figures.counts[i] = counts_[i].load(std::memory_order_relaxed);
    figures.sum = static_cast<double>(sum_.load(std::memory_order_relaxed)) / 1e9;
    return figures;
  }

 private:
  std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> counts_{};
  std::atomic<std::uint64_t> sum_{};  ///< nanoseconds: 584 years
};

}  // namespace leadmail
