const levelNames: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
}

/**
 * `{"level":30,"time":…,"name":"intake","msg":"poll done","items":3}` → `… info  intake: poll done
 * items=3`.
 */
export function prettyLine(line: string): string {
  const entry: unknown = parsed(line)
  if (typeof entry !== 'object' || entry === null) return line
  const { level, time, name, msg, err, ...fields } = entry as Record<string, unknown>
  const data = Object.entries(fields).map(([key, value]) => `${key}=${shown(value)}`)
  const head = `${clockTime(time)} ${(levelNames[Number(level)] ?? '').padEnd(5)} ${shown(name)}:`
  return `${[head, shown(msg ?? ''), ...data, ...errorText(err)].join(' ').trimEnd()}\n`
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function clockTime(time: unknown): string {
  return typeof time === 'string' ? time.slice(11, 23) : ''
}

function errorText(err: unknown): string[] {
  if (typeof err !== 'object' || err === null) return []
  const { stack, message } = err as { stack?: unknown; message?: unknown }
  return [`\n  ${shown(stack ?? message ?? '').replaceAll('\n', '\n  ')}`]
}
