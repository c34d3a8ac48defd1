/**
 * Sites on which companies have a page but no domain. Their bare root, and what `OWN_PATHS` names, is the platform's own.
 * One page of theirs is `https://<domain>/<path>`.
 */
export const PAGE_PLATFORMS = set(`
  facebook.com fb.com m.me twitter.com x.com instagram.com threads.net linkedin.com xing.com youtube.com vimeo.com tiktok.com
  pinterest.com pinterest.co.uk pinterest.de pinterest.fr snapchat.com reddit.com quora.com vk.com ok.ru weibo.com douyin.com bilibili.com
  telegram.me t.me wa.me whatsapp.com discord.gg discord.com twitch.tv soundcloud.com spotify.com mixcloud.com flickr.com myspace.com
  crunchbase.com angel.co angellist.com wellfound.com producthunt.com pitchbook.com tracxn.com owler.com zoominfo.com apollo.io
  glassdoor.com glassdoor.co.uk indeed.com kununu.com trustpilot.com g2.com capterra.com bbb.org yelp.com yelp.co.uk yelp.de yelp.ca
  foursquare.com tripadvisor.com tripadvisor.co.uk tripadvisor.de yellowpages.com gelbeseiten.de houzz.com thumbtack.com bark.com
  clutch.co goodfirms.co f6s.com gust.com dealroom.co mattermark.com seed-db.com opencorporates.com northdata.de northdata.com
  bloomberg.com wikipedia.org wikidata.org
  github.com gitlab.com bitbucket.org sourceforge.net npmjs.com pypi.org huggingface.co dribbble.com behance.net
  medium.com about.me linktr.ee beacons.ai bio.link taplink.cc lnk.bio campsite.bio flow.page msha.ke solo.to
  etsy.com ebay.com ebay.co.uk ebay.de alibaba.com aliexpress.com mercadolibre.com mercadolivre.com.br gumroad.com redbubble.com
  kickstarter.com indiegogo.com gofundme.com patreon.com ko-fi.com buymeacoffee.com eventbrite.com meetup.com calendly.com
  upwork.com fiverr.com booking.com airbnb.com opentable.com doordash.com ubereats.com grubhub.com
  typeform.com surveymonkey.com notion.so airtable.com trello.com dropbox.com
  slideshare.net scribd.com issuu.com archive.org
  kompass.com europages.com europages.co.uk europages.de wlw.de thomasnet.com dnb.com manta.com yell.com indiamart.com justdial.com
  made-in-china.com 1688.com taobao.com tmall.com ameblo.jp note.com lu.ma mapquest.com waze.com
`);

/** Sites that lend subdomains (or folders of one) and are not in the public suffix list, or not wholly. */
export const HOSTING_PLATFORMS = set(`
  wordpress.com tumblr.com blogger.com wixsite.com wix.com myshopify.com weebly.com squarespace.com webflow.io herokuapp.com github.io
  gitlab.io netlify.app netlify.com vercel.app now.sh surge.sh firebaseapp.com web.app pages.dev workers.dev appspot.com amazonaws.com
  azurewebsites.net cloudfront.net notion.site carrd.co substack.com bandcamp.com business.site godaddysites.com jimdo.com jimdosite.com
  jimdofree.com strikingly.com mystrikingly.com webnode.com webnode.page site123.me tilda.ws bigcartel.com ecwid.com zendesk.com
  freshdesk.com atlassian.net force.com sharepoint.com zohosites.com yolasite.com webs.com angelfire.com tripod.com geocities.com
  over-blog.com canalblog.com livejournal.com typepad.com posterous.com storenvy.com launchrock.com unbouncepages.com framer.website
  framer.app bubbleapps.io glide.page softr.app lovable.app replit.app repl.co glitch.me streamlit.app onrender.com fly.dev ngrok.io
  readthedocs.io gitbook.io statuspage.io mailchimpsites.com square.site ueniweb.com uservoice.com ning.com hubpages.com
  hs-sites.com hubspotpagebuilder.com leadpages.co clickfunnels.com kajabi.com teachable.com thinkific.com podia.com mykajabi.com
  lever.co greenhouse.io workable.com bamboohr.com breezy.hr recruitee.com personio.de
  odoo.com hsforms.com jotform.com company.site thebase.in
  shop.app shopee.com lazada.com daraz.pk
`);

/** `blogspot.de`, `amazon.co.uk` …: the first label says it, whatever ending follows. */
export const HOSTING_NAMES = set('blogspot webnode');
export const PAGE_NAMES = set('amazon google ebay yelp tripadvisor pinterest indeed glassdoor');

/** Addresses on a platform's own domain that speak of the platform. */
export const OWN_PATHS = set(
  'about about-us aboutus home index.html index.htm index.php index company contact contact-us login signin signup careers jobs press en en-us en-gb us de fr es business corporate product products pricing features blog',
);

/** Subdomains of a platform that are its own. */
export const OWN_SUBDOMAINS = set(
  'www about blog help support en de fr es api app corp corporate company careers jobs press news newsroom investor investors ir business developer developers dev docs login accounts status shop store go get web',
);

/** Parts of Google and Apple under which other people's things live. */
export const FOREIGN_SUBDOMAINS = set(
  'sites play maps docs drive groups plus business chrome apps itunes podcasts music books podcasters forms',
);

/** Where an address leads is not known without following it. */
const SHORTENERS = set(
  'bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly lnkd.in fb.me youtu.be amzn.to wp.me rebrand.ly cutt.ly t.ly tiny.cc bl.ink shorturl.at adf.ly dlvr.it ift.tt trib.al rb.gy v.gd s.id soo.gd g.co aka.ms db.tt forms.gle page.link g.page smarturl.it hubs.ly hubs.la spoti.fi j.mp',
);

/** True for a link shortener's domain. */
export function isShortener(domain: string): boolean {
  return SHORTENERS.has(domain);
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
