import { Problem, type Routes, requireRole } from '@newswire/http'
import type { Watch } from '../watch.js'

/** `/api/v1/alarms`: what is wrong now. Admins only. */
export function alarmRoutes({
  watch,
}: {
  watch: Pick<Watch, 'alarms' | 'wellSince' | 'alarmWebhook'>
}): Routes {
  return (server) => {
    const preHandler = requireRole('admin')
    const tags = ['status']
    server.get(
      '/api/v1/alarms',
      { preHandler, schema: { tags, summary: 'What is wrong now, the worst first' } },
      async () => ({ items: watch.alarms(), wellSince: watch.wellSince() }),
    )
    server.get(
      '/api/v1/alarms/webhook',
      {
        preHandler,
        schema: { tags, summary: 'Where alarms are told, and the secret that signs them' },
      },
      async () => {
        if (watch.alarmWebhook !== undefined) return watch.alarmWebhook
        throw new Problem({
          status: 404,
          slug: 'no-alarm-webhook',
          title: 'Alarms are told nowhere',
          detail: 'Set ALARM_WEBHOOK to an address that takes signed calls.',
        })
      },
    )
  }
}
