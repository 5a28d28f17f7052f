export { addRoutes } from './add-routes.js'
export { networkOf } from './address-counts.js'
export { ensureAdminKey, newAdminKey } from './admin-key.js'
export { formBody, rawBody } from './body.js'
export { type FieldFault, faultsOfType } from './field-faults.js'
export { type FilesOptions, serveFiles } from './files.js'
export { answerFirst, type FirstAnswer } from './first-answers.js'
export {
  callerOf,
  type Guard,
  identify,
  localPath,
  requireRole,
  requireSameOrigin,
  requireSession,
} from './guards.js'
export * from './http.js'
export { createKeyRing, isRevoked, type KeyRow, keyRowSchema } from './key-ring.js'
export type { ServerLimits } from './limits.js'
export { ListenError, listen } from './listen.js'
export { describeCalls } from './openapi.js'
export { OutboundError, type OutboundErrorKind, OutboundRefusedError } from './outbound/errors.js'
export { createOutbound, type OutboundOptions } from './outbound/outbound.js'
export { Problem } from './problem.js'
export { publicLimit, signInLimit } from './rate-limit.js'
export { schemaOf } from './schema-of.js'
export { pagePolicy, useContentSecurityPolicy } from './security-headers.js'
export { createServer, type ServerOptions } from './server.js'
export { signIn, signOut } from './session.js'
export type { Health } from './status-routes.js'
export { createWebWorker, type WebWorkerOptions } from './web-worker.js'
