export { alarmWebhookOf } from './alarms/operator-webhook.js'
export { type DashboardOptions, dashboardRoutes } from './dashboard.js'
export { createWatch, type Watch, type WatchOptions } from './watch.js'
