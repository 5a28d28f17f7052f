// Lets a room's route schemas carry summary, tags and description, in the emitted types too.
/// <reference types="@fastify/swagger" preserve="true" />
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** The server that rooms hang their routes on. */
export type HttpServer = FastifyInstance
export type HttpRequest = FastifyRequest
export type HttpReply = FastifyReply

/** A room's routes. Called once, before the server listens. */
export type Routes = (server: HttpServer) => void | Promise<void>

export const roles = ['admin', 'ingest', 'subscriber'] as const
export type Role = (typeof roles)[number]

/** Who asks. */
export interface Caller {
  readonly keyId: string
  readonly role: Role
  readonly name: string
}

/** Knows the keys (register `keys`); hashes only, a key's text is shown once when it is made. */
export interface KeyRing {
  find(key: string): Promise<Caller | undefined>
  /** The caller behind a session: undefined once the key is revoked. */
  byId(id: string): Promise<Caller | undefined>
  create(options: { role: Role; name: string }): Promise<{ id: string; key: string }>
  list(): Promise<readonly { id: string; role: Role; name: string; createdAt: string }[]>
  revoke(id: string): Promise<boolean>
}

/** Calls that the house makes to others, as OpenAPI 3.1 describes them. */
export interface OutgoingCalls {
  /** Path Item Objects by name. */
  readonly webhooks: Readonly<Record<string, object>>
  /** What they refer to in `components`. */
  readonly schemas: Readonly<Record<string, object>>
  readonly parameters: Readonly<Record<string, object>>
}

/**
 * An answer that is an error: problem+json (RFC 9457). `type` is stable
 * (`urn:newswire:problem:<slug>`), `detail` says what to do.
 */
export interface ProblemShape {
  readonly status: number
  /** `unknown-region`, `no-key`, `too-large`, … */
  readonly slug: string
  readonly title: string
  readonly detail: string
  readonly extra?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/** What breaks a call off: an AbortSignal, or anything lighter of the same shape. */
export interface CallSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { once: true }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** An outbound request that has passed the guard. */
export interface OutboundRequest {
  readonly url: string
  readonly method: 'GET' | 'POST' | 'HEAD'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly timeoutMs: number
  /**
   * Bytes of the decoded answer that are read. `truncate` keeps them, and none of what can't be
   * decoded; for `refuse` both are errors.
   */
  readonly answerBytesMax: number
  readonly overflow: 'truncate' | 'refuse'
  /** Redirects that are followed, each checked again. 0: a 3xx is the answer. */
  readonly redirectsMax: number
  readonly signal?: CallSignal | undefined
  /** Plain http only to the addresses that are allowed by name. */
  readonly httpsOnly?: boolean
}

export interface OutboundAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly truncated: boolean
  /** The address that answered, after redirects. */
  readonly url: string
  /** The last permanent redirect's target (301, 308), if every hop so far was permanent. */
  readonly movedTo?: string
}

/**
 * Calls to the world, guarded: no private, loopback or link-local address unless allowed, checked
 * at connect time after DNS and on each redirect. Errors: OutboundRefusedError (the guard),
 * OutboundError (network, timeout, too large), both with a sentence.
 */
export interface Outbound {
  request(request: OutboundRequest): Promise<OutboundAnswer>
  /** Why this URL can't be called, as a sentence; undefined where it can. Resolves DNS. */
  refusal(url: string, options?: { readonly httpsOnly?: boolean }): Promise<string | undefined>
  close(): Promise<void>
}
