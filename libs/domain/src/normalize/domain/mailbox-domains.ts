/** Only mailboxes live there; no company has its site under the name itself. With every ending: `hotmail.*`. */
const MAILBOX_NAMES_ONLY = new Set(
  'gmail googlemail hotmail outlook live ymail rocketmail icloud tutanota fastmail mailinator guerrillamail yopmail aim windowslive passport hushmail'.split(
    ' ',
  ),
);
const MAILBOX_DOMAINS_ONLY = new Set('me.com mac.com msn.com pm.me'.split(' '));
/** Providers whose own site has the same domain as their customers' mailboxes. */
const MAILBOX_NAMES = new Set('yahoo gmx aol protonmail zoho yandex rediffmail'.split(' '));
const MAILBOX_DOMAINS = new Set(
  (
    'proton.me mail.com email.com inbox.com usa.com mail.ru bk.ru list.ru inbox.ru inbox.lv rambler.ru ukr.net i.ua ya.ru ' +
    'web.de t-online.de freenet.de arcor.de online.de posteo.de mailbox.org 1und1.de vodafone.de kabelbw.de unitybox.de ' +
    'orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr numericable.fr club-internet.fr ' +
    'libero.it virgilio.it tiscali.it alice.it tin.it email.it fastwebnet.it tim.it ' +
    'terra.com.br uol.com.br bol.com.br ig.com.br globo.com telefonica.net terra.es ono.com sapo.pt ' +
    'bluewin.ch hispeed.ch sunrise.ch aon.at chello.at chello.nl ziggo.nl kpnmail.nl planet.nl home.nl xs4all.nl hetnet.nl ' +
    'telenet.be skynet.be proximus.be seznam.cz centrum.cz email.cz wp.pl o2.pl onet.pl interia.pl op.pl poczta.fm ' +
    'telia.com spray.se online.no mail.dk jubii.dk luukku.com abv.bg freemail.hu citromail.hu azet.sk ' +
    'comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com optonline.net ' +
    'roadrunner.com frontier.com frontiernet.net windstream.net centurylink.net q.com rogers.com shaw.ca sympatico.ca ' +
    'videotron.ca telus.net btinternet.com sky.com virginmedia.com ntlworld.com talktalk.net blueyonder.co.uk ' +
    'tiscali.co.uk bigpond.com bigpond.net.au optusnet.com.au iinet.net.au xtra.co.nz ' +
    'qq.com 163.com 126.com sina.com sina.cn sohu.com foxmail.com yeah.net 139.com 189.cn aliyun.com vip.163.com ' +
    'naver.com daum.net hanmail.net nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com ' +
    'sify.com vsnl.net hey.com duck.com example.com'
  ).split(' '),
);

/** True for a domain whose e-mail addresses say nothing of their owner's company. */
export function isMailbox(domain: string): boolean {
  return isMailboxOnly(domain) || MAILBOX_DOMAINS.has(domain) || MAILBOX_NAMES.has(firstLabel(domain));
}

/** True for a domain that is no company's own site even where it stands without an `@`. */
export function isMailboxOnly(domain: string): boolean {
  return MAILBOX_DOMAINS_ONLY.has(domain) || MAILBOX_NAMES_ONLY.has(firstLabel(domain));
}

function firstLabel(domain: string): string {
  return domain.slice(0, domain.indexOf('.'));
}
