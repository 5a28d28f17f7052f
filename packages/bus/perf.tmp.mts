import { startNats, quietLog } from '@newswire/kit'
import { connectBus } from './src/connect.ts'
import { connect, nanos } from 'nats'
const server = await startNats()
const {log,lines}=quietLog()
const bus = await connectBus({url:server.url,name:'p',log})
const N=20000, body='x'.repeat(5000)
const raw={source:'push',door:'push',contentType:'text/plain',body,received:new Date().toISOString(),rights:'full'} as any
const nc=await connect({servers:server.url, noAsyncTraces:true}); const js=nc.jetstream(); const jsm=await nc.jetstreamManager()
await jsm.streams.add({name:'BARE',subjects:['bare']})
async function inBatches(n:number, size:number, f:(i:number)=>Promise<unknown>){const t=process.cpuUsage();const s=performance.now();for(let i=0;i<n;i+=size)await Promise.all(Array.from({length:size},(_,k)=>f(i+k)));const c=process.cpuUsage(t);const ms=performance.now()-s;return `${Math.round(n/ms*1000)}/s cpu ${Math.round((c.user+c.system)/n)}us`}
const data=Buffer.from(JSON.stringify(raw))
const tag=process.argv[2]
for(let r=0;r<2;r++){
console.log('raw publish', await inBatches(N,250,i=>js.publish('bare',data,{msgID:'b'+r+'-'+i})))
console.log('bus publish', await inBatches(N,250,i=>bus.publish('item.raw',raw,{source:'push'},{id:'r'+r+'-'+i})))
}
console.log('bus publish seq', await inBatches(3000,1,i=>bus.publish('item.raw',raw,{source:'push'},{id:'s-'+i, })))
for(let r=0;r<2;r++){
 { await jsm.consumers.add('BARE',{durable_name:'g'+r,ack_policy:'explicit' as any,max_ack_pending:10000}); const c=await js.consumers.get('BARE','g'+r); const t=process.cpuUsage(),s=performance.now(); let n=0; const it=await c.consume({max_messages:128}); for await(const m of it){JSON.parse(m.string());m.ack(); if(++n===N*2)break}; const ms=performance.now()-s,cp=process.cpuUsage(t);console.log('raw consume',Math.round(n/ms*1000),'cpu',Math.round((cp.user+cp.system)/n))}
 for(const conc of [1,8,64]){ let n=0; const T=N*2+3000; const t=process.cpuUsage(),s=performance.now(); let done!:()=>void; const p=new Promise<void>(r=>{done=r}); const sub=await bus.subscribe({fact:'item.raw',group:'g'+r+'-'+conc,concurrency:conc,handle:async()=>{if(++n===T)done()}}); await p; const ms=performance.now()-s,cp=process.cpuUsage(t); console.log('bus subscribe',conc,Math.round(n/ms*1000),'cpu',Math.round((cp.user+cp.system)/n)); await sub.stop()}
 { let n=0,b=0; const s=performance.now(),t=process.cpuUsage(); await new Promise<void>(async(res,rej)=>{const sub=await bus.replay({fact:'item.raw',after:0,handle:async(f)=>{n+=f.length;b++},onCaughtUp:()=>{res();void sub?.stop()},onEnd:rej})}); const ms=performance.now()-s,cp=process.cpuUsage(t); console.log('replay',Math.round(n/ms*1000),'batches',b,'cpu',Math.round((cp.user+cp.system)/n))}
}
if(tag==='idle'){ const before=lines.length; const sub=await bus.subscribe({fact:'receipt',group:'idle',concurrency:4,handle:async()=>{}}); await bus.replay({fact:'receipt',after:0,handle:async()=>{},onEnd:(e)=>console.log(e)}); await new Promise(r=>setTimeout(r,75000)); console.log('idle lines',lines.slice(before).map(l=>l.msg+' '+JSON.stringify(l))); const info=(await jsm.consumers.info('RECEIPTS','idle')); console.log('waiting',info.num_waiting); let at=performance.now(); let got!:()=>void; }
await bus.close(); await nc.close(); await server.stop()
