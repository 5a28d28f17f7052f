/** Words of the house's own language or of a server: quoted, and spoken as English. */
export function Foreign({ text }: { readonly text: string }) {
  return (
    <q lang="en" dir="auto">
      {text}
    </q>
  )
}
