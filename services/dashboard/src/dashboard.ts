import type { Bus } from '@newswire/bus'
import type { KeyRing, Routes } from '@newswire/http'
import type { Jobs } from '@newswire/jobs'
import type { Clock } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import { alarmRoutes } from './alarms/alarm-routes.js'
import { createAudit } from './audit.js'
import { boardRoutes } from './board-routes.js'
import { deadLetterRoutes } from './dead-letter-routes.js'
import { decisionRoutes } from './decision-routes.js'
import { historyRoutes } from './history/history-routes.js'
import { keyRoutes } from './key-routes.js'
import { listRoutes } from './lists/list-routes.js'
import { liveRoutes } from './live/live-routes.js'
import { matterRoutes } from './matter-routes.js'
import { overviewRoutes } from './overview/overview-routes.js'
import { searchRoutes } from './search/search-routes.js'
import { sessionRoutes } from './session/session-routes.js'
import { shellRoutes } from './shell-routes.js'
import type { StatusOptions } from './status.js'
import { statusRoutes } from './status-routes.js'
import { timelineRoutes } from './timeline/timeline-routes.js'
import type { Watch } from './watch.js'

export interface DashboardOptions extends StatusOptions {
  readonly keyRing: KeyRing
  readonly store: Store
  readonly bus: Bus
  readonly jobs: Jobs
  readonly clock: Clock
  readonly watch: Watch
}

/** The window: pages for people, the queue board, and the API of operators. */
export function dashboardRoutes(options: DashboardOptions): Routes {
  const { watch } = options
  const audit = createAudit(options)
  const rooms = [
    shellRoutes(),
    sessionRoutes({ ...options, audit }),
    overviewRoutes(options),
    historyRoutes(options),
    alarmRoutes(options),
    liveRoutes(watch),
    listRoutes(options),
    searchRoutes({ ...options, ...watch }),
    boardRoutes({ ...options, audit }),
    statusRoutes(options),
    deadLetterRoutes(options),
    decisionRoutes(options),
    matterRoutes(options),
    keyRoutes(options),
    timelineRoutes({ ...options, endpoints: watch.endpoints }),
  ]
  return async (server) => {
    for (const room of rooms) await room(server)
  }
}
