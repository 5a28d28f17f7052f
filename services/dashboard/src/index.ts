export { type DashboardOptions, dashboardRoutes } from './dashboard.js'
