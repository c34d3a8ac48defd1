import { compileIcp, matchIcp, createShortlist } from '..';
import { aCompany } from '../../test/builders';
it('perf', () => {
  for (const [n, raw] of Object.entries({ full: { industries: ['software','retail'], countries: ['DE','US'], employees:{min:50,max:500}, founded:{min:2000}, keywords:['analytics','warehouse','data platform','ai'], exclude_keywords:['agency'], exclude_domains:['x.com']}, nokw: { industries: ['software','retail'], countries: ['DE','US'], employees:{min:50,max:500}, founded:{min:2000}}, ind: {industries: ['software','retail']}, emp: {employees:{min:50,max:500}}, empty: {}, kw: {keywords:['analytics','warehouse','data platform','ai']} })) {
  const icp = compileIcp(raw);
  const desc='We build cloud software for logistics companies that want to see their goods move in real time across the whole supply chain and plan ahead.';
  const cs = Array.from({length:1000},(_,i)=>aCompany({name:'Company '+i, domain:`c${i}.example`, country:i%2?'DE':'FR', description:i%3?desc:desc+' analytics für', employees:{min:i,max:i*2}}));
  for(let k=0;k<20;k++) for(const c of cs) matchIcp(c,icp);
  let t=performance.now();
  for(let k=0;k<100;k++) for(const c of cs) matchIcp(c,icp);
  const m=(performance.now()-t)/100;
  const ms=cs.map(c=>matchIcp(c,icp)); const s=createShortlist({limit:50,waiting:40}); t=performance.now();
  for(let k=0;k<100;k++) cs.forEach((c,i)=>s.add(c, ms[i]!));
  s.result(); console.log('us per company', n, m, (performance.now()-t)/100);
  }
});
