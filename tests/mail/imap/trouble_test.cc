#include "mail/imap/trouble.h"

#include <gtest/gtest.h>

#include "mail/imap/pace.h"
#include "mail/imap/sent_folder.h"

namespace leadmail::mail::imap {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Trouble, IsReadFromTheWordsOfTheServer) {
  struct Row {
    const char* words;
    Moment moment;
    Trouble trouble;
  };
  const Row rows[] = {
      {"NO [UNAVAILABLE] UID FETCH Server error", Moment::in_session, Trouble::transient},
      {"NO [INUSE] mailbox is in use", Moment::in_session, Trouble::transient},
      {"BYE Session expired, please login again.", Moment::in_session, Trouble::transient},
      {"", Moment::connecting, Trouble::transient},
      {"BYE Temporary problem", Moment::logging_in, Trouble::transient},
      {"NO [UNAVAILABLE] Temporary authentication failure.", Moment::logging_in, Trouble::transient},
      {"NO [ALERT] Too many simultaneous connections. (Failure)", Moment::logging_in, Trouble::capacity},
      {"NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded", Moment::logging_in, Trouble::capacity},
      {"BAD User is authenticated but not connected.", Moment::in_session, Trouble::capacity},
      {"NO [LIMIT] enough", Moment::in_session, Trouble::capacity},
      {"NO [OVERQUOTA] Account exceeded command or bandwidth limits.", Moment::in_session, Trouble::throttle},
      {"OK Success [THROTTLED]", Moment::in_session, Trouble::throttle},
      {"NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", Moment::logging_in, Trouble::credentials},
      {"NO [AUTHORIZATIONFAILED] no", Moment::logging_in, Trouble::credentials},
      {"NO AUTHENTICATE failed.", Moment::logging_in, Trouble::credentials},
      {"NO LOGIN failed", Moment::logging_in, Trouble::credentials},
      {"NO [EXPIRED] password expired", Moment::logging_in, Trouble::credentials},
      {"NO [PRIVACYREQUIRED] TLS please", Moment::logging_in, Trouble::admin},
      {"NO [CONTACTADMIN] call us", Moment::logging_in, Trouble::admin},
      {"NO EXAMINE Unsafe Login. Please contact kefu@188.com for help", Moment::in_session, Trouble::admin},
      {"BAD Command Argument Error. 11", Moment::in_session, Trouble::bug},
      {"NO something new", Moment::in_session, Trouble::transient},
  };
  for (const Row& row : rows) EXPECT_EQ(diagnose(row.words, row.moment).trouble, row.trouble) << row.words;
}

TEST(Trouble, AStatedPauseIsKept) {
  for (const char* start : {"NO ", "BAD "}) {
    const auto diagnosis = diagnose(
        std::string(start) + "Request is throttled. Suggested Backoff Time: 89117 milliseconds", Moment::in_session);
    EXPECT_EQ(diagnosis, (Diagnosis{Trouble::throttle, milliseconds(89117)}));
  }
  EXPECT_EQ(diagnose("NO Suggested Backoff Time: 99999999999999999999", Moment::in_session).trouble, Trouble::throttle);
  EXPECT_LE(diagnose("NO Suggested Backoff Time: 9223372036854775807 seconds", Moment::in_session).at_least, hours(24));
  EXPECT_GE(diagnose("NO [OVERQUOTA] Account exceeded", Moment::in_session).at_least, hours(1));
}

milliseconds pause(Pace& pace, Trouble trouble, milliseconds lived = {}, double random = 0.999) {
  return pace.after({trouble}, lived, random);
}

TEST(Pace, BacksOffFromFiveSecondsToTenMinutes) {
  for (const double random : {0.0, 0.5, 0.999}) {
    Pace pace;
    milliseconds longest = seconds(5);
    for (int i = 0; i < 20; ++i, longest = std::min<milliseconds>(longest * 2, minutes(10))) {
      const auto wait = pause(pace, Trouble::transient, {}, random);
      EXPECT_LE(wait, longest);
      EXPECT_GE(wait, longest / 2);
    }
  }
}

// N03: after an hour without a network nobody wants to wait ten minutes more.
TEST(Pace, AServerThatWasNotReachedIsTriedTwiceAMinuteAtLeast) {
  Pace pace;
  for (int i = 0; i < 100; ++i) EXPECT_LE(pause(pace, Trouble::unreached), seconds(30));
  EXPECT_TRUE(pace.alert());
  EXPECT_GT(pause(pace, Trouble::transient), minutes(5)) << "it is reached, and in trouble: that is another matter";
}

// A server that lets us in and drops us would otherwise be knocked at several times a second.
TEST(Pace, ALoginThatWorkedIsNoProof) {
  Pace pace;
  milliseconds time{0};
  int logins = 0;
  while (time < hours(1)) {
    ++logins;
    time += pause(pace, Trouble::transient, milliseconds(200));
  }
  EXPECT_LE(logins, 20);
  EXPECT_LE(pause(pace, Trouble::transient, minutes(2)), seconds(5));
}

// I11
TEST(Pace, RefusedLoginsAreFewAndSoonAnAlert) {
  for (const double random : {0.0, 0.999}) {
    Pace pace;
    milliseconds time{0};
    int tries = 0;
    for (int refused = 0; refused < 1000 && time < hours(10); ++refused) {
      ++tries;
      time += pause(pace, Trouble::credentials, {}, random);
      EXPECT_EQ(pace.alert(), tries >= 2) << tries;
    }
    EXPECT_LE(tries, 13);  // in ten hours
  }
}

TEST(Pace, PersistentTroubleAlertsWithinAQuarterOfAnHour) {
  Pace pace;
  milliseconds time{0};
  while (!pace.alert()) time += pause(pace, Trouble::transient);
  EXPECT_LE(time, minutes(25));
  pause(pace, Trouble::transient, minutes(3));
  EXPECT_FALSE(pace.alert());
  pause(pace, Trouble::admin);
  EXPECT_TRUE(pace.alert());
}

// RFC 6154 §2
TEST(SentFolder, IsFoundByItsUseBeforeItsName) {
  const std::vector<Folder> folders{{"INBOX", {}, '/'},
                                    {"Archive/Sent", {}, '/'},
                                    {"Sent", {"\\Noselect"}, '/'},
                                    {"Elementos enviados", {}, '/'},
                                    {"Other", {"\\HasNoChildren", "\\Sent"}, '/'}};
  EXPECT_EQ(find_sent(folders), "Other");
  EXPECT_EQ(find_sent({folders.begin(), folders.end() - 1}), "Archive/Sent");
  EXPECT_EQ(find_sent({{"INBOX.Đã gửi", {}, '.'}}), "INBOX.Đã gửi");
  EXPECT_EQ(find_sent({{"Sent\r\nX", {"\\Sent"}, '/'}, {"Presents", {}, '/'}}), std::nullopt);
}

}  // namespace
}  // namespace leadmail::mail::imap
