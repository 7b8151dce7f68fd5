// When a policy or prompt came into use, so that a report can show what changed before its curves did.
import { sql } from 'kysely'
import type { Kernel } from './kernel.ts'

export type VersionInUse = {
  desk: string
  kind: 'policy' | 'prompt'
  /** Empty for a policy. */
  specialist: string
  version: string
}

/** Called when a worker starts: only what differs from the last one written down is new. */
export async function noteVersions(kernel: Kernel, versions: readonly VersionInUse[]): Promise<void> {
  for (const { desk, kind, specialist, version } of versions) {
    await sql`
      insert into versions (tenant_id, desk, kind, specialist, version, at)
      select ${kernel.tenant}::text, ${desk}::text, ${kind}::text, ${specialist}::text, ${version}::text,
        ${kernel.now()}::timestamptz
      where ${version} is distinct from (
        select version from versions
        where tenant_id = ${kernel.tenant} and desk = ${desk} and kind = ${kind} and specialist = ${specialist}
        order by at desc limit 1
      )
      on conflict do nothing`.execute(kernel.db)
  }
}
