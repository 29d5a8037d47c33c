// What commands write into the record: fields, contacts, tags, qualification, scores, steps, deals.
#include "core/leads/execute.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

Rules company() {
  auto rules = world::rules();
  rules.record.currency = "MXN";
  rules.record.fields = {
      FieldSpec{.name = "budget",
                .type = FieldType::money,
                .labels = {{"es", "Presupuesto"}, {"vi", "Ngân sách"}},
                .custom = true},
      FieldSpec{.name = "grade", .type = FieldType::choice, .choices = {"gold", "silver"}, .custom = true},
      FieldSpec{.name = "visited", .type = FieldType::date, .custom = true}};
  rules.record.lists = {{"lost_reason", {"price", "time", "competitor"}}, {"source", {"mail", "site", "trade fair"}}};
  rules.record.steps = {StepSpec{.id = "demo", .labels = {{"es", "Demostración"}}}, StepSpec{.id = "site-visit"}};
  return rules;
}

struct Done {
  CommandAnswer answer{};
  Lead lead{};
  Decision decision{};
};

Done run(std::string_view commands, const Lead& before = world::lead(), const Rules& rules = company(),
         const std::string& user = "ana") {
  Done done;
  done.decision = decide_commands(before, user, commands, rules, now(), "tool 1", done.answer);
  done.lead = after(before, done.decision);
  return done;
}

std::string results(const Done& done) {
  if (!done.answer.refused.empty()) return "refused: " + done.answer.refused;
  std::string text;
  for (const auto& line : done.answer.results) text += line.field + ": " + line.before + " -> " + line.after + "; ";
  return text;
}

TEST(Set, WritesAFieldByItsNameOrLabelInAnyLanguage) {
  EXPECT_EQ(results(run("#set budget 5000 EUR")), "budget:  -> 5000 EUR; ");
  EXPECT_EQ(results(run("#poner Presupuesto: 5.000", world::lead(), company(), "luis")), "budget:  -> 5000 MXN; ");
  EXPECT_EQ(results(run("#đặt ngân sách 12 triệu đồng")), "budget:  -> 12000000 VND; ");
  EXPECT_EQ(results(run("#set postal code = 01000")), "postal_code:  -> 01000; ");
  EXPECT_EQ(results(run("#set employees 1,200")), "employees:  -> 1200; ");
  EXPECT_EQ(results(run("#set source Trade Fair")), "source:  -> trade fair; ");
  EXPECT_EQ(results(run("#set grade g")), "grade:  -> gold; ");
  EXPECT_EQ(results(run("#set visited 3 Nov 2026")), "visited:  -> 2026-11-03; ");
  EXPECT_EQ(results(run("#set visited yesterday")), "visited:  -> 2026-11-23; ");
}

TEST(Set, TheLeadsOwnPhone) {
  const auto before = run("#set phone +52 55 1234 5678");
  EXPECT_EQ(before.lead.value("phones"), "+52 55 1234 5678");
  EXPECT_EQ(before.lead.value("contact.1.phones"), "+52 55 1234 5678");
  EXPECT_EQ(run("#poner teléfono: 55 9999 0000", before.lead).lead.value("phones"), "+52 55 1234 5678\n55 9999 0000");
  EXPECT_EQ(run("#đặt điện thoại +52 55 1234-5678", before.lead).lead.value("phones"), "+52 55 1234 5678")
      << "the same";
  EXPECT_EQ(run("#set phone none", before.lead).lead.value("phones"), "");
  EXPECT_NE(results(run("#set phone soon")).find("is no number"), std::string::npos);
}

TEST(Set, ClearsAndChangesWithWhatStoodThere) {
  const auto before = run("#set budget 5000 EUR").lead;
  EXPECT_EQ(results(run("#set budget 7k EUR", before)), "budget: 5000 EUR -> 7000 EUR; ");
  EXPECT_EQ(results(run("#set budget -", before)), "budget: 5000 EUR -> ; ");
}

