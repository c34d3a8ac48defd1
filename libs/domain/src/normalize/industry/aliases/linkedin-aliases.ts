/**
 * LinkedIn's industry names: the 148 of its first list, which CRMs and data vendors still export, also as enums
 * (`COMPUTER_SOFTWARE`), and those of its second that sales files contain.
 * https://learn.microsoft.com/linkedin/shared/references/reference-tables/industry-codes-v2
 */
export const LINKEDIN_ALIASES: Readonly<Record<string, string>> = {
  accounting: 'accounting',
  aviation: 'aviation & aerospace|aviation and aerospace component manufacturing',
  airlines: 'airlines/aviation|airlines and aviation',
  mental_health: 'alternative medicine|mental health care|alternative medicine & mental health',
  media:
    'animation|entertainment|entertainment providers|media production|media & entertainment|animation and post-production|online media|online audio and video media|media & telecommunications',
  apparel:
    'apparel & fashion|textiles|apparel manufacturing|textile manufacturing|retail apparel and fashion|fashion accessories manufacturing|footwear manufacturing|leather product manufacturing',
  architecture: 'architecture & planning',
  arts: 'arts and crafts|fine art|performing arts|museums and institutions|museums, historical sites, and zoos|artists and writers|museums|fine arts schools|theater companies|dance companies|circuses and magic shows',
  automotive:
    'automotive|motor vehicle manufacturing|motor vehicle parts manufacturing|vehicle repair and maintenance',
  automotive_retail: 'retail motor vehicles|wholesale motor vehicles and parts',
  banking:
    'banking|savings institutions|international trade and development banking|central banks|credit unions|commercial banking',
  biotechnology: 'biotechnology|biotechnology research',
  broadcasting:
    'broadcast media|broadcast media production and distribution|radio and television broadcasting|cable and satellite programming',
  building_materials:
    'building materials|glass, ceramics & concrete|glass, ceramics and concrete manufacturing|wholesale building materials|retail building materials and garden equipment|abrasives and nonmetallic minerals manufacturing|glass product manufacturing|clay and refractory products manufacturing',
  equipment_rental:
    'equipment rental services|commercial and industrial equipment rental|consumer goods rental',
  facilities_services:
    'facilities services|janitorial services|landscaping services|pest control|fire protection',
  capital_markets: 'capital markets|securities and commodity exchanges|investment banking|financial markets',
  chemicals:
    'chemicals|chemical manufacturing|chemical raw materials manufacturing|paint, coating, and adhesive manufacturing|soap and cleaning product manufacturing|fertilizer|agricultural chemical manufacturing|artificial rubber and synthetic fiber manufacturing',
  associations:
    'civic & social organization|civic and social organizations|professional organizations|industry associations|political organizations',
  civil_engineering: 'civil engineering|highway, street, and bridge construction|utility system construction',
  real_estate:
    'commercial real estate|real estate|leasing real estate|leasing non-residential real estate|leasing residential real estate|real estate agents and brokers|real estate and equipment rental services|land subdivision',
  cybersecurity: 'computer & network security|computer and network security',
  video_games: 'computer games|mobile games|mobile gaming apps|computer game developers',
  computer_hardware:
    'computer hardware|computer networking|computer hardware manufacturing|computer networking products|computers and electronics manufacturing|networking hardware|communications equipment manufacturing|computer peripherals',
  software:
    'computer software|software development|embedded software products|software products|technology|desktop computing software products|operating systems',
  enterprise_software: 'erp|business intelligence platforms',
  mobile_apps: 'mobile computing software products',
  construction:
    'construction|building construction|nonresidential building construction|residential building construction|construction hardware manufacturing|specialty trade contractors construction',
  building_trades:
    'specialty trade contractors|building structure and exterior contractors|building equipment contractors|building finishing contractors|electrical contractors|roofing|hvac|plumbing',
  consumer_electronics:
    'consumer electronics|audio and video equipment manufacturing|computers and electronics|wholesale computer equipment|retail appliances, electrical, and electronic equipment|electronics',
  consumer_goods: 'consumer goods|fast moving consumer goods|household and institutional furniture',
  consumer_services: 'consumer services|personal services',
  cosmetics:
    'cosmetics|personal care product manufacturing|retail health and personal care products|beauty products',
  defense:
    'defense & space|defense and space manufacturing|military|armed forces|military and international affairs',
  design: 'design|design services|graphic design|industrial design|interior design',
  e_learning: 'e-learning|e-learning providers|online education',
  schools:
    'primary/secondary education|primary and secondary education|k-12 education|secretarial schools|language schools|sports and recreation instruction',
  education: 'education management|education|education administration programs|school districts',
  electrical_equipment:
    'electrical/electronic manufacturing|appliances, electrical, and electronics manufacturing|electric lighting equipment manufacturing|electrical equipment manufacturing|electrical appliance, and component|wire and cable manufacturing|electric power transmission, control, and distribution',
  events: 'events services|events',
  government:
    'executive office|executive offices|government administration|government relations|government relations services|legislative office|legislative offices|international affairs|public assistance programs|housing and community development|administration of justice|economic programs|public health',
  agriculture:
    'farming|dairy|ranching|ranching and fisheries|farming, ranching, forestry|agriculture|horticulture|animal husbandry|farmland',
  financial_services:
    'financial services|funds and trusts|holding companies|trusts and estates|pension funds|loan brokers|credit intermediation',
  forestry_fishing: 'fishery|fisheries|forestry and logging|paper & forest products forestry',
  food_beverage:
    'food & beverages|food production|food and beverage manufacturing|food and beverage services|baked goods manufacturing|beverage manufacturing|meat products manufacturing|seafood product manufacturing|fruit and vegetable preserves manufacturing|sugar and confectionery product manufacturing|animal feed manufacturing|wholesale food and beverage|animal feed|confectionery',
  charity: 'fund-raising|fundraising|philanthropic fundraising services',
  furniture:
    'furniture|furniture and home furnishings manufacturing|retail furniture and home furnishings|office furniture and fixtures manufacturing|wholesale furniture and home furnishings|mattress and blinds manufacturing|home furnishings',
  gambling: 'gambling & casinos|gambling facilities and casinos|casinos|gaming & casinos',
  medical_practices:
    'medical practice|medical practices|physicians|dentists|optometrists|chiropractors|family planning centers|ambulance services|physical, occupational and speech therapists',
  wellness_fitness: 'health, wellness & fitness|wellness and fitness services|health, wellness and fitness',
  higher_education: 'higher education',
  health_care:
    'hospital & health care|hospitals and health care|nursing homes and residential care facilities|home health care services|outpatient care centers|medical and diagnostic laboratories|hospital & healthcare',
  travel_hospitality: 'hospitality|accommodation and food services',
  hotels: 'hotels and motels|bed-and-breakfasts, hostels, homestays|accommodation services',
  human_resources: 'human resources|human resources services',
  import_export:
    'import and export|import & export|international trade and development|wholesale import and export',
  family_services:
    'individual & family services|individual and family services|services for the elderly and disabled|emergency and relief services|vocational rehabilitation services|child day care services family',
  industrial_automation:
    'industrial automation|automation machinery manufacturing|measuring and control instrument manufacturing',
  it_services:
    'information technology & services|information technology and services|it services and it consulting|information technology|it system custom software development|it system operations and maintenance|it system installation and disposal|computer and information services|it system training and support|information services|it system data services|it system testing and evaluation|it services',
  it_consulting: 'it system design services|it consulting',
  insurance:
    'insurance|insurance carriers|insurance agencies and brokerages|claims adjusting, actuarial services|insurance and employee benefit funds|health and human services insurance',
  internet:
    'internet|technology, information and internet|technology, information and media|internet news|internet publishing|internet marketplace platforms technology',
  marketplaces: 'internet marketplace platforms',
  social_networks: 'social networking platforms',
  online_communities: 'blogs',
  web_hosting: 'data infrastructure and analytics hosting',
  analytics: 'data infrastructure and analytics|business intelligence',
  venture_capital: 'venture capital & private equity|venture capital and private equity principals',
  investment_management: 'investment management|investment advice',
  law_enforcement:
    'judiciary|law enforcement|public safety|courts of law|correctional institutions|fire protection services|public safety and law',
  legal: 'law practice|legal services|alternative dispute resolution|law firms',
  leisure:
    'leisure, travel & tourism leisure|recreational facilities|recreational facilities & services|recreational facilities and services|golf courses and country clubs|skiing facilities|amusement parks and arcades',
  travel_agencies:
    'leisure, travel & tourism|travel arrangements|sightseeing transportation|leisure, travel and tourism',
  nonprofit:
    'libraries|non-profit organization management|non-profit organizations|nonprofit organization management|non-profit|philanthropy nonprofit|nonprofit organizations',
  logistics:
    'logistics & supply chain|logistics and supply chain|transportation, logistics, supply chain and storage',
  luxury_jewelry: 'luxury goods & jewelry|retail luxury goods and jewelry|luxury goods and jewelry|jewelry',
  industrial_machinery:
    'machinery|machinery manufacturing|industrial machinery manufacturing|agriculture, construction, mining machinery manufacturing|commercial and service industry machinery manufacturing|engines and power transmission equipment manufacturing|hvac and refrigeration equipment manufacturing|mechanical or industrial engineering|metalworking machinery manufacturing|wholesale machinery',
  management_consulting:
    'management consulting|business consulting and services|strategic management services|operations consulting|business consulting',
  maritime: 'maritime|maritime transportation|shipbuilding',
  market_research: 'market research',
  marketing: 'marketing & advertising|marketing services|marketing and advertising',
  advertising: 'advertising services',
  medical_devices: 'medical devices|medical device|medical equipment manufacturing|medical supplies',
  mining:
    'mining & metals|mining|coal mining|metal ore mining|nonmetallic mineral mining|stone, sand mining|mining and metals',
  film_video:
    'motion pictures & film|movies, videos and sound|movies, videos, and sound|motion pictures and film|movies and sound recording|movies',
  music_audio: 'music|musicians|sound recording',
  nanotechnology: 'nanotechnology|nanotechnology research',
  news: 'newspapers|newspaper publishing',
  oil_gas:
    'oil & energy|oil and gas|oil, gas, and mining|oil, gas & mining|oil extraction|natural gas extraction|oil and coal product manufacturing|pipeline transportation|natural gas distribution oil|oil and energy|oilfield services',
  outsourcing:
    'outsourcing/offshoring|outsourcing and offshoring consulting|telephone call centers|office administration|collection agencies|fundraising call centers',
  freight:
    'package/freight delivery|freight and package transportation|truck transportation|trucking|ground passenger freight',
  packaging:
    'packaging & containers|packaging and containers manufacturing|paper & forest products|paper and forest product manufacturing|wood product manufacturing|paper and forest products',
  pharmaceuticals:
    'pharmaceuticals|pharmaceutical manufacturing|wholesale drugs and sundries|retail pharmacies',
  photography: 'photography',
  plastics_rubber:
    'plastics|plastics manufacturing|rubber products manufacturing|plastics and rubber product manufacturing',
  politics:
    'political organization|public policy|public policy offices|think tanks|political organizations policy',
  printing: 'printing|printing services',
  training:
    'professional training & coaching|professional training and coaching|technical and vocational training',
  research: 'program development|research|research services|think tanks research|engineering research',
  public_relations:
    'public relations & communications|public relations and communications services|public relations and communications',
  publishing:
    'publishing|book and periodical publishing|book publishing|periodical publishing|writing & editing|writing and editing|graphic publishing',
  rail: 'railroad manufacture|railroad equipment manufacturing|rail transportation',
  religion: 'religious institutions|religious institution',
  renewable_energy:
    'renewables & environment|services for renewable energy|renewable energy semiconductor manufacturing|solar electric power generation|wind electric power generation|renewable energy power generation|renewable energy equipment manufacturing|biomass electric power generation|geothermal electric power generation|renewables and environment|hydroelectric power generation',
  environment:
    'environmental services|environmental quality programs|conservation programs|climate data and analytics',
  waste_management: 'waste collection|waste treatment and disposal|water supply and irrigation systems waste',
  restaurants: 'restaurants|caterers|mobile food services|bars, taverns, and nightclubs|food services',
  retail:
    'retail|retail office equipment|retail office supplies and gifts|retail art supplies|retail books and printed news|retail florists|retail recyclable materials & used merchandise|retail musical instruments',
  grocery: 'supermarkets|retail groceries|dairy shops',
  e_commerce: 'online and mail order retail|internet retail',
  security_services:
    'security & investigations|security and investigations|security guards and patrol services|security systems services',
  semiconductors: 'semiconductors|semiconductor manufacturing',
  sporting_goods: 'sporting goods|sporting goods manufacturing|recreational goods',
  sports: 'sports|spectator sports|sports teams and clubs|racetracks|sports and recreation',
  staffing: 'staffing & recruiting|staffing and recruiting|executive search services|temporary help services',
  telecommunications:
    'telecommunications|telecommunications carriers|satellite telecommunications|cable and internet',
  wireless: 'wireless|wireless services',
  tobacco_cannabis: 'tobacco|tobacco manufacturing|tobacco product manufacturing',
  toys: 'toys|toys and games',
  translation: 'translation & localization|translation and localization',
  transportation:
    'transportation/trucking/railroad|ground passenger transportation|urban transit services|interurban and rural bus services|school and employee bus services|taxi and limousine services|shuttles and special needs transportation services|transportation programs|transportation|transportation trucking railroad|transportation/logistics',
  utilities:
    'utilities|electric power generation|water, waste, steam, and air conditioning services|natural gas distribution|steam and air-conditioning supply|water supply and irrigation systems|fossil fuel electric power generation|nuclear electric power generation|utilities administration',
  veterinary: 'veterinary|veterinary services',
  warehousing: 'warehousing|warehousing and storage|self storage',
  wholesale: 'wholesale trade|wholesale distribution',
  wine_spirits:
    'wine and spirits|wine & spirits|breweries|distilleries|wineries|wholesale alcoholic beverages|beverages alcoholic',
  fashion_retail: 'retail apparel|fashion retail',
  metals:
    'primary metal manufacturing|fabricated metal products|metal treatments|metal valve, ball, and roller manufacturing|spring and wire product manufacturing|turned products and fastener manufacturing|wholesale metals and minerals|boilers, tanks, and shipping container manufacturing|architectural and structural metal manufacturing|cutlery and handtool manufacturing',
  engineering_services: 'engineering services|surveying and mapping services|testing laboratories',
  manufacturing: 'manufacturing|industrial manufacturing',
  appliances: 'household appliance manufacturing',
  space: 'space research and technology',
  robotics: 'robotics engineering|robot manufacturing',
  hospitals: 'hospitals',
  beauty_services: 'personal care services|laundry and drycleaning services',
  home_services:
    'repair and maintenance|household services|electronic and precision equipment maintenance|commercial and industrial machinery maintenance|reupholstery and furniture repair|footwear and leather goods repair',
  professional_services: 'professional services',
};
