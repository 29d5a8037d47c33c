#include "daemon/admin/autoconfig.h"

#include <gtest/gtest.h>

namespace leadmail::daemon::admin {
namespace {

constexpr std::string_view kAddress = "sales@acme.example";

std::string server(const std::string& kind, const std::string& type, const std::string& host, const std::string& port,
                   const std::string& socket, const std::string& login = "password-cleartext") {
  return "<" + kind + " type=\"" + type + "\"><hostname>" + host + "</hostname><port>" + port + "</port><socketType>" +
         socket + "</socketType><username>%EMAILADDRESS%</username><authentication>" + login + "</authentication></" +
         kind + ">";
}

std::string page(const std::string& servers) {
  return "<?xml version=\"1.0\"?><clientConfig version=\"1.1\"><emailProvider id=\"acme.example\">" + servers +
         "</emailProvider></clientConfig>";
}

TEST(Autoconfig, TheFirstServersWithTlsAreTaken) {
  const auto found = servers_in(page(server("incomingServer", "pop3", "pop.acme.example", "995", "SSL") +
                                     server("incomingServer", "imap", "plain.acme.example", "143", "plain") +
                                     server("incomingServer", "imap", " imap.acme.example\n", "993", "SSL") +
                                     server("incomingServer", "imap", "other.acme.example", "993", "SSL") +
                                     server("outgoingServer", "smtp", "smtp.%EMAILDOMAIN%", "587", "STARTTLS")),
                                kAddress);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->imap, "imaps://imap.acme.example:993");
  EXPECT_EQ(found->smtp, "smtp://smtp.acme.example:587");
  EXPECT_EQ(found->user, "sales@acme.example");
  EXPECT_FALSE(found->needs_oauth2);
}

TEST(Autoconfig, APasswordIsPreferredToOauth2) {
  const auto smtp = server("outgoingServer", "smtp", "s.acme.example", "465", "SSL");
  const auto oauth = server("incomingServer", "imap", "o.acme.example", "993", "SSL", "OAuth2");
  const auto both =
      servers_in(page(oauth + server("incomingServer", "imap", "p.acme.example", "993", "SSL") + smtp), kAddress);
  ASSERT_TRUE(both);
  EXPECT_EQ(both->imap, "imaps://p.acme.example:993");
  EXPECT_FALSE(both->needs_oauth2);
  const auto only = servers_in(page(oauth + smtp), kAddress);
  ASSERT_TRUE(only);
  EXPECT_EQ(only->imap, "imaps://o.acme.example:993");
  EXPECT_TRUE(only->needs_oauth2);
}

TEST(Autoconfig, WhatIsNoSuchPageGivesNothing) {
  for (const std::string text : {"", "<html><body>404</body></html>", "<clientConfig>", "\xFF\xFE\0\1", "{}"}) {
    EXPECT_FALSE(servers_in(text, kAddress)) << text;
  }
  EXPECT_FALSE(servers_in(page(server("incomingServer", "imap", "evil host/../@x", "993", "SSL")), kAddress));
  EXPECT_FALSE(servers_in(page(server("incomingServer", "imap", "imap.acme.example", "99999", "SSL")), kAddress));
}

TEST(Autoconfig, EntitiesThatGrowAreRefusedWithTheDocumentType) {
  const std::string laughs =
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
      "<clientConfig><emailProvider>" +
      server("incomingServer", "imap", "&b;.example", "993", "SSL") + "</emailProvider></clientConfig>";
  EXPECT_FALSE(servers_in(laughs, kAddress));
}

TEST(Autoconfig, DepthAndNumberAndLengthAreBounded) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<a>";
  EXPECT_FALSE(servers_in(deep, kAddress));
  std::string many;
  for (int i = 0; i < 500; ++i) many += server("incomingServer", "imap", "imap.acme.example", "993", "SSL");
  EXPECT_FALSE(servers_in(page(many), kAddress));
  EXPECT_FALSE(servers_in(page(server("incomingServer", "imap", std::string(5000, 'a'), "993", "SSL")), kAddress));
  EXPECT_FALSE(servers_in(page(std::string(300UL * 1024, ' ')), kAddress));
}

}  // namespace
}  // namespace leadmail::daemon::admin
