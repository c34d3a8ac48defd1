/**
 * Suffixes of the public suffix list's private section under which names are sold like those of a country: who has
 * `acme.uk.com` owns it. All others of that section are hosts that lend subdomains (`acme.github.io`).
 */
const SOLD = new Set(
  (
    'ae.org africa.com ar.com biz.at biz.pl br.com cn.com co.ca co.com co.cz co.nl co.no co.pl com.de com.ru com.se de.com ' +
    'edu.ru eu.com eu.org exnet.su gb.com gb.net gov.ru gr.com hu.com hu.net in.net info.at int.ru jp.net jpn.com kr.com ' +
    'mex.com mil.ru msk.ru msk.su net.ru no.com nov.ru nov.su org.ru pp.ru priv.at qc.com radio.am radio.fm ru.com ru.net ' +
    'sa.com se.net spb.ru spb.su test.ru uk.com uk.net us.com us.org uy.com za.com za.net za.org web.in gb.co co.in.net ' +
    'com.im net.im org.im co.ua biz.ua pp.ua firm.dk reg.dk store.dk ltd.ua inc.hk ltd.hk co.de it.com'
  ).split(' '),
);

/** True for a private suffix whose subdomains are lent by a host and not owned by who uses them. */
export function isHostedSuffix(suffix: string): boolean {
  return !SOLD.has(suffix) && !SOLD.has(suffix.slice(suffix.indexOf('.') + 1));
}
