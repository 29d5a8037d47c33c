// Addresses as they go over the wire: nothing that could say more than itself.
#include "mail/smtp/address.h"

#include <gtest/gtest.h>

namespace leadmail::mail::smtp {
namespace {

TEST(WireAddress, KeepsPlainOnesAndSpellsInternationalHostsInAscii) {
  EXPECT_EQ(wire_address("ann@example.com"), "ann@example.com");
  EXPECT_EQ(wire_address("ann@b\xC3\xBC"
                         "cher.example"),
            "ann@xn--bcher-kva.example");
}

// Found by fuzzing: the mapping of UTS 46 turned a no-break space into a blank.
TEST(WireAddress, IsNeverMadeOfWhatIsNoHostName) {
  for (const auto* const address : {"a@\xC2\xA0",
                                    "a@b\xC2\xA0"
                                    "c.example",
                                    "a@\xE3\x80\x82", "a@b\xEF\xBC\x9E", "a@\xEF\xBC\xA0"}) {
    const auto wire = wire_address(address);
    if (wire) {
      EXPECT_EQ(wire->find_first_of(" <>\r\n\t"), std::string::npos) << *wire;
      EXPECT_TRUE(is_addr_spec(*wire)) << *wire;
    }
  }
  EXPECT_FALSE(wire_address("a@\xC2\xA0"));
  EXPECT_FALSE(wire_address("a@b\xEF\xBC\x9E"));
}

}  // namespace
}  // namespace leadmail::mail::smtp