TEST(Set, TheDayOfTheFirstContactIsAnInstantThatHasBeen) {
  const auto at = [](std::string_view time) { return std::to_string(to_unix(*parse_rfc3339(time))); };
  EXPECT_EQ(run("#set first contact 3 Nov 2026").lead.value("first_contact_at"), at("2026-11-03T15:00:00Z"));
  EXPECT_EQ(run("#poner primer contacto: ayer", world::lead(), company(), "luis").lead.value("first_contact_at"),
            at("2026-11-23T15:00:00Z"));
  EXPECT_NE(results(run("#set first contact tomorrow")).find("still to come"), std::string::npos);
  EXPECT_EQ(results(run("#set first contacted at the fair in León")), "first_contact_place:  -> the fair in León; ");
}

TEST(Set, TheLeadsOwnAddressWaitsForAWordLikeAnyThatNobodyWroteFrom) {
  const auto done = run("#set email perez@y.example");
  EXPECT_EQ(results(done), "contact.1.emails: maria@x.example -> maria@x.example\nperez@y.example; ");
  EXPECT_EQ(done.lead.value("by_hand"), "perez@y.example");
  EXPECT_EQ(results(run("#poner correo: maria@x.example")), "help:  -> #set changed nothing: it was so already.; ");
  EXPECT_NE(results(run("#set email maria")).find("is no e-mail address"), std::string::npos);
  EXPECT_NE(results(run("#set email info@acme.example")).find("our own addresses"), std::string::npos);
}

TEST(Set, NamesTheCommandOfWhatHasOneOfItsOwn) {
  EXPECT_NE(results(run("#set owner luis")).find("#assign"), std::string::npos);
  EXPECT_NE(results(run("#set status interested")).find("#status"), std::string::npos);
  EXPECT_NE(results(run("#poner próximo contacto mañana")).find("#next"), std::string::npos);
  EXPECT_NE(results(run("#đặt địa chỉ 12 Lê Lợi")).find("#address"), std::string::npos);
}

TEST(Set, ALanguageIsACodeAndAZoneIsOne) {
  EXPECT_EQ(results(run("#set language Vietnamese")), "language: en -> vi; ");
  EXPECT_EQ(results(run("#poner idioma español")), "language: en -> es; ");
  EXPECT_EQ(results(run("#set language pt-BR")), "language: en -> pt; ");
  EXPECT_NE(results(run("#set language whatever")).find("en, es, vi"), std::string::npos);
  EXPECT_EQ(results(run("#set time zone Asia/Ho_Chi_Minh")), "timezone:  -> Asia/Ho_Chi_Minh; ");
  EXPECT_NE(results(run("#set time zone Hanoi")).find("Asia/Ho_Chi_Minh"), std::string::npos);
}

TEST(Set, AnOrganizationKeepsItsName) {
  const auto firm = run("#set company Acme\n#set type organization").lead;
  EXPECT_NE(results(run("#set company -", firm)).find("keeps its company name"), std::string::npos);
  EXPECT_EQ(results(run("#set company Bombas SA", firm)), "company: Acme -> Bombas SA; ");
  EXPECT_EQ(results(run("#set type person\n#set company -", firm)),
            "type: organization -> person; company: Acme -> ; ");
}

TEST(Set, RefusesWhatDoesNotFit) {
  EXPECT_NE(results(run("#set budgett 5000")).find("There is no field \"budgett\""), std::string::npos);
  EXPECT_NE(results(run("#set budget soon")).find("no amount of money"), std::string::npos);
  EXPECT_NE(results(run("#set grade bronze")).find("gold, silver"), std::string::npos);
  EXPECT_NE(results(run("#set employees many")).find("is no number"), std::string::npos);
  EXPECT_NE(results(run("#set type organization")).find("company name"), std::string::npos);
  EXPECT_EQ(results(run("#set company Acme\n#set type organization")), "company:  -> Acme; type:  -> organization; ");
}

