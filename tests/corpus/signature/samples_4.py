"""Signatures, fourth batch: small, written after the reader was generalised."""
from letter import Sample, mail

WRITERS = [
    ('scot', 'Hamish Drummond <hamish@drummond.co.uk>', 'Kind regards,\n\nHamish Drummond\nStill Master\nDrummond Distillery Ltd\nTel 01463 555 012 | Mob 07700 900 456',
     'Hamish Drummond', 'Still Master', 'Drummond Distillery Ltd', [('phone', '01463 555 012', '+441463555012'), ('mobile', '07700 900 456', '+447700900456')]),
    ('bo', 'Wara Mamani <wmamani@quinua.com.bo>', 'Saludos,\n\nWara Mamani\nEncargada de Exportación\nQuinua Real S.R.L.\nCel. 71234567', 'Wara Mamani', 'Encargada de Exportación',
     'Quinua Real S.R.L.', [('mobile', '71234567', '+59171234567')]),
    ('py', 'Rubén Acosta <racosta@estanciaacosta.com.py>', '-- \nRubén Acosta\nGerente\nEstancia Acosta S.A.\nTel. 021 123 456\nCel. 0981 123 456', 'Rubén Acosta', 'Gerente', 'Estancia Acosta S.A.',
     [('phone', '021 123 456', '+59521123456'), ('mobile', '0981 123 456', '+595981123456')]),
    ('sv', 'Karla Menjívar <karla@cafemenjivar.com.sv>', 'Atte.\n\nKarla Menjívar\nCompras\nCafé Menjívar S.A. de C.V.\nTel. 2222-3344', 'Karla Menjívar', 'Compras', 'Café Menjívar S.A. de C.V.',
     [('phone', '2222-3344', '+50322223344')]),
    ('hn', 'Óscar Zelaya <ozelaya@maderaszelaya.hn>', 'Saludos cordiales,\n\nÓscar Zelaya | Jefe de Planta\nMaderas Zelaya\nCel: 9988-7766', 'Óscar Zelaya', 'Jefe de Planta', 'Maderas Zelaya',
     [('mobile', '9988-7766', '+50499887766')]),
    ('mt', 'Maria Borg <maria.borg@borgmarine.com.mt>', 'Best regards,\n\nMaria Borg\nYard Manager\nBorg Marine Ltd\nTel: 2123 4567', 'Maria Borg', 'Yard Manager', 'Borg Marine Ltd',
     [('phone', '2123 4567', '+35621234567')]),
    ('ge', 'Nino Beridze <nino@beridzewine.ge>', '-- \nNino Beridze\nExport Manager\nBeridze Wine Cellar LLC\nMob: 599 12 34 56', 'Nino Beridze', 'Export Manager', 'Beridze Wine Cellar LLC',
     [('mobile', '599 12 34 56', '+995599123456')]),
    ('by', 'Алесь Навумчык <ales@navumles.by>', '-- \nАлесь Навумчык\nНачальник цеха\nООО «НавумЛес»\nтел. 8 017 123-45-67', 'Алесь Навумчык', 'Начальник цеха', 'ООО «НавумЛес»',
     [('phone', '8 017 123-45-67', '+375171234567')]),
    ('mk', 'Елена Стојанова <elena@stojanovavino.mk>', '-- \nЕлена Стојанова\nменаџер за набавки\nСтојанова Вино ДООЕЛ\nтел. 02 123 4567', 'Елена Стојанова', 'менаџер за набавки', 'Стојанова Вино ДООЕЛ',
     [('phone', '02 123 4567', '+38921234567')]),
    ('jo', 'Rania Haddad <rania@haddadolive.com.jo>', 'Regards,\n\nRania Haddad\nQuality Supervisor\nHaddad Olive Co.\nMobile 079 123 4567', 'Rania Haddad', 'Quality Supervisor', 'Haddad Olive Co.',
     [('mobile', '079 123 4567', '+962791234567')]),
    ('kw', 'Yousef Al Sabah <yousef@gulfcold.com.kw>', 'Best regards\n\nYousef Al Sabah\nTechnical Director\nGulf Cold Stores W.L.L.\nTel: 2244 5566', 'Yousef Al Sabah', 'Technical Director',
     'Gulf Cold Stores W.L.L.', [('phone', '2244 5566', '+96522445566')]),
    ('gh', 'Kwame Mensah <kwame@mensahcocoa.com.gh>', 'Regards,\nKwame Mensah\nLogistics Officer\nMensah Cocoa Ltd\nTel: 024 123 4567', 'Kwame Mensah', 'Logistics Officer', 'Mensah Cocoa Ltd',
     [('phone', '024 123 4567', '+233241234567')]),
    ('tz', 'Neema Mushi <neema@mushitea.co.tz>', 'Regards,\n\nNeema Mushi\nFactory Buyer\nMushi Tea Estates Ltd\nMob. 0754 123 456', 'Neema Mushi', 'Factory Buyer', 'Mushi Tea Estates Ltd',
     [('mobile', '0754 123 456', '+255754123456')]),
    ('bd', 'Tahmid Rahman <tahmid@rahmanjute.com.bd>', 'Thanks,\n\nTahmid Rahman\nAGM, Procurement\nRahman Jute Mills Ltd.\nCell: 01711 123456', 'Tahmid Rahman', 'AGM, Procurement', 'Rahman Jute Mills Ltd.',
     [('mobile', '01711 123456', '+8801711123456')]),
    ('np', 'Sunita Gurung <sunita@gurungcoffee.com.np>', '-- \nSunita Gurung\nProprietor\nGurung Coffee Pvt. Ltd.\nMobile: 98412 34567', 'Sunita Gurung', 'Proprietor', 'Gurung Coffee Pvt. Ltd.',
     [('mobile', '98412 34567', '+9779841234567')]),
    ('kh', 'Sok Dara <dara@dararice.com.kh>', 'Best regards,\n\nSok Dara\nMill Manager\nDara Rice Mill Co., Ltd.\nTel: 012 345 678', 'Sok Dara', 'Mill Manager', 'Dara Rice Mill Co., Ltd.',
     [('phone', '012 345 678', '+85512345678')]),
    ('al', 'Ardit Hoxha <ardit@hoxhamermer.al>', '-- \nArdit Hoxha\nDrejtor Teknik\nHoxha Mermer sh.p.k.\nTel: 04 123 4567', 'Ardit Hoxha', 'Drejtor Teknik', 'Hoxha Mermer sh.p.k.',
     [('phone', '04 123 4567', '+35541234567')]),
    ('nl', 'Sanne de Wit <s.dewit@dewitkassen.nl>', 'Met vriendelijke groet,\n\nSanne de Wit\nProjectleider teelt\nDe Wit Kassenbouw B.V.\nT. 0174 123 456', 'Sanne de Wit', 'Projectleider teelt',
     'De Wit Kassenbouw B.V.', [('phone', '0174 123 456', '+31174123456')]),
    ('de', 'Hannes Brandl <h.brandl@brandl-obst.de>', 'Viele Grüße\n\nHannes Brandl\nBetriebsleiter\nBrandl Obstbau GbR\nTel. 08382 1234-0\nHandy 0160 1234567', 'Hannes Brandl', 'Betriebsleiter',
     'Brandl Obstbau GbR', [('phone', '08382 1234-0', '+49838212340'), ('mobile', '0160 1234567', '+491601234567')]),
    ('fr', 'Noémie Vasseur <noemie@brasserie-vasseur.fr>', 'Bien cordialement,\n\nNoémie Vasseur\nMaître brasseuse\nBrasserie Vasseur SAS\nTél. 03 20 12 34 56', 'Noémie Vasseur', 'Maître brasseuse',
     'Brasserie Vasseur SAS', [('phone', '03 20 12 34 56', '+33320123456')]),
]


def samples():
    for country, sender, signature, name, title, company, phones in WRITERS:
        address = sender if sender.isascii() else sender[sender.index('<') + 1:-1]
        yield Sample(country, mail('Stills', 'Hello,\n\nplease send us your price list for stills of 500 litres.\n\n' + signature + '\n', sender=address),
                     signature_fields=dict(name=name, title=title, company=company, phones=phones))
