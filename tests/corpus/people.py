"""People who write, none of whom exists."""
from collections import namedtuple

Person = namedtuple('Person', 'lang name first last email phone company message product city country')

PEOPLE = [
    Person('en', 'Margaret Holloway', 'Margaret', 'Holloway', 'm.holloway@brightwater-labs.example', '+44 20 7946 0321',
           'Brightwater Labs Ltd', 'We are looking for 40 dosing pumps.\nCould you quote us by Friday: delivery to Leeds, please?',
           'Dosing pumps', 'Leeds', 'United Kingdom'),
    Person('en', 'Tyrone Jackson', 'Tyrone', 'Jackson', 'tjackson82@gmail.com', '(555) 201-4477', 'Jackson & Sons',
           'Hi! Saw your ad. What does the small unit cost?', 'Small unit', 'Denver', 'United States'),
    Person('es', 'José Ramón Núñez', 'José Ramón', 'Núñez', 'jr.nunez@talleresnunez.example', '+52 55 5123 4567', 'Talleres Núñez SA de CV',
           'Buenos días, necesito una cotización de 12 compresores.\n\nGracias de antemano.', 'Compresores', 'Puebla', 'México'),
    Person('es', 'Lucía Ferrer', 'Lucía', 'Ferrer', 'lucia@ferrer-arquitectos.example', '612 345 678', 'Ferrer Arquitectos',
           '¿Hacen instalaciones en Valencia? Nos interesa el modelo X-200.', 'X-200', 'Valencia', 'España'),
    Person('vi', 'Trần Thị Mai', 'Mai', 'Trần Thị', 'mai.tran@anphat.example', '0912 345 678', 'Công ty TNHH An Phát',
           'Chúng tôi muốn mua 20 máy bơm.\nXin gửi báo giá sớm.', 'Máy bơm', 'Hà Nội', 'Việt Nam'),
    Person('vi', 'Nguyễn Văn Hùng', 'Hùng', 'Nguyễn Văn', 'hungnv@gmail.com', '+84 28 3822 1234', 'Xưởng Hùng',
           'Cho tôi hỏi giá và thời gian giao hàng?', 'Quạt công nghiệp', 'Đà Nẵng', 'Việt Nam'),
    Person('fr', 'Hélène Dubreuil', 'Hélène', 'Dubreuil', 'h.dubreuil@atelier-dubreuil.example', '01 44 55 66 77', 'Atelier Dubreuil SARL',
           'Bonjour,\nje souhaite un devis pour 3 machines.\nLivraison : Lyon, avant juin.', 'Machines', 'Lyon', 'France'),
    Person('fr', 'Karim Benali', 'Karim', 'Benali', 'karim.benali@orange.fr', '+33 6 12 34 56 78', 'KB Services',
           "Pouvez-vous m'appeler demain ?", 'Entretien', 'Marseille', 'France'),
    Person('de', 'Jürgen Groß', 'Jürgen', 'Groß', 'gross@gross-metallbau.example', '+49 (0)711 123456-0', 'Groß Metallbau GmbH',
           'Guten Tag,\nwir benötigen 200 Stück Typ B.\nLiefertermin: KW 14', 'Typ B', 'Stuttgart', 'Deutschland'),
    Person('de', 'Sabine Köhler', 'Sabine', 'Köhler', 'sabine.koehler@web.de', '0171 9876543', 'Köhler Gartenbau',
           'Haben Sie auch kleinere Mengen im Angebot?', 'Pflanzkübel', 'Kassel', 'Deutschland'),
    Person('pt', 'João Guimarães', 'João', 'Guimarães', 'joao@guimaraes-lda.example', '+351 912 345 678', 'Guimarães Lda',
           'Boa tarde, preciso de um orçamento para 5 portas.\nObrigado', 'Portas', 'Porto', 'Portugal'),
    Person('pt', 'Fernanda Araújo', 'Fernanda', 'Araújo', 'fernanda.araujo@uol.com.br', '(11) 98765-4321', 'Araújo Eventos',
           'Vocês atendem em Campinas?', 'Tendas', 'Campinas', 'Brasil'),
]