TEST(Tag, AddsAndDrops) {
  EXPECT_EQ(results(run("#tag vip trade-fair")), "tags:  -> vip\ntrade-fair; ");
  EXPECT_EQ(results(run("#etiqueta feria de Jalisco, VIP")), "tags:  -> feria de Jalisco\nVIP; ");
  const auto before = run("#tag vip hot").lead;
  EXPECT_EQ(results(run("#tag -VIP cold", before)), "tags: vip\nhot -> hot\ncold; ");
  EXPECT_EQ(results(run("#tag Vip", before)), "help:  -> #tag changed nothing: it was so already.; ");
}

TEST(Contact, AddsAPersonWithRoleAndTitle) {
  EXPECT_EQ(
      results(run("#contact Juan Gómez <Juan@X.example> +52 55 1234 5678, purchasing, decider")),
      "contact.2.name:  -> Juan Gómez; contact.2.emails:  -> Juan@x.example; contact.2.phones:  -> +52 55 1234 5678; "
      "contact.2.role:  -> decider; contact.2.title:  -> purchasing; ");
}

TEST(Contact, KnowsThePersonByAddressPhoneOrName) {
  EXPECT_EQ(results(run("#contacto maria@x.example, decisora")), "contact.1.role:  -> decider; ");
  EXPECT_EQ(results(run("#contact maría pérez 55 1234 5678")),
            "contact.1.name: María Pérez -> maría pérez; contact.1.phones:  -> 55 1234 5678; ");
  const auto with_phone = run("#contact María Pérez 55 1234 5678").lead;
  EXPECT_EQ(results(run("#contact 5512345678, buyer", with_phone)), "contact.1.role:  -> buyer; ");
}

TEST(Contact, RefusesWhatIsNobodyOrOurselves) {
  EXPECT_NE(results(run("#contact @nobody")).find("is no e-mail address"), std::string::npos);
  EXPECT_NE(results(run("#contact Sales <info@acme.example>")).find("our own addresses"), std::string::npos);
  EXPECT_NE(results(run("#contact")).find("#contact María Pérez"), std::string::npos);
}

TEST(Qualify, KeepsAnswersAndNotes) {
  EXPECT_EQ(results(run("#qualify budget yes 5000 approved, for this year, authority no")),
            "qualification.budget.answer:  -> yes; qualification.budget.note:  -> 5000 approved, for this year; "
            "qualification.authority.answer:  -> no; ");
  EXPECT_EQ(results(run("#calificar necesidad sí, fue cliente no")),
            "qualification.need.answer:  -> yes; qualification.was_customer.answer:  -> no; ");
  EXPECT_EQ(results(run("#sàng lọc ngân sách có, thẩm quyền không")),
            "qualification.budget.answer:  -> yes; qualification.authority.answer:  -> no; ");
  EXPECT_NE(results(run("#qualify mood good")).find("Need, Budget"), std::string::npos);
  EXPECT_NE(results(run("#qualify budget perhaps")).find("neither yes nor no"), std::string::npos);
}

TEST(Score, SumsUpToAVerdict) {
  EXPECT_EQ(results(run("#score 4 3 5 4 3")),
            "evaluation.total:  -> 19; evaluation.verdict:  -> going well, 2 points missing to close; ");
  EXPECT_EQ(results(run("#score 1 2 3 4 5")), "evaluation.total:  -> 15; evaluation.verdict:  -> drop the follow-up; ");
  EXPECT_EQ(results(run("#score 5,5,4,4,3")), "evaluation.total:  -> 21; evaluation.verdict:  -> about to close; ");
  const auto before = run("#score 4 3 5 4 3").lead;
  EXPECT_EQ(results(run("#score budget 5", before)),
            "evaluation.total: 19 -> 21; evaluation.verdict:  -> about to close; ");
  EXPECT_NE(results(run("#score 4 3 5 4")).find("There are 5"), std::string::npos);
  EXPECT_NE(results(run("#score 4 3 5 4 6")).find("from 1 to 5"), std::string::npos);
}

