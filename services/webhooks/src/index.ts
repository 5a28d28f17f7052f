export { type BacktestRoutesOptions, backtestRoutes } from './backtest/routes.js'
export type { WebhookLimits } from './limits.js'
export { type WebhookRoutesOptions, webhookRoutes } from './routes.js'
export { createWebhooks, type WebhooksOptions } from './webhooks.js'
