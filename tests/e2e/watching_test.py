"""What an operator sees of a daemon at work: figures at an address and in a file, and a log that says what happened and
not to whom."""

import http.client
import re
import signal
import socket
import unittest

from story import Story


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Watching(Story):
    postfix = False
    running = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.port = free_port()
        cls.file = cls.leadmail.config.parent / "leadmail.prom"
        cls.plain = cls.leadmail.config.read_text(encoding="utf-8")
        cls.configure(f'[metrics]\nlisten = "127.0.0.1:{cls.port}"\nfile = "{cls.file}"\n')
        cls.leadmail.start()
        cls.addClassCleanup(cls.leadmail.stop)

    @classmethod
    def configure(cls, lines):
        cls.leadmail.config.write_text(cls.plain + lines, encoding="utf-8")

    def ask(self, path="/metrics"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        self.addCleanup(connection.close)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer, answer.read().decode("utf-8")

    def figure(self, name):
        """One sample, as it is written: name and labels."""
        answer, page = self.ask()
        self.assertEqual(answer.status, 200)
        found = re.search(rf"^{re.escape(name)} (\S+)$", page, re.MULTILINE)
        return float(found[1]) if found else None

    def test_1_the_figures_follow_the_mail(self):
        answer, page = self.ask()
        self.assertEqual(answer.getheader("Content-Type"), "text/plain; version=0.0.4; charset=utf-8")
        self.assertIn("# TYPE leadmail_leads gauge\n", page)
        self.assertEqual(self.figure('leadmail_leads{status="lead"}'), 0)
        _, lead, _ = self.inquiry()
        self.settled()
        taken = 'leadmail_messages_total{mailbox="sales",outcome="lead",kind="person"}'
        self.mail.wait_for(lambda: self.figure(taken) == 1, what="the message among the figures")
        self.mail.wait_for(lambda: self.figure("leadmail_leads_owed") == 1, what=f"{lead} among the figures")
        self.assertEqual(self.figure('leadmail_mailbox_up{mailbox="sales",folder="INBOX"}'), 1)
        self.assertEqual(self.figure('leadmail_sends_total{mailbox="sales",kind="notice",state="delivered"}'), 1)
        self.assertEqual(self.ask("/")[0].status, 404)

    def test_2_nobody_is_named_by_them(self):
        _, page = self.ask()
        for word in ("maria", "María", "Pérez", "bombas", "far.example", "ana@", "@"):
            self.assertNotIn(word, page)

    def test_3_they_stand_in_a_file_for_everybody(self):
        self.assertIn("\nleadmail_build_info{", self.file.read_text(encoding="utf-8"))
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o644)

    def test_4_the_log_tells_of_nobody(self):
        self.inquiry(name="Zacarías Quintanilla", address="zacarias.q@quintanilla.example", subject="Tuercas hexagonales")
        self.settled()
        log = self.leadmail.log.read_text(encoding="utf-8")
        self.assertIn(">intake-committed: lead L-", log)
        self.assertIn(">smtp-delivered: 250", log)
        for word in ("zacarias", "Zacarías", "Quintanilla", "quintanilla", "Tuercas", "hexagonales", "@"):
            self.assertNotIn(word, log)

    def test_5_a_reload_takes_them_away(self):
        self.configure("")
        self.leadmail.daemon.send_signal(signal.SIGHUP)

        def is_closed():
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.port)) != 0

        self.mail.wait_for(is_closed, what="the address being closed")
        self.mail.wait_for(lambda: not self.file.exists(), what="the file being gone")

    def test_6_the_log_tells_all_where_the_config_wants_it(self):
        self.configure("[daemon]\nlog_personal = true\n")
        self.leadmail.daemon.send_signal(signal.SIGHUP)
        self.mail.wait_for(
            lambda: self.leadmail.log.read_text(encoding="utf-8").count(">reloaded: ") == 2, what="the new config in force"
        )
        mail, _, _ = self.inquiry(name="Olga Ibarra", address="olga@ibarra.example")
        self.settled()
        self.assertIn(str(mail["Message-ID"]).strip("<>"), self.leadmail.log.read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