TEST(Step, IsPlannedAndDone) {
  EXPECT_EQ(results(run("#step demo done 2026-11-20")), "step.demo.done_at:  -> 2026-11-20; ");
  EXPECT_EQ(results(run("#paso demostración hecho", world::lead(), company(), "luis")),
            "step.demo.done_at:  -> 2026-11-24; ");
  EXPECT_EQ(results(run("#step site visit friday")), "step.site-visit.planned:  -> 2026-11-27; ");
  EXPECT_EQ(results(run("#step demo planned friday")), "step.demo.planned:  -> 2026-11-27; ");
  EXPECT_EQ(results(run("#bước demo dự kiến 2026-11-27")), "step.demo.planned:  -> 2026-11-27; ");
  EXPECT_EQ(results(run("#step demo open", run("#step demo").lead)), "step.demo.done_at: 2026-11-24 -> ; ");
  EXPECT_NE(results(run("#step dance")).find("demo, site-visit"), std::string::npos);
}

TEST(Opportunity, WaitsForTheFieldsThatTheCompanyRequires) {
  auto strict = company();
  strict.record.fields.push_back({.name = "plan", .type = FieldType::text, .required = true, .custom = true});
  EXPECT_NE(results(run("#opportunity 12000 EUR", world::lead(), strict)).find("plan"), std::string::npos);
  EXPECT_NE(results(run("#quote 12000 EUR", world::lead(), strict)).find("plan"), std::string::npos);
  EXPECT_EQ(run("#set plan pro\n#opportunity 12000 EUR", world::lead(), strict).lead.status(), Status::opportunity);
}

TEST(StatusCommand, IsNoWayRoundQualification) {
  auto rules = company();
  rules.record.required_answers = {"need"};
  EXPECT_NE(results(run("#status opportunity", world::lead(), rules)).find("Need"), std::string::npos);
  EXPECT_NE(results(run("#status quotation", world::lead(), rules)).find("Need"), std::string::npos);
  EXPECT_EQ(run("#qualify need yes\n#status opportunity", world::lead(), rules).lead.status(), Status::opportunity);
}

TEST(Opportunity, IsMadeWithWhatWasSaid) {
  const auto done = run("#opportunity 12000 EUR 60% close 2027-01-31 stage proposal");
  EXPECT_EQ(results(done),
            "opportunity.1.value:  -> 12000; opportunity.1.currency:  -> EUR; opportunity.1.stage:  -> proposal; "
            "opportunity.1.probability:  -> 60; opportunity.1.close:  -> 2027-01-31; status: open -> opportunity; ");
  EXPECT_EQ(results(run("#oportunidad 12k cierre 31/01/2027", world::lead(), company(), "luis")),
            "opportunity.1.value:  -> 12000; opportunity.1.currency:  -> MXN; opportunity.1.stage:  -> qualification; "
            "opportunity.1.probability:  -> 10; opportunity.1.close:  -> 2027-01-31; status: open -> opportunity; ");
}

TEST(Opportunity, ChangesTheOpenOneUnlessANewOneIsMeant) {
  const auto before = run("#opportunity 12000 EUR").lead;
  EXPECT_EQ(results(run("#opportunity 15000 EUR", before)), "opportunity.1.value: 12000 -> 15000; ");
  EXPECT_EQ(results(run("#opportunity new 500 EUR", before)).substr(0, 29), "opportunity.2.value:  -> 500;");
}

TEST(Opportunity, WaitsForTheAnswersThatTheConfigWants) {
  auto rules = company();
  rules.record.required_answers = {"need", "budget"};
  EXPECT_NE(results(run("#opportunity 12000 EUR", world::lead(), rules)).find("Need, Budget"), std::string::npos);
  const auto answered = run("#qualify need yes, budget no", world::lead(), rules).lead;
  EXPECT_EQ(run("#opportunity 12000 EUR", answered, rules).lead.status(), Status::opportunity);
}

