"""A second batch, written after the rules."""
from letter import Sample, mail

SIGNATURES = [
    ('uk', 'Oliver Grant <oliver.grant@grantandsons.co.uk>', 'Oliver Grant\nOperations Director | Grant & Sons Ltd\nUnit 4, Harbour Road, Bristol BS1 6XN\n0117 496 0123 | 07700 900321\ngrantandsons.co.uk',
     dict(name='Oliver Grant', title='Operations Director', company='Grant & Sons Ltd', phones=[('phone', '0117 496 0123', '+441174960123'), ('phone', '07700 900321', '+447700900321')])),
    ('us', 'Maria Lopez <mlopez@desertsolar.com>', 'Maria Lopez, PE\nSenior Project Engineer\nDesert Solar Corp.\n200 W Adams St, Phoenix, AZ 85003\nO: 602.555.0142\nC: 480.555.0177\ndesertsolar.com',
     dict(name='Maria Lopez', title='Senior Project Engineer', company='Desert Solar Corp.', phones=[('phone', '602.555.0142', '+16025550142'), ('mobile', '480.555.0177', '+14805550177')])),
    ('ie', 'Sean Murphy <sean@murphytools.ie>', 'Seán Murphy\nSales Manager\nMurphy Tools\nT: 01 496 0123\nwww.murphytools.ie',
     dict(name='Seán Murphy', title='Sales Manager', company='Murphy Tools', website='www.murphytools.ie', phones=[('phone', '01 496 0123', '+35314960123')])),
    ('be', 'Tom Peeters <tom.peeters@peetersbouw.be>', 'Tom Peeters\nZaakvoerder\nPeeters Bouw BV\nStationsstraat 12, 9000 Gent\nTel.: 09 123 45 67 - Gsm: 0475 12 34 56',
     dict(name='Tom Peeters', title='Zaakvoerder', company='Peeters Bouw BV', phones=[('phone', '09 123 45 67', '+3291234567'), ('mobile', '0475 12 34 56', '+32475123456')])),
    ('fr', 'Marc Lefevre <m.lefevre@lefevre-sas.fr>', 'Marc LEFEVRE\nDirecteur technique\nLEFEVRE SAS\n3 avenue Foch - 54000 Nancy\nTél 03 83 12 34 56 / Mob 06 98 76 54 32',
     dict(name='Marc LEFEVRE', title='Directeur technique', company='LEFEVRE SAS', phones=[('phone', '03 83 12 34 56', '+33383123456'), ('mobile', '06 98 76 54 32', '+33698765432')])),
    ('de', 'Petra Vogel <vogel@vogel-elektro.de>', 'i. A. Petra Vogel\nEinkauf\nVogel Elektro GmbH & Co. KG\nAm Markt 3 · 99084 Erfurt\nTel. +49 361 12345-67 · Fax +49 361 12345-99\npetra.vogel@vogel-elektro.de · www.vogel-elektro.de\nAmtsgericht Jena HRB 123456 · USt-ID DE123456789',
     dict(title='Einkauf', company='Vogel Elektro GmbH & Co. KG', website='www.vogel-elektro.de', phones=[('phone', '+49 361 12345-67', '+493611234567'), ('fax', '+49 361 12345-99', '+493611234599')])),
    ('es', 'Javier Ortiz <jortiz@ortizlogistica.es>', 'Javier Ortiz Sanz\nResponsable de Logística\nOrtiz Logística, S.L.\nPol. Ind. La Paz, C/ Berlín 4, 50012 Zaragoza\nTel: 976 123 456 | Móvil: 655 123 456\nCIF B12345678',
     dict(name='Javier Ortiz Sanz', title='Responsable de Logística', company='Ortiz Logística, S.L.', phones=[('phone', '976 123 456', '+34976123456'), ('mobile', '655 123 456', '+34655123456')])),
    ('mx', 'Daniela Cruz <dcruz@cruzempaques.mx>', 'Lic. Daniela Cruz\nJefa de Compras\nCruz Empaques S.A. de C.V.\nTel. (33) 3812 3456 ext. 102\nCel. 33 1234 5678\nGuadalajara, Jalisco',
     dict(name='Lic. Daniela Cruz', title='Jefa de Compras', company='Cruz Empaques S.A. de C.V.', phones=[('phone', '(33) 3812 3456', '+523338123456'), ('mobile', '33 1234 5678', '+523312345678')])),
    ('co', 'Andrés Mejía <amejia@mejiatextil.com.co>', 'Andrés Mejía\nGerente General\nMejía Textil SAS\nCra. 43A # 1-50, Medellín\nCel: 310 123 4567',
     dict(name='Andrés Mejía', title='Gerente General', company='Mejía Textil SAS', phones=[('mobile', '310 123 4567', '+573101234567')])),
    ('ar', 'Paula Gómez <pgomez@gomezmaquinas.com.ar>', 'Paula Gómez\nCompras\nGómez Máquinas S.R.L.\nTel.: +54 11 4123-4567\nwww.gomezmaquinas.com.ar',
     dict(name='Paula Gómez', title='Compras', company='Gómez Máquinas S.R.L.', website='www.gomezmaquinas.com.ar', phones=[('phone', '+54 11 4123-4567', '+541141234567')])),
    ('vi', 'Lê Quang Minh <minh.le@minhphat.vn>', 'Lê Quang Minh (Mr.)\nGiám đốc Kinh doanh\nCÔNG TY CỔ PHẦN MINH PHÁT\nĐC: 25 Nguyễn Huệ, Quận 1, TP. HCM\nTel: (028) 3822 5678 - Mobile: 0903 123 456\nMST: 0312345678',
     dict(title='Giám đốc Kinh doanh', company='CÔNG TY CỔ PHẦN MINH PHÁT', phones=[('phone', '(028) 3822 5678', '+842838225678'), ('mobile', '0903 123 456', '+84903123456')])),
    ('pt', 'Rita Sousa <rita.sousa@sousatextil.pt>', 'Rita Sousa\nDepartamento de Compras\nSousa Têxtil, S.A.\nTelef. 253 123 456\nTelemóvel: 934 567 890',
     dict(name='Rita Sousa', company='Sousa Têxtil, S.A.', phones=[('phone', '253 123 456', '+351253123456'), ('mobile', '934 567 890', '+351934567890')])),
    ('it', 'Luca Bianchi <l.bianchi@bianchimeccanica.it>', 'Luca Bianchi\nUfficio Acquisti\nBianchi Meccanica S.p.A.\nVia Emilia 100 - 40121 Bologna\nTel. 051 1234567 - Fax 051 1234568\nP.IVA 01234567890',
     dict(name='Luca Bianchi', company='Bianchi Meccanica S.p.A.', phones=[('phone', '051 1234567', '+390511234567'), ('fax', '051 1234568', '+390511234568')])),
    ('dk', 'Mette Holm <mh@holmbyg.dk>', 'Mette Holm\nIndkøbschef\nHolm Byg ApS\nTlf. 33 12 34 56\nMobil 20 12 34 56\nCVR 12345678',
     dict(name='Mette Holm', title='Indkøbschef', company='Holm Byg ApS', phones=[('phone', '33 12 34 56', '+4533123456'), ('mobile', '20 12 34 56', '+4520123456')])),
    ('fi', 'Jukka Virtanen <jukka.virtanen@virtanenoy.fi>', 'Jukka Virtanen\nToimitusjohtaja\nVirtanen Oy\nPuh. 09 123 4567\nGSM 040 123 4567',
     dict(name='Jukka Virtanen', title='Toimitusjohtaja', company='Virtanen Oy', phones=[('phone', '09 123 4567', '+35891234567'), ('mobile', '040 123 4567', '+358401234567')])),
    ('cz', 'Jan Novák <novak@novakstroje.cz>', 'Ing. Jan Novák\njednatel\nNovák Stroje s.r.o.\ntel.: 224 123 456\nmob.: 602 123 456\nIČO: 12345678',
     dict(name='Ing. Jan Novák', title='jednatel', company='Novák Stroje s.r.o.', phones=[('phone', '224 123 456', '+420224123456'), ('mobile', '602 123 456', '+420602123456')])),
    ('in', 'Arun Mehta <arun@mehtaengg.co.in>', 'Arun Mehta\nPurchase Manager\nMehta Engineering Works\nGIDC Estate, Rajkot - 360003\nMob: +91 98250 12345\nGSTIN: 24ABCDE1234F1Z5',
     dict(name='Arun Mehta', title='Purchase Manager', company='Mehta Engineering Works', phones=[('mobile', '+91 98250 12345', '+919825012345')])),
    ('free', 'Laura Schmidt <laura.schmidt@gmx.de>', 'Laura Schmidt\nTel. 0151 23456789', dict(name='Laura Schmidt', phones=[('phone', '0151 23456789', '+4915123456789')])),
]


def samples():
    for name, sender, signature, expected in SIGNATURES:
        yield Sample(name, mail('Price list', 'Hello,\n\nplease send us your price list for pumps of type B.\n\n-- \n' + signature + '\n', sender=sender), signature_fields=expected)
