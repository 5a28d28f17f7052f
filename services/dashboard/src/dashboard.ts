import type { Bus } from '@newswire/bus'
import type { Routes } from '@newswire/http'
import type { Jobs } from '@newswire/jobs'
import type { Clock } from '@newswire/runtime'
import { boardRoutes } from './board-routes.js'
import { deadLetterRoutes } from './dead-letter-routes.js'
import { type DecisionRoutesOptions, decisionRoutes } from './decision-routes.js'
import { keyRoutes } from './key-routes.js'
import { matterRoutes } from './matter-routes.js'
import type { OverviewOptions } from './overview.js'
import { type PageRoutesOptions, pageRoutes } from './page-routes.js'
import { statusRoutes } from './status-routes.js'

export interface DashboardOptions extends OverviewOptions, PageRoutesOptions {
  readonly store: OverviewOptions['store'] & DecisionRoutesOptions['store']
  readonly bus: Bus
  readonly jobs: Jobs
  readonly clock: Clock
}

/** The window: pages for people, the queue board, and the API of operators. */
export function dashboardRoutes(options: DashboardOptions): Routes {
  const rooms = [
    pageRoutes(options),
    boardRoutes(options),
    statusRoutes(options),
    deadLetterRoutes(options),
    decisionRoutes(options),
    matterRoutes(options),
    keyRoutes(options),
  ]
  return async (server) => {
    for (const room of rooms) await room(server)
  }
}