TEST(Stage, MovesTheOpenOpportunityWithItsUsualProbability) {
  const auto before = run("#opportunity 12000 EUR").lead;
  EXPECT_EQ(results(run("#stage negotiation", before)),
            "opportunity.1.stage: qualification -> negotiation; opportunity.1.probability: 10 -> 70; ");
  EXPECT_EQ(results(run("#etapa propuesta", before)),
            "opportunity.1.stage: qualification -> proposal; opportunity.1.probability: 10 -> 40; ");
  EXPECT_NE(results(run("#stage party", before)).find("There is no \"party\""), std::string::npos);
  EXPECT_NE(results(run("#stage negotiation")).find("no open opportunity"), std::string::npos);
}

TEST(Quote, MakesTheOpportunityItNeeds) {
  EXPECT_EQ(results(run("#quote 12000 EUR valid 30d tax 16%")),
            "opportunity.1.value:  -> 12000; opportunity.1.currency:  -> EUR; opportunity.1.stage:  -> qualification; "
            "opportunity.1.probability:  -> 10; quotation.1.state:  -> open; quotation.1.total:  -> 12000; "
            "quotation.1.currency:  -> EUR; quotation.1.tax:  -> 16%; quotation.1.valid_until:  -> 2026-12-24; "
            "quotation.1.opportunity:  -> 1; status: open -> quotation; ");
  const auto before = run("#quote 12000 EUR").lead;
  EXPECT_NE(results(run("#cotización 11000 EUR", before)).find("quotation.1.state: open -> replaced"),
            std::string::npos);
}

std::string quotation(const Done& done) {
  if (!done.answer.refused.empty()) return "refused: " + done.answer.refused;
  std::string text;
  for (const auto* const part : {"lines", "total", "currency", "tax", "valid_until"}) {
    auto value = std::string(done.lead.value("quotation.1." + std::string(part)));
    std::ranges::replace(value, '\n', '|');
    text += (text.empty() ? "" : "; ") + value;
  }
  return text;
}

TEST(Quote, AddsUpItsLines) {
  EXPECT_EQ(quotation(run("#quote 3 x Pump P-100 at 400 EUR, 1 x Freight 80.50 EUR tax 16% valid 30d")),
            "3 400 Pump P-100|1 80.5 Freight; 1280.5; EUR; 16%; 2026-12-24");
  EXPECT_EQ(quotation(run("#quote 2x Pump, blue, 400, 2.5 hours of training 99.99")),
            "2 400 Pump, blue|2.5 99.99 hours of training; 1049.98; MXN; ; ");
  EXPECT_EQ(
      quotation(run("#cotizar 3 × Bomba a 1.200,50 EUR; 2 uds. Filtro 15 EUR c/u", world::lead(), company(), "luis")),
      "3 1200.5 Bomba|2 15 uds Filtro; 3631.5; EUR; ; ");
  EXPECT_EQ(quotation(run("#báo giá 10 cái bơm giá 2 triệu đồng, 1 x vận chuyển 500k VND hiệu lực 30 ngày")),
            "10 2000000 cai bơm|1 500000 vận chuyển; 20500000; VND; ; 2026-12-24");
  EXPECT_EQ(quotation(run("#quote 3 x Pump 400 EUR total 1100 EUR")), "3 400 Pump; 1100; EUR; ; ");
  EXPECT_EQ(quotation(run("#quote 3 x 400 EUR")), "3 400; 1200; EUR; ; ");
  EXPECT_EQ(quotation(run("#quote 12000 EUR 30 days net")), "12000; EUR; ; ") << "a note, not a line";
}

