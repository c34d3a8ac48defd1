/**
 * Industries in other languages than English: the words lists in German, French, Spanish, Italian, Portuguese and Japanese
 * have most, and the titles of the classes of the French NAF that most companies are in.
 */
export const FOREIGN_ALIASES: Readonly<Record<string, string>> = {
  software:
    'logiciel|logiciels|édition de logiciels|édition de logiciels applicatifs|programmation informatique|éditeur de logiciels|softwareentwicklung|softwarehersteller|desarrollo de software|sviluppo software|desenvolvimento de software|ソフトウェア|ソフトウエア|ソフトウェア開発|软件|软件开发|소프트웨어|oprogramowanie',
  it_services:
    'services informatiques|informationstechnologie|informationstechnik|it dienstleister|tecnología|tecnología de la información|tecnologías de la información|servicios informáticos|servizi informatici|tecnologia da informação|情報通信業|情報通信|情報サービス|情報サービス業|itサービス|信息技术',
  it_consulting:
    'conseil en systèmes et logiciels informatiques|conseil informatique|it beratung|consultoría informática|consulenza informatica|システム開発',
  artificial_intelligence:
    'künstliche intelligenz|intelligence artificielle|inteligencia artificial|人工知能',
  telecommunications: 'télécoms|telecomunicazioni|telecomunicações|通信|通信業',
  banking: 'banca|banco|bancos|bancario|banques|kreditinstitute|銀行|銀行業',
  financial_services:
    'services financiers et assurance|servicios financieros|servizi finanziari|serviços financeiros|activités des sociétés holding|金融|金融業',
  insurance: 'assicurazioni|versicherungswirtschaft|versicherungswesen|compagnies d’assurance|保険|保険業',
  real_estate:
    'immobilienwirtschaft|agence immobilière|agences immobilières|location de logements|immobiliare|imobiliário|不動産|不動産業|房地产|부동산',
  health_care: 'sanidad|sanità|saúde|hôpitaux et santé|医療|医療・福祉|福祉|zorg|vård',
  pharmaceuticals:
    'pharmaindustrie|pharmazie|pharmaceutique|industrie pharmaceutique|farmacéutica|farmaceutica|医薬品|製薬',
  medical_devices: 'dispositifs médicaux|dispositivos médicos|医療機器',
  retail: 'commercio al dettaglio|varejo|小売|小売業|零售业|소매업',
  wholesale:
    'commercio all’ingrosso|comercio mayorista|comercio al por mayor|atacado|卸売|卸売業|商社|批发业|도매업|groothandel|hurt',
  food_beverage:
    'nahrungsmittel|industrie agroalimentaire|boulangerie|boulangerie et boulangerie-pâtisserie|alimentación y bebidas|industria alimentaria|alimentare|食品|食料品',
  restaurants:
    'restauration traditionnelle|restauration de type rapide|restauration rapide|débits de boissons|eating places|drinking places|eating and drinking places|飲食|飲食業|飲食店|餐饮',
  hotels: 'hôtels et hébergement similaire|hoteles|alberghi|宿泊業|ホテル',
  travel_hospitality: 'hostelería y turismo|観光',
  manufacturing: 'industrie manufacturière|manufactura|manifattura|製造|製造業|メーカー|制造业|제조업',
  industrial_machinery: 'machines industrielles|construction mécanique|maquinaria|meccanica|機械',
  electrical_equipment: 'elektroindustrie|équipements électriques|material eléctrico|電気機器|電機',
  chemicals: 'chemische industrie|chimica|化学',
  metals: 'métallurgie|metalurgia|鉄鋼|金属',
  automotive: 'automobilbau|industria automotriz|automoción|自動車',
  construction:
    'construction de maisons individuelles|construction d’autres bâtiments|costruzioni|construção|建設|建設業|建筑业|건설업|budownictwo',
  building_trades:
    'travaux d’installation électrique|travaux de peinture et vitrerie|travaux de maçonnerie générale et gros œuvre de bâtiment|plomberie|設備工事',
  architecture: 'architekturbüro|activités d’architecture|arquitectura|architettura|建築設計',
  engineering_services: 'ingénierie, études techniques|ingegneria|エンジニアリング',
  energy: 'エネルギー',
  renewable_energy: 'energie rinnovabili|再生可能エネルギー',
  logistics: '物流|倉庫業|物流业',
  freight:
    'transports routiers de fret|transports routiers de fret de proximité|transports routiers de fret interurbains|affrètement et organisation des transports|transporte de mercancías|運送業',
  transportation: 'transport et logistique|transportes|運輸|運輸業',
  agriculture: 'agrar|農業',
  education: 'enseignement|教育|教育・学習支援業',
  advertising: 'activités des agences de publicité|pubblicità|広告|広告業',
  media: 'médias|メディア|マスコミ',
  management_consulting:
    'conseil pour les affaires et autres conseils de gestion|conseil en management|consultoría de gestión|consulenza aziendale|コンサルティング',
  legal: 'activités juridiques|servicios jurídicos|法律事務所',
  accounting: 'activités comptables|expertise comptable|contabilité|commercialista|会計事務所',
  staffing: 'activités des agences de travail temporaire|trabajo temporal|人材派遣|人材紹介',
  business_services: 'servicios empresariales|サービス業|zakelijke dienstverlening',
  fintech: 'financial tech',
  internet: '互联网|인터넷',
};
