// The hop that a mail store adds above our server's own: it must neither hide the server's testimony nor let in a
// forged one.
#include <gtest/gtest.h>

#include "mail/message/authentication_results.h"
#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

const std::vector<std::string> kTrusted{"mx.acme.example"};
constexpr const char* kMail = "From: Ana <ana@acme.example>\r\nTo: sales@acme.example\r\n\r\nhola\r\n";

bool passes(const std::string& trace) { return authenticate(read_identity(trace + kMail), kTrusted).pass; }

const std::string kTestimony = "Authentication-Results: mx.acme.example; auth=pass smtp.auth=ana@acme.example\r\n";
const std::string kOurHop =
    "Received: from laptop (localhost [127.0.0.1])\r\n\tby mx.acme.example (Postfix) with ESMTPSA id 1; Sat, 21 Nov "
    "2026 21:56:48 +0000\r\n";
const std::string kDelivery =
    "Received: from mx.acme.example\r\n\tby store7 with LMTP id 2; Sat, 21 Nov 2026 21:56:48 +0000\r\n";

TEST(Authenticate, ADeliveryToTheMailStoreHidesNothing) { EXPECT_TRUE(passes(kDelivery + kTestimony + kOurHop)); }

TEST(Authenticate, ADeliveryFromAnotherHostIsAForeignHop) {
  EXPECT_FALSE(passes("Received: from evil.example\r\n\tby store7 with LMTP id 2; Sat, 21 Nov 2026 21:56:48 +0000\r\n" +
                      kTestimony + kOurHop));
}

TEST(Authenticate, AnSmtpHopThatOnlyGreetsWithOurNameIsAForeignHop) {
  EXPECT_FALSE(
      passes("Received: from mx.acme.example (evil [192.0.2.1])\r\n\tby mail.hoster.example with ESMTPS id 3; Sat, 21 "
             "Nov 2026 21:56:48 +0000\r\n" +
             kTestimony + kOurHop));
}

TEST(Authenticate, AForgedDeliveryBelowAForeignHopIsNotReached) {
  EXPECT_FALSE(passes(
      "Received: from evil.example\r\n\tby mail.hoster.example with ESMTPS id 3; Sat, 21 Nov 2026 21:56:48 +0000\r\n" +
      kDelivery + kTestimony + kOurHop));
}

}  // namespace
}  // namespace leadmail::mail::message
