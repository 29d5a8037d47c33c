#include "mail/imap/pace.h"

#include <algorithm>

namespace leadmail::mail::imap {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Milliseconds = Pace::Milliseconds;

constexpr Milliseconds kProof = minutes(2);
constexpr Milliseconds kFirst = seconds(5);
constexpr Milliseconds kLast = minutes(10);
constexpr Milliseconds kLastUnreached = seconds(30);

Milliseconds part(Milliseconds whole, double share) {
  return Milliseconds(static_cast<Milliseconds::rep>(static_cast<double>(whole.count()) * share));
}

/// Three tries in a quarter of an hour, then one an hour: nobody's account is locked by us.
Milliseconds after_refusal(int refusals) {
  if (refusals == 1) return minutes(5);
  if (refusals == 2) return minutes(10);
  return hours(1);
}

}  // namespace

Milliseconds Pace::after(const Diagnosis& diagnosis, Milliseconds lived, double random) {
  if (lived >= kProof) recovered();
  ++failures_;
  refusals_ = diagnosis.trouble == Trouble::credentials ? refusals_ + 1 : 0;
  needs_person_ = diagnosis.trouble == Trouble::admin || diagnosis.trouble == Trouble::revoked;

  const Milliseconds last = diagnosis.trouble == Trouble::unreached ? kLastUnreached : kLast;
  const Milliseconds longest = std::min(last, kFirst * (1 << std::min(failures_ - 1, 10)));
  Milliseconds wait = longest - part(longest / 2, random);
  if (diagnosis.trouble == Trouble::credentials) wait = after_refusal(refusals_) + part(minutes(1), random);
  if (diagnosis.trouble == Trouble::revoked) wait = hours(1) + part(minutes(1), random);
  if (diagnosis.trouble == Trouble::admin) wait = minutes(30) + part(minutes(1), random);
  if (diagnosis.trouble == Trouble::bug) wait = std::max<Milliseconds>(wait, minutes(1));
  // A little later than asked for, and not all mailboxes of one provider at the same moment.
  wait = std::max(wait, diagnosis.at_least + part(diagnosis.at_least / 10, random));
  troubled_for_ += lived + wait;
  return wait;
}

}  // namespace leadmail::mail::imap
