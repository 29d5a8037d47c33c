// The watch over one open folder, as a table: what to say next after what came in. No bytes, no timers, no sockets.
//
//   in               on         goes to          says
//   looking          done       entering_idle    IDLE            RFC 2177; or, without IDLE, waiting: nothing until the
//   timer looking          changed    looking          look            IDLE won't announce that mail again, so we look
//   again first entering_idle    done       idling           listen          the server said `+` entering_idle changed
//   leaving_idle     DONE            EXISTS came before `+` entering_idle    refused    waiting          wait NO or BAD
//   to IDLE: from now on we poll idling           changed    fetching_few     DONE, FETCH     in one packet: nothing
//   stands between EXISTS and the mail idling           timer      leaving_idle     DONE            9 minutes: NATs
//   forget at 10; or a sweep is due fetching_few     done       entering_idle    IDLE            all above the cursor
//   came: that was the look fetching_few     changed    looking          look            something is left, or came
//   meanwhile leaving_idle     done       looking          look waiting          timer      looking          look NOOP
//   is ignored by some servers, EXAMINE by none any state        lost       over             hang up         NO, BYE, a
//   cut, a deadline: the watcher comes back later any state        stop       over             LOGOUT          idling
//   says DONE first: nothing else is allowed there
#pragma once

namespace leadmail::mail::imap {

enum class State { looking, entering_idle, idling, fetching_few, leaving_idle, waiting, over };

enum class Event {
  done,     ///< what we asked for was answered, and no more came meanwhile
  changed,  ///< EXISTS told another number, or the answer left something open
  refused,  ///< the server can't do that
  timer,    ///< it is time for something else
  lost,     ///< no use talking on
  stop,     ///< we are asked to end
};

enum class Say { look, idle, listen, done, done_and_fetch, wait, hang_up, log_out };

struct Move {
  State next;
  Say say;

  constexpr bool operator==(const Move&) const = default;
};

/// What the watch does next. An event that a state can't have hangs up: that is a fault of ours or the server's.
constexpr Move step(State state, Event event, bool can_idle) {
  if (event == Event::lost) return {State::over, Say::hang_up};
  if (event == Event::stop) return {State::over, Say::log_out};
  const Move idle_or_wait = can_idle ? Move{State::entering_idle, Say::idle} : Move{State::waiting, Say::wait};
  switch (state) {
    case State::looking:
      if (event == Event::done) return idle_or_wait;
      if (event == Event::changed) return {State::looking, Say::look};
      break;
    case State::entering_idle:
      if (event == Event::done) return {State::idling, Say::listen};
      if (event == Event::changed) return {State::leaving_idle, Say::done};
      if (event == Event::refused) return {State::waiting, Say::wait};
      break;
    case State::idling:
      if (event == Event::changed) return {State::fetching_few, Say::done_and_fetch};
      if (event == Event::timer) return {State::leaving_idle, Say::done};
      break;
    case State::fetching_few:
      if (event == Event::done) return {State::entering_idle, Say::idle};
      if (event == Event::changed) return {State::looking, Say::look};
      break;
    case State::leaving_idle:
      if (event == Event::done || event == Event::changed) return {State::looking, Say::look};
      break;
    case State::waiting:
      if (event == Event::timer || event == Event::changed) return {State::looking, Say::look};
      break;
    case State::over: break;
  }
  return {State::over, Say::hang_up};
}

static_assert(step(State::looking, Event::changed, true) == Move{State::looking, Say::look});
static_assert(step(State::looking, Event::done, true) == Move{State::entering_idle, Say::idle});
static_assert(step(State::looking, Event::done, false) == Move{State::waiting, Say::wait});
static_assert(step(State::entering_idle, Event::changed, true).say == Say::done);
static_assert(step(State::entering_idle, Event::refused, true).next == State::waiting);
static_assert(step(State::idling, Event::changed, true).say == Say::done_and_fetch);
static_assert(step(State::idling, Event::timer, true) == Move{State::leaving_idle, Say::done});
static_assert(step(State::idling, Event::stop, true) == Move{State::over, Say::log_out});
static_assert(step(State::leaving_idle, Event::done, true) == Move{State::looking, Say::look});
static_assert(step(State::waiting, Event::timer, false) == Move{State::looking, Say::look});
static_assert(step(State::waiting, Event::stop, false).say == Say::log_out);
static_assert(step(State::fetching_few, Event::lost, true) == Move{State::over, Say::hang_up});

}  // namespace leadmail::mail::imap
