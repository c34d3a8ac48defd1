/** Categories of Crunchbase and AngelList, which start-up lists carry, and the words of people who write like them. */
export const STARTUP_ALIASES: Readonly<Record<string, string>> = {
  software:
    'software|saas|software as a service|apps|web apps|web applications|freeware|tech|b2b software|saas software|it software|software company|information technology software|open source|open source software|facebook applications|twitter applications|google apps|google glass apps|web browsers|webos|browser extensions|plugins|add-ons|consumer software|retail software|presentations|presentation software|presentations software|cad|cad software|software engineering|software house|independent software vendor|isv|application software|translation software|optimization|synchronization|meeting software|simulation|web tools|tools|embedded software|embedded systems|legacy|vertical saas|productivity apps|embedded|document preparation|scheduling|billing software|ediscovery software|technology, software',
  enterprise_software:
    'enterprise software|enterprise applications|enterprise resource planning|enterprise resource planning erp|enterprise|enterprises|b2b saas|enterprise saas|business software|document management|knowledge management|contact management|it management|risk management|compliance|e-discovery|ediscovery|billing|procurement|enterprise search|supply chain software|fleet management|fleet management software|content management|content management systems|cms|web cms|workflow|workflow automation|rpa|robotic process automation|asset management software|field service software|mobile enterprise|enterprise 2.0|business process automation|quality assurance software|identity|identity management|legal software|accounting software|low-code|no-code|enterprise software development',
  analytics:
    'analytics|data|big data|big data analytics|business analytics|predictive analytics|business intelligence|data analytics|data mining|data visualization|visualization|text analytics|web analytics|social media analytics|mobile analytics|analytics software|data & analytics|data and analytics|quantitative analytics|data science|statistics|a/b testing|bi|business intelligence and analytics|user analytics|data analysis|surveys|survey software|reporting|data management|data warehousing|tracking|performance measurement',
  artificial_intelligence:
    'artificial intelligence|ai|machine learning|ai/ml|ml|deep learning|natural language processing|nlp|computer vision|image recognition|speech recognition|generative ai|genai|intelligent systems|predictive|neural networks|artificial intelligence software|artificial intelligence and machine learning|facial recognition|visual search|personalization|recommendation systems|semantic search|semantic web|chatbots|chatbot|conversational ai|virtual assistants|ai agents|llm',
  developer_tools:
    'developer tools|developer apis|developer platform|development platforms|developer apis and tools|apis|api|paas|platform as a service|testing|software testing|application performance monitoring|application performance monitoring app|application platforms|devops|web frameworks|programming|code|databases|database|database software|version control|test and measurement software|web development tools|backend|sdk|application development|app development platform|monitoring|data integration|integration|ipaas|real time|realtime',
  cybersecurity:
    'cyber security|cybersecurity|security|network security|information security|infosec|data security|security software|it security|internet security|web security|privacy|privacy and security|fraud detection|identity and access management|iam|cloud security|anti-virus|penetration testing|threat intelligence|biometrics|mobile security|health security|data privacy|encryption|homeland cybersecurity|cyber|trusted networks|certification authority',
  cloud_computing:
    'cloud computing|cloud|cloud infrastructure|cloud services|cloud data services|cloud management|cloud storage|cloud-based|iaas|infrastructure|infrastructure as a service|virtualization|virtual desktop|storage|data storage|enterprise storage|file sharing|backup|archiving|serverless|cloud software|infrastructure software|private cloud|hybrid cloud|web-scale infrastructure|content delivery network|cdn|application delivery',
  mobile_apps:
    'mobile|mobile apps|mobile app|mobile applications|mobile software|mobile development|android|ios|iphone|ipad|app stores|app|app marketing|apps mobile|mobile software tools|mobile devices apps|smartphone apps|app development|mobile app development|tablets|windows phone 7|mobile technology',
  collaboration_software:
    'collaboration|collaboration software|productivity|productivity software|productivity tools|project management|task management|project management software|enterprise collaboration|group collaboration|remote work|video conferencing|web conferencing|unified communications software|note taking|document collaboration|calendar|calendars|email productivity|time tracking|personal productivity',
  marketing_software:
    'marketing automation|email marketing|crm|customer relationship management|crm software|sales automation|sales software|marketing software|martech|marketing technology|mar tech|salestech|sales tech|social media management|social media marketing software|customer support tools|customer support|customer service software|help desk|loyalty programs|loyalty|customer engagement|customer experience|customer success|e-mail marketing|email service provider|sales enablement|sales automation software|social crm|social media monitoring|reputation|reviews and recommendations software|landing pages|newsletters software|conversion optimization|marketing and sales software',
  hr_software:
    'hr tech|hrtech|hr software|human resources software|human resource automation|recruiting software|applicant tracking|ats|payroll software|human capital management|hcm|talent management software|employer benefits programs|workforce management|employee engagement|hris',
  geospatial_software:
    'geospatial|gis|maps|mapping|navigation|gps|location based services|location-based services|mapping services|geolocation|proximity|local based services|location intelligence|indoor positioning|map',
  blockchain: 'blockchain|web3|distributed ledger|nft|defi|smart contracts|dapps',
  it_services:
    'it services|it|ict|information & communication technology|technology services|it infrastructure|computer services|managed services|it support|msp|managed service provider|managed it services|system integration|systems integration|technical support|computer repair|information and communications technology (ict)|information communication technology|it/software services|it and services|data services|information technologies|tech support|it & services|edv|informatik|informatique|informática|informatica|it-dienstleistungen|information technology services',
  it_consulting:
    'it consulting|technology consulting|it consultancy|software consulting|software consultancy|digital transformation|software development services|custom software|custom software development|software outsourcing|digital agency consulting',
  web_development:
    'web development|web design|website design|website development|web dev|web design and development|web agency|digital agency|app development agency|user experience design|ux|ui/ux|ux design|interface design|usability|user interface|website builder|website builders|web presence|web design agency|internet agency|internetagentur|webdesign',
  web_hosting:
    'web hosting|hosting|domain registrars|registrars|domain names|domains|data center|data centers|data centre|data centres|data center infrastructure|data center automation|colocation|hosting services|internet infrastructure|dns|managed hosting|isp hosting|data processing|data processing & hosting',
  internet:
    'internet|curated web|web|online|consumer internet|internet services|dotcom|internet software & services|internet technology|web services|websites|portals|portal|internet company|online services|world wide web|internet first startups|internet of people|web based|internet/online',
  social_networks:
    'social media|social network|social networks|social networking|social|social media platforms|social apps|professional networking|networking|networking platform|private social networking|social network media|social news|micro blogging|microblogging|twitter|facebook|social commerce network|social discovery|social recruiting network|social media software|people search|q&a social|social business|photo sharing|photo sharing app|social media app|social software|friends|social entertainment|groups',
  marketplaces:
    'marketplace|marketplaces|online marketplace|online marketplaces|b2b marketplace|auctions|auction|peer-to-peer|peer to peer|p2p|classifieds|online auctions|sharing economy|collaborative consumption|exchanges marketplace|local services marketplace|online rental|online rentals|freelance marketplace|crowdsourcing|crowd sourcing|freelancers marketplace|gig economy|market|two-sided marketplace|marketplace platform|price comparison|comparison shopping|comparison|p2p marketplace|barter|consumption',
  online_communities:
    'content|blogging platforms|blogs|blogging|communities|community|forums|online forums|user generated content|ugc|wikis|q&a|reviews and recommendations|reviews|recommendations|content creators|content discovery|content syndication|creator economy|curation|content curation|digital content|social bookmarking|lifestyle|celebrity|parenting content|creative|creative industries|online community|crowdsourced content|bookmarking|local reviews|guides|information providers|reference|content delivery|opinions',
  search_engines:
    'search|search engine|search engines|vertical search|local search|internet search|web search|product search',
  online_dating: 'online dating|dating|dating apps|matchmaking',
  hardware:
    'hardware|devices|gadget|gadgets|electronic hardware|hardware startup|consumer hardware|cad hardware|electronic equipment & instruments|electronic components|technology hardware|embedded hardware and software|displays|lighting tech|optical communication|tech hardware|technology hardware & equipment',
  consumer_electronics:
    'consumer electronics|electronics|mobile devices|wearables|wearable|wearable technology|smart home|smart home devices|home automation|audio equipment|audio hardware|cameras|electronic goods|smart watches|television hardware|smart devices|consumer electronic|speakers|drones consumer',
  semiconductors:
    'semiconductor|semiconductors|chips|microelectronics|asic|fpga|integrated circuits|photonics|optoelectronics|rfid|semiconductors & semiconductor equipment|semiconductor equipment|led|led lighting',
  computer_hardware:
    'computers & peripherals|computer equipment|network hardware|servers|networking equipment|computer systems|computers|computer|computer manufacturing|data storage devices|it hardware|quantum computing|printers|3d technology|pc|laptops|computer peripherals|communications hardware|computer hardware and software|communications equipment|networks|network equipment',
  iot: 'iot|internet of things|internet of things iot|m2m|sensors|sensor|connected devices|smart cities|smart building|smart buildings|smart city|connected car|rfid sensors|industrial internet of things|iiot|telematics|beacons|internet-of-things|connected hardware',
  robotics:
    'robotics|robots|drones|drone|uav|unmanned aerial vehicles|autonomous robots|drone technology|drones & robotics|automation robotics|drone services|industrial robots',
  virtual_reality:
    'virtual reality|augmented reality|vr|ar|ar/vr|vr/ar|mixed reality|xr|metaverse|virtual reality and augmented reality|3d|virtual world|virtual worlds|virtual goods|virtual reality software',
  nanotechnology:
    'nanotechnology|advanced materials|new materials|materials science|material science|nanotech|graphene|materials|composites',
  telecommunications:
    'telecommunications|telecom|telecoms|telco|communications|telephony|broadband|internet service providers|isp|internet service provider|fiber optics|fibre|satellite communication|satellite communications|telekommunikation|télécommunications|telecommunication|communication services|telecommunication services|cable|communication|telecomunicaciones|telecommunications equipment|telecomms|phone|network operator|communications infrastructure',
  wireless:
    'wireless|mobility wireless|5g|wifi|wi-fi|wireless technology|mobile networks|mobile operators|wireless telecommunications|wireless carriers|mobile virtual network operator|mvno|mobile operator',
  messaging:
    'messaging|chat|sms|email|voip|instant messaging|text messaging|voice over ip|unified communications|mobile messaging|e-mail|video chat|email services|video calling|push notifications|cpaas|communication platform|webrtc|meeting|telephone|faxing|conversation',
  financial_services:
    'finance|financial services|financial|finance and banking|financial institution|bfsi|fsi|banking & financial services|financials|finanzdienstleistungen|finanzen|services financiers|financial exchanges services|financial planning|personal finance|wealth|financial advisory|finance & insurance|diversified financials|finanzas|finance technology services|tax|tax preparation|finance/banking/insurance|financial consulting|accounting and finance|credit bureau|mutual insurance finance|financial & insurance services|consumer finance|financial service',
  banking:
    'banking|bank|banks|retail banking|online banking|credit union|neobank|digital banking|challenger bank|commercial banks|private banking|banken|banque|investment bank retail|savings & loan|banking services',
  insurance:
    'insurance|insurtech|insuretech|health insurance|life insurance|auto insurance|property & casualty|property and casualty insurance|reinsurance|insurance brokerage|health and insurance|versicherung|versicherungen|assurance|assurances|seguros|property insurance|insurance agency|insurance broker|insurance company|insurance technology|commercial insurance|employee benefits|employer benefits',
  fintech:
    'fintech|fin tech|financial technology|fintech software|finance technology|regtech|wealthtech|personal finance software|financial software|banking software|impact investing fintech|paytech|embedded finance|open banking|financial data|bankingtech|finance software|accounting technology',
  payments:
    'payments|mobile payments|payment|payment processing|online payments|payment services|credit cards|credit card|debit cards|transaction processing|transactions|p2p money transfer|money transfer|remittance|remittances|gift card payments|prepaid cards|mobile wallet|digital wallet|e-payment|micropayments|virtual currency payments|point of sale|pos|virtual currency|point of sale systems',
  lending:
    'lending|consumer lending|credit|loans|mortgage|mortgages|p2p lending|peer to peer lending|microfinance|debt collecting|debt collection|student loans|mortgage banking|bnpl|buy now pay later|credit scoring|small business lending|micro lending|crowdfunding lending|consumer credit|leasing finance|factoring',
  investment_management:
    'asset management|wealth management|investment|investments|investing|hedge funds|hedge fund|hedgefunds|asset & wealth management|fund management|mutual funds|impact investing|investment services|portfolio management|retirement|robo-advisor|family office|investment firm|real estate investment finance|financial advisor|financial advisors|asset managers',
  venture_capital:
    'venture capital|private equity|angel investment|angel investing|incubators|incubator|accelerator|accelerators|startup accelerator|vc|crowdfunding|equity crowdfunding|venture capital/private equity|startup studio|venture builder|early-stage investment|funding platform|venture studio|pe/vc',
  capital_markets:
    'stock exchanges|stock exchange|trading|trading platform|securities|brokerage|forex|commodities|trading exchanges|financial exchanges|investment banking|stock market|capital market|foreign exchange|prediction markets|algorithmic trading|equities|derivatives|futures',
  cryptocurrency:
    'bitcoin|cryptocurrency|crypto|ethereum|cryptocurrencies|crypto exchange|digital currency|crypto currency|mining bitcoin|bitcoin mining|digital assets|initial coin offering|token',
  real_estate:
    'real estate|property|commercial real estate|residential|residential real estate|real estate investment|real estate development|property development|immobilien|immobilier|realtors|realty|rental property|rental housing|vacation rental property|housing|home buying|real estate services|estate agents|estate agency|reit|real estate investment trusts|real estate brokerage|bienes raices|inmobiliaria|inmobiliario|apartments|office space|property developer|land development|land|equity real estate investment trusts (reits)|makler|property & real estate',
  property_management:
    'property management|real estate management|facility management real estate|building management|hausverwaltung|tenant management|rental management',
  proptech:
    'proptech|real estate tech|real estate technology|property technology|construction and real estate technology|contech proptech',
  health:
    "health|health & life sciences|life sciences|life science|healthtech and life sciences|health sciences|gesundheit|santé|salud|health and medical|biomedical|medtech and biotech|baby boomers|longevity|women health|women's health|femtech|genomics health|healthcare and life sciences|pharma, biotech & healthcare",
  health_care:
    'health care|healthcare|health care services|healthcare services|medical|medicine|health services|gesundheitswesen|home health|home health care|home healthcare|elder care|eldercare|elderly|assisted living|senior care|senior living|nursing|nursing and residential care|health care providers|healthcare providers & services|diagnostics|medical services|primary care|personal health|patient care|rehabilitation|cancer|oncology|diabetes|fertility|first aid|emergency medicine|hospital/health care|medical care|gesundheits- und sozialwesen|health care facilities|medical laboratories|healthcare industry|urgent care|hospice|pediatrics|ambulatory health care services|healthcare & social assistance',
  hospitals: 'hospital|clinic|clinics|krankenhaus|medical centers|medical center|hospital systems',
  medical_practices:
    'doctors|physicians|dental|dentistry|dentist|medical practice|dermatology|plastic surgery|ophthalmology|optometry|chiropractic|physiotherapy|physical therapy|dental care|dental practice|zahnarzt|optical|orthopedics|medical doctors|therapy practices|vision care',
  mental_health:
    'mental health|psychology|therapy|mental wellness|alternative health|psychotherapy|counseling|behavioral health|holistic health|neuroscience mental|meditation|mindfulness|sleep|alternative medicine clinic|addiction treatment',
  biotechnology:
    'biotechnology|biotech|bioinformatics|genetics|genomics|life sciences tools & services|bio tech|synthetic biology|biopharma|biopharmaceuticals|neuroscience|biotechnology & pharmaceuticals|biology|biomass biotechnology|bioengineering|precision medicine|biomanufacturing|human gene therapy|stem cells',
  pharmaceuticals:
    'pharmaceutical|pharma|pharmaceuticals|pharmacy|pharmacies|drug discovery|drug development|clinical trials|pharma industry|apotheke|drugstores|online pharmacy|nutraceutical|nutraceuticals|life sciences pharmaceutical|pharmaceuticals & biotechnology|drug delivery|cro clinical|vaccines',
  medical_devices:
    'medical device|medical devices|medtech|med tech|medical technology|medical equipment|medical instruments|health care equipment|healthcare equipment & supplies|medizintechnik|medical supplies|surgical devices|assistive technology|hearing aids|medical imaging|medical diagnostics devices|prosthetics|health diagnostics|medical devices & equipment',
  digital_health:
    'digital health|health tech|healthtech|healthcare technology|health care technology|health care information technology|mhealth|m-health|telemedicine|telehealth|electronic health record|electronic health records|ehr|health records|ehealth|e-health|health it|healthcare it|health information technology|healthcare software|medical software|mobile health|health apps|hospital software|health informatics|healthcare information technology|healthcare tech',
  wellness_fitness:
    'fitness|wellness|health and wellness|health & wellness|health & fitness|health and fitness|gyms|gym|yoga|nutrition|sports & fitness|personal training|diet|weight loss|dietary supplements|vitamins|supplements|spa|spas|wellness & fitness|fitness centers|health clubs|quantified self|self-care|fitness industry|wellness services',
  veterinary: 'veterinary|vet|animal health|veterinarian|veterinary medicine|tierarzt|veterinary clinic',
  retail:
    'retail|shopping|retailing|retail & consumer|stores|einzelhandel|shops|retail trade|brick and mortar|shopping mall|shopping malls|retail stores|specialty retail|department stores|convenience stores|commerce|consumer retail|commerce de détail|comercio|comercio minorista|vertrieb handel|handel|gifts shop|florist|flowers|flower delivery|bookstores|books retail|retail store|duty free|second hand|thrift stores|retail industry|retail and wholesale|hobby shops|multiline retail|consumer discretionary retail|mobile commerce retail|detailhandel|retail chain|specialty stores|toys retail',
  e_commerce:
    'e-commerce|ecommerce|e commerce|online shopping|e-commerce platforms|e-commerce platform|ecommerce platform|online retail|online retailer|e-tailing|etailing|m-commerce|mobile commerce|d2c|dtc|direct to consumer|direct-to-consumer|social commerce|mass customization|online store|online stores|web shop|webshop|shopify|flash sale|flash sales|online shop|e-commerce software|ecommerce software|ecommerce enablement|internet & direct marketing retail|group buying|e-retail|onlinehandel|commerce électronique|internet retailing|omnichannel|ecommerce & retail|quick commerce|comercio electrónico|e-commerce & retail|drop shipping|dropshipping|cross border ecommerce',
  grocery:
    'grocery|groceries|supermarket|food retail|food & staples retailing|lebensmitteleinzelhandel|grocery stores|grocery delivery|online grocery|hypermarkets|organic grocery',
  fashion_retail:
    'fashion|fashion & apparel|fashion e-commerce|fashion and retail|apparel retail|clothing stores|shoes retail|fashion and beauty|style|bridal|fashion/apparel|mode|moda|shoe stores|fashion tech',
  automotive_retail:
    'car dealer|car dealers|car dealership|auto dealership|auto dealerships|car sales|autohaus|autohandel|used cars|auto parts|automobile dealers|vehicle dealers|tire dealers|automotive aftermarket|automotive dealership|auto parts retail',
  home_retail:
    'home & garden|home and garden|home improvement|home decor|garden|hardware stores|interior retail|homewares|diy|furniture stores|home furnishing stores|house and garden|home improvement retail|home furnishing|garden centers|building supplies',
  subscription_commerce:
    'subscription businesses|subscription service|subscription services|gift card|gift cards|gifts|gift|coupons|coupon|daily deals|discounts|deals|gift exchange|incentives|subscription box|gift registry|cashback|rewards|subscription|subscription commerce|subscription boxes|promotional deals',
  wholesale:
    'wholesale|wholesalers|distribution|distributors|distributor|großhandel|grosshandel|wholesaler|wholesale & distribution|trading companies|trade|industrial distribution|commercial distribution|commerce de gros|wholesale and retail trade|trading companies & distributors|distribuidor|mayorista|wholesale goods|merchant wholesalers',
  import_export:
    'import-export|import export|import/export|export|exporter|exporters|importer|international trade|foreign trade|außenhandel|global trade|trading company',
  consumer_goods:
    'consumer goods|consumer products|fmcg|cpg|consumer packaged goods|consumer|consumer staples|consumer durables|household goods|household products|konsumgüter|consumer discretionary|baby products|baby|baby care|household durables|consumer products manufacturing|consumer brands|textiles, apparel & luxury goods consumer|home goods|kitchenware|eyewear|consumer goods and services|stationery|personal products',
  food_beverage:
    'food and beverage|food & beverage|food|food products|beverages|beverage|food processing|food industry|food manufacturing|food tech|foodtech|food technology|coffee|tea|snack food|snacks|bakery|bakeries|confectionery|dairy products|dairy product manufacturing|meat|seafood|organic food|specialty foods|lebensmittel|agroalimentaire|alimentos|food & drink|food and drink|food production & processing|nutrition products|cooking|recipes|organic|bottled water|soft drinks|chocolate|frozen foods|f&b|food service products|alimentación|lebensmittelindustrie|plant based|alternative protein|packaged foods|consumer packaged food|fruits & vegetables|gourmet',
  wine_spirits:
    'wine|beer|craft beer|brewery|brewing|winery|spirits|alcohol|alcoholic beverages|wine & beer|distillery|brauerei|liquor|wine, beer & spirits',
  apparel:
    'apparel|textiles|textile|clothing|garments|apparel & accessories|footwear|shoes|textiles & apparel|textile industry|textiles, apparel & luxury goods|bekleidung|textil|lingerie|sportswear|fashion design|fashion accessories|leather|fabrics|apparel & footwear|clothing & apparel|garment|accessories|designer fashion|apparel and fashion design|uniforms',
  cosmetics:
    'cosmetics|beauty|skincare|skin care|beauty & cosmetics|beauty and cosmetics|perfume|fragrance|fragrances|cosmetic|kosmetik|personal care|hair care|personal care products|beauty products|beauty & personal care|makeup|household & personal products|health & beauty|health and beauty|toiletries',
  furniture:
    'furniture|home furnishings|möbel|office furniture|furnishings|mattresses|furniture manufacturing|muebles',
  luxury_jewelry:
    'luxury|luxury goods|jewelry|jewellery|jewelers|watches|diamonds|schmuck|watches & jewelry|fine jewelry|luxury brands',
  sporting_goods:
    'sports equipment|sporting equipment|outdoor gear|bicycles|bikes|outdoor equipment|outdoors|cycling|golf equipment|sports goods|boats|sport equipment|bicycle|outdoor & sports goods',
  toys: 'toys & games|toy|games & toys|children toys|kids toys|children products|spielwaren|board games',
  pet_products:
    'pets|pet|pet care|pet products|pet food|pet supplies|pet tech|pet industry|animals|pet services|pet care services|dog',
  tobacco_cannabis:
    'tobacco|cannabis|marijuana|medical marijuana|hemp|cbd|vaping|e-cigarettes|cannabis industry|cigars',
  appliances:
    'appliances|household appliances|home appliances|kitchen appliances|consumer appliances|haushaltsgeräte|white goods|electrical appliances',
  manufacturing:
    'manufacturing|industrial|industry|industrials|industrial goods|fabrication|production|contract manufacturing|produktion|fertigung|industrie|verarbeitendes gewerbe|industria|manufacturer|manufacturers|herstellung|industrial products|industrial & manufacturing|advanced manufacturing|fabricación|fabbricazione|general manufacturing|heavy industry|industrial conglomerates|industrial supplies|manufacturing and industrial|manufacturing & industrial|metalworking and manufacturing|manufacturing & production',
  industrial_machinery:
    'machinery|industrial equipment|heavy machinery|maschinenbau|mechanical engineering|machine tools|mechanical|industrial machinery & equipment|machine manufacturing|industrial machinery and equipment|equipment manufacturing|capital goods|maschinen- und anlagenbau|anlagenbau|machinery equipment|industrial engineering|mechanical or industrial engineering|mechanical & industrial engineering|construction machinery|tooling|pumps|engines|mechanical design|werkzeugbau|equipment|industrial tools|machinery & equipment|construction equipment|agricultural machinery|lifting equipment|elevators',
  chemicals:
    'chemical|chemicals|chemical engineering|specialty chemicals|chemie|petrochemicals|paints|coatings|paints & coatings|adhesives|chemical industry|industrial chemicals|chemistry|chimie|química|agrochemicals|fertilizers|chemical products|industrial gases|chemical manufacturing industry',
  plastics_rubber:
    'plastics|plastic|rubber|plastics & rubber|plastics and rubber manufacturing|kunststoff|polymers|injection molding|rubber & plastics|kunststoffe|plastic products|tires manufacturing',
  packaging:
    'packaging|packaging services|containers & packaging|containers|paper|pulp & paper|paper & packaging|verpackung|paper manufacturing|wood|wood processing|packaging and containers|forest products|paper products|timber|lumber|wood products|papier|holz|paper & pulp|paper and wood',
  metals:
    'metals|steel|metal|metal fabrication|metal manufacturing|metallurgy|metal products|iron & steel|foundry|aluminum|aluminium|metall|metallverarbeitung|metalworking|precision engineering|welding|metal processing|steel industry|fabricated metal|stahl|metal works|machining|cnc machining|sheet metal|metals manufacturing',
  electrical_equipment:
    'electrical|electrical equipment|elektrotechnik|electrical engineering|electrical manufacturing|electronics manufacturing|electrical & electronic manufacturing|electrical components|lighting|electronic manufacturing services|ems electronics|electronic components manufacturing|electrical & electronics|electronic manufacturing|electrical distribution|electrical and electronic manufacturing|elektronik|elektro|cables|power electronics|electronic components & manufacturing|electrical/electronics|electronic equipment',
  building_materials:
    'building materials|building material|construction materials|glass|ceramics|cement|concrete|baustoffe|glass & ceramics|construction products|building products|stone|flooring|tiles|windows & doors|insulation|glass, ceramic & concrete|windows and doors|bricks',
  industrial_automation:
    'automation|industrial automation|factory automation|process automation|industry 4.0|control systems|automatisierung|automation & control|automation technology|automatisierungstechnik|test and measurement|instrumentation|measurement technology|process control|machine vision|instruments',
  printing:
    'printing|print|3d printing services|digital printing|druck|druckerei|imprimerie|commercial printing|printing industry|photo printing|print services|screen printing|printing & publishing services',
  additive_manufacturing: '3d printing|additive manufacturing|3d printer|3d printers|rapid prototyping',
  automotive:
    'automotive|cars|auto|automobile|automobiles|automotive industry|autos|vehicles|automotive manufacturing|car manufacturing|automotive parts|auto components|automotive suppliers|automobilindustrie|fahrzeugbau|automobile manufacturing|automobil|auto repair|motorcycles|motor vehicles|automotive technology|automotive tech|trucks|car|automotive services|automotor|automóvil|recreational vehicles|auto parts manufacturing|car wash|autoparts|automotive supplier|auto parts & equipment|automotive & transport|automotive repair|kfz',
  electric_vehicles:
    'electric vehicles|electric vehicle|ev|evs|e-mobility|ev charging|electromobility|charging infrastructure|elektromobilität|e-bikes|electric cars|autonomous vehicles|autonomous driving|self-driving cars',
  aerospace_defense:
    'aerospace and defense|aerospace & defense|aerospace/defense|aerospace & defence|aerospace and defence',
  aviation:
    'aerospace|aviation|aircraft|luftfahrt|air & space|aviation/aerospace|private aviation|business aviation|aeronautics|aerospace engineering|aerospace manufacturing|luft- und raumfahrt|aerospace industry|aerospace & aviation',
  defense:
    'defense|defence|military|homeland security|defense industry|defense technology|national security|defense contractors|weapons|defense & military',
  space:
    'space|space travel|satellites|space technology|satellite|new space|space tech|spacetech|space exploration',
  energy:
    'energy|power|energie|energy & utilities|energy industry|energy services|énergie|energía|energy management|energy efficiency|energy iq|power generation|energia|energy and environment|fuel|energy & power|energy technology|energy trading|natural resources|energy/utilities|energy & natural resources|power & energy|energy equipment & services|energiewirtschaft|utilities/energy|energy and utilities|smart grid|cleantech energy|energy, oil & gas services|energy & mining',
  oil_gas:
    'oil and gas|oil & gas|oil|gas|petroleum|oil/gas|oil, gas & consumable fuels|oil and gas exploration|upstream|fossil fuels|natural gas|oil & gas services|oil & energy industry|energy oil gas|petroleo|oil gas|oil, gas and energy|oil, gas & energy|mining & oil gas|gas stations|drilling',
  utilities:
    'utility|utilities|electricity|water|water utilities|electric utilities|water supply|water technology|gas utilities|public utilities|water purification|versorger|power distribution|energy distribution|electric power|water treatment|energy and water supply|water & wastewater|electric utility|multi-utilities|stadtwerke|energieversorgung',
  renewable_energy:
    'renewable energy|renewables|solar|solar energy|wind energy|wind|wind power|solar power|clean energy|green energy|biofuel|biofuels|photovoltaics|photovoltaik|erneuerbare energien|biomass energy|alternative energy|hydropower|hydrogen|renewable|geothermal|pv|solar panels|biomass|énergies renouvelables|energía renovable|energías renovables|renewable electricity|nuclear energy|nuclear|fuel cells',
  batteries:
    'battery|batteries|energy storage|battery technology|energy storage systems|fuel cell batteries|battery storage',
  mining:
    'mining|mining & minerals|minerals|mining technology|precious metals|bergbau|gold|coal|quarrying|minería|mineral|metals & mining|mining industry|mining & quarrying|mining services|gold mining',
  environment:
    'environment|environmental services|environmental|sustainability|green|climate|umwelt|carbon|environmental engineering|environmental consulting|environmental innovation|pollution control|environmental technology services|environmental & facilities services|umwelttechnik|conservation|esg|ecology|climate change|carbon offset|medio ambiente|carbon management|green consumer goods|environmental industry|umweltschutz|environment & sustainability',
  waste_management:
    'waste management|recycling|waste|waste & recycling|circular economy|entsorgung|waste disposal|waste services|abfallwirtschaft|waste management & recycling|water waste|scrap|wastewater|wastewater treatment',
  clean_technology:
    'clean technology|cleantech|clean tech|greentech|green tech|climate tech|climatetech|carbon capture|clean technology it|green technology|energy cleantech|clean-tech|air purification|greentec|green building|agri cleantech|sustainable technology',
  construction:
    'construction|building|construction industry|general contractors|contractors|bau|construction & engineering|bauwesen|baugewerbe|home building|homebuilding|construction services|contractor|building & construction|infrastructure construction|construction technology|contech|constructiontech|bauunternehmen|construction company|construcción|édilizia|edilizia|general contractor|bâtiment|btp|home builders|construction and engineering|building construction|modular construction|construction management|homebuilders|hochbau|home construction|home renovation|renovation|engineering & construction|baubranche|interior fit-out|engineering/construction|real estate & construction|construction & real estate|bouw',
  architecture:
    'architecture|architects|architectural|architektur|landscape architecture|architecture and design|urban planning|architectural services|architecture firm|interior architecture|architecture & design|landscape design',
  civil_engineering:
    'civil engineering|tiefbau|infrastructure engineering|road construction|structural engineering|bridge construction|bauingenieurwesen|heavy & civil engineering construction',
  building_trades:
    'hvac|plumbing|roofing|electricians|electrician|handwerk|painting contractors|carpentry|trades|building services|heating & plumbing|electrical contractor|handwerker|installateur|plumbers|solar installation|masonry|heating|swimming pools',
  transportation:
    'transportation|transport|transport & logistics|transportation & logistics|transportation and logistics|public transportation|transportation services|verkehr|transport services|bus|limousine|transit|travel & transportation|public transport|transporte|trasporti|transportation industry|transportation infrastructure|passenger transportation|verkehr und logistik|roads|transport and logistics|transport and storage|transporte y logística|parking|transportation technology|ground transportation',
  logistics:
    'logistics|supply chain|supply chain management|logistik|third party logistics|3pl|freight forwarding|logistics & transportation|logistics and transportation|logistics tech|supply chain tech|logistique|logística|logistica|logistics software|logistics services|procurement & supply chain|logistics/supply chain|fulfillment|last mile logistics|customs brokerage|spedition|logistics & distribution|supply chain & logistics|supply chain logistics|moving services|relocation|moving|inventory management|transport logistik|fulfilment|freight & logistics services|packers and movers',
  freight:
    'freight|trucking|freight service|freight services|haulage|road freight|cargo|truck transport|freight & trucking|road transport|trucking & freight|trucking logistics|air freight|air freight & logistics',
  delivery:
    'delivery|delivery service|courier|couriers|courier service|same day delivery|food delivery|last mile delivery|postal services|postal and courier services|parcel|parcels|last-mile delivery|delivery services|shipping|shipping services|package delivery|post|courier services|meal delivery|restaurant delivery|express delivery|post & courier|mail delivery|postal service',
  airlines:
    'airline|airlines|airport|airports|air transportation|air transport|air travel|airports & air services|passenger airlines|charter airlines|aviation services|private jets',
  maritime:
    'maritime|marine|shipping & maritime|ports|marine transportation|boating|ocean freight|ship building|schifffahrt|water transportation|marine services|marine technology|yachts|yachting|shipping lines|shipping industry|sea freight|water transport|ports and harbors|marine industry',
  rail: 'rail|railroad|railroads|railways|railway|bahn|trains|rail transport|railway transportation|road & rail',
  mobility:
    'mobility|ride sharing|ridesharing|car sharing|carsharing|ride hailing|micromobility|bike sharing|scooters|taxi service|taxi|limousine service|urban mobility|car rental|mobility as a service|last mile transportation|carpooling|taxis|shared mobility|scooter sharing|mobility services|car rentals|parking technology|smart mobility|automotive mobility|autovermietung',
  warehousing:
    'warehouse|warehousing|storage facilities|self-storage|warehouses|cold storage|warehousing & storage|lagerung|warehousing and logistics|storage services|lagerhaltung',
  travel_hospitality:
    'hospitality|travel & hospitality|hospitality & tourism|travel and hospitality|hospitality industry|gastgewerbe|hospitality & travel|travel & leisure hospitality|hotels, restaurants & leisure|hospitality/travel|hotel & restaurant|food & hospitality|hospitality services|hospitality and tourism|hotel, restaurant & leisure|horeca|tourism and hospitality|gastronomie und hotellerie|hoteles y turismo|hospitality technology|hotels & restaurants|leisure and hospitality|leisure & hospitality|accommodation & food services|tourism & hospitality',
  hotels:
    'hotel|hotels|lodging|accommodation|accommodations|resorts|resort|vacation rental|vacation rentals|hostels|hotels & resorts|bed and breakfast|hotellerie|hotels & accommodation|serviced apartments|motels|boutique hotels|short term rental|hotels and resorts|camping|holiday rentals|home sharing|campgrounds|hotels & motels|hotels, motels & resorts|hôtellerie|holiday homes|short-term rentals',
  restaurants:
    'restaurant|restaurants|catering|food service|foodservice|bars|cafes|cafe|fast food|gastronomy|gastronomie|food trucks|restaurant technology|restaurants & bars|nightclubs|pubs|restauration|hostelería|restaurants & catering|bar|bistro|coffee shops|pizza|quick service restaurants|restaurantes|ghost kitchens|cloud kitchen|cafes & bakeries|restaurants and food|dining|food services industry|restaurants & food service|nightlife|ristorazione|restaurant tech|coffee shop',
  travel_agencies:
    'travel|tourism|travel agency|travel agencies|tour operator|tours|travel & tourism|travel and tourism|business travel|online travel|travel services|adventure travel|tour operators|tourismus|tourisme|turismo|reisebüro|adventure|travel tech|travel accommodations|online reservations|travel & leisure|leisure & travel|vacation|corporate travel|sightseeing|travel technology|cruise lines|cruises|ecotourism|medical tourism|destination marketing|viajes|touristik|travel/tourism|holidays|luxury travel|travel industry|travel arrangement|student travel|family travel|trip planning|tourism industry|travel planning|travel booking',
  events:
    'events|event management|event|ticketing|concerts|event planning|meetings and conventions|conferences|trade shows|event services|venues|exhibitions|event production|online ticketing|event tech|veranstaltungen|messe|festivals|event technology|wedding venues|nightlife events|party planning|messebau|event marketing|weddings & events|events & conferences|eventmanagement|exhibition|tickets|convention centers|meeting planning|meeting software events|conference services|eventos|reservations|event organizer|events industry|conventions|virtual events',
  leisure:
    'leisure|recreation|amusement parks|theme parks|leisure & recreation|leisure products|sports & leisure|sport & leisure|leisure facilities|hobbies|freizeit|outdoor recreation|amusement|fitness & recreation|parks|golf|skiing|leisure, sports & recreation|entertainment & leisure|entertainment venues|surfing|hunting & fishing|arts, entertainment & recreation|arts, entertainment, and recreation|arts entertainment and recreation|leisure time|bowling|amusement & recreation',
  media:
    'media|entertainment|media and entertainment|digital media|digital entertainment|media & publishing|medien|média|medios|digital media & content|new media|mass media|media production|media services|multimedia|content production|media/entertainment|content creation|streaming|media & communications|animation|cartoon|animation studio|comics|film, tv & entertainment|media group|internet media|entertainment industry|media companies|tv & media|media industry|media technology|medien und unterhaltung|kids entertainment|interactive media|interactive media & services|interactive entertainment|content studio|media & internet|medienbranche',
  publishing:
    'publishing|books|e-books|ebooks|e-book|magazines|magazine|publisher|publishers|verlag|verlagswesen|édition|journalism publishing|digital publishing|book|reading|online publishing|magazine publishing|writers|book publishers|printing & publishing|print media|writing|publishing industry|self publishing|literature|editorial|periodicals|publicación|writing and editing services',
  news: 'news|newspaper|newspapers|journalism|online news|news media|local news|news & media|media & news|news and media|news aggregation|zeitung|presse|press|rss|newsletters|news agency|news agencies',
  music_audio:
    'music|audio|music streaming|internet radio|radio|podcast|podcasts|podcasting|musical instruments|record labels|music venues|music industry|music production|musik|audiobooks|music education|independent music labels|music & audio|internet radio market music|musicians & bands|sound|record label|music label|audio/visual music|voice|recording studio|bands|instrument music|audio streaming',
  film_video:
    'video|film|film production|tv production|television production|video production|video streaming|online video|movies|motion picture|motion pictures|videos|video on demand|ott|film & video|video editing|film & tv|internet tv|film industry|cinema|video advertising content|short video|film and tv|filmproduktion|cinemas|movie theaters|tv|post production|visual effects|vfx|video software|documentary|photo & video|film and video|movie production|independent film|live streaming|film distribution|audio visual|film studios|video technology|audiovisual|corporate video',
  broadcasting:
    'broadcasting|television|radio broadcasting|tv broadcasting|digital signage|broadcast|television broadcasting|rundfunk|tv & radio|cable television|television & radio|radio stations|satellite tv|radio & tv|fernsehen',
  video_games:
    'games|gaming|video games|video game|mobile games|online games|casual games|console games|pc games|esports|e-sports|social games|gamification|game development|game studio|massively multiplayer online games|mmo games|game mechanics|computer gaming|serious games|gaming industry|online gaming|game|video game development|multiplayer games|independent games|mobile gaming|spieleentwicklung|console gaming|videogames|game developer|gamedev|family games|web games|social gaming|videojuegos|jeux vidéo|electronic games|games studio',
  gambling:
    'gambling|betting|casino|casinos|lottery|igaming|sports betting|online gambling|online casino|gambling industry|casinos & gaming|fantasy sports betting|glücksspiel|lotteries|gaming & gambling|poker|bookmakers|gambling & betting|casino gaming|wettanbieter',
  sports:
    'sports|sport|fantasy sports|sports teams|football|soccer|professional sports|sports technology|sportstech|sports tech|basketball|baseball|american football|hockey|sports clubs|tennis|motorsports|action sports|extreme sports|cycling sports|sports stadiums|sports management|sports club|swimming|running|martial arts|rugby|volleyball|horse racing|equestrian|professional sports teams|sports marketing|deportes|youth sports|sports industry|sports media',
  photography:
    'photography|photo editing|photos|photo|photographer|photographers|fotografie|stock photos|image hosting|photo studio|fotograf|stock photography|photo booth',
  arts: 'art|arts|art galleries|performing arts|theatre|theater|museum|culture|crafts|handmade|arts & culture|kultur|kunst|arts & crafts|arts and culture|visual arts|art & culture|artists|art gallery|galleries|ticketing arts|fine arts|dance|arts and entertainment|art dealers|heritage|cultural|digital art|arts, culture & humanities|creative arts|collectibles|antiques|arts/crafts|street art|zoos|tattoo|opera|handicrafts',
  marketing:
    'marketing|marketing and advertising|sales and marketing|sales & marketing|advertising & marketing|marketing agency|digital marketing|digital marketing agency|internet marketing|brand marketing|branding|content marketing|social media marketing|influencer marketing|affiliate marketing|direct marketing|marketing services|online marketing|quantitative marketing|media buying|marketing consulting|mobile marketing|performance marketing|marketing & pr|werbung|marketing/advertising|video marketing|local marketing|inbound marketing|field marketing|full service agency|promotion|promotional products|promotional|creative agency|creative services|marketing und werbung|social media agency|sponsorship|marketing, advertising & pr|growth marketing|brand management|guerilla marketing|e-marketing|brand agency|branding agency|merchandise|advertising, marketing & pr|event marketing agency|retail marketing|email marketing agency|advertising/marketing|werbeagentur|digital agencies|communications agency|agency|agencies|marketing agencies|marketing communications|customer acquisition',
  advertising:
    'advertising|ad tech|adtech|advertising technology|online advertising|ads|ad targeting|ad network|advertising platforms|mobile advertising|digital advertising|display advertising|outdoor advertising|ad exchange|advertising networks|social media advertising|programmatic|programmatic advertising|publicité|publicidad|advertising agency|video advertising|search advertising|local advertising|ad retargeting|native advertising|advertising agencies|advertising exchanges|contextual advertising|in-app advertising|social advertising|advertisement|out of home advertising|ad server|retargeting|audio advertising|publicidad y marketing',
  public_relations:
    'public relations|pr|pr agency|corporate communications|communications & pr|pr & communications|press relations|pr/communications|public relations agency|relations publiques|öffentlichkeitsarbeit|investor relations|public affairs',
  market_research:
    'market research|consumer research|user research|marktforschung|opinion polls|market intelligence|consumer insights|polling|customer research|focus groups|market analysis|product research',
  seo: 'seo|sem|search engine optimization|search marketing|search engine marketing|ppc|seo agency|paid search|seo services|seo/sem',
  lead_generation:
    'lead generation|lead management|sales|b2b sales|sales outsourcing|inside sales|sales intelligence|telemarketing|sales agency|prospecting|demand generation|sales agents|vertrieb|data provider leads|sales & lead generation',
  professional_services:
    'professional services|services|business & professional services|beratung & services|professional, scientific & technical services|professional, scientific and technical services|professional, scientific, and technical services|professional & commercial services|professional and business services|freiberufliche dienstleistungen|consulting services professional|notary|research & consulting services|professional business services|dienstleistung|dienstleistungen|servicios profesionales|servicios|prestation de services',
  management_consulting:
    'consulting|management consulting|business consulting|consultancy|strategy consulting|unternehmensberatung|advisory|consultants|consulting services|business advisory|conseil|consultoria|consultoría|consulenza|business development|management consultancy|strategy|innovation management|innovation consulting|business strategy|advisory services|consultant|management|beratung|consulting firm|business consultancy|advice|mergers & acquisitions|startup consulting|strategic consulting|corporate advisory|business consulting services|consulting & advisory|quality assurance|quality management|change management|business coaching consulting|unternehmensberatungen',
  legal:
    'legal|law|legal services|law firm|lawyers|lawyer|attorneys|attorney|legal tech|legaltech|rechtsanwälte|rechtsanwalt|anwalt|intellectual property|patents|law practices|avocat|juridique|kanzlei|abogados|legal & compliance|recht|rechtsberatung|law office|juristische dienstleistungen|patent law|immigration law|legal technology|legal advice|law offices|law and legal|notaries|rechtsanwaltskanzlei|derecho',
  accounting:
    'accounting|bookkeeping|auditing|audit|tax consulting|tax services|tax advisory|steuerberatung|steuerberater|accountants|accountancy|accounting services|accounting & tax|audit & accounting|comptabilité|contabilidad|wirtschaftsprüfung|payroll|payroll services|cpa|accounting firm|tax & accounting|accounting & auditing|expert-comptable|tax accounting|steuern|invoicing|expense management|accounting and bookkeeping',
  human_resources:
    'human resources|hr|human resource|hr services|human capital|talent management|hr consulting|personalwesen|personaldienstleistungen|human resources & staffing|hr & recruiting|personalberatung|recursos humanos|ressources humaines|hr outsourcing|peo|employee benefits consulting|hr & staffing|outplacement|diversity|corporate wellness|leadership development hr|hr/recruiting|employee services|human resources consulting',
  staffing:
    'staffing|recruiting|recruitment|employment|staffing agency|temporary staffing|executive search|headhunting|job board|jobs|job search|recruitment agency|staffing and recruitment|personalvermittlung|zeitarbeit|career planning|careers|creative career|temp agency|freelance|freelancers|freelancing|staffing services|employment services|staffing & recruitment|recrutement|recruiters|recruitment services|intérim|arbeitnehmerüberlassung|employment agency|talent acquisition|talent|career services|social recruiting|career/job search|staffing firm|staffing industry|job boards|reclutamiento|human resource & employment services|job portal|college recruiting|it recruitment|hiring|labor|career',
  design:
    'design|graphic design|interior design|product design|industrial design|graphics|designers|design studio|design agency|grafikdesign|ui design|fashion design studio|package design|digital design|graphic|architecture interior|innenarchitektur|diseño|design & creative|human computer interaction|concept design|design consultancy|brand design|creative design|motion graphics|design tools|graphic & web design|graphic arts|interiors',
  research:
    'research|research & development|r&d|research and development|scientific research|science|laboratories|laboratory|forschung|forschung und entwicklung|science and engineering|scientific|deep tech|deeptech|recherche|laboratory services|contract research|innovation|life science research|engineering research|industrial research|labs|scientific services|physics|physical sciences|mathematics|patent research|science & technology|research institute|investigación|research institutes|social sciences|think tank|academic research|science & research',
  engineering_services:
    "engineering|engineering services|engineering consulting|technical services|ingenieurbüro|ingenieurdienstleistungen|engineering consultancy|consulting engineers|ingénierie|ingeniería|surveying|technical consulting|engineering & design|inspection|testing services|testing, inspection & certification|certification|engineering firm|prüfung|engineering company|ingenieurwesen|engineering design|engineering and technology|technical engineering|tic services|engineering consultants|bureau d'études|calibration|engineering & technology",
  translation:
    'translation|translations|translation service|translation services|localization|language services|interpreting|übersetzung|übersetzungen|traduction|language translation|transcription|interpretation|translation agency|traducción|language',
  business_services:
    'business services|commercial services|b2b services|business support|corporate services|commercial services & supplies|administrative services|office services|admin & support services|business process services|diversified services|business services industry|business supplies & equipment|business supplies and equipment|business supplies|office supplies|office products|business products|services b2b|business|general business services|commercial & professional services|administrative & support services|services to businesses|services aux entreprises|unternehmensdienstleistungen|document services|shared services|virtual assistance|virtual office services|business process management|administrative and support and waste management|corporate training services business|business information systems|business/productivity services',
  outsourcing:
    'outsourcing|bpo|business process outsourcing|call center|call centers|call centre|contact center|contact centers|customer service|customer care|offshoring|knowledge process outsourcing|kpo|contact centre|data entry|outsourced services|callcenter|bpo services|outsourcing services|support services|answering service|support',
  security_services:
    'security services|physical security|private security|security guard|security systems|surveillance|alarm systems|investigations|sicherheitsdienst|security company|security & surveillance|video surveillance|guard services|sicherheit|security and surveillance|detective services|fire safety|security solutions|security equipment|protective services|access control|sicherheitstechnik|security & protection',
  facilities_services:
    'facility management|facilities management|facilities|cleaning services|cleaning|janitorial|landscaping|maintenance|facility services|gebäudereinigung|facility|building maintenance|reinigung|property maintenance|commercial cleaning|nettoyage|limpieza|industrial cleaning|gebäudemanagement|building cleaning|facilities maintenance|pest control services|facilities support services|cleaning company|hausmeisterservice|facility support services',
  equipment_rental:
    'rental|rentals|leasing|equipment leasing|equipment rental|rental services|rental and leasing|machinery rental|vermietung|tool rental|rental & leasing services|location de matériel|alquiler|equipment hire|plant hire|rental equipment|party rentals',
  coworking:
    'coworking|co-working|coworking space|coworking spaces|business center|virtual office|office space rental|flexible workspace|shared office space|serviced offices|shared workspace|business centers',
  education:
    'education|educational services|education services|teaching|bildung|learning|éducation|educación|education industry|educational|education & training|training & education|education and training|teachers|students|educational institutions|academia|istruzione|bildungswesen|educational organizations|education/training|education management services|special education|academic|erziehung und unterricht|educação|schools & education|textbook|textbooks|tutors|knowledge|education non-profit|edutainment|educational services & training|onderwijs|education sector',
  e_learning:
    'e-learning|elearning|edtech|ed tech|education technology|educational technology|online learning|mooc|moocs|online courses|learning management systems|lms|educational software|education software|k-12 edtech|e learning|educational games|learning platform|online tutoring|e-learning software|edtech software|ed-tech|distance learning|educational apps|digital learning|stem education|language learning|corporate e-learning|online training|virtual learning',
  higher_education:
    'higher education|university|universities|colleges|college|hochschule|universität|academic institutions|enseignement supérieur|colleges & universities|college education|business schools|business school|colleges and universities|post secondary education|university students|higher ed|postsecondary education|universidad|colleges/universities|community colleges|graduate school',
  schools:
    'school|schools|k-12|primary education|secondary education|k12|schule|k-12 schools|high school|private schools|primary schools|elementary school|language school|kindergarten schools|preschool education|charter schools|school education|public schools|secondary schools|driving school|music school|schulen|k-12 education|kindergarten and chinese schools',
  training:
    'training|coaching|professional training|corporate training|vocational education|skill assessment|tutoring|personal development|leadership development|leadership|bootcamp|executive coaching|self development|professional development|coaching & training|life coaching|weiterbildung|formation|formación|schulung|capacitación|training services|training and coaching|training & coaching|vocational training|trainings|it training|business training|driving schools|training provider|mentoring|apprenticeship|training & development|safety training|berufsbildung|workforce development|exam preparation|test preparation|skills training',
  childcare:
    'child care|childcare|daycare|day care|kindergarten|preschool|early childhood education|preschools|kita|nursery|babysitting|child day care services|early education|nurseries|crèche|au pair|nannies|after school care|child care services',
  public_sector:
    'public sector|öffentliche verwaltung|public administration|public services|public service|administration publique|öffentlicher dienst|sector público|international organizations|international organization|pubic sector|government & public sector|government and public sector|public administration & defense|public affairs sector|public sector & government|public sector/government',
  government:
    'government|governments|government agency|government agencies|local government|federal government|state government|municipality|municipalities|governmental|regierung|behörden|government services|embassies|government & public services|government/military|civil service|city government|executive & legislative|municipal government|government - federal|government - state & local|gobierno|government sector|government (local)|government, state|gouvernement|embassy',
  law_enforcement:
    'law enforcement|public safety|police|emergency services|fire department|polizei|emergency response|first responders|prisons|courts|justice|fire & rescue|emergency medical services|judicial|fire department and rescue|criminal justice',
  politics:
    'politics|political|policy|advocacy|elections|political campaigns|civic tech|civic engagement|political parties|public policy & advocacy|lobbying|democracy|politik|campaigning|political party|political organisation',
  govtech:
    'govtech|government technology|gov tech|government software|public sector software|government innovations|civictech|civic technology|government it',
  nonprofit:
    'nonprofit|nonprofits|non-profit|non profit|non profits|not for profit|not-for-profit|ngo|ngos|non-governmental organization|social enterprise|social impact|foundation|foundations|gemeinnützig|verein|npo|social entrepreneurship|social good|nonprofit organization|social innovation|ong|humanitarian|community development|non-profits|nonprofit sector|nonprofit & ngo|non-profit & ngo|social organization|libraries|library|organizaciones sin fines de lucro|non governmental organization|not-for-profit organization|humanitarian aid|social change|stiftung|international development|third sector|volunteering|volunteer|non profit & social services|ngo/non-profit',
  charity:
    'charity|charities|philanthropy|fundraising|donations|charitable organizations|charitable|crowdfunding charity|nonprofit fundraising|fund raising|fundraising platform|aid organizations|charitable giving|giving|charity & fundraising',
  religion:
    'religion|religious|church|churches|religious organizations|faith|ministry|kirche|christian|religious organization|spirituality|place of worship|religious services|christianity|islam|religious & spiritual|faith based',
  associations:
    'association|associations|trade association|trade associations|membership organizations|membership organization|chamber of commerce|professional associations|professional association|trade union|trade unions|unions|labor unions|labor union|verband|verbände|civic organizations|club|clubs|social organizations|fraternities|societies|industry association|chambers of commerce|membership organisations|kammern|professional organization|professional bodies|business association|member organizations|alumni|business associations|verbände & organisationen|fédération|interest groups|asociación',
  agriculture:
    'agriculture|farming|farms|agri|agribusiness|landwirtschaft|agricultural|livestock|crops|crop production|dairy farming|poultry|farm|animal production|agriculture & farming|agriculture and farming|horticulture|viticulture|gardening|greenhouse|greenhouses|vineyards|aquaponics|agricultura|agriculture industry|agricultural products|agriculture, forestry, fishing and hunting|agriculture, forestry & fishing|agriculture forestry and fishing|agriculture, forestry and fishing|farming & agriculture|agricultural services|seeds|landbouw|agricoltura|animal breeding|agriculture/forestry|land- und forstwirtschaft|nursery plants|plant nursery|food & agriculture|agriculture & forestry|farming/agriculture',
  agtech:
    'agtech|agritech|agri tech|agriculture technology|agricultural technology|precision agriculture|smart farming|vertical farming|agrotech|agri-tech|agrifood tech|agfoodtech|farm management software|precision farming|hydroponics|indoor farming|smart agriculture|agriculture tech|agrifoodtech',
  forestry_fishing:
    'forestry|fishing|fisheries|aquaculture|logging|forstwirtschaft|fish farming|fishery|fishing & aquaculture|forestry & fishing|forests|fischerei|forestry and wood|fishing & forestry',
  consumer_services:
    'consumer services|personal services|local services|b2c services|local business services|concierge|funeral services|funerals|laundry|dry cleaning|personal assistant|diversified consumer services|other services|other services (except public administration)|laundry and dry-cleaning|service industry|bestattung|consumer service|personal & household services|death care|local business|lifestyle services|funeral homes|consumer services industry|laundry services|dry cleaners|funeral',
  beauty_services:
    'salon|salons|hair salon|beauty salon|barber|barbers|hairdresser|friseur|beauty services|beauty salons|nail salon|massage|beauty & spa|beauty and spa|hair salons|tattoos|kosmetikstudio|barber shop|tanning|esthetics|hairdressing|hair & beauty|beauty & wellness',
  home_services:
    'home services|home repair|handyman|repair services|repair|appliance repair|home maintenance|repairs|household cleaning|home cleaning|home service|household repair|locksmith|locksmiths|house cleaning|home remodeling|handyman services|domestic services|smart repair|reparatur|electronics repair|phone repair|maid services|repair & maintenance|home improvement services|interior renovation services|maintenance and repair|mobile phone repair',
  family_services:
    'wedding|weddings|parenting|family|families|social services|family services|kids|children|social assistance|wedding services|genealogy|social work|sozialwesen|child services|soziale dienste|baby & kids|community services|families & children|adoption|welfare|youth|kids & family|moms|elder services|ancestry|services sociaux|social care|youth services|wedding planning|human services|community & social services|social welfare|disability services|foster care|child welfare',
};
