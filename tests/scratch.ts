import { startNats, startRedis } from '@newswire/kit'
import { startPipeline } from './bench/pipeline.js'
import { runBareChain } from './bench/bare-chain.js'
const nats = await startNats(), redis = await startRedis()
const p = await startPipeline({ natsUrl: nats.url, redisUrl: redis.url, concurrency: Number(process.env.CONC ?? 64) })
await p.run(0, 2000)
const { Session } = await import('node:inspector/promises')
const s = new Session(); s.connect(); await s.post('Profiler.enable'); await s.post('Profiler.setSamplingInterval', {interval: 2000})
await s.post('Profiler.start')
for (let k = 1; k < 4; k++) {
const cpu = process.cpuUsage()
const t = await p.run(k*2000, 2000)
const used = process.cpuUsage(cpu)
const c2 = process.cpuUsage(); const pure = await p.pureSeconds(k*2000,2000); const u2 = process.cpuUsage(c2)
const c3 = process.cpuUsage(); const b = await runBareChain({url: nats.url, count: 2000, hopBytes: [4339,9028,13112], concurrency: 64}); const u3 = process.cpuUsage(c3)
const f = (u: any) => ((u.user+u.system)/2000).toFixed(0) + ' (sys ' + (u.system/2000).toFixed(0) + ')'
console.log('pipeline', (2000/t).toFixed(0), '/s cpu us/item', f(used), '| pure', (pure/2000*1e6).toFixed(0), 'us cpu', f(u2), '| bare', (2000/b).toFixed(0), '/s cpu', f(u3))
}
const { profile } = await s.post('Profiler.stop')
const { writeFileSync } = await import('node:fs'); writeFileSync('/tmp/prof.cpuprofile', JSON.stringify(profile))
await p.stop(); await nats.stop(); await redis.stop(); process.exit(0)