TEST(Quote, LinesAddUpForOpportunitiesAndOrdersToo) {
  EXPECT_EQ(run("#opportunity 3 x Pump 400 EUR 60%").lead.value("opportunity.1.value"), "1200");
  EXPECT_EQ(run("#order 4711 3 x Pump 400 EUR").lead.value("order.1.value"), "1200");
}

TEST(Quote, ReadsAQuantityAndThingsWithoutASignBetween) {
  EXPECT_EQ(quotation(run("#quote 3 pumps 400 EUR each")), "3 400 pumps; 1200; EUR; ; ");
  EXPECT_EQ(quotation(run("#quote 2 pumps at 400 EUR")), "2 400 pumps; 800; EUR; ; ");
  EXPECT_EQ(quotation(run("#quote 3 pumps P-100 at 400 EUR, 1 freight 80 EUR valid 30d")),
            "3 400 pumps P-100|1 80 freight; 1280; EUR; ; 2026-12-24");
  EXPECT_EQ(quotation(run("#cotizar 3 bombas a 400 EUR cada una", world::lead(), company(), "luis")),
            "3 400 bombas; 1200; EUR; ; ");
  EXPECT_EQ(quotation(run("#quote 3 Pumpen je 400 EUR")).substr(0, 6), "3 400 ");
  EXPECT_EQ(quotation(run("#báo giá 3 máy bơm 400 EUR mỗi cái")), "3 400 máy bơm; 1200; EUR; ; ");
  EXPECT_EQ(quotation(run("#quote 12000 EUR for 3 pumps")), "12000; EUR; ; ");
  EXPECT_EQ(quotation(run("#quote 12000 EUR until friday")), "12000; EUR; ; 2026-11-27");
  EXPECT_EQ(quotation(run("#cotización 12000 EUR hasta el viernes", world::lead(), company(), "luis")),
            "12000; EUR; ; 2026-11-27");
}

TEST(Deals, KeepNoAmountThatWasNotReadAsANote) {
  for (const auto* const text :
       {"#quote 3 pumps", "#quote 3 pumps and 2 filters 20 EUR", "#quote 1200 EUR 25% discount",
        "#quote 1200 EUR less 100", "#quote 1200 EUR 1300 EUR", "#quote -1200 EUR", "#quote 1200 EUR -100 EUR",
        "#quote 12000 EUR until whenever", "#opportunity -12000 EUR", "#opportunity \u221212000 EUR",
        "#opportunity 12000 EUR 150%", "#opportunity 150%", "#opportunity 12000 EUR valid 30d",
        "#opportunity 3 pumps"}) {
    const auto done = run(text);
    EXPECT_NE(done.answer.refused, "") << text;
    EXPECT_TRUE(done.lead.value("opportunity.1.value").empty()) << text;
  }
  const auto quoted = run("#quote 12000 EUR").lead;
  EXPECT_NE(run("#won 11500 EUR", quoted).answer.refused, "");
  EXPECT_NE(run("#won for 11500 EUR", quoted).answer.refused, "");
  EXPECT_EQ(run("#won, order 4711 follows", quoted).answer.refused, "");
}

TEST(Quote, MovesTheOpportunityThatIsOpenWhereItSaysSo) {
  const auto done = run("#quote 900 EUR close 2027-01-31 stage negotiation", run("#opportunity 1000 EUR").lead);
  EXPECT_EQ(done.lead.value("opportunity.1.close"), "2027-01-31");
  EXPECT_EQ(done.lead.value("opportunity.1.stage"), "negotiation");
  EXPECT_EQ(done.lead.value("opportunity.1.value"), "1000");
}

