import { setTimeout as delay } from 'node:timers/promises'
import { type Bus, type Register, WrongSequenceError } from '@newswire/bus'
import { hostSchema, toToken } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { z } from 'zod'
import { intakeLimits } from '../limits.js'

export type Entry =
  | { readonly kind: 'entered'; leave(): void }
  /** Not yet: ask again after so long. Whoever waited is let in before whoever comes later. */
  | { readonly kind: 'wait'; readonly ms: number }

/**
 * Spares the hosts: a gap between two requests to one, and a bound on those under way, so that one
 * slow host never holds all polls of this process. Names of hosts are as they stand in addresses.
 */
export interface HostGate {
  enter(source: string, url: string): Promise<Entry>
  /** Waits until the host may be asked once more by whoever is in. */
  pause(url: string, signal?: AbortSignal): Promise<void>
}

export interface HostGateOptions {
  readonly bus: Bus
  readonly clock: Clock
  /** Between two requests to one host; default by `hostGapMs` and `ownHostGapMs`. */
  readonly gapMs?: number
}

interface Host {
  /** When the next request may go out; those that wait have their places before it. */
  freeAt: number
  underWay: number
}

type HostRow = z.infer<typeof hostSchema>

/** Opens the gate; other processes' requests are read from and told in register `hosts`. */
export async function openHostGate({ bus, clock, gapMs }: HostGateOptions): Promise<HostGate> {
  const rows = await bus.register('hosts', hostSchema)
  const hosts = new Map<string, Host>()
  const places = new Map<string, number>()
  const gapOf = (name: string) => gapMs ?? gapOfHost(name)

  function hostOf(name: string): Host {
    const known = hosts.get(name)
    // In order of use, so that the longest unused is forgotten first.
    hosts.delete(name)
    const host = known ?? { freeAt: 0, underWay: 0 }
    hosts.set(name, host)
    if (hosts.size > intakeLimits.hostsMax) forgetIdle(hosts, clock.now().getTime())
    return host
  }

  function place(source: string, host: Host, gap: number, now: number): number {
    const held = places.get(source)
    if (held !== undefined) return held
    const at = Math.max(now, host.freeAt)
    host.freeAt = at + gap
    if (at > now) places.set(source, at)
    if (places.size > intakeLimits.sourcesMax) forgetPast(places, now)
    return at
  }

  return {
    async enter(source, url) {
      const name = hostNameOf(url)
      const host = hostOf(name)
      const now = clock.now().getTime()
      if (host.underWay >= intakeLimits.pollsPerHostMax) {
        return { kind: 'wait', ms: intakeLimits.hostBusyMs }
      }
      const at = place(source, host, gapOf(name), now)
      if (at > now) return { kind: 'wait', ms: at - now }
      places.delete(source)
      host.underWay += 1
      const leave = () => {
        host.underWay -= 1
      }
      try {
        const ms = await othersWaitMs(rows, name, gapOf(name), now)
        if (ms === 0) return { kind: 'entered', leave }
        host.freeAt = Math.max(host.freeAt, now + ms + gapOf(name))
        places.set(source, now + ms)
        leave()
        return { kind: 'wait', ms }
      } catch (error) {
        leave()
        throw error
      }
    },
    async pause(url, signal) {
      const name = hostNameOf(url)
      const host = hostOf(name)
      const now = clock.now().getTime()
      const at = Math.max(now, host.freeAt)
      host.freeAt = at + gapOf(name)
      await delay(at - now, undefined, signal ? { signal } : {})
    },
  }
}

/**
 * How long the requests of other processes make us wait; 0 once ours is told. The clocks of two
 * machines may differ: no row makes anybody wait longer than the gap.
 * A gap that is over before they could tell is not told.
 */
async function othersWaitMs(
  rows: Register<HostRow>,
  name: string,
  gap: number,
  now: number,
): Promise<number> {
  if (gap < intakeLimits.sharedGapMsMin) return 0
  const key = toToken(name)
  const row = await rows.get(key)
  const sinceMs = row ? Math.max(0, now - Date.parse(row.value.askedAt)) : gap
  if (sinceMs < gap) return gap - sinceMs
  const value = { host: name, askedAt: new Date(now).toISOString() }
  try {
    await (row ? rows.update(key, value, row.revision) : rows.create(key, value))
    return 0
  } catch (error) {
    if (error instanceof WrongSequenceError) return gap
    throw error
  }
}

function forgetIdle(hosts: Map<string, Host>, now: number): void {
  for (const [name, { underWay, freeAt }] of hosts) {
    if (hosts.size <= intakeLimits.hostsMax) return
    if (underWay === 0 && freeAt <= now) hosts.delete(name)
  }
}

/** Of sources that never came back for their place. */
function forgetPast(places: Map<string, number>, now: number): void {
  for (const [source, at] of places) if (at < now) places.delete(source)
}

function gapOfHost(name: string): number {
  return isOwnHost(name) ? intakeLimits.ownHostGapMs : intakeLimits.hostGapMs
}

function isOwnHost(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name)
}

function hostNameOf(url: string): string {
  return new URL(url).hostname
}