TEST(Quote, RefusesLinesThatDoNotAddUp) {
  EXPECT_NE(quotation(run("#quote 3 x Pump, 1 x Freight 80")).find("no price"), std::string::npos);
  EXPECT_NE(quotation(run("#quote 3 x Pump")).find("no price"), std::string::npos);
  EXPECT_NE(quotation(run("#quote 3 x Pump 400 EUR plus freight 80 EUR")).find("no quantity"), std::string::npos);
  EXPECT_NE(quotation(run("#quote 3 x Pump 400 and freight 80")).find("no quantity"), std::string::npos);
  EXPECT_NE(quotation(run("#quote 3 x Pump 400 EUR freight 80 EUR")).find("no quantity"), std::string::npos);
  EXPECT_NE(quotation(run("#quote 3 x Pump 400 EUR, 1 x Freight 80 USD")).find("one currency"), std::string::npos);
  EXPECT_NE(quotation(run("#quote 999999999 x Pump 99999999999 EUR")).find("refused"), std::string::npos);
}

TEST(Lost, NeedsItsReasonFromTheList) {
  const auto quoted = run("#quote 12000 EUR").lead;
  EXPECT_NE(results(run("#lost", quoted)).find("reason"), std::string::npos);
  EXPECT_NE(results(run("#lost weather", quoted)).find("price, time, competitor"), std::string::npos);
  const auto done = run("#perdido Price", quoted);
  EXPECT_EQ(done.lead.status(), Status::lost_quotation);
  EXPECT_EQ(done.lead.value("quotation.1.state"), "lost");
  EXPECT_EQ(done.lead.value("opportunity.1.stage"), "closed-lost");
  EXPECT_EQ(done.lead.value("lost.reason"), "price");
}

TEST(Lost, EndsALeadThatNeverCameToAQuotation) {
  const auto done = run("#lost price");
  EXPECT_EQ(done.lead.status(), Status::lost_quotation);
  EXPECT_EQ(done.lead.value("lost.reason"), "price");
  const auto customer = run("#quote 12000 EUR\n#order 4711").lead;
  EXPECT_NE(results(run("#lost price", customer)).find("no open quotation"), std::string::npos);
  const auto again = run("#quote 500 EUR\n#lost price", customer);
  EXPECT_EQ(again.lead.status(), Status::converted) << "a customer stays one";
  EXPECT_EQ(again.lead.value("quotation.2.state"), "lost");
}

TEST(Order, MakesACustomerWithTheValuesOfTheQuotation) {
  const auto done = run("#quote 12000 EUR\n#won\n#order 4711");
  EXPECT_EQ(done.answer.refused, "");
  EXPECT_EQ(done.lead.value("order.1.value"), "12000");
  const auto direct = run("#order 4711", run("#quote 12000 EUR").lead);
  EXPECT_EQ(direct.lead.status(), Status::converted);
  EXPECT_EQ(direct.lead.value("order.1.number"), "4711");
  EXPECT_EQ(direct.lead.value("order.1.value"), "12000");
  EXPECT_EQ(direct.lead.value("order.1.currency"), "EUR");
  EXPECT_EQ(direct.lead.value("quotation.1.state"), "accepted");
  EXPECT_EQ(direct.lead.value("customer"), "yes");
  EXPECT_EQ(direct.lead.value("customer.since"), "2026-11-24");
  EXPECT_EQ(run("#opportunity 500 EUR", direct.lead).lead.status(), Status::converted) << "a customer stays one";
}

TEST(Customer, MayBeMadeWithoutAQuotation) { EXPECT_EQ(run("#khách hàng").lead.status(), Status::converted); }

TEST(Dnc, EndsContactAndDeals) {
  const auto done = run("#dnc", run("#next tomorrow 10:00").lead);
  EXPECT_EQ(done.lead.status(), Status::do_not_contact);
  EXPECT_FALSE(done.lead.next());
  EXPECT_NE(results(run("#opportunity 5 EUR", done.lead)).find("must not be contacted"), std::string::npos);
}

TEST(Commands, OfOneMailAreAllOrNone) {
  const auto done = run("#set company Acme\n#tag vip\n#score 9 9 9 9 9");
  EXPECT_NE(done.answer.refused, "");
  EXPECT_TRUE(done.decision.effects.empty());
}

}  // namespace
}  // namespace leadmail::leads
